package import Clinic
import Foundation
import GRDB
package import Planning
import StrictJSON

/// A command's events with what is kept beside them.
package struct RecordedChange: Sendable {
    /// What is to be kept of a request, so that its repetition gets the same answer.
    package struct Request: Hashable, Sendable {
        /// The caller's id of the request.
        package let id: String
        /// The digest of its parameters, 32 bytes.
        package let parameters: [UInt8]
        /// What is answered; without names or free text.
        package let answer: [UInt8]

        /// A request with the digest of its parameters and its answer.
        package init(id: String, parameters: [UInt8], answer: [UInt8]) {
            self.id = id
            self.parameters = parameters
            self.answer = answer
        }
    }

    /// The events, numbered on from the last one; there may be none.
    package let events: [RecordedEvent]
    /// Details of patients and payers.
    package let details: PrivateDetails
    /// Under what circumstances the command was given.
    package let origin: EventOrigin
    /// The request it was given in; nil for what the service does by itself.
    package let request: Request?

    /// A command's events with what is kept beside them.
    package init(
        events: [RecordedEvent], details: PrivateDetails = PrivateDetails(), origin: EventOrigin,
        request: Request? = nil
    ) {
        self.events = events
        self.details = details
        self.origin = origin
        self.request = request
    }
}

/// What is known of a request.
package enum KnownRequest: Hashable, Sendable {
    /// It was never answered.
    case new
    /// It was answered so.
    case answered([UInt8])
    /// Its id was used with other parameters.
    case reused
}

extension Store {
    /// Runs a transaction: all that is appended in it becomes durable together, or nothing where the body throws.
    ///
    /// - Throws: what the body throws, and `StoreError` where the transaction as a whole fails; then nothing was kept,
    ///   except that after `.io(duringCommit: true)` it is unknown, and after `.displaced` it may be found by nobody.
    package func write<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        var isCommitting = false
        do {
            let result = try pool.writeWithoutTransaction { database in
                var result: Result?
                try database.inTransaction(.immediate) {
                    let transaction = try StoreTransaction(database)
                    result = try body(transaction)
                    if let failure = transaction.failure { throw failure }
                    isCommitting = true
                    return .commit
                }
                guard let result else { preconditionFailure("a transaction that was kept has a result") }
                return result
            }
            try checkPlace()
            return result
        } catch let error as DatabaseError {
            throw StoreError(error, duringCommit: isCommitting)
        }
    }
}

