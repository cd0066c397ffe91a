import Checker
import Planning
import TestSupport

/// Makes room by trying every set of at most three visits and every other place of each: the oracle of `makeRoom`.
/// Rules on places and their costs are the Checker's; the seeking course is planned anew for every choice.
struct YieldingOracle {
    let world: YieldingWorld
    private(set) var best: YieldingScore?
    /// Choices of places tried so far.
    private(set) var tried = 0
    private let limit: Int
    private var places: [[Placement]]

    init(_ world: YieldingWorld, atMost limit: Int) {
        self.world = world
        self.limit = limit
        places = world.yielding.map { _ in [] }
    }

    var isComplete: Bool { tried < limit }

    /// The best score; nil where there is no way.
    mutating func run() -> YieldingScore? {
        for index in world.yielding.indices { places[index] = otherPlaces(of: world.yielding[index]) }
        for count in 0...3 { extend([], to: count) }
        return best
    }

    private mutating func extend(_ members: [Int], to count: Int) {
        if members.count == count { return place([], of: members) }
        for next in world.yielding.indices where next > members.last ?? -1 {
            let own = world.yielding[next]
            let isBeside = members.contains { other in
                world.yielding[other].course.request.id == own.course.request.id
                    && abs(world.yielding[other].index - own.index) == 1
            }
            if !isBeside { extend(members + [next], to: count) }
        }
    }

    private mutating func place(_ chosen: [Placement], of members: [Int]) {
        if chosen.count == members.count { return finish(chosen, members) }
        for placement in places[members[chosen.count]] where isComplete {
            place(chosen + [placement], of: members)
        }
    }

    private mutating func finish(_ chosen: [Placement], _ members: [Int]) {
        tried += 1
        let yielding = members.map { world.yielding[$0] }
        let told = zip(yielding, chosen).count { visit, place in
            let before = visit.visit.booking.placement
            return visit.visit.told && (before.day != place.day || before.start != place.start)
        }
        if let best, (told, members.count) > (best.told, best.displaced) { return }
        let gone = Set(yielding.map(\.visit.booking.id))
        let moved = zip(yielding, chosen).map { visit, place in
            var booking = visit.visit.booking
            booking.placement = place
            return booking
        }
        for (index, booking) in moved.enumerated() {
            var others = moved
            others.remove(at: index)
            let setting = world.setting(without: gone, with: others)
            if !keepsPlace(booking, of: yielding[index].course.request, setting) { return }
        }
        let calendar = world.calendar(without: gone, with: moved)
        let outcome = longEnough(
            try plan(
                world.seeking.request, continuing: world.seeking.visits, on: calendar, now: world.now,
                today: world.monday, explains: false))
        guard case .plan(let plan) = outcome else { return }
        // The only place that the seeking course was told is on a day after the goal.
        let cost = plan.cost + (world.seeking.visits.isEmpty ? 0 : world.facility.planning.weights.movedDay)
        let score = YieldingScore(
            told: told, displaced: members.count,
            cost: zip(yielding, chosen).reduce(cost) { $0 + difference($1.0, at: $1.1) })
        if best.map({ score < $0 }) ?? true { best = score }
    }

    // MARK: Places

    private func otherPlaces(of yielding: YieldingVisit) -> [Placement] {
        let booking = yielding.visit.booking
        let setting = world.setting(without: [booking.id])
        var found: [Placement] = []
        for day in (0...9).map({ world.monday + $0 }) where keepsDays(yielding, on: day) {
            for start in stride(from: 540, to: 660, by: 30) {
                for chair in world.facility.chairs.map(\.id) {
                    for person in world.facility.staff.map(\.id) {
                        var other = booking
                        other.placement = Placement(day: day, start: start, chair: chair, persons: [person])
                        guard let covered = self.covered(other, yielding.course.request, setting),
                            covered.placement != booking.placement,
                            keepsPlace(covered, of: yielding.course.request, setting)
                        else { continue }
                        found.append(covered.placement)
                    }
                }
            }
        }
        return found
    }

    private func checked(_ booking: Booking, _ request: CourseRequest, _ setting: Setting) -> CheckedVisit? {
        guard let day = setting.clinicDay(booking.placement.day) else { return nil }
        let lead = world.now + world.facility.planning.leadTimeMinutes
        return CheckedVisit(
            patient: booking.patient, visitType: booking.visitType, placement: booking.placement, clinicDay: day,
            earliestInstant: lead, request: request)
    }

    private func covered(_ booking: Booking, _ request: CourseRequest, _ setting: Setting) -> Booking? {
        guard let covers = checked(booking, request, setting)?.determinedCovers() else { return nil }
        var booking = booking
        booking.placement.covers = covers
        return booking
    }

    private func keepsPlace(_ booking: Booking, of request: CourseRequest, _ setting: Setting) -> Bool {
        guard let visit = checked(booking, request, setting) else { return false }
        return ruleChecks.allSatisfy { $0.keeps(visit) }
    }

    private func keepsDays(_ yielding: YieldingVisit, on day: Day) -> Bool {
        let course = yielding.course
        var days = course.visits.map(\.booking.placement.day)
        days[yielding.index] = day
        return days.indices.allSatisfy { index in
            let days = index == 0 ? days[0] - course.request.wish.earliest : days[index] - days[index - 1]
            return course.visits[index].gap.rules[0].allowed.contains(days)
        }
    }

    // MARK: Costs

    private func difference(_ yielding: YieldingVisit, at place: Placement) -> Int {
        let before = yielding.visit.booking.placement
        var moved = yielding.course
        moved.visits[yielding.index].booking.placement = place
        var result = cost(of: moved) - cost(of: yielding.course)
        let weights = world.facility.planning.weights
        if yielding.visit.told, before.day != place.day {
            result += weights.movedDay
        } else if yielding.visit.told, before.start != place.start {
            result += weights.movedTime
        }
        return result
    }

    /// What a course costs beside all others where they are.
    private func cost(of course: RepairCourse) -> Int {
        let weights = world.facility.planning.weights
        let setting = world.setting(without: Set(course.visits.map(\.booking.id)))
        var sum = 0
        for (index, visit) in course.visits.enumerated() {
            let before = index > 0 ? course.visits[index - 1].booking : nil
            guard let placed = checked(visit.booking, course.request, setting) else { continue }
            let costed = CostedVisit(
                visit: placed, usual: course.usual, before: before.map { ($0.visitType, $0.placement.persons) },
                isPersonWished: false)
            let day = visit.booking.placement.day
            if let before {
                sum += weights.gap * abs(day - before.placement.day - 2)
            } else {
                sum += weights.start * (day - course.request.wish.earliest)
            }
            sum += countPreference(costed) * weights.preference + countContinuity(costed) * weights.continuity
            sum += countCrowding(costed) * weights.crowding + countIdle(costed) * weights.idle
            sum += countWorkload(costed) * weights.workload
        }
        return sum
    }
}
