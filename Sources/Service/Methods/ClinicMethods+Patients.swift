internal import Clinic
internal import HashTreeCollections
internal import Planning
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Patients: the methods that know who they are.
    func patientMethods() -> [NamedMethod] {
        [addPatient(), importPatients(), listPatients(), showPatient(), resolvePatient()]
    }

    private func addPatient() -> NamedMethod {
        written(request: \ClinicInterface.AddPatient.request) { call, _ throws(ClinicInterface.Failure) in
            let details = PatientDetails(record: call.recordNumber, name: call.name, phone: call.phone)
            try checkForm(of: details.record, "recordNumber")
            return ClinicCommand { _ in
                .patient(.add(details))
            } answer: { outcome in
                guard case .patient(let id) = outcome.reply else {
                    preconditionFailure("adding a patient answers its id")
                }
                return ClinicInterface.AddPatient.Reply(patient: id.text)
            }
        }
    }

    private func importPatients() -> NamedMethod {
        written(request: \ClinicInterface.ImportPatients.request) { call, _ throws(ClinicInterface.Failure) in
            let details = call.patients.map { patient in
                PatientDetails(record: patient.recordNumber, name: patient.name, phone: patient.phone)
            }
            if let twice = repeated(details.map(\.record)) {
                throw .invalidValue(
                    field: "patients[\(twice.second)].recordNumber",
                    message: "the same record number as patients[\(twice.first)]", hint: nil)
            }
            return ClinicCommand(looking: { _, look throws(ClinicInterface.Failure) in
                let known = try look.known(details.map(\.record))
                for (index, patient) in details.enumerated() where known[patient.record] == nil {
                    try checkForm(of: patient.record, "patients[\(index)].recordNumber")
                }
                return .patient(.import(details.filter { known[$0.record] == nil }))
            }) { outcome, look throws(ClinicInterface.Failure) in
                guard case .patients(let new) = outcome.reply else { preconditionFailure("an import answers its ids") }
                let known = try look.known(details.map(\.record))
                var rest = new[...]
                let ids = details.compactMap { known[$0.record] ?? rest.popFirst() }
                return ClinicInterface.ImportPatients.Reply(added: new.count, ids: ids.map(\.text))
            }
        }
    }

    /// The places of the first text that stands twice.
    private func repeated(_ texts: [String]) -> (first: Int, second: Int)? {
        var places: [String: Int] = [:]
        for (index, text) in texts.enumerated() {
            if let first = places.updateValue(index, forKey: text) { return (first, index) }
        }
        return nil
    }

    /// A record number of the form of an id would mean whoever has that id.
    private func checkForm(of record: String, _ field: String) throws(ClinicInterface.Failure) {
        guard let id = idForm(of: record) else { return }
        throw .invalidValue(
            field: field, message: "\"\(record)\" has the form of an id, so that \(id) could mean two",
            hint: "a record number with anything else in it will do, such as MRN-\(id)")
    }

    private func listPatients() -> NamedMethod {
        pooled { (call: ClinicInterface.ListPatients, context) throws(ClinicInterface.Failure) in
            let limit = call.limit ?? 100
            let found = try records.patients(
                matching: call.query, after: call.after.map { PatientID($0) }, limit: limit + 1)
            let shown = found.prefix(limit)
            try recordAccess(shown.map(\.id), context)
            return ClinicInterface.ListPatients.Reply(
                patients: shown.map { PatientMessage($0.id, $0.details) }, more: found.count > limit)
        }
    }

    private func showPatient() -> NamedMethod {
        pooled { (call: ClinicInterface.ShowPatient, context) throws(ClinicInterface.Failure) in
            let found: (id: PatientID, details: PatientDetails)?
            switch (call.patient, call.recordNumber) {
            case (let id?, nil): found = try records.patient(PatientID(id))
            case (nil, let number?): found = try records.patient(recordNumber: number)
            case (nil, nil), (_?, _?):
                throw .invalidValue(
                    field: "patient", message: "expected exactly one of patient and recordNumber", hint: nil)
            }
            guard let found else { throw .noSuchPatient(patient: call.patient ?? "") }
            try recordAccess([found.id], context)
            var snapshot = publication.current
            try admitCourses(of: found.id, to: &snapshot)
            let ids = snapshot.state.coursesByPatient[found.id, default: []]
            let courses = ids.compactMap { snapshot.state.courses[$0] }
            return ClinicInterface.ShowPatient.Reply(
                found: PatientMessage(found.id, found.details),
                courses: courses.map { snapshot.summary(of: $0) })
        }
    }
}

extension ClinicMethods {
    /// Whom somebody means by what they typed. A clinic may hold record numbers of the form of an id from a time when
    /// they were taken: what could mean two patients means nobody.
    private func resolvePatient() -> NamedMethod {
        pooled { (call: ClinicInterface.ResolvePatient, context) throws(ClinicInterface.Failure) in
            let form = idForm(of: call.named)
            let id = form.map { PatientID($0) }.flatMap { publication.current.state.patients[$0] == nil ? nil : $0 }
            let others = try records.patients(named: call.named, form: form).filter { $0 != id }
            let found = (id.map { [$0] } ?? []) + others
            guard let one = found.first else { throw .noSuchPatient(patient: form ?? "") }
            try recordAccess(others, context)
            guard found.count == 1 else { throw .ambiguous(call.named, id, others) }
            return ClinicInterface.ResolvePatient.Reply(patient: one.text)
        }
    }
}

extension ClinicInterface.Failure {
    /// That a text is one patient's id and another's record number, or the record number of several but for case and
    /// blanks.
    fileprivate static func ambiguous(_ text: String, _ id: PatientID?, _ others: [PatientID]) -> Self {
        let meanings = (id.map { ["\($0) by its id"] } ?? []) + others.map { "\($0) by its record number" }
        let ids = ((id.map { [$0] } ?? []) + others).map { "id:\($0)" }
        return .invalidValue(
            field: "named", message: "\"\(text)\" could mean \(meanings.joined(separator: ", or "))",
            hint: "say \(ids.joined(separator: " or "))")
    }
}

extension Snapshot {
    /// A course in short.
    func summary(of course: Course) -> CourseSummaryMessage {
        CourseSummaryMessage(course, visits: state.visits(of: course), offsets)
    }
}
