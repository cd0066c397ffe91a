internal import Clinic
internal import HashTreeCollections
internal import Planning
internal import Store
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Patients: the methods that know who they are.
    func patientMethods() -> [NamedMethod] {
        [
            addPatient(), importPatients(), listPatients(), showPatient(), listVisits(), resolvePatient(),
            changePatient(), mergePatients(), closePatient(), reopenPatient(), giveCourse(),
        ]
    }

    private func addPatient() -> NamedMethod {
        written(request: \ClinicInterface.AddPatient.request) { call, _ throws(ClinicInterface.Failure) in
            let details = PatientDetails(
                record: RecordNumber.tidied(call.recordNumber), name: call.name, phone: call.phone, note: call.remarks,
                birthDate: call.birthDate, language: call.language)
            try checkForm(of: details.record, "recordNumber")
            try check(call.birthDate, "birthDate")
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
                PatientDetails(
                    record: RecordNumber.tidied(patient.recordNumber), name: patient.name, phone: patient.phone,
                    note: patient.remarks, birthDate: patient.birthDate, language: patient.language)
            }
            for (index, patient) in details.enumerated() {
                if RecordNumber.key(of: patient.record).isEmpty {
                    throw .blankRecord("patients[\(index)].recordNumber")
                }
                try check(patient.birthDate, "patients[\(index)].birthDate")
            }
            if let twice = repeated(details.map { RecordNumber.key(of: $0.record) }) {
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

    /// A record number of the form of an id would mean whoever has that id; a blank one nobody.
    func checkForm(of record: String, _ field: String) throws(ClinicInterface.Failure) {
        if RecordNumber.key(of: record).isEmpty { throw .blankRecord(field) }
        guard let id = idForm(of: record) else { return }
        throw .invalidValue(
            field: field, message: "\"\(record)\" has the form of an id, so that \(id) could mean two",
            hint: "a record number with anything else in it will do, such as MRN-\(id)")
    }

    /// That somebody can have been born on a day.
    func check(_ birthDate: Day?, _ field: String) throws(ClinicInterface.Failure) {
        let today = publication.current.day(at: clock.now)
        guard let birthDate, !birthDate.isBirthDate || birthDate > today else { return }
        throw .invalidValue(
            field: field, message: "nobody who is a patient now was born on \(birthDate)",
            hint: "say year, month and day, as in 1961-04-02")
    }

    private func listPatients() -> NamedMethod {
        pooled { (call: ClinicInterface.ListPatients, context) throws(ClinicInterface.Failure) in
            let limit = call.limit ?? 100
            let state = publication.current.state
            let found = try records.patients(
                matching: call.query, after: call.after.map { PatientID($0) }, limit: limit + 1,
                current: state.standing(for:))
            let shown = found.prefix(limit)
            try recordAccess(shown.map(\.id), context)
            return ClinicInterface.ListPatients.Reply(
                patients: shown.map { PatientMessage($0.id, $0.details, state.patients[$0.id]?.standing ?? .open) },
                more: found.count > limit)
        }
    }

    private func showPatient() -> NamedMethod {
        pooled { (call: ClinicInterface.ShowPatient, context) throws(ClinicInterface.Failure) in
            let id = try patient(call.patient, record: call.recordNumber)
            guard let found = try records.patient(id) else { throw .noSuchPatient(patient: call.patient ?? "") }
            try recordAccess([found.id], context)
            var snapshot = publication.current
            try admitCourses(of: found.id, to: &snapshot)
            let ids = snapshot.state.coursesByPatient[found.id, default: []]
            let courses = ids.compactMap { snapshot.state.courses[$0] }
            return ClinicInterface.ShowPatient.Reply(
                found: PatientMessage(
                    found.id, found.details, snapshot.state.patients[found.id]?.standing ?? .open),
                courses: courses.map { snapshot.summary(of: $0) },
                former: call.history ?? false
                    ? try records.formerDetails(of: found.id).map { FormerDetailsMessage($0.event, $0.details) } : nil)
        }
    }
}

extension ClinicMethods {
    /// Whom somebody means by what they typed. A clinic may hold record numbers of the form of an id from a time when
    /// they were taken: what could mean two patients means nobody.
    private func resolvePatient() -> NamedMethod {
        pooled { (call: ClinicInterface.ResolvePatient, context) throws(ClinicInterface.Failure) in
            ClinicInterface.ResolvePatient.Reply(patient: try patient(meant: call.named, context).text)
        }
    }

    /// The visits of a patient's courses, those that are over too; of somebody who was entered twice, of the entry that
    /// stays.
    private func listVisits() -> NamedMethod {
        pooled { (call: ClinicInterface.ListVisits, context) throws(ClinicInterface.Failure) in
            let id = try patient(call.patient, record: call.recordNumber)
            var snapshot = publication.current
            guard let found = try records.patient(id).map({ snapshot.state.standing(for: $0.id) }) else {
                throw .noSuchPatient(patient: call.patient ?? "")
            }
            try recordAccess([found], context)
            try admitCourses(of: found, to: &snapshot)
            let from = call.from ?? snapshot.day(at: clock.now)
            let isWanted = { (day: Day) in from <= day && (call.through.map { day <= $0 } ?? true) }
            let state = snapshot.state
            let visits = state.coursesByPatient[found, default: []].compactMap { state.courses[$0] }
                .flatMap(state.visits(of:))
                .filter { isWanted($0.day) }
                .sorted { ($0.place.minute, $0.id.number) < ($1.place.minute, $1.id.number) }
                .map { VisitMessage($0, snapshot.offsets, state.turn(of: $0)) }
            return ClinicInterface.ListVisits.Reply(
                patient: found.text, visits: visits, people: snapshot.people(Set(visits.flatMap(\.persons))))
        }
    }

    /// The patient of an id or of a record number, of which exactly one is given.
    private func patient(_ id: String?, record: String?) throws(ClinicInterface.Failure) -> PatientID {
        switch (id, record) {
        case (let text?, nil): return PatientID(text)
        case (nil, let number?): return try patient(record: number)
        case (nil, nil), (_?, _?):
            throw .invalidValue(
                field: "patient", message: "expected exactly one of patient and recordNumber", hint: nil)
        }
    }

    /// The patient of a record number; of somebody who was entered twice, the entry that stays.
    private func patient(record: String) throws(ClinicInterface.Failure) -> PatientID {
        let found = try records.patients(named: record, form: nil)
        guard let one = found.first.map(publication.current.state.standing(for:)) else {
            throw .noSuchPatient(patient: "")
        }
        guard found.allSatisfy({ publication.current.state.standing(for: $0) == one }) else {
            throw .ambiguous(record, nil, found)
        }
        return one
    }

    /// The one patient whom a text means; of somebody who was entered twice, the entry that stays.
    ///
    /// - Parameter call: who asked, where they are to be noted as a reader.
    private func patient(meant text: String, _ call: Call? = nil) throws(ClinicInterface.Failure) -> PatientID {
        let state = publication.current.state
        let form = idForm(of: text)
        let id = form.map { PatientID($0) }.flatMap { state.patients[$0] == nil ? nil : $0 }
        let others = try records.patients(named: text, form: form).filter { $0 != id }
        let found = (id.map { [$0] } ?? []) + others
        let meant = found.reduce(into: [PatientID]()) { meant, one in
            let now = state.standing(for: one)
            if !meant.contains(now) { meant.append(now) }
        }
        guard let one = meant.first else { throw .noSuchPatient(patient: form ?? "") }
        if let call { try recordAccess(others, call) }
        guard meant.count == 1 else { throw .ambiguous(text, id, others) }
        return one
    }
}

extension ClinicInterface.Failure {
    /// That nothing is to be seen of a record number.
    fileprivate static func blankRecord(_ field: String) -> Self {
        .invalidValue(
            field: field, message: "the record number is blank", hint: "every patient has one of the clinic's")
    }

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
