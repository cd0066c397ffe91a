import Clinic
import Planning
import TestSupport

extension LivingHistory {
    /// Something done with the waiting list: somebody joins it, a freed place is offered, an offer is answered.
    mutating func waitingOrder(_ visits: [Visit], freed: [FreedPlace]) -> WaitingCommand? {
        if let offer = world.state.openOffers.first, dice.chance(60) {
            return dice.chance(75) ? .accept(offer.id) : .decline(offer.id)
        }
        if let place = freed.first, dice.chance(70),
            let found = try? matches(for: place, state: world.state, calendar: world.calendar, now: now),
            let match = found.first
        {
            return .offer(match.entry.id, place, until: Instant(minute: now.minute + dice.number(1...1200)))
        }
        if let entry = world.state.waitingList.first, dice.chance(10) { return .remove(entry.id) }
        let open = visits.filter { $0.status == .tentative || $0.status == .confirmed }
        guard !open.isEmpty else { return nil }
        let visit = dice.pick(open)
        let windows = dice.chance(30) ? [WeekWindow(days: [.mon, .wed, .fri], hours: Interval(540, 720))] : []
        let whose: WaitingWish.Whose = dice.chance(50) ? .visit(visit.id) : .course(visit.course)
        return .add(WaitingWish(whose, earlier: dice.chance(70), windows: windows))
    }

    /// Offers that could not be accepted at once although nothing has happened since they were made.
    func offerProblems() -> [String] {
        guard world.events.count > eventsBefore, let last = world.events.last,
            case .waiting(.offerMade(let offer)) = last.event, offer.until > now
        else {
            return []
        }
        let decision = world.decision(.waiting(.accept(offer.id)), now: now)
        guard case .accepted(let events, _, _) = decision else { return ["offer \(offer.id): \(decision)"] }
        var after = world
        after.take(events)
        let isThere = offer.moves.allSatisfy { move in
            let place = after.visit(move.visit).place
            return place.start == move.to.start && place.chair == move.to.chair && place.persons == move.to.persons
        }
        return isThere ? [] : ["offer \(offer.id): its visits are not where they were promised"]
    }
}
