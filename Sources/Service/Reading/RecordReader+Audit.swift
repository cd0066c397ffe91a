internal import Clinic
internal import Planning
internal import Store
internal import StrictJSON
internal import Wire

extension RecordReader {
    /// Events that a question asks for, newest first.
    func events(matching query: AuditQuery) throws(ClinicInterface.Failure) -> [RecordedEvent] {
        try read { () throws(StoreError) in try store.events(matching: query) }
    }

    /// Who read what of patients, newest first.
    func accesses(matching query: AuditQuery) throws(ClinicInterface.Failure) -> [LoggedAccess] {
        try read { () throws(StoreError) in try store.accesses(matching: query) }
    }

    /// What somebody wrote about events in their own words, by number.
    func notes(of events: [Int]) throws(ClinicInterface.Failure) -> [Int: String] {
        try read { () throws(StoreError) in try store.notes(of: events) }.mapValues(PlainText.shown)
    }

    /// The patient of a course, open or closed.
    func patient(of course: CourseID) throws(ClinicInterface.Failure) -> PatientID? {
        try read { () throws(StoreError) in try store.course(course) }?.course.patient
    }

    /// The patient of a visit.
    func patient(of visit: VisitID) throws(ClinicInterface.Failure) -> PatientID? {
        guard let course = try course(of: visit) else { return nil }
        return try patient(of: course)
    }

    /// The course of a visit.
    func course(of visit: VisitID) throws(ClinicInterface.Failure) -> CourseID? {
        try read { () throws(StoreError) in try store.course(of: visit) }
    }

    /// The number of the last event recorded at or before an instant.
    func lastEvent(at instant: Instant) throws(ClinicInterface.Failure) -> Int {
        try read { () throws(StoreError) in try store.lastEvent(at: instant) }
    }

    /// The clinic after an event as far as a course goes.
    func state(after event: Int, course: CourseID) throws(ClinicInterface.Failure) -> ClinicState {
        try read { () throws(StoreError) in try store.state(after: event, course: course) }
    }

    /// The clinic after an event as far as a day goes.
    func state(after event: Int, day: Day) throws(ClinicInterface.Failure) -> ClinicState {
        try read { () throws(StoreError) in try store.state(after: event, day: day) }
    }
}
