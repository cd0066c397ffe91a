import HashTreeCollections
import Planning

/// Something to be done with the waiting list.
package enum WaitingCommand: Hashable, Sendable {
    case add(WaitingWish)
    /// They wait no longer; an open offer to them is withdrawn.
    case remove(WaitingID)
    /// A freed place is held for an entry until an instant.
    case offer(WaitingID, FreedPlace, until: Instant)
    /// The patient takes the place: the visits go there, in one transaction.
    case accept(OfferID)
    /// The patient would rather not.
    case decline(OfferID)
    /// An offer's time is over, or what it rests on is no more.
    case release(OfferID)
}

/// Decides on the waiting list.
func decide(_ order: WaitingCommand, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    let state = context.state
    switch order {
    case .add(let wish): return try add(wish, context)
    case .remove(let id):
        guard let entry = state.waiting[id] else { throw .refused(.unknown(.waiting, id.text)) }
        let open = state.offer(to: id).map { [closed($0, .withdrawn)] } ?? []
        return .accepted(open + [.waiting(.removed(entry))], PrivateDetails(), .done)
    case .offer(let id, let freed, let until): return try offer(id, freed, until, context)
    case .accept(let id):
        guard let offer = state.offers[id] else { throw .refused(.unknown(.offer, id.text)) }
        return try accept(offer, context)
    case .decline(let id):
        guard let offer = state.offers[id] else { throw .refused(.unknown(.offer, id.text)) }
        return .accepted([closed(offer, .declined)], PrivateDetails(), .done)
    case .release(let id):
        guard let offer = state.offers[id] else { throw .refused(.unknown(.offer, id.text)) }
        let isOver = offer.until <= context.now
        return .accepted([closed(offer, isOver ? .expired : .withdrawn)], PrivateDetails(), .done)
    }
}

private func closed(_ offer: Offer, _ outcome: OfferClosed.Outcome) -> Event {
    .waiting(.offerClosed(OfferClosed(offer: offer, outcome: outcome)))
}

private func add(_ wish: WaitingWish, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    let id: CourseID
    var visit: Visit?
    switch wish.whose {
    case .course(let course): id = course
    case .visit(let named):
        guard let found = context.state.visit(named) else { throw .refused(.unknown(.visit, named.text)) }
        guard found.isToCome else { throw .unchangeable(.visit(named, found.status)) }
        id = found.course
        visit = found
    }
    guard let course = context.state.course(id) else { throw .refused(.unknown(.course, id.text)) }
    guard course.status == .active else { throw .unchangeable(.course(id, course.status)) }
    if course.progress.heldUntil != nil { throw .unchangeable(.held(id)) }
    if let there = context.state.waitingList.first(where: { $0.course == id && $0.visit == visit?.id }) {
        throw .unchangeable(.waiting(.waitsAlready(there.id)))
    }
    var counters = context.state.counters
    let entry = WaitingEntry(
        id: counters.nextWaiting(), course: id, patient: course.patient, visit: visit?.id, earlier: wish.earlier,
        windows: wish.windows, since: context.now)
    return .accepted([.waiting(.added(entry))], PrivateDetails(), .waiting(entry.id))
}

private func offer(
    _ id: WaitingID, _ freed: FreedPlace, _ until: Instant, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    guard let entry = context.state.waiting[id], context.state.isLive(entry) else {
        throw .refused(.unknown(.waiting, id.text))
    }
    guard until > context.now else { throw .refused(.endsBeforeStart) }
    if let open = context.state.offer(to: id) { throw .unchangeable(.waiting(.hasOffer(open.id))) }
    guard let match = try context.match(entry, freed) else { throw .unchangeable(.waiting(.gainsNothing(id))) }
    var counters = context.state.counters
    let offer = Offer(
        id: counters.nextOffer(), entry: id, course: entry.course, patient: entry.patient, moves: match.moves,
        until: until, gain: match.gain)
    return .accepted([.waiting(.offerMade(offer))], PrivateDetails(), .offer(offer))
}

/// Brings the visits of an offer to the places that were held for them: they are planned again on exactly these, the
/// other visits of the course stay, and every rule is asked once more.
private func accept(_ offer: Offer, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    guard context.now < offer.until else { throw .unchangeable(.waiting(.offerOver(offer.id))) }
    guard context.state.isSound(offer) else {
        throw .unchangeable(.waiting(.offerVoid(offer.id)))
    }
    // The places are free for those for whom they are held.
    var state = context.state
    state.offers[offer.id] = nil
    var calendar = context.calendar
    for move in offer.moves { calendar.remove(offer.holder(of: move), on: move.to.day) }
    var draft = try CourseDraft(
        offer.course, .patientRequest, try DecisionContext(state, calendar, context.now, explains: context.explains))
    try draft.requireBooked()
    try draft.requireOpenCourse()
    let before = draft.visits
    try draft.take(offer.moves)
    for move in offer.moves { draft.agree(to: move.visit, isAsked: move == offer.moves.first, before[move.visit]) }
    let events = draft.events(.offerAccepted, about: offer.moves.first?.visit)
    guard case .course(.changed(let changed))? = events.last else {
        preconditionFailure("visits that go to other places change their course")
    }
    return .accepted(
        [closed(offer, .accepted)] + events, PrivateDetails(), .changed(PlanDifference(changed)))
}

extension CourseDraft {
    /// Brings visits to the places that were offered; the others keep theirs.
    mutating func take(_ moves: [Offer.Move]) throws(DecisionFailure) {
        var replanning = Replanning(keepsOthers: true)
        for move in moves {
            guard let visit = visit(move.visit) else { continue }
            if isKept(visit.image) { throw .unchangeable(.breaks([.leadTime])) }
            let booked = visit.place.placement(on: try context.day(visit.day))
            let labels = visit.visitType.filledLabels.map(\.label)
            let wish = PlaceWish(
                from: move.to.day, through: move.to.day, clock: move.to.start.clock, chair: move.to.chair,
                persons: Dictionary(zip(labels, move.to.persons)) { first, _ in first })
            visits[move.visit]?.pinned = false
            replanning.turns[move.visit] = { turn in
                turn.status = .booked(booked, told: visit.told)
                turn.wish = wish
            }
        }
        try replan(context.explains ? replanning : replanning.unexplained)
    }

    /// The patient has taken the offer and knows the time. The visit asked for is agreed to where nothing stands
    /// against that; the others are as agreed as they were.
    fileprivate mutating func agree(to id: VisitID, isAsked: Bool, _ before: VisitImage?) {
        guard let image = visits[id] else { return }
        visits[id]?.heard = .at(image.place.start)
        visits[id]?.asked = .itself
        if isAsked || before?.status == .confirmed { agree(to: id) }
    }
}

extension ClinicState {
    /// When the open offers come to their ends.
    var offerEnds: [Instant] { offers.values.map(\.until) }

    /// The commands by which everything of the waiting list is released whose time is over at an instant, or that rests
    /// on what is no more: offers, and entries that can no longer be served. The service gives each before it decides
    /// on anything else.
    package func waitingReleases(at now: Instant) -> [Command] {
        if waiting.isEmpty, offers.isEmpty { return [] }
        let over = openOffers.filter { $0.until <= now || !isSound($0) }.map { Command.waiting(.release($0.id)) }
        let served = waitingList.filter { !isLive($0) }.map { Command.waiting(.remove($0.id)) }
        return over + served
    }
}
