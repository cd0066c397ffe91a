package import Planning

/// What an event is about; the record is indexed by it. Events about a visit name its course too, except where a whole
/// course is booked: then its visits are found by the course.
package enum Subject: Hashable, Sendable {
    /// The clinic as a whole.
    case clinic
    /// A patient.
    case patient(PatientID)
    /// A course.
    case course(CourseID)
    /// A visit.
    case visit(VisitID)
    /// A chair.
    case chair(ChairID)
    /// A member of staff.
    case person(PersonID)

    /// The kind, as in the record.
    package var kind: String {
        switch self {
        case .clinic: "clinic"
        case .patient: "patient"
        case .course: "course"
        case .visit: "visit"
        case .chair: "chair"
        case .person: "person"
        }
    }

    /// The id, as in the record; empty for the clinic.
    package var id: String {
        switch self {
        case .clinic: ""
        case .patient(let id): id.text
        case .course(let id): id.text
        case .visit(let id): id.text
        case .chair(let id): id.text
        case .person(let id): id.text
        }
    }
}

extension Event {
    /// What kind of event it is.
    package var kind: Kind {
        switch self {
        case .serviceStarted: .serviceStarted
        case .serviceStopped: .serviceStopped
        case .configurationAdopted: .configurationAdopted
        case .patientAdded: .patientAdded
        case .patientsImported: .patientsImported
        case .patientDetailsChanged: .patientDetailsChanged
        case .templateRecorded: .templateRecorded
        case .courseBooked: .courseBooked
        case .courseRefused: .courseRefused
        case .timeOffAdded: .timeOffAdded
        case .timeOffRemoved: .timeOffRemoved
        case .outageAdded: .outageAdded
        case .outageRemoved: .outageRemoved
        case .closureAdded: .closureAdded
        case .closureRemoved: .closureRemoved
        case .openingAdded: .openingAdded
        case .openingRemoved: .openingRemoved
        case .shiftAdded: .shiftAdded
        case .shiftRemoved: .shiftRemoved
        case .visitsRetimed: .visitsRetimed
        case .courseChanged: .courseChanged
        case .alertRaised: .alertRaised
        case .waitingAdded: .waitingAdded
        case .waitingRemoved: .waitingRemoved
        case .offerMade: .offerMade
        case .offerClosed: .offerClosed
        case .placesFreed: .placesFreed
        case .visitsHit: .visitsHit
        case .visitsRearranged: .visitsRearranged
        case .repairProposed: .repairProposed
        }
    }

    /// What it is about, each once, most particular first.
    package var subjects: [Subject] {
        switch self {
        case .serviceStarted, .serviceStopped, .configurationAdopted, .templateRecorded: [.clinic]
        case .closureAdded, .closureRemoved, .openingAdded, .openingRemoved: [.clinic]
        case .patientAdded(let patient), .patientDetailsChanged(let patient): [.patient(patient)]
        case .patientsImported(let patients): patients.map { .patient($0) }
        case .courseBooked(let booked): [.course(booked.course), .patient(booked.patient)]
        case .courseRefused(let refused): [.patient(refused.patient)]
        case .timeOffAdded(let absence), .timeOffRemoved(let absence): [.person(absence.timeOff.person)]
        case .shiftAdded(let dated), .shiftRemoved(let dated): [.person(dated.shift.person)]
        case .outageAdded(let outage), .outageRemoved(let outage): [.chair(outage.outage.chair)]
        case .visitsRetimed(let retimings): retimings.map { .visit($0.visit) }
        case .alertRaised(let alert): [alert.subject]
        case .waitingAdded(let entry), .waitingRemoved(let entry):
            (entry.visit.map { [.visit($0)] } ?? []) + [.course(entry.course), .patient(entry.patient)]
        case .offerMade(let offer): offer.subjects
        case .offerClosed(let closed): closed.offer.subjects
        case .placesFreed(let freed):
            freed.places.compactMap(\.place.visit).map { .visit($0) } + [.course(freed.course)]
        case .visitsHit(let hit): hit.visits.map { .visit($0.visit) } + [hit.subject]
        case .visitsRearranged(let rearranged):
            rearranged.visits.map { .visit($0) }
                + rearranged.changes.flatMap { [.course($0.course), .patient($0.patient)] }.unique
        case .repairProposed(let proposed):
            proposed.moves.map { .visit($0.visit) }
                + proposed.courses.flatMap { [.course($0.course), .patient($0.patient)] }.unique + proposed.lost
        case .courseChanged(let changed):
            changed.visits.map { .visit($0.id) } + [.course(changed.course), .patient(changed.patient)]
        }
    }
}

extension Offer {
    fileprivate var subjects: [Subject] { moves.map { .visit($0.visit) } + [.course(course), .patient(patient)] }
}

extension [Subject] {
    /// Each once, where it stands first.
    var unique: [Subject] {
        var seen: Set<Subject> = []
        return filter { seen.insert($0).inserted }
    }
}
