import Clinic
import Foundation
import GRDB
import Planning
import Testing

@testable import Store

/// What verify finds, and what a failing device does.
@Suite struct DamageTests {
    private func clerk(_ scratch: Scratch) throws -> Clerk {
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        for number in 0..<3 { try clerk.give(.patient(.add(PatientDetails(record: "M\(number)")))) }
        for number in 1...3 {
            let wish = CourseWish(earliest: Clerk.first)
            try clerk.give(
                .course(.book(CourseOrder(patient: PatientID("p\(number)"), regimen: "mdd", wish: wish))))
        }
        try #require(clerk.state.visitCount > 10)
        return clerk
    }

    @Test func theRecordCannotBeChangedOrShortened() throws {
        let scratch = try Scratch()
        let clerk = try clerk(scratch)
        for sql in ["UPDATE event SET pid = 1 WHERE number = 2", "DELETE FROM event WHERE number = 2"] {
            #expect(throws: DatabaseError.self) { try clerk.store.pool.write { try $0.execute(sql: sql) } }
        }
    }

    @Test func aFlippedByteOfAnyEventBreaksTheChain() throws {
        let scratch = try Scratch()
        let clerk = try clerk(scratch)
        let columns = [
            "at = at + 1", "uid = 7", "user = 'x'", "pid = 7", "role = 'admin'", "reason = 'other'", "request = 'x'",
            "payload = replace(payload, '0', '1')", "previous = zeroblob(32)", "version = 1, at = 0",
        ]
        for number in [2, clerk.state.lastEvent] {
            for column in columns {
                let update = "UPDATE event SET \(column) WHERE number = \(number)"
                let findings = try findings(clerk, ["DROP TRIGGER event_update", update])
                let changed = number == 2 && column.hasPrefix("payload") ? 0 : 1
                #expect(findings.count >= changed, "\(number): \(column)")
                #expect(
                    changed == 0 || findings.contains { $0.hasPrefix("event: row \(number) ") },
                    "\(number): \(column): \(findings)")
            }
        }
    }

    @Test(arguments: [
        ("UPDATE visit SET told = 1 - told WHERE id = 'v2'", "visit: row \"v2\" differs from the record in told"),
        ("DELETE FROM chair_booking WHERE visit = 'v3'", "chair_booking: row \"v3\" is missing"),
        (
            "INSERT INTO time_off (id, person, start, until) VALUES ('t1', 'rn-1', 0, 5)",
            "time_off: row \"t1\" does not follow from the record"
        ),
        ("UPDATE frame SET visit = visit + 1", "frame: row 1 differs from the record in visit"),
        (
            "UPDATE person SET capacity = 99 WHERE id = 'rn-1'",
            "person: row \"rn-1\" differs from the record in capacity"
        ),
        ("DELETE FROM patient_detail WHERE patient = 'p2'", "patient_detail: 1 rows are missing"),
    ])
    func aChangedTableIsFound(sql: String, finding: String) throws {
        let scratch = try Scratch()
        let clerk = try clerk(scratch)
        #expect(try findings(clerk, [sql]) == [finding])
        guard !finding.hasPrefix("patient_detail") else { return }
        try clerk.store.pool.write { try $0.execute(sql: sql) }
        try clerk.store.rebuild()
        #expect(try clerk.store.verify().findings == [])
    }

    @Test func aFullDeviceUndoesTheTransactionAndWritingRecovers() throws {
        let scratch = try Scratch()
        var clerk = try clerk(scratch)
        let before = clerk.state
        try limit(clerk.store, toPages: 0)
        let command = Command.patient(.import((0..<5_000).map { PatientDetails(record: "MRN-F\($0)") }))
        #expect(throws: StoreError.full) { try clerk.give(command) }
        #expect(try clerk.store.load(from: Clerk.first) == before)
        try limit(clerk.store, toPages: 1_000_000)
        try clerk.give(command)
        #expect(clerk.state.patientCount == 5_003)
        #expect(try clerk.store.verify().findings == [])
    }

    @Test func failuresOfTheDeviceAreTold() {
        let full = DatabaseError(resultCode: .SQLITE_FULL)
        let sync = DatabaseError(resultCode: .SQLITE_IOERR_FSYNC)
        let code = Int(ResultCode.SQLITE_IOERR_FSYNC.rawValue)
        #expect(StoreError(full) == .full)
        #expect(StoreError(sync) == .io(code: code, duringCommit: false))
        #expect(StoreError(sync, duringCommit: true) == .io(code: code, duringCommit: true))
        #expect(StoreError(DatabaseError(resultCode: .SQLITE_CORRUPT, message: "x")) == .corrupt("x"))
        #expect(StoreError(DatabaseError(resultCode: .SQLITE_NOTADB, message: "x")) == .corrupt("x"))
        #expect(StoreError.full.endsTransaction && !StoreError.constraint("x").endsTransaction)
    }

    @Test func anEventOfAnUnknownKindOrVersionIsToldByItsNumber() throws {
        let scratch = try Scratch()
        let clerk = try clerk(scratch)
        try clerk.store.pool.write { database in
            try database.execute(sql: "DROP TRIGGER event_update; UPDATE event SET version = 9 WHERE number = 3")
        }
        #expect(throws: StoreError.unreadable(event: 3, "version 9 of patientAdded is not known here")) {
            try clerk.store.events(after: 0)
        }
        #expect(try clerk.store.events(after: 3).first?.number == 4)
    }

    /// What verify finds after changes that are then taken back.
    private func findings(_ clerk: Clerk, _ changes: [String]) throws -> [String] {
        var findings: [String] = []
        try clerk.store.pool.writeWithoutTransaction { database in
            try database.inTransaction {
                for sql in changes { try database.execute(sql: sql) }
                findings = try Store.verify(database).findings
                return .rollback
            }
        }
        return findings
    }

    private func limit(_ store: Store, toPages pages: Int) throws {
        try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(max(1, pages))") }
    }
}
