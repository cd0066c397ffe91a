import HashTreeCollections
package import Planning

/// Something to be done with one visit, or to be recorded of it.
package enum VisitCommand: Hashable, Sendable {
    /// Do something with a visit, for a reason. With `keepsWindow` what is planned anew keeps the window of the phase:
    /// a loss is made up for in it where that is possible, anything else is refused where it is not. What cannot well
    /// be meant is done only where it is.
    case order(VisitID, VisitOrder, Reason.Code, keepsWindow: Bool = false, isMeant: Bool = false)
    /// Record what happened on a visit's day. A start for which something is missing must be overridden; what cannot
    /// well be meant is taken only where it is.
    case recordFact(VisitID, Fact, in: ActualSeat = ActualSeat(), isOverridden: Bool, isMeant: Bool = false)
    /// Set right what an event recorded of a visit: when it happened, or, without a time, that it did not happen.
    case correctFact(VisitID, RecordedEvent, at: Instant?)
    /// Record what came of calling a patient.
    case recordCall(PhoneCallMade)
    /// Take over the calendar that decide is given, after a change of the zone's law, for every visit.
    case retime
}

func decide(_ command: VisitCommand, _ basis: Basis) throws(DecisionFailure) -> Decision {
    switch command {
    case .order(let visit, let order, let reason, let keepsWindow, let isMeant):
        try decide(order, visit, reason, keepsWindow: keepsWindow, isMeant: isMeant, try basis.context)
    case .recordFact(let visit, let fact, let seat, let isOverridden, let isMeant):
        try record(fact, of: visit, in: seat, isOverridden: isOverridden, isMeant: isMeant, try basis.context)
    case .correctFact(let visit, let recorded, let at): try correct(recorded, of: visit, at: at, try basis.context)
    case .recordCall(let call): try record(call, try basis.context)
    case .retime: try retime(basis.state, basis.calendar)
    }
}

private func retime(_ state: ClinicState, _ calendar: PlanningCalendar) throws(DecisionFailure) -> Decision {
    var retimings: [Retiming] = []
    for day in state.visitsByDay.keys.sorted() where day >= calendar.calendars.first {
        guard let clock = calendar.calendars[day] else { throw .needsDays(day) }
        for visit in state.visits(on: day) where visit.status.isOpen {
            let minute = clock.firstMinute + visit.place.start.elapsed(of: clock)
            guard minute != visit.place.minute else { continue }
            retimings.append(Retiming(visit: visit.id, from: visit.place.minute, to: minute))
        }
    }
    // A place that was offered is promised to nobody yet: it is offered again rather than moved.
    let stale = state.openOffers.filter { offer in
        offer.moves.contains { move in
            guard let clock = calendar.calendars[move.to.day] else { return false }
            return clock.firstMinute + move.to.start.elapsed(of: clock) != move.to.minute
        }
    }
    let withdrawn = stale.map { Event.waiting(.offerClosed(OfferClosed(offer: $0, outcome: .withdrawn))) }
    let events: [Event] = retimings.isEmpty ? [] : [.visit(.retimed(retimings))]
    return .accepted(withdrawn + events, PrivateDetails(), .retimed(retimings.count))
}
