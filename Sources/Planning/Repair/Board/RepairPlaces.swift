/// The places that an item may have, by the rules that concern it alone: opening, chairs in service and their features,
/// staff on duty and their qualifications, the patient, lead time, the course's end. Who is in the way is asked of the
/// board.
final class RepairPlaces {
    private struct ItemDay: Hashable {
        let item: ItemIndex
        let day: Int
    }

    let model: RepairModel
    let board: RepairBoard
    /// Persons and covers tried: the cost of listing who attends, in steps.
    private(set) var tried = 0
    private var clockStarts: [Int: [Int]] = [:]
    private var newTimes: [ItemDay: [RepairTime]] = [:]
    /// The whole staff, in configured order.
    let staff: [Int]

    init(_ board: RepairBoard) {
        self.board = board
        model = board.model
        staff = Array(board.model.facility.staff.indices)
    }

    // MARK: Times

    /// The new times that an item may have on a day, ascending; never its present one.
    func times(of index: ItemIndex, on day: Int) -> [RepairTime] {
        let key = ItemDay(item: index, day: day)
        if let known = newTimes[key] { return known }
        let item = model.items[index]
        var result: [RepairTime] = []
        if item.freedom == .anywhere || item.freedom == .sameDay && day == item.original.day,
            let board = model.board(day)
        {
            result = clockStarts(day, board).filter { allowsNewStart(item, $0, board) }
                .map { RepairTime(day: day, start: $0) }.filter { $0 != item.original.time }
        }
        newTimes[key] = result
        return result
    }

    private func clockStarts(_ day: Int, _ board: DayBoard) -> [Int] {
        if let known = clockStarts[day] { return known }
        let starts = stride(from: 0, to: 1440, by: model.facility.startEveryMinutes)
            .flatMap { board.calendar.elapsed(showing: $0) }.sorted()
        clockStarts[day] = starts
        return starts
    }

    private func allowsNewStart(_ item: RepairItem, _ start: Int, _ board: DayBoard) -> Bool {
        let placed = placed(item, start, board)
        let lead = item.visit.progress == .arrived ? 0 : model.facility.planning.leadTimeMinutes
        return keepsLeadTime(placed, now: model.now, leadTimeMinutes: lead) && keepsOpeningHours(placed)
            && keepsPatientAvailable(placed, request(item)) && keepsCourseEnd(board.calendar.day, request(item))
            && hasPresence(placed)
    }

    private func hasPresence(_ placed: PlacedVisit) -> Bool { keepsPresence(placed, of: model.facility) }

    /// Whether an item may keep its present day and start, overrides counted.
    func mayKeepTime(_ index: ItemIndex) -> Bool {
        let item = model.items[index]
        guard let board = model.board(item.original.day) else { return true }
        let placed = placed(item, item.original.start, board)
        let overrides = item.visit.overrides
        return (overrides.contains(.openingHours) || keepsOpeningHours(placed))
            && (overrides.contains(.patientAvailable) || keepsPatientAvailable(placed, request(item)))
            && (overrides.contains(.courseEnd) || keepsCourseEnd(board.calendar.day, request(item)))
    }

    private func request(_ item: RepairItem) -> CourseRequest { model.courses[item.course].request }

    private func placed(_ item: RepairItem, _ start: Int, _ board: DayBoard) -> PlacedVisit {
        PlacedVisit(
            visitType: item.kind.type,
            placement: Placement(day: board.calendar.day, start: start, chair: "", persons: []), board: board,
            since: item.since)
    }

    // MARK: Chairs

    /// The chairs that would do for an item at a time, the scarcest first; its present one by its overrides.
    func chairs(of index: ItemIndex, at time: RepairTime) -> [Int] {
        let item = model.items[index]
        guard let roster = model.board(time.day)?.roster else { return [] }
        let hold = item.hold(from: time.start)
        var result = item.kind.chairs.filter { roster.inService[$0].hold(hold) }
        let own = item.original.chair
        if time == item.original.time, own < 0 || !result.contains(own), mayKeepChair(item, roster, hold) {
            result.append(own)
        }
        return result
    }

    private func mayKeepChair(_ item: RepairItem, _ roster: DayRoster, _ hold: Interval) -> Bool {
        let overrides = item.visit.overrides
        let chair = item.original.chair
        return (overrides.contains(.chairFeatures) || item.kind.chairs.contains(chair))
            && (overrides.contains(.chairInService) || chair >= 0 && roster.inService[chair].hold(hold))
    }

    // MARK: Persons

