package import Clinic
import Foundation
import GRDB
package import Planning

extension Store {
    /// Events after a number, in order.
    ///
    /// - Parameter limit: how many at most.
    /// - Throws: `.unreadable` for an event that this program does not understand.
    package func events(after number: Int, limit: Int = 1_000) throws(StoreError) -> [RecordedEvent] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT \(EventRow.columns) FROM event WHERE number > ? ORDER BY number LIMIT ?",
                arguments: [number, limit]
            ).map { try StoredEvent($0).recorded() }
        }
    }

    /// Events about a subject, in order.
    ///
    /// - Parameter through: the last number to look at; nil for all.
    package func events(about subject: Subject, through: Int? = nil) throws(StoreError) -> [RecordedEvent] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(EventRow.columns) FROM event WHERE number IN
                        (SELECT event FROM event_subject WHERE kind = ? AND id = ? AND event <= ?)
                    ORDER BY number
                    """,
                arguments: [subject.kind, subject.id, through ?? Int.max]
            ).map { try StoredEvent($0).recorded() }
        }
    }

    /// Events about a subject with a higher number than one, newest first.
    package func events(about subject: Subject, after number: Int) throws(StoreError) -> [RecordedEvent] {
        try read { try Store.events($0, about: subject, after: number) }
    }

    /// Events about a subject with a higher number than one, newest first, as a connection has them.
    static func events(_ database: Database, about subject: Subject, after number: Int) throws -> [RecordedEvent] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT \(EventRow.columns) FROM event WHERE number IN
                    (SELECT event FROM event_subject WHERE kind = ? AND id = ? AND event > ?)
                ORDER BY number DESC
                """,
            arguments: [subject.kind, subject.id, number]
        ).map { try StoredEvent($0).recorded() }
    }

    /// What somebody wrote about events in their own words, by number.
    package func notes(of events: [Int]) throws(StoreError) -> [Int: String] {
        try read { database in
            var notes: [Int: String] = [:]
            for event in events {
                notes[event] = try String.fetchOne(
                    database.cachedStatement(sql: "SELECT note FROM event_note WHERE event = ?"), arguments: [event])
            }
            return notes
        }
    }

    /// Patients' details by id. Whoever hands them to somebody has it noted (`StoreTransaction.noteAccess`).
    package func details(of patients: [PatientID]) throws(StoreError) -> [PatientID: PatientDetails] {
        try read { try Store.details($0, of: patients) }
    }

    /// All patients' details, ascending by the number in their id.
    package func allDetails() throws(StoreError) -> [(patient: PatientID, details: PatientDetails)] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT \(PatientDetails.columns) FROM patient_detail")
                .map { row in
                    let row = StoredRow(row, of: "patient_detail")
                    return (try row.id(0, PatientID.self, "p"), try PatientDetails(row))
                }
                .sorted { $0.0.number < $1.0.number }
        }
    }

    /// The patient of a record number.
    package func patient(record: String) throws(StoreError) -> PatientID? {
        try read { try Loading(database: $0).patient(record: record) }
    }

    /// Who pays for a course.
    package func payer(of course: CourseID) throws(StoreError) -> String? {
        try read { database in
            try String.fetchOne(
                database.cachedStatement(sql: "SELECT payer FROM course_detail WHERE course = ?"),
                arguments: [course.text])
        }
    }

    /// What is known of a request; see `StoreTransaction.known`. Commands ask in their transaction.
    package func known(_ id: String, of uid: Int, parameters: [UInt8]) throws(StoreError) -> KnownRequest {
        try read { try StoreTransaction.known($0, id, uid, parameters) }
    }

    /// How far a consumer of the record has come; 0 for one that is new.
    package func cursor(of consumer: String) throws(StoreError) -> Int {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT name, event FROM consumer WHERE name = ?", arguments: [consumer]
            ).map { try StoredRow($0, of: "consumer").integer(1, in: 0...StoredRow.numbers.upperBound) } ?? 0
        }
    }

    /// Events after a number, in order, each by itself: one that cannot be read keeps no other back.
    ///
    /// - Parameter limit: how many at most.
    /// - Returns: each with its number, and what it is or why it cannot be read.
    package func readableEvents(
        after number: Int, limit: Int
    ) throws(StoreError) -> [(number: Int, event: Result<RecordedEvent, StoreError>)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT \(EventRow.columns) FROM event WHERE number > ? ORDER BY number LIMIT ?",
                arguments: [number, limit]
            ).map { row in
                (
                    try StoredRow(row, of: "event").integer(0),
                    Result { () throws(StoreError) in try StoredEvent(row).recorded() }
                )
            }
        }
    }

    /// Who read what of a patient, newest first.
    package func accesses(
        to patient: PatientID, limit: Int = 100
    ) throws(StoreError) -> [Access] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT number, at, uid, user, pid, method FROM access_log WHERE patient = ?
                    ORDER BY number DESC LIMIT ?
                    """, arguments: [patient.text, limit]
            ).map { try Access(StoredRow($0, of: "access_log"), from: 1) }
        }
    }

    private static func details(
        _ database: Database, of patients: [PatientID]
    ) throws -> [PatientID: PatientDetails] {
        let loading = Loading(database: database)
        return try patients.reduce(into: [:]) { try $0[$1] = loading.details(of: $1) }
    }
}

/// That somebody read a patient's data.
package struct Access: Hashable, Sendable {
    package let at: Instant
    package let uid: Int
    package let user: String
    package let pid: Int
    package let method: String
}

extension Access {
    /// A row of at, uid, user, pid and method, beginning with a column.
    init(_ row: StoredRow, from first: Int) throws(StoreError) {
        self.init(
            at: try row.instant(first), uid: try row.integer(first + 1), user: try row.text(first + 2),
            pid: try row.integer(first + 3), method: try row.text(first + 4))
    }
}
