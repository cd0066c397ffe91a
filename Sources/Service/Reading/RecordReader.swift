internal import Clinic
internal import Planning
internal import Store
internal import StrictJSON
internal import Wire

/// Looks into the record for the methods; what fails there is `StorageFailed` to the caller, or `RecordDamaged` where
/// what is stored is damaged, and a line in the log.
struct RecordReader: Sendable {
    let store: Store
    let log: @Sendable (StoreError) -> Void

    /// A patient by id.
    func patient(_ id: PatientID) throws(ClinicInterface.Failure) -> (id: PatientID, details: PatientDetails)? {
        try details(of: [id])[id].map { (id, $0) }
    }

    /// The patients whose record number is one, or has the form of the id that a text has the form of; ascending.
    func patients(named text: String, form: String?) throws(ClinicInterface.Failure) -> [PatientID] {
        guard let form else {
            return try read { () throws(StoreError) in try store.patients(record: text) }
        }
        let all = try read { () throws(StoreError) in try store.allDetails() }
        return all.filter { idForm(of: $0.details.record) == form }.map(\.patient)
    }

    /// What was known of a patient before it was changed, newest first.
    func formerDetails(of patient: PatientID) throws(ClinicInterface.Failure) -> [FormerDetails] {
        try read { () throws(StoreError) in try store.formerDetails(of: patient) }
            .map { FormerDetails(event: $0.event, details: $0.details.shown) }
    }

    /// What the record knows now.
    var look: RecordLook {
        RecordLook { number throws(ClinicInterface.Failure) in
            try read { () throws(StoreError) in try store.patient(record: number) }
        } details: { patient throws(ClinicInterface.Failure) in
            try read { () throws(StoreError) in try store.details(of: [patient])[patient] }
        } courses: { patient throws(ClinicInterface.Failure) in
            try courses(of: patient)
        } former: { patient, event throws(ClinicInterface.Failure) in
            try read { () throws(StoreError) in try store.formerDetails(of: patient) }
                .first { $0.event == event }?.details
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

    /// Patients by id whom a query may mean; all where there is none.
    ///
    /// - Parameter current: who a patient is now, of somebody who was entered twice.
    func patients(
        matching query: String?, after: PatientID?, limit: Int, current: (PatientID) -> PatientID
    ) throws(ClinicInterface.Failure) -> [(id: PatientID, details: PatientDetails)] {
        let wanted = PatientQuery(query ?? "")
        let all = try read { () throws(StoreError) in try store.allDetails() }
        var met: Set<PatientID> = []
        for (patient, details) in all where wanted.matches(details) { met.insert(current(patient)) }
        let found = all.lazy.filter { $0.patient.number > (after?.number ?? 0) && met.contains($0.patient) }
        return found.prefix(limit).map { ($0.patient, $0.details.shown) }
    }

    /// The names of patients, of those who have one.
    func names(of patients: Set<PatientID>) throws(ClinicInterface.Failure) -> [PatientID: String] {
        try details(of: patients).compactMapValues(\.name)
    }

    /// Who pays for a course.
    func payer(of course: CourseID) throws(ClinicInterface.Failure) -> String? {
        try read { () throws(StoreError) in try store.payer(of: course) }.map(PlainText.shown)
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

extension PatientDetails {
    /// The same, with what an old database may hold that no text of people should, written out.
    var shown: PatientDetails {
        PatientDetails(
            record: PlainText.shown(record), name: name.map(PlainText.shown), phone: phone.map(PlainText.shown),
            note: note.map(PlainText.shown), birthDate: birthDate, language: language.map(PlainText.shown))
    }
}
