import Checker
import Planning
import TestSupport

/// Repairs a small world by trying every set of changes: the oracle of the repair.
///
/// Every visit that may change tries every place that it may have, course by course; only what is already worse than
/// the best is cut short. Rules on one visit are the Checker's; who is in the way is counted here minute by minute.
struct RepairOracle {
    /// What may change of a visit.
    enum Freedom { case fixed, handedOver, swapped, sameDay, anywhere }

    struct Visit {
        let course: Int
        let position: Int
        let visit: RepairVisit
        var freedom: Freedom
        let isBroken: Bool
        var maySwap: Bool
        var choices: [Choice] = []
    }

    /// A place or none; given up where a visit in progress stays broken.
    struct Choice {
        var place: Placement?
        var isGivenUp = false
    }

    let world: RepairWorld
    private(set) var visits: [Visit] = []
    private(set) var best: RepairScore?
    private(set) var leaves = 0
    private var places: [Placement?] = []
    private var givenUp: [Bool] = []
    private var costs: [CostKey: Int] = [:]
    let empty: Setting
    private let full: Setting

    private struct CostKey: Hashable {
        let visit: Int
        let placement: Placement
        let before: Placement?
    }

    init(_ world: RepairWorld) {
        self.world = world
        empty = world.setting([])
        full = world.setting(world.bookings)
        let broken = brokenVisits(of: world.courses, on: world.calendar, now: world.now)
        let concerned = Set(broken.map { id in world.bookings.first { $0.id == id.visit }!.placement.day })
        for (course, value) in world.courses.enumerated() {
            var isLater = false
            for (position, visit) in value.visits.enumerated() {
                let rules = broken.first { $0.visit == visit.booking.id }?.rules ?? []
                isLater = isLater || !rules.isEmpty
                let isConcerned = concerned.contains(visit.booking.placement.day)
                let freedom = freedom(visit, rules, isLater, isConcerned)
                visits.append(
                    Visit(
                        course: course, position: position, visit: visit, freedom: freedom, isBroken: !rules.isEmpty,
                        maySwap: isConcerned && freedom != .fixed && freedom != .handedOver))
            }
        }
        for index in visits.indices { visits[index].choices = choices(visits[index]) }
    }

    private func freedom(_ visit: RepairVisit, _ rules: [Rule], _ isLater: Bool, _ isConcerned: Bool) -> Freedom {
        let swapOnly: Freedom = isConcerned ? .swapped : .fixed
        switch visit.progress {
        case .completed: return .fixed
        case .inProgress:
            if rules.contains(.attendantQualified) || rules.contains(.attendantCapacity) { return .handedOver }
            guard rules.contains(.attendantOnDuty), let day = empty.clinicDay(visit.booking.placement.day) else {
                return .fixed
            }
            var placed = CheckedVisit(
                patient: "", visitType: withoutPresences(visit.booking.visitType),
                placement: visit.booking.placement, clinicDay: day)
            placed.hasBegun = true
            return keeps(.attendantOnDuty, placed) ? .fixed : .handedOver
        case .arrived: return !rules.isEmpty && !visit.pinned ? .sameDay : swapOnly
        case .ahead:
            if visit.pinned { return swapOnly }
            return isLater || (isConcerned && !visit.told) ? .anywhere : swapOnly
        }
    }

    func withoutPresences(_ type: VisitType) -> VisitType {
        var type = type
        type.attendants.removeAll(where: \.presence)
        return type
    }
}

// MARK: - Trying everything

extension RepairOracle {
    /// Tries every set of changes; at most so many places tried.
    mutating func run(atMost limit: Int = 3_000_000) -> RepairScore? {
        places = []
        givenUp = []
        extend(RepairScore(), limit)
        return leaves >= limit ? nil : best
    }

    private mutating func extend(_ score: RepairScore, _ limit: Int) {
        if let best, score >= best { return }
        let index = places.count
        guard index < visits.count else {
            best = score
            return
        }
        let item = visits[index]
        for choice in item.choices {
            leaves += 1
            if leaves >= limit { return }
            let own = item.visit.booking.placement
            var next = score
            let place = choice.place
            if place == nil || choice.isGivenUp { next.unplaced += 1 }
            if place != own { next.changed += 1 }
            if place.map({ $0.day != own.day || $0.start != own.start }) ?? true {
                if item.visit.told { next.told += 1 } else { next.others += 1 }
            }
            places.append(place)
            givenUp.append(choice.isGivenUp)
            if fits(index) {
                if index + 1 == visits.count || visits[index + 1].course != item.course {
                    next.cost += cost(ofCourse: item.course)
                }
                extend(next, limit)
            }
            places.removeLast()
            givenUp.removeLast()
        }
    }

