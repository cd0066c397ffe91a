package import Clinic
import Foundation
import GRDB
package import Planning

/// What is asked of the record: all that is given must hold.
package struct AuditQuery: Hashable, Sendable {
    /// What it is about; a visit's booking with its course counts too.
    package var subject: Subject?
    /// Entries that have become the patient's whom it is about: what was recorded under these counts too.
    package var merged: [PatientID] = []
    /// Who did it, by the user's name or number.
    package var actor: String?
    package var from: Instant?
    package var until: Instant?
    /// Only what has a lower number.
    package var before: Int?
    /// How many at most, the newest.
    package var limit: Int

    package init(
        subject: Subject? = nil, actor: String? = nil, from: Instant? = nil, until: Instant? = nil,
        before: Int? = nil, limit: Int = 100
    ) {
        self.subject = subject
        self.actor = actor
        self.from = from
        self.until = until
        self.before = before
        self.limit = limit
    }
}

/// That somebody read a patient's data, as it stands in the access log.
package struct LoggedAccess: Hashable, Sendable {
    /// Its number in the log.
    package let number: Int
    package let patient: PatientID
    /// When, by whom, how.
    package let access: Access
}

extension Store {
    /// By how much a clock may have gone back between two rows that follow one another, seconds: rows are found by
    /// time on the understanding that their order by number is their order in time but for this.
    private static let clockSlack = 86_400

    /// Events that a question asks for, newest first. What fell due is left out: nobody did it.
    package func events(matching query: AuditQuery) throws(StoreError) -> [RecordedEvent] {
        try read { database in
            var condition = Condition(query)
            condition.add("kind <> 'alertRaised'", [])
            try condition.bound(database, table: "event")
            switch query.subject {
            case .visit(let visit)?:
                condition.add(
                    """
                    number IN (SELECT event FROM event_subject WHERE kind = 'visit' AND id = ? UNION
                        SELECT booked_by FROM course WHERE id = (SELECT course FROM visit WHERE id = ?))
                    """, [visit.text, visit.text])
            case .patient(let patient)?:
                let marks = databaseQuestionMarks(count: query.merged.count + 1)
                condition.add(
                    "number IN (SELECT event FROM event_subject WHERE kind = 'patient' AND id IN (\(marks)))",
                    StatementArguments([patient.text] + query.merged.map(\.text)))
            case let subject?:
                condition.add(
                    "number IN (SELECT event FROM event_subject WHERE kind = ? AND id = ?)",
                    [subject.kind, subject.id])
            case nil: break
            }
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT \(EventRow.columns) FROM event WHERE \(condition.sql) ORDER BY number DESC LIMIT ?
                    """, arguments: condition.arguments + [query.limit]
            ).map { try StoredEvent($0).recorded() }
        }
    }

    /// Who read what of patients, newest first; of one patient where the question is about one.
    package func accesses(matching query: AuditQuery) throws(StoreError) -> [LoggedAccess] {
        try read { database in
            var condition = Condition(query)
            try condition.bound(database, table: "access_log")
            if case .patient(let patient)? = query.subject {
                let marks = databaseQuestionMarks(count: query.merged.count + 1)
                condition.add(
                    "patient IN (\(marks))", StatementArguments([patient.text] + query.merged.map(\.text)))
            }
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT number, patient, at, uid, user, pid, method FROM access_log WHERE \(condition.sql)
                    ORDER BY number DESC LIMIT ?
                    """, arguments: condition.arguments + [query.limit]
            ).map { row in
                let row = StoredRow(row, of: "access_log")
                return LoggedAccess(
                    number: try row.integer(0), patient: try row.id(1, PatientID.self, "p"),
                    access: try Access(row, from: 2))
            }
        }
    }

    /// The number of the last event recorded at or before an instant; 0 where there is none.
    package func lastEvent(at instant: Instant) throws(StoreError) -> Int {
        try read { database in
            let from = try Store.first(
                database, in: "event", atOrAfter: Instant(seconds: instant.seconds - Store.clockSlack))
            let until = try Store.first(
                database, in: "event", atOrAfter: Instant(seconds: instant.seconds + Store.clockSlack))
            return try Int.fetchOne(
                database, sql: "SELECT max(number) FROM event WHERE number >= ? AND number <= ? AND at <= ?",
                arguments: [from, until, instant.seconds]) ?? from - 1
        }
    }

    /// The number of the first row of a table whose rows are in the order of time, at or after an instant.
    fileprivate static func first(_ database: Database, in table: String, atOrAfter instant: Instant) throws -> Int {
        let last = try Int.fetchOne(database, sql: "SELECT max(number) FROM \(table)") ?? 0
        let statement = try database.cachedStatement(
            sql: "SELECT at FROM \(table) WHERE number >= ? ORDER BY number LIMIT 1")
        var (low, high) = (1, last + 1)
        while low < high {
            let middle = (low + high) / 2
            let at = try Int.fetchOne(statement, arguments: [middle]) ?? Int.max
            if at < instant.seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What rows must hold, as SQL.
    private struct Condition {
        private(set) var sql = "true"
        private(set) var arguments = StatementArguments()
        private let query: AuditQuery

        init(_ query: AuditQuery) {
            self.query = query
            if let before = query.before { add("number < ?", [before]) }
            if let from = query.from { add("at >= ?", [from.seconds]) }
            if let until = query.until { add("at < ?", [until.seconds]) }
            if let actor = query.actor { add("(user = ? OR uid = ?)", [actor, Int(actor)]) }
        }

        mutating func add(_ condition: String, _ values: StatementArguments) {
            sql += " AND \(condition)"
            arguments += values
        }

        /// Bounds the numbers by the times, which have no index of their own.
        mutating func bound(_ database: Database, table: String) throws {
            if let from = query.from {
                let instant = Instant(seconds: from.seconds - Store.clockSlack)
                add("number >= ?", [try Store.first(database, in: table, atOrAfter: instant)])
            }
            if let until = query.until {
                let instant = Instant(seconds: until.seconds + Store.clockSlack)
                add("number < ?", [try Store.first(database, in: table, atOrAfter: instant)])
            }
        }
    }
}
