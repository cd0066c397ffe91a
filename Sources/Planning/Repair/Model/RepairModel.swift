typealias ItemIndex = Index<RepairItem>
typealias CourseIndex = Index<RepairCourse>

/// A visit of a course compiled for a repair. A class, so that looking at one copies nothing.
final class RepairItem {
    /// What may change of it.
    enum Freedom {
        case fixed
        /// Who attends the rest of it.
        case handedOver
        /// Its chair and its persons.
        case swapped
        /// Everything but its day.
        case sameDay
        case anywhere
    }

    let course: CourseIndex
    /// Index in its course's visits.
    let position: Int
    let visit: RepairVisit
    let kind: VisitKind
    let patient: Int
    let original: RepairPlace
    let isBroken: Bool
    let freedom: Freedom
    /// Whether its chair and its persons may change while it keeps its time.
    let maySwap: Bool
    /// The elapsed minute of its day from which on its persons are asked for.
    let since: Int

    init(
        course: CourseIndex, position: Int, visit: RepairVisit, kind: VisitKind, patient: Int, original: RepairPlace,
        isBroken: Bool, freedom: Freedom, maySwap: Bool, since: Int
    ) {
        self.course = course
        self.position = position
        self.visit = visit
        self.kind = kind
        self.patient = patient
        self.original = original
        self.isBroken = isBroken
        self.freedom = freedom
        self.maySwap = maySwap
        self.since = since
    }

    var isUnderWay: Bool { visit.progress == .inProgress }
    var isOver: Bool { visit.progress == .completed }

    /// Whether it needs another place or other persons, and may have them.
    var isRepairable: Bool { isBroken && freedom != .fixed }

    /// How long it holds its chair, from a start.
    func hold(from start: Int) -> Interval { Interval(start, start + kind.type.hold) }
}

/// A repair's question compiled to indices; immutable.
final class RepairModel {
    let calendar: PlanningCalendar
    let courses: Table<RepairCourse, RepairCourse>
    let now: Int
    let items: Table<RepairItem, RepairItem>
    /// The items of each course, in the order of its visits.
    let chains: Table<RepairCourse, [ItemIndex]>
    /// The days, by index, on which a visit is broken.
    let concerned: Set<Int>
    /// The item of each visit that is one. Every other booking on the calendar is in the way for good.
    let itemIndex: [VisitID: ItemIndex]
    let patientIndex: [PatientID: Int]
    /// The days, by index, that an item can have at all; nil for none.
    let windows: Table<RepairItem, ClosedRange<Int>?>

    var facility: Facility { calendar.facility }
    var layout: BoardLayout { calendar.layout }

    init(
        _ courses: [RepairCourse], on calendar: PlanningCalendar, days: ClosedRange<Day>? = nil, now: Int
    ) {
        self.calendar = calendar
        self.courses = Table(courses)
        self.now = now
        var compiler = RepairCompiler(calendar: calendar, now: now)
        compiler.compile(courses, days)
        items = Table(compiler.items)
        chains = Table(compiler.chains)
        concerned = compiler.concerned
        itemIndex = compiler.itemIndex
        patientIndex = compiler.patientIndex
        windows = dayWindows(of: courses, items, chains, on: calendar, now: now)
    }

    func board(_ day: Int) -> DayBoard? { calendar[calendar.first + day] }

    /// The place of an item in the words of the outside.
    func placement(_ item: ItemIndex, _ place: RepairPlace) -> Placement {
        let original = items[item]
        if place == original.original { return original.visit.booking.placement }
        return Placement(
            day: calendar.first + place.day, start: place.start,
            chair: place.chair >= 0 ? facility.chairs[place.chair].id : original.visit.booking.placement.chair,
            persons: place.staff.persons.enumerated().map {
                $1 >= 0 ? facility.staff[$1].id : original.visit.booking.placement.persons[$0]
            },
            covers: place.staff.covers.map {
                Cover(
                    label: original.kind.labels[$0.label].attendant.label, person: facility.staff[$0.person].id,
                    interval: $0.interval)
            })
    }
}