    /// Whether the last visit placed gets on with those before it, and with everything that never changes.
    private func fits(_ index: Int) -> Bool {
        let item = visits[index]
        guard let place = places[index] else { return true }
        if item.visit.progress == .ahead || item.visit.progress == .arrived, !keepsDays(index, place) { return false }
        let settled = (0..<index).compactMap { other in places[other].map { (other, $0) } }
        for (other, otherPlace) in settled where otherPlace.day == place.day {
            // Two that never change are not judged.
            if item.freedom == .fixed && visits[other].freedom == .fixed { continue }
            if visits[other].visit.booking.patient == item.visit.booking.patient,
                asksOneVisit(index, place) || asksOneVisit(other, otherPlace)
            {
                return false
            }
            let holds = (hold(index, place), hold(other, otherPlace))
            if otherPlace.chair == place.chair, holds.0.overlaps(holds.1), asksChair(index) || asksChair(other) {
                return false
            }
        }
        for stranger in world.strangers where stranger.placement.day == place.day && item.freedom != .fixed {
            if stranger.patient == item.visit.booking.patient { return false }
            if stranger.placement.chair == place.chair, stranger.holdInterval.overlaps(hold(index, place)),
                asksChair(index)
            {
                return false
            }
        }
        return keepsCapacity(on: place.day)
    }

    private func hold(_ index: Int, _ place: Placement) -> Interval {
        Interval(place.start, place.start + visits[index].visit.booking.visitType.hold)
    }

    private func asksChair(_ index: Int) -> Bool {
        visits[index].freedom != .fixed && visits[index].freedom != .handedOver
    }

    private func asksOneVisit(_ index: Int, _ place: Placement) -> Bool {
        let item = visits[index]
        if item.freedom == .fixed || item.freedom == .handedOver { return false }
        let own = item.visit.booking.placement
        return !(item.visit.overrides.contains(.oneVisitADay) && own.day == place.day && own.start == place.start)
    }

    private func keepsDays(_ index: Int, _ place: Placement) -> Bool {
        let item = visits[index]
        let course = world.courses[item.course]
        let isOwnDay = place.day == item.visit.booking.placement.day
        let chain = visits.indices.filter { visits[$0].course == item.course && $0 <= index }
        let before = chain.last { $0 < index && places[$0] != nil }
        if !(isOwnDay && item.visit.overrides.contains(.gap)) {
            let skipped = chain.filter { $0 < index && $0 > (before ?? -1) }
            let anchor = before.flatMap { places[$0]?.day } ?? course.previous?.placement.day
            let days = place.day - (anchor ?? course.request.wish.earliest)
            var range = item.visit.gap.bounds
            let most = (skipped + [index]).reduce(0) { sum, visit in
                let isFirst = anchor == nil && visits[visit].position == 0
                return sum + (isFirst ? course.request.wish.startWithinDays : visits[visit].visit.gap.bounds.upperBound)
            }
            range = (anchor == nil && item.position == 0 ? 0 : range.lowerBound)...max(0, most)
            // Who stays is not broken by who goes.
            if !range.contains(days), skipped.isEmpty || !isOwnDay { return false }
        }
        if let within = item.visit.within, !(isOwnDay && item.visit.overrides.contains(.phaseWindow)) {
            let opening = visits[chain[0]].visit.progress
            let first = chain.compactMap { places[$0]?.day }.first
            if opening == .ahead || opening == .arrived, let first, place.day - first > within { return false }
        }
        return true
    }

    /// Whether every visit that is judged finds its persons able to carry it, minute by minute.
    private func keepsCapacity(on day: Day) -> Bool {
        guard let clinicDay = empty.clinicDay(day) else { return true }
        var judged: [PersonID: [Interval]] = [:]
        var carried: [PersonID: [(Interval, Int)]] = [:]
        for (index, place) in places.enumerated() {
            guard let place, place.day == day else { continue }
            let item = visits[index]
            let since = item.freedom == .handedOver ? world.now - clinicDay.calendar.firstMinute : 0
            for (person, interval, load) in loads(item.visit.booking, place, clinicDay) {
                carried[person, default: []].append((interval, load))
                if item.freedom != .fixed && !givenUp[index], interval.until > since {
                    judged[person, default: []].append(Interval(max(since, interval.from), interval.until))
                }
            }
        }
        for stranger in world.strangers where stranger.placement.day == day {
            for (person, interval, load) in loads(stranger, stranger.placement, clinicDay) {
                carried[person, default: []].append((interval, load))
            }
        }
        return judged.allSatisfy { person, intervals in
            let capacity = clinicDay.person(person)?.person.capacityPercent ?? 0
            return intervals.allSatisfy { interval in
                stride(from: interval.from, to: interval.until, by: 5).allSatisfy { minute in
                    carried[person]!.reduce(0) { $0 + ($1.0.contains(minute) ? $1.1 : 0) } <= capacity
                }
            }
        }
    }

