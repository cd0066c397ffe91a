import HashTreeCollections
package import Planning

/// Something to be done with patients.
package enum PatientCommand: Hashable, Sendable {
    /// Make a patient known.
    case add(PatientDetails)
    /// Make patients known together, all or none.
    case `import`([PatientDetails])
    /// Replace a patient's details.
    case change(PatientID, PatientDetails)
}

func decide(_ command: PatientCommand, _ state: ClinicState) -> Decision {
    switch command {
    case .add(let details):
        addPatients([details], state) {
            .patient(.added($0[0]))
        } reply: {
            .patient($0[0])
        }
    case .import(let details):
        addPatients(details, state) {
            .patient(.imported($0))
        } reply: {
            .patients($0)
        }
    case .change(let patient, let details): change(patient, to: details, state)
    }
}

private func addPatients(
    _ details: [PatientDetails], _ state: ClinicState, event: ([PatientID]) -> Event, reply: ([PatientID]) -> Reply
) -> Decision {
    var indices: [String: Int] = [:]
    for (index, patient) in details.enumerated() {
        guard hasLength(patient.record) else { return .refused(.recordNumber, []) }
        if idForm(of: patient.record) != nil { return .refused(.recordNumberLikeID(index: index), []) }
        if let first = indices.updateValue(index, forKey: patient.record) {
            return .refused(.sameRecordNumber(first: first, second: index), [])
        }
    }
    var counters = state.counters
    var beside = PrivateDetails()
    let ids = details.map { patient in
        let id = counters.nextPatient()
        beside.patients[id] = patient
        return id
    }
    return .accepted(ids.isEmpty ? [] : [event(ids)], beside, reply(ids))
}

/// Whether a record number has 1 to 64 characters, and no more bytes than so many can have on average.
private func hasLength(_ record: String) -> Bool {
    !record.isEmpty && record.utf8.count <= 256 && record.count <= 64
}

private func change(_ patient: PatientID, to details: PatientDetails, _ state: ClinicState) -> Decision {
    guard state.patients[patient] != nil else { return .refused(.unknown(.patient, patient.text), []) }
    guard hasLength(details.record) else { return .refused(.recordNumber, []) }
    if idForm(of: details.record) != nil { return .refused(.recordNumberLikeID(index: 0), []) }
    var beside = PrivateDetails()
    beside.patients[patient] = details
    return .accepted([.patient(.detailsChanged(patient))], beside, .patient(patient))
}
