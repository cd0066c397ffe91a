/// Brings a state to after an event. Plans nothing, reads nothing, and knows no other way.
///
/// Events are applied in the order of their numbers; it is a bug to leave one out.
package func apply(_ recorded: RecordedEvent, to state: inout ClinicState) {
    precondition(recorded.number == state.lastEvent + 1, "events are applied one after another")
    state.lastEvent = recorded.number
    // Whatever was due by then has been told before it, or need not be told. A clock that was ahead and is set right
    // takes this back with it: what is booked from now on falls due at its time.
    let wasAhead = state.lastInstant.map { $0 > recorded.at } ?? false
    if let told = state.alertedThrough { state.alertedThrough = wasAhead ? recorded.at : max(told, recorded.at) }
    state.lastInstant = recorded.at
    switch recorded.event {
    case .service(let event): event.apply(to: &state)
    case .configuration(let event): event.apply(to: &state, by: recorded)
    case .patient(let event): event.apply(to: &state, by: recorded)
    case .course(let event): event.apply(to: &state, by: recorded)
    case .visit(let event): event.apply(to: &state)
    case .availability(let event): event.apply(to: &state)
    case .waiting(let event): event.apply(to: &state)
    case .alert(let event): event.apply(to: &state)
    case .repair(let event): event.apply(to: &state, by: recorded)
    }
}

/// Brings a state that knows of some things only to after an event about one of them; the events between are about
/// others, and left out.
package func fold(_ recorded: RecordedEvent, into state: inout ClinicState) {
    state.lastEvent = recorded.number - 1
    apply(recorded, to: &state)
}