    private func loads(
        _ booking: Booking, _ place: Placement, _ day: ClinicDay
    ) -> [(PersonID, Interval, Int)] {
        var result: [(PersonID, Interval, Int)] = []
        let type = booking.visitType
        for (stage, relative) in zip(type.stages, type.stageIntervals) {
            let interval = relative.shifted(by: place.start)
            for (label, id) in zip(type.filledLabels, place.persons) {
                guard let load = stage.load[label.label], let person = day.person(id) else { continue }
                result += [interval].intersecting(person.onDuty).map { (id, $0, load) }
            }
            for cover in place.covers {
                guard let load = stage.load[cover.label], let part = cover.interval.intersection(interval) else {
                    continue
                }
                result.append((cover.person, part, load))
            }
        }
        return result
    }

    // MARK: Costs

    /// What a course costs, nothing where none of its visits has changed.
    private mutating func cost(ofCourse course: Int) -> Int {
        let chain = visits.indices.filter { visits[$0].course == course }
        if chain.allSatisfy({ places[$0] == visits[$0].visit.booking.placement }) { return 0 }
        let weights = world.facility.planning.weights
        let request = world.courses[course].request
        var sum = 0
        var before: Booking? = world.courses[course].previous
        var ideal = 0
        for index in chain {
            ideal += visits[index].visit.gap.rules[0].ideal
            guard let place = places[index] else { continue }
            var booking = visits[index].visit.booking
            booking.placement = place
            if let before {
                sum += weights.gap * abs(place.day - before.placement.day - ideal)
            } else {
                sum += weights.start * (place.day - request.wish.earliest)
            }
            sum += ownCost(index, booking, before)
            sum += spareCost(index, chain, place.day)
            before = booking
            ideal = 0
        }
        return sum
    }

    /// What the days in hand cost a visit of a course; visits without a place are to be made up.
    private func spareCost(_ index: Int, _ chain: [Int], _ day: Day) -> Int {
        guard let goal = visits[index].visit.goal else { return 0 }
        let request = world.courses[visits[index].course].request
        let before = chain.filter { $0 < index }.compactMap { places[$0]?.day }
        guard let first = goal.first ?? before.first else { return 0 }
        let later = chain.filter { $0 > index }.map { other in
            { (day: Day) in visits[other].visit.goal?.gap.rule(on: day).allowed.lowerBound ?? 1 }
        }
        let days = daysInHand(after: day, through: first + goal.goal.days, later: later) {
            empty.isPossible($0, for: request)
        }
        return days < goal.goal.spare.count ? goal.goal.spare[days] : 0
    }

    private mutating func ownCost(_ index: Int, _ booking: Booking, _ before: Booking?) -> Int {
        let key = CostKey(visit: index, placement: booking.placement, before: before?.placement)
        if let known = costs[key] { return known }
        let item = visits[index]
        let course = world.courses[item.course]
        let weights = world.facility.planning.weights
        let own = Set(course.visits.map(\.booking.id))
        guard let day = world.setting(world.bookings.filter { !own.contains($0.id) }).clinicDay(booking.placement.day)
        else { return 0 }
        let costed = CostedVisit(
            visit: template(item, day, booking.placement), usual: course.usual,
            before: before.map { ($0.visitType, $0.placement.persons) },
            isPersonWished: course.request.wishesPerson(for: item.visit.booking.visitType, in: world.facility))
        var sum = countPreference(costed) * weights.preference + countContinuity(costed) * weights.continuity
        sum += countCrowding(costed) * weights.crowding + countIdle(costed) * weights.idle
        sum += countWorkload(costed) * weights.workload
        if item.visit.rhythm, let usual = course.usual {
            sum += weights.rhythm * rhythmUnits(clock: booking.placement.start, usual: usual)
        }
        let was = item.visit.booking.placement
        if item.visit.told, booking.placement.day != was.day {
            sum += weights.movedDay
        } else if item.visit.told, booking.placement.start != was.start {
            sum += weights.movedTime
        }
        costs[key] = sum
        return sum
    }
}
