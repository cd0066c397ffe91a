/// The places that an item may have, by the rules that concern it alone: opening, chairs in service and their features,
/// staff on duty and their qualifications, the patient, lead time, the course's end. Who is in the way is asked of the
/// board.
final class RepairPlaces {
    /// Who fills the labels, and who covers.
    struct Filling: Hashable {
        var persons: [Int]
        var covers: [RepairCover]
    }

    let model: RepairModel
    let board: RepairBoard
    /// Attendances tried: the cost of the enumeration in steps.
    private(set) var tried = 0
    private var clockStarts: [Int: [Int]] = [:]
    private var newStarts: [[Int]: [Int]] = [:]

    init(_ board: RepairBoard) {
        self.board = board
        model = board.model
    }

    // MARK: Times

    /// The new starts that an item may have on a day, ascending; never its present one.
    func starts(of index: Int, _ day: Int) -> [Int] {
        if let known = newStarts[[index, day]] { return known }
        let item = model.items[index]
        var result: [Int] = []
        if item.freedom == .anywhere || item.freedom == .sameDay && day == item.original.day,
            let board = model.board(day)
        {
            result = clockStarts(day, board).filter { start in
                !(day == item.original.day && start == item.original.start) && allowsNewStart(item, start, board)
            }
        }
        newStarts[[index, day]] = result
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
    func mayKeepTime(_ index: Int) -> Bool {
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

    /// The chairs that would do for an item at a time, in configured order; its present one by its overrides.
    func chairs(of index: Int, _ day: Int, _ start: Int) -> [Int] {
        let item = model.items[index]
        guard let roster = model.board(day)?.roster else { return [] }
        let hold = Interval(start, start + item.kind.type.hold)
        let isOwnTime = day == item.original.day && start == item.original.start
        var result = item.kind.chairs.filter { roster.inService[$0].hold(hold) }
        let own = item.original.chair
        if isOwnTime, own < 0 || !result.contains(own), mayKeepChair(item, roster, hold) {
            result.append(own)
            result.sort()
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
    func mayKeepPersons(_ index: Int) -> Bool {
        let item = model.items[index]
        guard let board = model.board(item.original.day) else { return true }
        var placed = placed(item, item.original.start, board)
        placed = PlacedVisit(
            visitType: placed.visitType, placement: item.visit.booking.placement, board: board, since: item.since)
        let overrides = item.visit.overrides
        return (overrides.contains(.attendantQualified) || keepsAttendantQualified(placed, of: model.facility))
            && (overrides.contains(.attendantOnDuty)
                // Handing over does not bring anybody who is missed beside the visit's own persons.
                || keepsPersonsOnDuty(placed) && (item.isUnderWay || keepsPresence(placed, of: model.facility)))
    }

    /// Whether somebody is there at an item's present time for each label that names nobody.
    func hasPresence(atTimeOf index: Int) -> Bool {
        let item = model.items[index]
        guard let board = model.board(item.original.day) else { return true }
        return hasPresence(placed(item, item.original.start, board))
    }

    /// Calls back with everybody who could attend an item at a time with nobody in the way who may not change, label by
    /// label in an order of persons, then cover by cover, until the call returns false.
    ///
    /// - Parameter order: the staff in the order in which they are tried for a label.
    func forEachFilling(
        of index: Int, _ day: Int, _ start: Int, against others: RepairBoard.Others,
        order: (_ label: Int) -> [Int], _ body: (Filling) -> Bool
    ) {
        guard let board = model.board(day) else { return }
        let search = FillingSearch(
            places: self, index: index, day: day, start: start, roster: board.roster, others: others,
            orders: model.items[index].kind.labels.indices.map(order))
        _ = search.extend(0, body)
        tried += search.tried
    }

    /// Whether a person may fill a label of an item on a day, by their role and credentials, and is on duty when the
    /// label is first named.
    func mayFill(
        _ item: RepairItem, _ label: Int, _ person: Int, _ day: Int, _ start: Int, _ roster: DayRoster
    ) -> Bool {
        let need = item.kind.labels[label]
        guard need.qualifies(person, on: model.calendar.first + day), let first = need.stages.first else {
            return false
        }
        let minute = first.interval.from + start
        return roster.onDuty[person].contains { $0.contains(minute) }
    }
}

/// Lists who can attend one visit at one time.
private final class FillingSearch {
    let places: RepairPlaces
    let index: Int
    let item: RepairItem
    let day: Int
    let start: Int
    let roster: DayRoster
    let others: RepairBoard.Others
    let orders: [[Int]]
    var tried = 0
    private var place: RepairPlace

    private struct Absence {
        let label: Int
        let interval: Interval
    }

    init(
        places: RepairPlaces, index: Int, day: Int, start: Int, roster: DayRoster, others: RepairBoard.Others,
        orders: [[Int]]
    ) {
        self.places = places
        self.index = index
        item = places.model.items[index]
        self.day = day
        self.start = start
        self.roster = roster
        self.others = others
        self.orders = orders
        place = RepairPlace(day: day, start: start, chair: -1, persons: [], covers: [])
    }

    /// False where the listing is to end.
    func extend(_ label: Int, _ body: (RepairPlaces.Filling) -> Bool) -> Bool {
        guard label < item.kind.labels.count else {
            guard let absences = absences() else { return true }
            return cover(absences[...], body)
        }
        let isSettled = startOfLabel(label) < item.since
        let own = label < item.original.persons.count ? item.original.persons[label] : -1
        for person in isSettled ? [own] : orders[label] {
            guard isSettled || places.mayFill(item, label, person, day, start, roster) else { continue }
            tried += 1
            place.persons.append(person)
            if isFree(person), !extend(label + 1, body) { return false }
            place.persons.removeLast()
        }
        return true
    }

    /// The first minute at which a label is named; a label under way keeps its person.
    private func startOfLabel(_ label: Int) -> Int {
        (item.kind.labels[label].stages.first?.interval.from ?? 0) + start
    }

    private func isFree(_ person: Int) -> Bool {
        guard person >= 0 else { return true }
        let pieces = asked(places.board.pieces(item.kind, place))
        return places.board.overload(of: person, day, pieces, besides: index, others) == nil
    }

    private func asked(_ pieces: [RepairBoard.Piece]) -> [RepairBoard.Piece] {
        if item.since == Int.min { return pieces }
        return pieces.compactMap { piece in
            Interval(clipping: max(piece.interval.from, item.since), piece.interval.until).map {
                RepairBoard.Piece(person: piece.person, interval: $0, load: piece.load)
            }
        }
    }

    /// What is left to covers, label by label in time; nil where somebody is away from a stage that nobody else may
    /// watch.
    private func absences() -> [Absence]? {
        var result: [Absence] = []
        for (label, person) in place.persons.enumerated() {
            let duty = person >= 0 ? roster.onDuty[person] : []
            for stage in item.kind.labels[label].stages {
                let stageInterval = stage.interval.shifted(by: start)
                guard let interval = Interval(clipping: max(stageInterval.from, item.since), stageInterval.until) else {
                    continue
                }
                for away in [interval].subtracting(duty) {
                    guard stage.handover else { return nil }
                    result.append(Absence(label: label, interval: away))
                }
            }
        }
        return result
    }

    private func cover(_ absences: ArraySlice<Absence>, _ body: (RepairPlaces.Filling) -> Bool) -> Bool {
        guard let absence = absences.first else {
            return body(RepairPlaces.Filling(persons: place.persons, covers: joined(pastCovers() + place.covers)))
        }
        let need = item.kind.labels[absence.label]
        for person in roster.onDuty.indices where person != place.persons[absence.label] {
            guard need.qualifies(person, on: places.model.calendar.first + day),
                roster.onDuty[person].hold(absence.interval)
            else { continue }
            tried += 1
            place.covers.append(RepairCover(label: absence.label, person: person, interval: absence.interval))
            if isFree(person), !cover(absences.dropFirst(), body) { return false }
            place.covers.removeLast()
        }
        return true
    }

    /// The covers in order, with one that goes on made one.
    private func joined(_ covers: [RepairCover]) -> [RepairCover] {
        if item.since == Int.min { return covers }
        var result: [RepairCover] = []
        for cover in covers.sorted(by: { ($0.label, $0.interval.from) < ($1.label, $1.interval.from) }) {
            if let last = result.last, last.label == cover.label, last.person == cover.person,
                last.interval.until == cover.interval.from, cover.interval.from == item.since
            {
                let interval = Interval(last.interval.from, cover.interval.until)
                result[result.count - 1] = RepairCover(label: last.label, person: last.person, interval: interval)
            } else {
                result.append(cover)
            }
        }
        return result
    }

    /// The covers that a visit under way has had.
    private func pastCovers() -> [RepairCover] {
        if item.since == Int.min { return [] }
        return item.original.covers.compactMap { cover in
            Interval(clipping: cover.interval.from, min(cover.interval.until, item.since)).map {
                RepairCover(label: cover.label, person: cover.person, interval: $0)
            }
        }
    }
}