/// Turns courses into items.
private struct RepairCompiler {
    let calendar: PlanningCalendar
    let now: Int
    var items: [RepairItem] = []
    var chains: [[ItemIndex]] = []
    var concerned: Set<Int> = []
    var itemIndex: [VisitID: ItemIndex] = [:]
    var patientIndex: [PatientID: Int] = [:]
    private var kinds: [KindKey: VisitKind] = [:]
    private var strangers: [PersonID: Int] = [:]

    private struct KindKey: Hashable {
        let type: VisitType
        let features: Set<String>
        let preferredPerson: PersonID?
    }

    init(calendar: PlanningCalendar, now: Int) {
        self.calendar = calendar
        self.now = now
    }

    mutating func compile(_ courses: [RepairCourse], _ days: ClosedRange<Day>?) {
        let broken = courses.map { course in
            course.visits.indices.map { index -> [Rule] in
                let day = course.visits[index].booking.placement.day
                guard days?.contains(day) ?? true else { return [] }
                return brokenRules(of: course, visit: index, on: calendar, now: now)
            }
        }
        for (course, rules) in zip(courses, broken) {
            for (visit, broken) in zip(course.visits, rules) where !broken.isEmpty {
                concerned.insert(visit.booking.placement.day - calendar.first)
            }
        }
        for (index, course) in courses.enumerated() {
            let firstBroken = broken[index].firstIndex { !$0.isEmpty } ?? Int.max
            chains.append([])
            for position in course.visits.indices {
                chains[index].append(ItemIndex(items.count))
                itemIndex[course.visits[position].booking.id] = ItemIndex(items.count)
                let freedom = freedom(
                    course.visits[position], broken: broken[index][position], isLater: position >= firstBroken)
                items.append(
                    item(
                        position, of: course, CourseIndex(index), freedom,
                        isBroken: !broken[index][position].isEmpty))
            }
        }
    }

    private mutating func item(
        _ position: Int, of course: RepairCourse, _ index: CourseIndex, _ freedom: RepairItem.Freedom, isBroken: Bool
    ) -> RepairItem {
        let visit = course.visits[position]
        let day = visit.booking.placement.day - calendar.first
        let type = visit.booking.visitType
        let key = KindKey(
            type: type, features: course.request.extraFeatures(of: type, in: calendar.facility),
            preferredPerson: course.request.wish.preferredPerson)
        let kind =
            kinds[key]
            ?? VisitKind(
                key.type, rhythm: visit.rhythm, features: key.features, preferredPerson: key.preferredPerson,
                facility: calendar.facility, layout: calendar.layout)
        kinds[key] = kind
        let isUnderWay = visit.progress == .inProgress
        let firstMinute = calendar[visit.booking.placement.day]?.calendar.firstMinute ?? 0
        return RepairItem(
            course: index, position: position, visit: visit, kind: kind,
            patient: patientIndex.number(visit.booking.patient), original: place(visit.booking, kind, day),
            isBroken: isBroken, freedom: freedom,
            maySwap: concerned.contains(day) && freedom != .fixed && freedom != .handedOver,
            since: isUnderWay ? now - firstMinute : Int.min)
    }

    /// Whether what a visit in progress breaks is about its persons, so that others may take it over.
    private func needsHandover(_ visit: RepairVisit, _ broken: [Rule]) -> Bool {
        guard visit.progress == .inProgress, let board = calendar[visit.booking.placement.day] else { return false }
        if broken.contains(.attendantQualified) || broken.contains(.attendantCapacity) { return true }
        let placed = PlacedVisit(
            visitType: visit.booking.visitType, placement: visit.booking.placement, board: board,
            since: now - board.calendar.firstMinute)
        return broken.contains(.attendantOnDuty) && !keepsPersonsOnDuty(placed)
    }

