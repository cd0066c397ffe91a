import Clinic
import Foundation
import GRDB
import Planning

/// What a verification found; an empty one is good.
package struct Verification: Hashable, Sendable {
    /// Events looked at.
    package var events = 0
    /// Rows compared.
    package var rows = 0
    /// What is wrong, at most 100 of each kind; names no patient but by id.
    package var findings: [String] = []

    /// Whether all is well.
    package var isGood: Bool { findings.isEmpty }
}

extension Store {
    /// Checks the file's structure and references, the chain of digests, and that all tables are what the record gives:
    /// it is replayed into memory and compared row by row. Reads from one unchanging view; service goes on beside it.
    ///
    /// - Throws: `StoreError` where the file cannot be read to the end.
    package func verify() throws(StoreError) -> Verification {
        try read { try Store.verify($0) }
    }

    static func verify(_ database: Database) throws -> Verification {
        var verification = Verification()
        let structure = try String.fetchAll(database, sql: "PRAGMA integrity_check(100)")
        if structure != ["ok"] { verification.findings += structure.map { "structure: \($0)" } }
        let references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(100)
        verification.findings += references.map { row in
            "reference: a row of \(row[0] as String) names one of \(row[2] as String) that is not there"
        }
        var folded: ClinicState?
        let scratch = try DatabaseQueue()
        try scratch.writeWithoutTransaction { copy in
            try Schema.migrate(copy)
            try copy.execute(sql: "PRAGMA foreign_keys = OFF")
            try copy.inTransaction {
                folded = try Replay(source: database, target: copy).run(&verification)
                return .commit
            }
            for (table, key) in Schema.projections {
                try compare(table, key, database, copy, &verification)
            }
        }
        if let folded { try compare(folded, database, &verification) }
        let unknown = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM patient WHERE id NOT IN (SELECT patient FROM patient_detail)")
        if let unknown, unknown > 0 {
            verification.findings.append("patient_detail: \(unknown) rows are missing")
        }
        return verification
    }

    /// Compares what a start reads back with what the record gives: all of it, and what is left of it on the day of the
    /// last event. The same rows are not the same state where they are not all read.
    private static func compare(
        _ folded: ClinicState, _ database: Database, _ verification: inout Verification
    ) throws {
        let last = Day(number: (folded.lastInstant?.seconds ?? 0) / 86_400)
        for day in [Day(number: 0), last] {
            do {
                let read = try Loading(database: database).state(from: day)
                let differing = folded.trimmed(from: day).differences(from: read)
                verification.findings += differing.prefix(100).map { "state: \($0) is not read back as it was" }
                if !differing.isEmpty { return }
            } catch {
                // The row is named where the tables are compared.
                verification.findings.append("state: \(StoreError(error))")
                return
            }
        }
    }

    /// Makes all tables that follow from the record anew, in one transaction.
    ///
    /// - Throws: `StoreError.unreadable` for an event that cannot be read or applied; then nothing changed.
    package func rebuild() throws {
        try write { transaction in
            let database = transaction.database
            try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
            for (table, _) in Schema.projections.reversed() {
                try database.execute(sql: "DELETE FROM \(table)")
            }
            var verification = Verification()
            _ = try Replay(source: database, target: database).run(&verification)
            if let finding = verification.findings.first { throw StoreError.corrupt(finding) }
        }
    }

