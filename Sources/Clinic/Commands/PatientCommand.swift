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
    /// An entry becomes another one's: they are the same patient.
    case merge(PatientID, into: PatientID)
    case close(PatientID, ClosingReason)
    case reopen(PatientID)
}

func decide(_ command: PatientCommand, _ basis: Basis) throws(DecisionFailure) -> Decision {
    let state = basis.state
    switch command {
    case .add(let details):
        return addPatients([details], state) {
            .patient(.added($0[0]))
        } reply: {
            .patient($0[0])
        }
    case .import(let details):
        return addPatients(details, state) {
            .patient(.imported($0))
        } reply: {
            .patients($0)
        }
    case .change(let patient, let details): return change(patient, to: details, state)
    case .merge(let patient, let other): return try decideMerge(patient, into: other, try basis.context)
    case .close(let patient, let why): return try decideClose(patient, why, try basis.context)
    case .reopen(let patient): return try reopen(patient, state)
    }
}

private func addPatients(
    _ details: [PatientDetails], _ state: ClinicState, event: ([PatientID]) -> Event, reply: ([PatientID]) -> Reply
) -> Decision {
    var indices: [String: Int] = [:]
    for (index, patient) in details.enumerated() {
        guard hasLength(patient.record) else { return .refused(.recordNumber, []) }
        if idForm(of: patient.record) != nil { return .refused(.recordNumberLikeID(index: index), []) }
        if let first = indices.updateValue(index, forKey: RecordNumber.key(of: patient.record)) {
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

/// Whether a record number has 1 to 64 characters, one of them to be seen, and no more bytes than so many can have on
/// average.
private func hasLength(_ record: String) -> Bool {
    !RecordNumber.key(of: record).isEmpty && record.utf8.count <= 256 && record.count <= 64
}

private func change(_ patient: PatientID, to details: PatientDetails, _ state: ClinicState) -> Decision {
    guard state.patients[patient] != nil else { return .refused(.unknown(.patient, patient.text), []) }
    guard hasLength(details.record) else { return .refused(.recordNumber, []) }
    if case .merged? = state.patients[patient]?.standing { return .refused(.unchangeable(.patientGone(patient)), []) }
    var beside = PrivateDetails()
    beside.patients[patient] = details
    return .accepted([.patient(.detailsChanged(patient))], beside, .patient(patient))
}
