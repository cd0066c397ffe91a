import Clinic
import Foundation
import GRDB
import Planning

/// What a verification found; an empty one is good.
package struct Verification: Hashable, Sendable {
    package var events = 0
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
    /// - Throws: `StoreError` where reading fails for another reason than damage, which is a finding.
    package func verify() throws(StoreError) -> Verification {
        do throws(StoreError) {
            return try read { try Store.verify($0) }
        } catch {
            guard error.isDamage else { throw error }
            return Verification(findings: ["file: \(error)"])
        }
    }

    /// What cannot be read at all is a finding, and ends the verification.
    static func verify(_ database: Database) throws -> Verification {
        var verification = Verification()
        do {
            try verify(database, &verification)
        } catch {
            let error = StoreError(error)
            guard error.isDamage else { throw error }
            verification.findings.append("file: \(error)")
        }
        return verification
    }

    private static func verify(_ database: Database, _ verification: inout Verification) throws {
        let structure = try String.fetchAll(database, sql: "PRAGMA integrity_check(100)")
        if structure != ["ok"] { verification.findings += structure.map { "structure: \($0)" } }
        let schema = try Schema.flaws(database, version: Schema.version(of: database))
        verification.findings += schema.map { "schema: \($0)" }
        // Rows of a table that is another cannot be compared with what they should be.
        if schema.contains(where: { $0.hasPrefix("table ") }) { return }
        let references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(100)
        verification.findings += try references.map { row in
            let row = StoredRow(row, of: "foreign_key_check")
            return "reference: a row of \(try row.text(0)) names one of \(try row.text(2)) that is not there"
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
            let before = verification.findings.count
            for (table, key) in Schema.projections {
                try compare(table, key, of: database, with: copy, &verification)
            }
            // A row that is another makes another state, and is named already.
            if verification.findings.count > before { folded = nil }
        }
        if let folded { try compare(folded, database, &verification) }
        let unknown = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM patient WHERE id NOT IN (SELECT patient FROM patient_detail)")
        if let unknown, unknown > 0 {
            verification.findings.append("patient_detail: \(unknown) rows are missing")
        }
    }

    /// Compares what a start reads back with what the record gives: all of it, and what is left of it on the day of the
    /// last event. Asked where all rows are what the record gives: the same rows are not the same state where they are
    /// not all read.
    private static func compare(
        _ folded: ClinicState, _ database: Database, _ verification: inout Verification
    ) throws {
        let last = Day(number: (folded.lastInstant?.seconds ?? 0) / 86_400)
        for day in [Day(number: 0), last] {
            do {
                var loading = Loading.checking(database)
                let read = try loading.state(from: day)
                let differing = folded.trimmed(from: day).differences(from: read)
                verification.findings += differing.prefix(100).map { "state: \($0) is not read back as it was" }
                if !differing.isEmpty { return }
            } catch {
                verification.findings.append("state: \(StoreError(error))")
                return
            }
        }
    }

    private static func compare(
        _ table: String, _ key: String, of live: Database, with replayed: Database,
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
            source, sql: "SELECT \(EventRow.columns) FROM event ORDER BY number")
        while let row = try rows.next() {
            verification.events += 1
            let stored: StoredEvent
            do throws(StoreError) {
                stored = try StoredEvent(row)
            } catch {
                verification.findings.append("event: \(error)")
                return nil
            }
            let event = stored.row
            if event.previous != previous {
                verification.findings.append(
                    "event: row \(event.number) does not follow on the row before it")
            }
            if !stored.isIntact {
                verification.findings.append("event: row \(event.number) is not what was recorded")
            }
            previous = stored.digest
            do {
                guard event.number == state.lastEvent + 1 else {
                    throw StoreError.unreadable(event: state.lastEvent + 1, "it is not there")
                }
                let recorded = try event.recorded()
                if let obstacle = state.obstacle(to: recorded.event) {
                    throw StoreError.unreadable(event: recorded.number, obstacle)
                }
                apply(recorded, to: &state)
                try Projection(database: target).write([recorded], after: state)
            } catch {
                verification.findings.append("event: \(StoreError(error))")
                return nil
            }
        }
        return state
    }
}