    /// What may change of a visit.
    ///
    /// - Parameter isLater: whether a visit of its course is broken, it or one before it.
    private func freedom(_ visit: RepairVisit, broken: [Rule], isLater: Bool) -> RepairItem.Freedom {
        let isConcerned = concerned.contains(visit.booking.placement.day - calendar.first)
        // A day outside of the calendar is not looked at.
        guard calendar[visit.booking.placement.day] != nil else { return .fixed }
        switch visit.progress {
        case .completed: return .fixed
        case .inProgress: return needsHandover(visit, broken) ? .handedOver : .fixed
        case .arrived: return !broken.isEmpty && !visit.pinned ? .sameDay : isConcerned ? .swapped : .fixed
        case .ahead:
            if visit.pinned { return isConcerned ? .swapped : .fixed }
            if isLater || isConcerned && !visit.told { return .anywhere }
            return isConcerned ? .swapped : .fixed
        }
    }

    private mutating func place(_ booking: Booking, _ kind: VisitKind, _ day: Int) -> RepairPlace {
        let placement = booking.placement
        let staff = RepairStaff(
            persons: placement.persons.map { person($0) },
            covers: placement.covers.compactMap { cover in
                kind.labels.firstIndex { $0.attendant.label == cover.label }.map {
                    RepairCover(label: $0, person: person(cover.person), interval: cover.interval)
                }
            })
        return RepairPlace(
            RepairTime(day: day, start: placement.start), chair: calendar.layout.chairIndex[placement.chair] ?? -1,
            staff)
    }

    /// A number of the staff, or one below zero, each its own, for who is no longer there.
    private mutating func person(_ id: PersonID) -> Int {
        if let index = calendar.layout.personIndex[id] { return index }
        if let known = strangers[id] { return known }
        strangers[id] = -1 - strangers.count
        return strangers[id]!
    }
}

extension [PatientID: Int] {
    /// A patient's number; a new one where there is none.
    fileprivate mutating func number(_ patient: PatientID) -> Int {
        if let known = self[patient] { return known }
        self[patient] = count
        return count - 1
    }
}

/// The days, by index, that each item can have by its course's gaps, whatever becomes of the visits before it.
private func dayWindows(
    of courses: [RepairCourse], _ items: Table<RepairItem, RepairItem>, _ chains: Table<RepairCourse, [ItemIndex]>,
    on calendar: PlanningCalendar, now: Int
) -> Table<RepairItem, ClosedRange<Int>?> {
    var result = Table<RepairItem, ClosedRange<Int>?>(repeating: nil, count: items.count)
    let last = calendar.last - calendar.first
    let today =
        (0...max(0, last)).first { day in
            calendar[calendar.first + day].map { $0.calendar.firstMinute + max(1, $0.calendar.length) > now } ?? false
        } ?? last + 1
    for (course, chain) in zip(courses, chains.indices.map { chains[$0] }) {
        let start = course.request.wish.earliest - calendar.first
        // Before a course that has no visit behind it, the start window takes the place of the first gap.
        var reach = course.previous.map { ($0.placement.day - calendar.first)...($0.placement.day - calendar.first) }
        for index in chain {
            let item = items[index]
            let gaps = item.visit.gap.bounds
            let low: Int
            let high: Int
            if let reach {
                low = reach.lowerBound + gaps.lowerBound
                high = reach.upperBound + gaps.upperBound
            } else {
                low = start
                high = start + max(0, course.request.wish.startWithinDays)
            }
            let own = item.original.day
            switch item.freedom {
            case .anywhere:
                // A gap that was set aside leaves the visit its day.
                let keepsDay = item.visit.overrides.contains(.gap)
                let first = max(0, today, keepsDay ? min(own, low) : low)
                let until = min(last, keepsDay ? max(own, high) : high)
                result[index] = first <= until ? first...until : nil
                let from = min(own, low)
                // A visit left without a place hands its predecessors' reach on, its own gap added to the maximum.
                reach = (item.isBroken ? min(from, reach?.lowerBound ?? from) : from)...max(own, high)
            case .sameDay, .swapped, .handedOver, .fixed:
                result[index] = own >= 0 && own <= last ? own...own : nil
                reach = item.isBroken ? min(own, reach?.lowerBound ?? own)...max(own, high) : own...own
            }
        }
    }
    return result
}
