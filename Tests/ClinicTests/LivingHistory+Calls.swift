import Clinic
import Planning
import TestSupport

extension LivingHistory {
    /// Begins every day that has come since an instant: what has come inside the horizon is planned.
    mutating func passNights(since before: Instant) {
        let (first, last) = (before.minute / 1440 + 1, now.minute / 1440)
        for day in stride(from: first, through: last, by: 1) {
            for course in world.state.coursesToRoll {
                let command = Command.course(.alter(course, .lifecycle(.rollHorizon), .other))
                let decision = world.decision(command, now: Instant(minute: day * 1440))
                if case .accepted(let events, _, _) = decision { take(events) }
            }
        }
    }

    /// Better places for those to whom nobody has spoken; nil where there are none.
    func improvement() -> Command? {
        let result = try? proposeOptimization(
            weeks: 3, state: world.state, calendar: world.calendar, now: now, searches: 30)
        guard case .found(let found) = result, !found.moves.isEmpty else { return nil }
        return .repair(.change(found, .other))
    }

    /// A call that the list asks for, or about any visit; of what is declined something is done at once, or not.
    mutating func phoneCall(_ visits: [Visit]) -> PhoneCallMade {
        let listed = CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls() ?? []
        let outcome = dice.pick([CallOutcome.reached, .reached, .messageLeft, .declined])
        let then = dice.pick([
            AfterDeclining.nothing, .nothing, .moved(PlaceWish()), .cancelled(isMadeUp: dice.chance(50)),
        ])
        let former = listed.first { $0.reasons[0].isGivenAway }
        if let call = former ?? listed.first, dice.chance(70) {
            return PhoneCallMade(about: call.visit, outcome: outcome, at: now, patient: call.patient, then: then)
        }
        return PhoneCallMade(about: dice.pick(visits).id, outcome: outcome, at: now, then: then)
    }
}