    /// Whether an item may keep its present persons and covers at its present time, overrides counted.
    func mayKeepPersons(_ index: ItemIndex) -> Bool {
        let item = model.items[index]
        guard let board = model.board(item.original.day) else { return true }
        let placed = PlacedVisit(
            visitType: item.kind.type, placement: item.visit.booking.placement, board: board, since: item.since)
        let overrides = item.visit.overrides
        return (overrides.contains(.attendantQualified) || keepsAttendantQualified(placed, of: model.facility))
            && (overrides.contains(.attendantOnDuty)
                // Handing over does not bring anybody who is missed beside the visit's own persons.
                || keepsPersonsOnDuty(placed) && (item.isUnderWay || keepsPresence(placed, of: model.facility)))
    }

    /// Whether somebody is there at an item's present time for each label that names nobody.
    func hasPresence(atTimeOf index: ItemIndex) -> Bool {
        let item = model.items[index]
        guard let board = model.board(item.original.day) else { return true }
        return hasPresence(placed(item, item.original.start, board))
    }

    /// Calls back with everybody who could attend an item at a time with nobody in the way who may not change, label by
    /// label in an order of persons, then cover by cover, until the call returns false.
    ///
    /// - Parameter order: the staff in the order in which they are tried for a label.
    func forEachStaff(
        of index: ItemIndex, at time: RepairTime, against others: RepairBoard.Others,
        order: (_ label: Int) -> [Int], _ body: (RepairStaff) -> Bool
    ) {
        guard let roster = model.board(time.day)?.roster else { return }
        let item = model.items[index]
        let visit = AttendedVisit(
            labels: item.kind.labels, roster: roster, start: time.start, since: item.since)
        let orders = item.kind.labels.indices.map(order)
        func candidates(_ label: Int) -> [Int] {
            // A label under way keeps its person.
            if visit.firstMinute(of: label) < item.since { return [item.original.staff.person(of: label)] }
            return orders[label].filter { item.kind.labels[label].mayBegin($0, at: time.start, roster) }
        }
        let assignment = StaffAssignment<RepairLoads>(capacities: model.layout.capacities)
        let loads = RepairLoads(board: board, day: time.day, item: index, others: others)
        assignment.forEachAssignment(visit, loads, candidates: candidates) { persons, covers in
            body(RepairStaff(persons: persons, covers: item.covers(with: covers)))
        }
        tried += assignment.count
    }

    /// As above, everybody in the configured order.
    func forEachStaff(
        of index: ItemIndex, at time: RepairTime, against others: RepairBoard.Others, _ body: (RepairStaff) -> Bool
    ) {
        forEachStaff(of: index, at: time, against: others, order: { _ in staff }, body)
    }

    /// Whether a person may fill a label of an item at a time, by their role and credentials, and is on duty when the
    /// label is first named.
    func mayFill(_ label: Int, of index: ItemIndex, by person: Int, at time: RepairTime) -> Bool {
        guard let roster = model.board(time.day)?.roster else { return false }
        return model.items[index].kind.labels[label].mayBegin(person, at: time.start, roster)
    }
}

extension LabelNeed {
    /// Whether a person is qualified, and on duty when a visit that starts at an elapsed minute first names the label.
    fileprivate func mayBegin(_ person: Int, at start: Int, _ roster: DayRoster) -> Bool {
        guard qualifies(person, on: roster.calendar.day), let first = stages.first else { return false }
        let minute = first.interval.from + start
        return roster.onDuty[person].contains { $0.contains(minute) }
    }
}

extension RepairStaff {
    fileprivate func person(of label: Int) -> Int { label < persons.count ? persons[label] : -1 }
}

extension RepairItem {
    /// The covers that it has had so far and those to come, in order, with one that goes on made one.
    fileprivate func covers(with assigned: [AssignedCover]) -> [RepairCover] {
        let toCome = assigned.map { RepairCover(label: $0.label, person: $0.person, interval: $0.interval) }
        if since == Int.min { return toCome }
        let past = original.staff.covers.compactMap { cover in
            Interval(clipping: cover.interval.from, min(cover.interval.until, since)).map {
                RepairCover(label: cover.label, person: cover.person, interval: $0)
            }
        }
        var result: [RepairCover] = []
        for cover in (past + toCome).sorted(by: { ($0.label, $0.interval.from) < ($1.label, $1.interval.from) }) {
            if let last = result.last, last.label == cover.label, last.person == cover.person,
                last.interval.until == cover.interval.from, cover.interval.from == since
            {
                let interval = Interval(last.interval.from, cover.interval.until)
                result[result.count - 1] = RepairCover(label: last.label, person: last.person, interval: interval)
            } else {
                result.append(cover)
            }
        }
        return result
    }
}
