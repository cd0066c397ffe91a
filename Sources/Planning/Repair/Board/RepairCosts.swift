/// What courses cost at their places (docs/contract/planning.md section 4). Each course is measured against the
/// calendar as it stands before the repair, without its own visits, so that what one course costs does not depend on
/// what becomes of others.
final class RepairCosts {
    let model: RepairModel
    private let weights: Weights
    private var boards: [Key: DayBoard] = [:]
    private var holds: [Key: [[Interval]]] = [:]
    private var crowdings: [Key: Int] = [:]
    private var stretches: [Int: [[Interval]]] = [:]
    private var spares: [CourseIndex: StandingSpare] = [:]

    private struct Key: Hashable {
        let course: CourseIndex
        let day: Int
        var start = 0
        var length = 0
    }

    /// The role of a visit's continuity label and the index of its person, as far as it has one.
    struct Attendant {
        var role: String?
        var person: Int?
    }

    init(_ model: RepairModel) {
        self.model = model
        weights = model.facility.planning.weights
    }

    /// What a place costs an item by itself: everything but `start`, `gap`, `spare` and a change of person. Told visits
    /// pay for being moved.
    func own(_ item: ItemIndex, _ place: RepairPlace) -> Int {
        atTime(item, place.time) + ofChair(item, place.time, place.chair)
            + ofPerson(item, place.day, continuity(item, place.staff))
    }

    /// What a time costs, whatever the chair and the persons.
    func atTime(_ index: ItemIndex, _ time: RepairTime) -> Int {
        let item = model.items[index]
        let (day, start) = (time.day, time.start)
        var cost = 0
        if item.visit.told, day != item.original.day {
            cost += weights.movedDay
        } else if item.visit.told, start != item.original.start {
            cost += weights.movedTime
        }
        guard let board = reference(item.course, day) else { return cost }
        let stages = Interval(start, start + item.kind.type.length)
        cost += weights.preference * missesPreference(stages, model.courses[item.course].request, on: board.calendar)
        if item.visit.rhythm, let usual = model.courses[item.course].usual {
            cost += weights.rhythm * halfHoursOff(clock: board.calendar.clock(at: start), usual: usual)
        }
        let key = Key(course: item.course, day: day, start: start, length: stages.minutes)
        let crowd = crowdings[key] ?? crowding(stages, on: board)
        crowdings[key] = crowd
        return cost + weights.crowding * crowd
    }

    /// What a chair costs at a time: useless idle stretches beside the hold.
    func ofChair(_ index: ItemIndex, _ time: RepairTime, _ chair: Int) -> Int {
        let item = model.items[index]
        let (day, start) = (time.day, time.start)
        guard chair >= 0, let board = reference(item.course, day) else { return 0 }
        if stretches[day] == nil {
            stretches[day] = board.roster.inService.map { board.opening.intersecting($0) }
        }
        guard let stretch = stretches[day]![chair].first(where: { $0.contains(start) }) else { return 0 }
        let end = start + item.kind.type.hold
        var earlier = stretch.from
        var later = stretch.until
        for other in holds(item.course, day)[chair] {
            if other.until <= start { earlier = max(earlier, other.until) }
            if other.from >= end { later = min(later, other.from) }
        }
        let shortest = model.layout.shortestHold
        let isUseless = { (minutes: Int) in minutes > 0 && minutes < shortest }
        return weights.idle * ((isUseless(start - earlier) ? 1 : 0) + (isUseless(max(0, later - end)) ? 1 : 0))
    }

    /// What the continuity attendant of a day costs by themselves: the load carried already, and the preferred person.
    func ofPerson(_ index: ItemIndex, _ day: Int, _ person: Int?) -> Int {
        guard let person else { return 0 }
        let item = model.items[index]
        var cost = 0
        if person >= 0, let board = reference(item.course, day) {
            cost += weights.workload * board.workloadHours[person]
        }
        return cost + weights.continuity * item.kind.missesPreferred(person)
    }

    /// The one of those who attend an item that fills its continuity label.
    func continuity(_ item: ItemIndex, _ staff: RepairStaff) -> Int? {
        model.items[item].kind.continuity.flatMap { $0 < staff.persons.count ? staff.persons[$0] : nil }
    }

