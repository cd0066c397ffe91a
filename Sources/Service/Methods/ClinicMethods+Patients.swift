internal import Clinic
internal import HashTreeCollections
internal import Planning
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Patients: the methods that know who they are.
    func patientMethods() -> [NamedMethod] {
        [addPatient(), importPatients(), listPatients(), showPatient()]
    }

    private func addPatient() -> NamedMethod {
        written(request: \ClinicInterface.AddPatient.request) { call, _ throws(ClinicInterface.Failure) in
            let details = PatientDetails(record: call.recordNumber, name: call.name, phone: call.phone)
            try check(details, "")
            return ClinicCommand { _ in
                .addPatient(details)
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
            try Wire.check(call.patients.count, in: 0...10_000, "patients", of: "patients")
            let details = call.patients.map { patient in
                PatientDetails(record: patient.recordNumber, name: patient.name, phone: patient.phone)
            }
            for (index, patient) in details.enumerated() { try check(patient, "patients[\(index)].") }
            if let twice = repeated(details.map(\.record)) {
                throw .invalidValue(
                    field: "patients[\(twice.second)].recordNumber",
                    message: "the same record number as patients[\(twice.first)]", hint: nil)
            }
            return ClinicCommand(looking: { _, look throws(ClinicInterface.Failure) in
                let known = try look.known(details.map(\.record))
                return .importPatients(details.filter { known[$0.record] == nil })
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

    private func check(_ details: PatientDetails, _ place: String) throws(ClinicInterface.Failure) {
        try Wire.check(details.record.count, in: 1...64, place + "recordNumber", of: "characters")
        try Wire.check((details.name ?? "").count, in: 0...200, place + "name", of: "characters")
        try Wire.check((details.phone ?? "").count, in: 0...50, place + "phone", of: "characters")
    }

    private func listPatients() -> NamedMethod {
        pooled { (call: ClinicInterface.ListPatients, context) throws(ClinicInterface.Failure) in
            let limit = call.limit ?? 100
            try Wire.check(limit, in: 1...1000, "limit")
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

extension Snapshot {
    /// A course in short.
    func summary(of course: Course) -> CourseSummaryMessage {
        CourseSummaryMessage(course, visits: state.visits(of: course), offsets)
    }
}