/// A transaction under way, on the writing thread.
package final class StoreTransaction {
    let database: Database
    private var head: (number: Int, digest: [UInt8])
    private(set) var failure: StoreError?

    init(_ database: Database) throws {
        self.database = database
        let last = try Row.fetchOne(database, sql: "SELECT number, digest FROM event ORDER BY number DESC LIMIT 1")
            .map { StoredRow($0, of: "event") }
        do throws(StoreError) {
            head =
                try last.map { row throws(StoreError) in (try row.integer(0), try row.digest(1)) }
                ?? (0, EventRow.origin)
        } catch {
            // Nothing can be appended to a record whose end is damaged.
            throw StoreError.corrupt("\(error)")
        }
    }

    /// Whether all that was done in it is lost: whatever follows is, too.
    package var isLost: Bool { failure != nil }

    /// Does something whole or not at all.
    ///
    /// - Throws: what the body throws. Then all that it did is undone and the transaction is as it was before, unless
    ///   it is lost.
    package func whole<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        let before = head
        return try attempt {
            var result: Result?
            do {
                try database.inSavepoint {
                    result = try body()
                    return .commit
                }
            } catch {
                head = before
                throw error
            }
            guard let result else { preconditionFailure("what was done whole has a result") }
            return result
        }
    }

    /// Appends a change, whole or not at all: events, the rows that follow from them, details, note and answer.
    ///
    /// - Parameter after: the state after the change's events.
    /// - Throws: why not; the transaction is then as it was before, unless the error ends it.
    package func append(_ change: RecordedChange, after: ClinicState) throws(StoreError) {
        try whole { () throws(StoreError) in
            try attempt { try record(change, after: after) }
        }
    }

    /// What is known of a request by its caller's number, its id and the digest of its parameters.
    package func known(_ id: String, of uid: Int, parameters: [UInt8]) throws(StoreError) -> KnownRequest {
        try attempt { try StoreTransaction.known(database, id, uid, parameters) }
    }

    /// Puts a fuller answer to a request in the place of the one that it was given at first.
    ///
    /// - Returns: what is kept now: where somebody has put a fuller one there before, that one; nil where nothing is.
    package func amend(
        _ id: String, of uid: Int, from answer: [UInt8], to fuller: [UInt8]
    ) throws(StoreError) -> [UInt8]? {
        try attempt {
            try run(
                "UPDATE request SET answer = ? WHERE uid = ? AND id = ? AND answer = ?",
                [Data(fuller), uid, id, Data(answer)])
            return try Data.fetchOne(
                database.cachedStatement(sql: "SELECT answer FROM request WHERE uid = ? AND id = ?"),
                arguments: [uid, id]
            ).map { Array($0) }
        }
    }

    /// Sets numbers of a kind aside that are never set aside again, whatever becomes of this process.
    ///
    /// - Returns: the last of them.
    package func setNumbersAside(_ count: Int, of kind: String) throws(StoreError) -> Int {
        try attempt {
            try run(
                """
                INSERT INTO number_given (kind, last) VALUES (?1, ?2)
                ON CONFLICT (kind) DO UPDATE SET last = last + excluded.last
                """, [kind, count])
            return try Int.fetchOne(
                database.cachedStatement(sql: "SELECT last FROM number_given WHERE kind = ?"), arguments: [kind]) ?? 0
        }
    }

    /// Takes numbers of a kind back that were set aside and given to nobody: those after the last one given.
    package func takeNumbersBack(after last: Int, of kind: String) throws(StoreError) {
        try attempt { try run("UPDATE number_given SET last = ? WHERE kind = ? AND last > ?", [last, kind, last]) }
    }

    /// A course with all its visits, open or closed, as the transaction has it.
    package func course(_ id: CourseID) throws(StoreError) -> (course: Course, visits: [Visit])? {
        try attempt { try Loading.checking(database).course(id) }
    }

    /// The course of a visit, as the transaction has it.
    package func course(of visit: VisitID) throws(StoreError) -> CourseID? {
        try attempt { try Loading(database: database).course(of: visit) }
    }

    /// Events about a subject with a higher number than one, newest first, as the transaction has them.
    package func events(about subject: Subject, after number: Int) throws(StoreError) -> [RecordedEvent] {
        try attempt { try Store.events(database, about: subject, after: number) }
    }

    /// The patient of a record number, as the transaction has it.
    package func patient(record: String) throws(StoreError) -> PatientID? {
        try attempt { try Loading(database: database).patient(record: record) }
    }

    /// Notes that somebody read patients' data.
    package func noteAccess(
        to patients: [PatientID], by caller: Caller, method: String, at: Instant
    ) throws(StoreError) {
        try attempt {
            for patient in patients {
                try run(
                    "INSERT INTO access_log (at, uid, user, pid, method, patient) VALUES (?, ?, ?, ?, ?, ?)",
                    [at.seconds, caller.uid, caller.user, caller.pid, method, patient.text])
            }
        }
    }

    /// Notes how far a consumer of the record has come.
    package func setCursor(of consumer: String, to event: Int) throws(StoreError) {
        try attempt {
            try run(
                """
                INSERT INTO consumer (name, event) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET event = excluded.event
                """, [consumer, event])
        }
    }

    /// Notes where a simulation's clock stands.
    package func setLastInstant(_ instant: Instant) throws(StoreError) {
        try attempt { try run("UPDATE clinic SET last_instant = ?", [instant.seconds]) }
    }

    /// Whether something due was told already.
    package func hasTold(_ alert: Alert) throws(StoreError) -> Bool {
        try attempt {
            let event = Event.alert(.raised(alert))
            return try Bool.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT EXISTS (
                            SELECT 1 FROM event_subject JOIN event ON number = event_subject.event
                            WHERE event_subject.kind = ? AND event_subject.id = ? AND event.kind = ? AND payload = ?)
                        """),
                arguments: [alert.subject.kind, alert.subject.id, event.kind.rawValue, event.payload.text()]) ?? false
        }
    }

    /// The event by which a repair that says the same was told, with its proposal's id, where since then nothing else
    /// was recorded about the first visit that it names but what falls due and proposals for other days.
    package func told(_ proposed: RepairProposed) throws(StoreError) -> (event: Int, proposal: String)? {
        guard let visit = proposed.moves.first?.visit else { return nil }
        return try attempt { () -> (event: Int, proposal: String)? in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(EventRow.columns) FROM event WHERE kind <> ? AND number IN
                            (SELECT event FROM event_subject WHERE kind = 'visit' AND id = ?)
                        ORDER BY number DESC LIMIT 20
                        """),
                arguments: [Event.Kind.alert(.raised).rawValue, visit.text])
            while let row = try rows.next() {
                let recorded = try StoredEvent(row).recorded()
                guard case .repair(.proposed(let before)) = recorded.event else { return nil }
                if before.day == proposed.day {
                    return before.isRepetition(of: proposed) ? (recorded.number, before.proposal) : nil
                }
            }
            return nil
        }
    }

    /// Forgets answers that were given before an instant.
    package func forgetRequests(before instant: Instant) throws(StoreError) {
        try attempt { try run("DELETE FROM request WHERE at < ?", [instant.seconds]) }
    }

    /// Asks something of the database; knows whether the transaction is lost where that fails.
    func attempt<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try body()
        } catch {
            let error = StoreError(error)
            if failure == nil, error.endsTransaction || !database.isInsideTransaction { failure = error }
            throw error
        }
    }

    static func known(
        _ database: Database, _ id: String, _ uid: Int, _ parameters: [UInt8]
    ) throws -> KnownRequest {
        let statement = try database.cachedStatement(
            sql: "SELECT number, parameters, answer FROM request WHERE uid = ? AND id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [uid, id]).map({ StoredRow($0, of: "request") }) else {
            return .new
        }
        guard try row.digest(1) == parameters else { return .reused }
        return .answered(try row.bytes(2))
    }

    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

