import HashTreeCollections
package import Planning

/// Something that became known of patients.
package enum PatientEvent: Hashable, Sendable {
    /// A patient became known.
    case added(PatientID)
    /// Patients became known together.
    case imported([PatientID])
    /// A patient's details changed.
    case detailsChanged(PatientID)
    /// Two entries turned out to be one patient.
    case merged(PatientMerge)
    /// They turned out to be two after all.
    case separated(PatientMerge)
    /// A patient comes no more.
    case closed(PatientID, ClosingReason)
    /// A patient comes again.
    case reopened(PatientID)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case added = "patientAdded"
        case imported = "patientsImported"
        case detailsChanged = "patientDetailsChanged"
        case merged = "patientsMerged"
        case separated = "patientsSeparated"
        case closed = "patientClosed"
        case reopened = "patientReopened"
    }

    var kind: Kind {
        switch self {
        case .added: .added
        case .imported: .imported
        case .detailsChanged: .detailsChanged
        case .merged: .merged
        case .separated: .separated
        case .closed: .closed
        case .reopened: .reopened
        }
    }

    /// What it is about, each once.
    var subjects: [Subject] {
        switch self {
        case .added(let patient), .detailsChanged(let patient), .closed(let patient, _), .reopened(let patient):
            [.patient(patient)]
        case .imported(let patients): patients.map { .patient($0) }
        case .merged(let merge), .separated(let merge):
            merge.courses.map { .course($0) } + [.patient(merge.from), .patient(merge.into)]
        }
    }

    /// The merge that it makes or takes back.
    var merge: PatientMerge? {
        switch self {
        case .merged(let merge), .separated(let merge): merge
        case .added, .imported, .detailsChanged, .closed, .reopened: nil
        }
    }

    func apply(to state: inout ClinicState, by recorded: RecordedEvent) {
        switch self {
        case .added(let patient): state.add(patient, by: recorded.number)
        case .imported(let patients): for patient in patients { state.add(patient, by: recorded.number) }
        case .detailsChanged(let patient):
            let standing = state.patients[patient]?.standing ?? .open
            state.admit(Patient(id: patient, detailsEvent: recorded.number, standing: standing))
        case .merged(let merge):
            state.patients[merge.from]?.standing = .merged(into: merge.into)
            for course in merge.courses { state.give(course, to: merge.into, by: recorded.number) }
        case .separated(let merge):
            state.patients[merge.from]?.standing = .open
            for course in merge.courses { state.give(course, to: merge.from, by: recorded.number) }
        case .closed(let patient, let reason): state.patients[patient]?.standing = .closed(reason)
        case .reopened(let patient): state.patients[patient]?.standing = .open
        }
    }

    /// Takes it back by its opposite. What was set of details is beside the record, and is set again by who has it.
    func undone(_ number: Int, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
        switch self {
        case .merged(let merge):
            guard context.state.patients[merge.from]?.standing == .merged(into: merge.into) else {
                throw .unchangeable(.lasting(event: number))
            }
            let opposite = Event.patient(.separated(merge))
            return .accepted([opposite], PrivateDetails(), .patientChanged(merge.from, []))
        case .separated(let merge): return try decideMerge(merge.from, into: merge.into, context)
        case .closed(let patient, let reason):
            guard context.state.patients[patient]?.standing == .closed(reason) else {
                throw .unchangeable(.lasting(event: number))
            }
            return try reopen(patient, context.state)
        case .added, .imported, .detailsChanged, .reopened: throw .unchangeable(.lasting(event: number))
        }
    }
}

extension ClinicState {
    fileprivate mutating func add(_ patient: PatientID, by event: Int) {
        counters.patient = patient.number
        admit(Patient(id: patient, detailsEvent: event))
    }
}