    private static func compare(
        _ table: String, _ key: String, _ live: Database, _ replayed: Database,
        _ verification: inout Verification
    ) throws {
        let sql = "SELECT * FROM \(table) ORDER BY \(key)"
        let keys = key.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let (left, right) = (
            try Row.fetchCursor(live, sql: sql), try Row.fetchCursor(replayed, sql: sql)
        )
        var (found, expected) = (try left.next()?.copy(), try right.next()?.copy())
        var findings = 0
        func report(_ row: Row, _ what: String) {
            findings += 1
            guard findings <= 100 else { return }
            let id = keys.map { "\(row[$0] as DatabaseValue)" }.joined(separator: " ")
            verification.findings.append("\(table): row \(id) \(what)")
        }
        while found != nil || expected != nil {
            verification.rows += 1
            switch Store.order(found, expected, keys) {
            case .orderedSame:
                if let here = found, let there = expected, here != there {
                    let columns = here.columnNames.filter {
                        (here[$0] as DatabaseValue) != (there[$0] as DatabaseValue)
                    }
                    report(here, "differs from the record in \(columns.joined(separator: ", "))")
                }
                (found, expected) = (try left.next()?.copy(), try right.next()?.copy())
            case .orderedAscending:
                if let found { report(found, "does not follow from the record") }
                found = try left.next()?.copy()
            case .orderedDescending:
                if let expected { report(expected, "is missing") }
                expected = try right.next()?.copy()
            }
        }
    }

    /// Which of two rows comes first by its key; a missing one comes last.
    private static func order(_ left: Row?, _ right: Row?, _ keys: [String]) -> ComparisonResult {
        guard let left else { return .orderedDescending }
        guard let right else { return .orderedAscending }
        for key in keys {
            switch ((left[key] as DatabaseValue).storage, (right[key] as DatabaseValue).storage) {
            case (.int64(let here), .int64(let there)) where here != there:
                return here < there ? .orderedAscending : .orderedDescending
            case (.string(let here), .string(let there)) where here != there:
                // SQLite orders text by its bytes.
                return here.utf8.lexicographicallyPrecedes(there.utf8)
                    ? .orderedAscending : .orderedDescending
            default: continue
            }
        }
        return .orderedSame
    }
}

/// Reads the record from one database, checks its chain, and writes what follows from it into another or the same.
struct Replay {
    let source: Database
    let target: Database

    /// Replays all events. Findings are about the chain of digests, and about the first event that cannot be read or
    /// written, at which the replay ends.
    ///
    /// - Returns: the state that all events lead to; nil where not all of them could be replayed.
    func run(_ verification: inout Verification) throws -> ClinicState? {
        var state = ClinicState()
        var previous = EventRow.origin
        let rows = try Row.fetchCursor(
            source, sql: "SELECT \(EventRow.columns), digest FROM event ORDER BY number")
        while let row = try rows.next() {
            let event = EventRow(row)
            verification.events += 1
            if event.previous != previous {
                verification.findings.append(
                    "event: row \(event.number) does not follow on the row before it")
            }
            let digest = event.digest
            if digest != Array(row[12] as Data) {
                verification.findings.append("event: row \(event.number) is not what was recorded")
            }
            previous = Array(row[12] as Data)
            do {
                guard event.number == state.lastEvent + 1 else {
                    throw StoreError.unreadable(event: state.lastEvent + 1, "it is not there")
                }
                let recorded = try event.recorded()
                try check(recorded, state)
                apply(recorded, to: &state)
                try Projection(database: target).write([recorded], after: state)
            } catch {
                verification.findings.append("event: \(StoreError(error))")
                return nil
            }
        }
        return state
    }

    /// Events that were tampered with must not stop the program: what `apply` takes for granted is checked here.
    private func check(_ recorded: RecordedEvent, _ state: ClinicState) throws {
        var changes: [CourseChanged] = []
        var named: [(template: TemplateID, types: [VisitTypeID])] = []
        if case .courseBooked(let booked) = recorded.event {
            named = [(booked.template, booked.visits.map(\.visitType))]
        } else if case .courseChanged(let changed) = recorded.event {
            changes = [changed]
        } else if case .visitsRearranged(let rearranged) = recorded.event {
            changes = rearranged.changes
        }
        named += changes.map { ($0.after.template, $0.visits.compactMap(\.after?.visitType)) }
        for (template, types) in named {
            guard let template = state.template(template), types.allSatisfy({ template.visitType($0) != nil }) else {
                throw StoreError.unreadable(
                    event: recorded.number, "it names a template or visit type that is not there")
            }
        }
    }
}
