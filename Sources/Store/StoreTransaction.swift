package import Clinic
import Foundation
import GRDB
package import Planning
import StrictJSON

/// A command's events with what is kept beside them.
package struct Change: Sendable {
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
    package let circumstances: Circumstances
    /// The request it was given in; nil for what the service does by itself.
    package let request: Request?

    /// A command's events with what is kept beside them.
    package init(
        events: [RecordedEvent], details: PrivateDetails = PrivateDetails(), circumstances: Circumstances,
        request: Request? = nil
    ) {
        self.events = events
        self.details = details
        self.circumstances = circumstances
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

    /// Appends changes in one transaction, each whole or not at all.
    ///
    /// - Parameter changes: each with the state after it.
    /// - Returns: for each change what kept it out, or nil where it is kept. A change behind one that was kept out is
    ///   kept out too, since it was decided on a state that never was.
    /// - Throws: `StoreError` where nothing at all was kept.
    package func append(_ changes: [(change: Change, after: ClinicState)]) throws -> [StoreError?] {
        try write { transaction in
            var obstacle: StoreError?
            return try changes.map { change, after in
                if let obstacle { return obstacle }
                do throws(StoreError) {
                    try transaction.append(change, after: after)
                } catch {
                    guard !error.endsTransaction else { throw error }
                    obstacle = error
                }
                return obstacle
            }
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
        head = last.map { ($0[0], Array($0[1] as Data)) } ?? (0, EventRow.origin)
    }

    /// Appends a change, whole or not at all: events, the rows that follow from them, details, note and answer.
    ///
    /// - Parameter after: the state after the change's events.
    /// - Throws: `.recordNumberTaken` and `.constraint` leave the transaction as it was before; after any other error
    ///   it is lost.
    package func append(_ change: Change, after: ClinicState) throws(StoreError) {
        let before = head
        do {
            try database.inSavepoint {
                try record(change, after: after)
                return .commit
            }
        } catch {
            head = before
            let error = StoreError(error)
            if error.endsTransaction || !database.isInsideTransaction { failure = error }
            throw error
        }
    }

    /// What is known of a request by its caller's number, its id and the digest of its parameters.
    package func known(_ id: String, of uid: Int, parameters: [UInt8]) throws(StoreError) -> KnownRequest {
        do {
            return try StoreTransaction.known(database, id, uid, parameters)
        } catch {
            throw lost(error)
        }
    }

    /// Notes that somebody read patients' data.
    package func noteAccess(
        to patients: [PatientID], by caller: Caller, method: String, at: Instant
    ) throws(StoreError) {
        do {
            for patient in patients {
                try run(
                    "INSERT INTO access_log (at, uid, user, pid, method, patient) VALUES (?, ?, ?, ?, ?, ?)",
                    [at.seconds, caller.uid, caller.user, caller.pid, method, patient.text])
            }
        } catch {
            throw lost(error)
        }
    }

    /// Notes how far a consumer of the record has come.
    package func setCursor(of consumer: String, to event: Int) throws(StoreError) {
        do {
            try run(
                """
                INSERT INTO consumer (name, event) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET event = excluded.event
                """, [consumer, event])
        } catch {
            throw lost(error)
        }
    }

    /// Notes where a simulation's clock stands.
    package func setLastInstant(_ instant: Instant) throws(StoreError) {
        do {
            try run("UPDATE clinic SET last_instant = ?", [instant.seconds])
        } catch {
            throw lost(error)
        }
    }

    /// Whether something due was told already.
    package func hasTold(_ alert: Alert) throws(StoreError) -> Bool {
        do {
            let event = Event.alertRaised(alert)
            return try Bool.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT EXISTS (
                            SELECT 1 FROM event_subject JOIN event ON number = event_subject.event
                            WHERE event_subject.kind = ? AND event_subject.id = ? AND event.kind = ? AND payload = ?)
                        """),
                arguments: [alert.subject.kind, alert.subject.id, event.kind.rawValue, event.payload.text()]) ?? false
        } catch {
            throw lost(error)
        }
    }

    /// The event by which a repair that says the same was told, with its proposal's id, where since then nothing else
    /// was recorded about the first visit that it names but what falls due and proposals for other days.
    package func told(_ proposed: RepairProposed) throws(StoreError) -> (event: Int, proposal: String)? {
        guard let visit = proposed.moves.first?.visit else { return nil }
        do {
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(EventRow.columns) FROM event WHERE kind <> ? AND number IN
                            (SELECT event FROM event_subject WHERE kind = 'visit' AND id = ?)
                        ORDER BY number DESC LIMIT 20
                        """),
                arguments: [Event.Kind.alertRaised.rawValue, visit.text])
            while let row = try rows.next() {
                let recorded = try EventRow(row).recorded()
                guard case .repairProposed(let before) = recorded.event else { return nil }
                if before.day == proposed.day {
                    return before.isRepetition(of: proposed) ? (recorded.number, before.proposal) : nil
                }
            }
            return nil
        } catch {
            throw lost(error)
        }
    }

    /// Forgets answers that were given before an instant.
    package func forgetRequests(before instant: Instant) throws(StoreError) {
        do {
            try run("DELETE FROM request WHERE at < ?", [instant.seconds])
        } catch {
            throw lost(error)
        }
    }

    private func lost(_ error: any Error) -> StoreError {
        let error = StoreError(error)
        failure = error
        return error
    }

    static func known(
        _ database: Database, _ id: String, _ uid: Int, _ parameters: [UInt8]
    ) throws -> KnownRequest {
        let statement = try database.cachedStatement(
            sql: "SELECT parameters, answer FROM request WHERE uid = ? AND id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [uid, id]) else { return .new }
        guard Array(row[0] as Data) == parameters else { return .reused }
        return .answered(Array(row[1] as Data))
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

extension StoreTransaction {
    private func record(_ change: Change, after: ClinicState) throws {
        for recorded in change.events {
            precondition(recorded.number == head.number + 1, "events are appended one after another")
            let row = EventRow(recorded, after: head.digest)
            let digest = row.digest
            try row.insert(database, digest: digest)
            head = (recorded.number, digest)
        }
        if !change.events.isEmpty {
            precondition(after.lastEvent == head.number, "the state after a change has its last event")
            try Projection(database: database).write(change.events, after: after)
        }
        try write(change.details)
        if let note = change.circumstances.reason?.note, let first = change.events.first {
            try run("INSERT INTO event_note (event, note) VALUES (?, ?)", [first.number, note])
        }
        if let request = change.request {
            try run(
                """
                INSERT INTO request (uid, id, parameters, answer, at, first_event, last_event)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    change.circumstances.caller.uid, request.id, Data(request.parameters), Data(request.answer),
                    change.circumstances.at.seconds, change.events.first?.number, change.events.last?.number,
                ])
        }
    }

    private func write(_ details: PrivateDetails) throws {
        for (patient, detail) in details.patients.sorted(by: { $0.key.number < $1.key.number }) {
            let taken = try String.fetchOne(
                database.cachedStatement(sql: "SELECT patient FROM patient_detail WHERE record = ? AND patient <> ?"),
                arguments: [detail.record, patient.text])
            if let taken { throw StoreError.recordNumberTaken(by: PatientID(taken)) }
            try run(
                """
                INSERT INTO patient_detail (patient, record, name, phone, note) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (patient) DO UPDATE SET record = excluded.record, name = excluded.name,
                    phone = excluded.phone, note = excluded.note
                """, [patient.text, detail.record, detail.name, detail.phone, detail.note])
        }
        for (course, payer) in details.payers {
            try run(
                """
                INSERT INTO course_detail (course, payer) VALUES (?, ?)
                ON CONFLICT (course) DO UPDATE SET payer = excluded.payer
                """, [course.text, payer])
        }
    }
}