    /// What a course costs with its visits at the given places; with `surely`, only what visits whose place is certain
    /// make sure of.
    func cost(
        of course: CourseIndex, _ places: Table<RepairItem, RepairPlace?>,
        surely isCertain: (ItemIndex) -> Bool = { _ in true }
    ) -> Int {
        var cost = 0
        // The last visit with a place, and whether it is certain that it is the last one.
        var previous = model.courses[course].previous.map { ($0.placement.day - model.calendar.first, anchor(course)) }
        var isSure = true
        // The ideal gaps of visits without a place.
        var skipped = 0
        var opening = PhaseOpening()
        for item in model.chains[course] {
            opening.enter(model.items[item].visit)
            guard isCertain(item) else {
                isSure = false
                opening.pass()
                continue
            }
            guard let place = places[item] else {
                skipped += model.items[item].visit.standingGap.ideal
                continue
            }
            let ideal = skipped + model.items[item].visit.gap.rule(on: model.calendar.first + place.day).ideal
            cost += own(item, place)
            if model.items[item].visit.goal != nil {
                if opening.isKnown { cost += spare(item, place.day, first: opening.day) }
                opening.begin(on: place.day)
            }
            let attendant = Attendant(
                role: model.items[item].kind.continuityRole, person: continuity(item, place.staff))
            if isSure {
                if let (day, before) = previous {
                    cost += weights.gap * gapDays(place.day - day, ideal: ideal)
                    if let role = before.role, model.items[item].kind.preferred == nil, role == attendant.role,
                        before.person != attendant.person
                    {
                        cost += weights.continuity
                    }
                } else {
                    let earliest = model.courses[course].request.wish.earliest
                    cost += weights.start * startDays(model.calendar.first + place.day, earliest: earliest)
                }
            }
            previous = (place.day, attendant)
            isSure = true
            skipped = 0
        }
        return cost
    }

    /// The first day of the phase of a chain's visit, as far as it is known.
    private struct PhaseOpening {
        private var phase = ""
        /// By index; nil before the phase's first visit with a place.
        private(set) var day: Int?
        private(set) var isKnown = true

        /// Comes to a visit.
        mutating func enter(_ visit: RepairVisit) {
            guard visit.goal != nil, visit.phase != phase else { return }
            phase = visit.phase
            (day, isKnown) = (nil, true)
        }

        /// A visit whose place is not certain may be the first.
        mutating func pass() { if day == nil { isKnown = false } }

        /// A visit has a place.
        mutating func begin(on day: Int) { if isKnown { self.day = self.day ?? day } }
    }

    /// What the days in hand cost an item on a day, where the first visit of its phase that is in its chain is on
    /// another; nothing for that first visit. Days by index.
    func spare(_ index: ItemIndex, _ day: Int, first: Int?) -> Int {
        let item = model.items[index]
        guard item.visit.goal != nil else { return 0 }
        let first = first.map { model.calendar.first + $0 }
        return spare(of: item.course).cost(of: item.position, on: model.calendar.first + day, first: first)
    }

    private func spare(of course: CourseIndex) -> StandingSpare {
        if let known = spares[course] { return known }
        let visits = model.courses[course].visits
        let spare = StandingSpare(
            visits.map { ($0.phase, $0.goal) }, of: model.courses[course].request, on: model.calendar)
        spares[course] = spare
        return spare
    }

    /// The continuity attendant of the visit before a course's.
    func anchor(_ course: CourseIndex) -> Attendant {
        guard let before = model.courses[course].previous,
            let label = before.visitType.filledLabels.firstIndex(where: \.continuity),
            label < before.placement.persons.count
        else { return Attendant() }
        // Who has left is nobody's continuity.
        let person = model.layout.personIndex[before.placement.persons[label]] ?? Int.min
        return Attendant(role: before.visitType.filledLabels[label].role, person: person)
    }

    /// A day as it stands, without the visits of a course.
    private func reference(_ course: CourseIndex, _ day: Int) -> DayBoard? {
        let key = Key(course: course, day: day)
        if let known = boards[key] { return known }
        guard var board = model.board(day) else { return nil }
        for item in model.chains[course] where model.items[item].original.day == day {
            board = board.removing(model.items[item].visit.booking.id)
        }
        boards[key] = board
        return board
    }

    private func holds(_ course: CourseIndex, _ day: Int) -> [[Interval]] {
        let key = Key(course: course, day: day)
        if let known = holds[key] { return known }
        var result = [[Interval]](repeating: [], count: model.layout.chairCount)
        for booking in reference(course, day)?.bookings ?? [] {
            guard let chair = model.layout.chairIndex[booking.placement.chair] else { continue }
            result[chair].append(booking.holdInterval)
        }
        holds[key] = result
        return result
    }
}
