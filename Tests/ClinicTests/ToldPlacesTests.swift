import Planning
import TestSupport
import Testing

@testable import Clinic

/// What is planned anew of its own accord changes what patients were told only where that saves more than the call
/// costs, and plans the rest as a planning right after it would: over random histories.
@Suite struct ToldPlacesTests {
    /// What a change comes to: what the course costs more, calls included, and the told visits at another time.
    private struct Outcome {
        let cost: Int
        let moved: [VisitID]
    }

    private func outcome(_ command: Command, _ world: World, _ now: Instant) -> Outcome? {
        guard case .accepted(_, _, .changed(let difference)) = world.decision(command, now: now),
            difference.unplaced == nil
        else { return nil }
        let moved = difference.visits.filter { $0.isMoved && $0.before?.told ?? false }.map(\.id)
        return Outcome(
            cost: difference.costAfter - difference.costBefore + difference.costOfMoving, moved: moved)
    }

    /// A make-up costs no more than one for which all that patients were told stays, and less where it moves any of it:
    /// tried at every step with every visit that comes next.
    @Test func nothingToldIsMovedForAMakeUpForLessThanTheCallsCost() {
        var tried = 0
        for seed in Array(UInt64(1)...8) + (firstSeed() > 0 ? Array(seeds(40)) : []) {
            var history = LivingHistory(seed: seed)
            for step in 0..<60 {
                _ = history.step()
                if history.isBroken { break }
                for course in history.world.state.allCourses where course.status == .active {
                    let ahead = history.world.state.visits(of: course).filter { visit in
                        visit.isToCome && visit.place.minute > history.now.minute + 120
                    }
                    // What is owed beside it would have a place in one plan and none in the other.
                    let isOwed = history.world.state.visits(of: course).contains(where: \.isOwing)
                    guard !history.isHit(course.id), !isOwed, let lost = ahead.first else { continue }
                    let command = Command.visit(.order(lost.id, .cancel(isMadeUp: true), .other))
                    var kept = history.world
                    for visit in ahead.dropFirst() where visit.told && !visit.pinned {
                        kept.order(visit.id, .pin(true), now: history.now)
                    }
                    guard let made = outcome(command, history.world, history.now),
                        let other = outcome(command, kept, history.now)
                    else { continue }
                    tried += 1
                    let isWorth = made.moved.isEmpty ? made.cost <= other.cost : made.cost < other.cost
                    #expect(isWorth, "seed \(seed), step \(step): \(lost.id) \(made), all kept \(other.cost)")
                }
            }
        }
        #expect(tried > 200, "\(tried)")
    }

    /// After a pause a visit that is not at the time that its patient still counts on would cost more there than the
    /// call costs, all others staying: tried at every step.
    @Test func noToldTimeIsGivenUpByAResumptionForLessThanACallCosts() {
        var kept = 0
        for seed in Array(UInt64(1)...8) + (firstSeed() > 0 ? Array(seeds(40)) : []) {
            var history = LivingHistory(seed: seed)
            for step in 0..<60 {
                _ = history.step()
                if history.isBroken { break }
                for course in history.world.state.allCourses where course.status == .active {
                    guard !history.isHit(course.id), let (world, anew) = resumed(course.id, history) else { continue }
                    kept += anew.count { $0.told.start == world.visit($0.visit).place.start }
                    for one in anew where one.told.start != world.visit(one.visit).place.start {
                        guard let cost = costBack(one, world, history.now) else { continue }
                        let isSameDay = world.visit(one.visit).day == one.told.day
                        let call = isSameDay ? Weights().movedTime : Weights().movedDay
                        #expect(cost >= call, "seed \(seed), step \(step): \(one) would cost \(cost) more")
                    }
                }
            }
        }
        #expect(kept > 100, "\(kept)")
    }

    /// A visit that a course has anew, and the place that its patient counts on.
    private struct Anew {
        let visit: VisitID
        let told: Place
    }

