package import Planning

/// Something that became known of patients.
package enum PatientEvent: Hashable, Sendable {
    /// A patient became known.
    case added(PatientID)
    /// Patients became known together.
    case imported([PatientID])
    /// A patient's details changed.
    case detailsChanged(PatientID)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case added = "patientAdded"
        case imported = "patientsImported"
        case detailsChanged = "patientDetailsChanged"
    }

    var kind: Kind {
        switch self {
        case .added: .added
        case .imported: .imported
        case .detailsChanged: .detailsChanged
        }
    }

    /// What it is about, each once.
    var subjects: [Subject] {
        switch self {
        case .added(let patient), .detailsChanged(let patient): [.patient(patient)]
        case .imported(let patients): patients.map { .patient($0) }
        }
    }

    func apply(to state: inout ClinicState, by recorded: RecordedEvent) {
        switch self {
        case .added(let patient): state.add(patient, by: recorded.number)
        case .imported(let patients): for patient in patients { state.add(patient, by: recorded.number) }
        case .detailsChanged(let patient): state.admit(Patient(id: patient, detailsEvent: recorded.number))
        }
    }
}

extension ClinicState {
    fileprivate mutating func add(_ patient: PatientID, by event: Int) {
        counters.patient = patient.number
        admit(Patient(id: patient, detailsEvent: event))
    }
}
