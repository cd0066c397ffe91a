import HashTreeCollections
import Planning

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
    case .serviceStarted, .serviceStopped, .courseRefused, .placesFreed, .repairProposed, .visitsHit:
        break
    case .configurationAdopted(let adopted):
        state.configuration = adopted.configuration
        state.alertedThrough = state.alertedThrough ?? recorded.at
        state.retired = adopted.retired
    case .patientAdded(let patient):
        state.add(patient, by: recorded.number)
    case .patientsImported(let patients):
        for patient in patients { state.add(patient, by: recorded.number) }
    case .patientDetailsChanged(let patient):
        state.admit(Patient(id: patient, detailsEvent: recorded.number))
    case .templateRecorded(let template):
        state.counters.template = template.id.number
        state.admit(template)
    case .courseBooked(let booked):
        state.add(booked, recorded)
    case .visitsRetimed(let retimings):
        state.retime(retimings)
    case .courseChanged(let changed):
        state.change(changed, by: recorded)
    case .visitsRearranged(let rearranged):
        for changed in rearranged.changes { state.change(changed, by: recorded) }
    case .alertRaised(let alert):
        state.alertedThrough = max(state.alertedThrough ?? alert.due, alert.due)
    case .waitingAdded(let entry):
        state.counters.waiting = entry.id.number
        state.waiting[entry.id] = entry
    case .waitingRemoved(let entry): state.waiting[entry.id] = nil
    case .offerMade(let offer):
        state.counters.offer = offer.id.number
        state.offers[offer.id] = offer
    case .offerClosed(let closed): state.close(closed)
    case .timeOffAdded, .timeOffRemoved, .outageAdded, .outageRemoved, .closureAdded, .closureRemoved, .openingAdded,
        .openingRemoved, .shiftAdded, .shiftRemoved:
        state.applyAvailability(recorded.event)
    }
}

/// Brings a state that knows of some things only to after an event about one of them; the events between are about
/// others, and left out.
package func fold(_ recorded: RecordedEvent, into state: inout ClinicState) {
    state.lastEvent = recorded.number - 1
    apply(recorded, to: &state)
}

extension ClinicState {
    fileprivate mutating func add(_ patient: PatientID, by event: Int) {
        counters.patient = patient.number
        admit(Patient(id: patient, detailsEvent: event))
    }

    fileprivate mutating func add(_ booked: CourseBooked, _ recorded: RecordedEvent) {
        guard let template = templates[booked.template] else {
            preconditionFailure("a course follows a template that was recorded before it")
        }
        counters.course = booked.course.number
        admit(
            Course(
                id: booked.course, patient: booked.patient, template: template, wish: booked.wish, status: .active,
                visits: booked.visits.map(\.id), usual: booked.usual, bookedBy: recorded.number,
                bookedAt: recorded.at))
        for visit in booked.visits {
            guard let visitType = template.visitType(visit.visitType) else {
                preconditionFailure("a template has the visit types of all its phases")
            }
            counters.visit = max(counters.visit, visit.id.number)
            admit(
                Visit(
                    id: visit.id, course: booked.course, patient: booked.patient, number: visit.number,
                    phase: visit.phase, visitType: visitType, status: visit.confirmed ? .confirmed : .tentative,
                    place: visit.place, heard: visit.told || visit.confirmed ? .at(visit.place.start) : nil,
                    terms: visit.terms))
        }
    }

    fileprivate mutating func retime(_ retimings: [Retiming]) {
        for retiming in retimings {
            guard var visit = visits[retiming.visit] else { continue }
            visit.place = visit.place.retimed(to: retiming.to)
            admit(visit)
        }
    }

    fileprivate mutating func applyAvailability(_ event: Event) {
        switch event {
        case .timeOffAdded(let absence):
            counters.absence = absence.id.number
            absences[absence.id] = absence
        case .timeOffRemoved(let absence):
            absences[absence.id] = nil
        case .outageAdded(let outage):
            counters.outage = outage.id.number
            outages[outage.id] = outage
        case .outageRemoved(let outage):
            outages[outage.id] = nil
        case .closureAdded(let closure):
            counters.closure = closure.id.number
            closures[closure.id] = closure
        case .closureRemoved(let closure):
            closures[closure.id] = nil
        case .openingAdded(let opening):
            counters.opening = opening.id.number
            openings[opening.id] = opening
        case .openingRemoved(let opening):
            openings[opening.id] = nil
        case .shiftAdded(let dated):
            counters.shift = dated.id.number
            shifts[dated.id] = dated
        case .shiftRemoved(let dated):
            shifts[dated.id] = nil
        case .serviceStarted, .serviceStopped, .configurationAdopted, .patientAdded, .patientsImported,
            .patientDetailsChanged, .templateRecorded, .courseBooked, .courseRefused, .visitsRetimed, .courseChanged,
            .alertRaised, .waitingAdded, .waitingRemoved, .offerMade, .offerClosed, .placesFreed, .repairProposed,
            .visitsHit,
            .visitsRearranged:
            preconditionFailure("an event that changes no availability")
        }
    }
}