    /// A world in which a course was paused and goes on within days, with its visits anew of whose turns patients were
    /// told; nil where that cannot be.
    private func resumed(_ id: CourseID, _ history: LivingHistory) -> (world: World, anew: [Anew])? {
        var world = history.world
        let told = world.state.visits(of: world.course(id)).filter { $0.isToCome && $0.told }
        let today = Day(number: history.now.minute / 1440)
        for alteration in [LifecycleAlteration.hold, .resume(from: today + 2)] {
            let command = Command.course(.alter(id, .lifecycle(alteration), .other))
            guard case .accepted(let events, _, _) = world.decision(command, now: history.now) else { return nil }
            world.take(events)
        }
        let open = world.state.visits(of: world.course(id)).filter(\.isToCome)
        let anew = open.compactMap { visit -> Anew? in
            let own = told.first { former in
                former.image.number == visit.image.number && former.phase == visit.phase && former.day >= today + 2
            }
            return own.map { Anew(visit: visit.id, told: $0.place) }
        }
        return (world, anew)
    }

    /// By how much the course costs more with a visit at the place that was told, all others where they are; nil where
    /// it cannot be there in its turn.
    private func costBack(_ one: Anew, _ world: World, _ now: Instant) -> Int? {
        let visit = world.visit(one.visit)
        let labels = visit.visitType.filledLabels.map(\.label)
        let persons = Dictionary(zip(labels, one.told.persons)) { first, _ in first }
        let wish = PlaceWish(
            from: one.told.day, through: one.told.day, clock: one.told.start.clock, chair: one.told.chair,
            persons: persons)
        let order = Command.visit(.order(one.visit, .place(wish), .other))
        guard case .accepted(let events, _, .changed(let difference)) = world.decision(order, now: now) else {
            return nil
        }
        var after = world
        after.take(events)
        let inTurn = after.state.visits(of: after.course(visit.course)).filter(\.status.occupies)
            .sorted { $0.image.number < $1.image.number }.map(\.day)
        return inTurn == inTurn.sorted() ? difference.costAfter - difference.costBefore : nil
    }

    /// Tried at every step of a history on every course, in a world of its own.
    @Test func afterAStopByAScoreTheRestIsPlannedAsAtOnce() {
        var stopped = 0
        for seed in Array(UInt64(1)...6) + (firstSeed() > 0 ? Array(seeds(30)) : []) {
            var history = LivingHistory(seed: seed)
            for step in 0..<60 {
                _ = history.step()
                if history.isBroken { break }
                for course in history.world.state.allCourses where course.status == .active {
                    guard !history.isHit(course.id), let after = afterStop(of: course.id, history) else { continue }
                    stopped += 1
                    let replan = Command.course(.alter(course.id, .lifecycle(.replan), .other))
                    guard after.course(course.id).status == .active else { continue }
                    guard case .accepted(let events, _, _) = after.decision(replan, now: history.now) else {
                        Issue.record("seed \(seed), step \(step): \(course.id) cannot be planned again")
                        continue
                    }
                    let isSame = events.isEmpty
                    #expect(isSame, "seed \(seed), step \(step): \(course.id) is planned otherwise")
                }
            }
        }
        #expect(stopped > 20, "\(stopped)")
    }

    /// The world once a score has stopped a phase of a course; nil where it stops none.
    private func afterStop(of course: CourseID, _ history: LivingHistory) -> World? {
        var world = history.world
        let before = world.course(course).template
        let score = Assessment(measure: "PHQ-9", score: 2, at: history.now)
        let command = Command.course(.alter(course, .care(.assess(score)), .other))
        guard case .accepted(let events, _, _) = world.decision(command, now: history.now) else { return nil }
        world.take(events)
        return world.course(course).template == before ? nil : world
    }
}

extension Visit {
    /// Whether it was lost and its turn is owed.
    fileprivate var isOwing: Bool { !status.occupies && !isForgone }
}
