internal import Clinic
internal import Planning
internal import Store
internal import Wire

/// Looks into the record for the methods; what fails there is `StorageFailed` to the caller, or `RecordDamaged` where
/// what is stored is damaged, and a line in the log.
struct RecordReader: Sendable {
    let store: Store
    let log: @Sendable (StoreError) -> Void

    /// A patient by id.
    func patient(_ id: PatientID) throws(ClinicInterface.Failure) -> (id: PatientID, details: PatientDetails)? {
        try read { () throws(StoreError) in try store.details(of: [id])[id] }.map { (id, $0) }
    }

    /// A patient by record number.
    func patient(
        recordNumber: String
    ) throws(ClinicInterface.Failure) -> (id: PatientID, details: PatientDetails)? {
        let id = try read { () throws(StoreError) in try store.patient(record: recordNumber) }
        guard let id else { return nil }
        return try patient(id)
    }

    /// The patients whose record number is a text, or has the form of the id that the text has the form of; ascending.
    func patients(named text: String, form: String?) throws(ClinicInterface.Failure) -> [PatientID] {
        guard let form else {
            return try read { () throws(StoreError) in try store.patient(record: text) }.map { [$0] } ?? []
        }
        let all = try read { () throws(StoreError) in try store.allDetails() }
        return all.filter { idForm(of: $0.details.record) == form }.map(\.patient)
    }

    /// What the record knows now.
    var look: RecordLook {
        RecordLook { number throws(ClinicInterface.Failure) in
            try read { () throws(StoreError) in try store.patient(record: number) }
        } events: { subject, number throws(ClinicInterface.Failure) in
            try read { () throws(StoreError) in try store.events(about: subject, after: number) }
        }
    }

    /// The answer that a request was given before; nil for one that is new, or whose answer the writer has to look at.
    func answer(to request: RequestKey) throws(ClinicInterface.Failure) -> StoredAnswer? {
        let known = try read { () throws(StoreError) in
            try store.known(request.id, of: request.uid, parameters: request.digest)
        }
        return (try? StoredAnswer(known, to: request)) ?? nil
    }

    /// Patients by id whose name or record number contains a text, in any case; all where there is none.
    func patients(
        matching query: String?, after: PatientID?, limit: Int
    ) throws(ClinicInterface.Failure) -> [(id: PatientID, details: PatientDetails)] {
        let wanted = query?.lowercased() ?? ""
        let all = try read { () throws(StoreError) in try store.allDetails() }
        let found = all.lazy.filter { $0.patient.number > (after?.number ?? 0) }.filter { patient in
            wanted.isEmpty || patient.details.record.lowercased().contains(wanted)
                || (patient.details.name?.lowercased().contains(wanted) ?? false)
        }
        return found.prefix(limit).map { ($0.patient, $0.details) }
    }

    /// The names of patients, of those who have one.
    func names(of patients: Set<PatientID>) throws(ClinicInterface.Failure) -> [PatientID: String] {
        try read { () throws(StoreError) in try store.details(of: Array(patients)) }.compactMapValues(\.name)
    }

    /// Who pays for a course.
    func payer(of course: CourseID) throws(ClinicInterface.Failure) -> String? {
        try read { () throws(StoreError) in try store.payer(of: course) }
    }

    /// A course by its name, open or closed.
    func closedCourse(_ name: CourseName) throws(ClinicInterface.Failure) -> ClosedCourse? {
        try read { () throws(StoreError) in try store.closedCourse(name) }
    }

    /// All courses of a patient, open or closed, in the order in which they were booked.
    func courses(of patient: PatientID) throws(ClinicInterface.Failure) -> [CourseID] {
        try read { () throws(StoreError) in try store.courses(of: patient) }
    }

    /// Courses that are over, ascending, at most so many with greater numbers than one.
    func closedCourses(
        _ status: CourseStatus?, after number: Int, limit: Int
    ) throws(ClinicInterface.Failure) -> [CourseID] {
        try read { () throws(StoreError) in try store.closedCourses(status, after: number, limit: limit) }
    }

    /// All visits of a day, of courses that are over too.
    func visits(on day: Day) throws(ClinicInterface.Failure) -> [Visit] {
        try read { () throws(StoreError) in try store.visits(on: day) }
    }

    /// Events after a number.
    func events(after number: Int, limit: Int) throws(ClinicInterface.Failure) -> [RecordedEvent] {
        try read { () throws(StoreError) in try store.events(after: number, limit: limit) }
    }

    /// Events about a subject, in order, through a number.
    func events(about subject: Subject, through number: Int) throws(ClinicInterface.Failure) -> [RecordedEvent] {
        try read { () throws(StoreError) in try store.events(about: subject, through: number) }
    }

    func read<Value>(_ body: () throws(StoreError) -> Value) throws(ClinicInterface.Failure) -> Value {
        do throws(StoreError) {
            return try body()
        } catch {
            log(error)
            throw ClinicInterface.Failure(reading: error)
        }
    }
}

extension ClinicInterface.Failure {
    /// What a failed look into the record is to whoever asked.
    init(reading error: StoreError) {
        self = error.isDamage ? .recordDamaged(what: "\(error)") : .storageFailed
    }
}