extension StoreTransaction {
    private func record(_ change: RecordedChange, after: ClinicState) throws {
        for recorded in change.events {
            guard recorded.number == head.number + 1 else {
                throw StoreError.corrupt(
                    "the record ends with event \(head.number), where event \(recorded.number - 1) was the last")
            }
            let row = EventRow(recorded, after: head.digest)
            let digest = row.digest
            try row.insert(database, digest: digest)
            head = (recorded.number, digest)
        }
        if !change.events.isEmpty {
            precondition(after.lastEvent == head.number, "the state after a change has its last event")
            try Projection(database: database).write(change.events, after: after)
        }
        try write(change.details, by: change.events)
        if let note = change.origin.reason?.note, let first = change.events.first {
            try run("INSERT INTO event_note (event, note) VALUES (?, ?)", [first.number, note])
        }
        if let request = change.request {
            try run(
                """
                INSERT INTO request (uid, id, parameters, answer, at, first_event, last_event)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    change.origin.caller.uid, request.id, Data(request.parameters), Data(request.answer),
                    change.origin.at.seconds, change.events.first?.number, change.events.last?.number,
                ])
        }
    }

    private func write(_ details: PrivateDetails, by events: [RecordedEvent]) throws {
        try write(details.patients, by: events)
        for (course, payer) in details.payers {
            try run(
                """
                INSERT INTO course_detail (course, payer) VALUES (?, ?)
                ON CONFLICT (course) DO UPDATE SET payer = excluded.payer
                """, [course.text, payer])
        }
    }
}
