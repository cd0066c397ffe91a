import Clinic
import Foundation
import GRDB
import Planning
import Testing

@testable import Store

/// Files that are damaged are refused when they are opened, in words that name what is wrong.
@Suite struct DamagedFileTests {
    /// A closed database with two courses, one of them ceased; its last event.
    private func clinic(_ scratch: Scratch) throws -> Int {
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        for number in 1...2 {
            try clerk.give(.patient(.add(PatientDetails(record: "M\(number)"))))
            let wish = CourseWish(earliest: Clerk.first)
            try clerk.give(.course(.book(CourseOrder(patient: PatientID("p\(number)"), regimen: "mdd", wish: wish))))
        }
        try clerk.store.close()
        return clerk.state.lastEvent
    }

    /// Does something to a closed database that its triggers and references would forbid; its schema stays.
    private func damage(_ scratch: Scratch, _ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: scratch.path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            let triggers = try Row.fetchAll(
                database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'event'")
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try database.execute(sql: sql)
            for trigger in triggers { try database.execute(sql: trigger["sql"]) }
        }
        try queue.close()
    }

    private func refusal(_ scratch: Scratch) -> String {
        do throws(StoreError) {
            let store = try Store(path: scratch.path)
            _ = try store.load(from: Clerk.first)
            return "taken"
        } catch {
            return error.isDamage ? error.description : "no damage: \(error)"
        }
    }

    @Test func aFileThatWasOnlyLookedAtIsTaken() throws {
        let scratch = try Scratch()
        _ = try clinic(scratch)
        try damage(scratch, "SELECT 1")
        #expect(refusal(scratch) == "taken")
    }

    @Test(arguments: [-1, Int(Int32.min), 0, 1, 2, 3])
    func aNumberOfTheSchemaThatIsNotItsOwnIsRefused(number: Int) throws {
        let scratch = try Scratch()
        _ = try clinic(scratch)
        try damage(scratch, "PRAGMA user_version = \(number)")
        let before = try Data(contentsOf: URL(filePath: scratch.path))
        #expect(refusal(scratch).hasPrefix("the database is damaged: its schema"), "\(refusal(scratch))")
        #expect(try Data(contentsOf: URL(filePath: scratch.path)) == before)
    }

    @Test func aSchemaNewerThanAnyKnownIsRefusedAsSuch() throws {
        let scratch = try Scratch()
        _ = try clinic(scratch)
        let known = Schema.migrations.count
        try damage(scratch, "PRAGMA user_version = \(known + 1)")
        #expect(throws: StoreError.newerSchema(found: known + 1, known: known)) { try Store(path: scratch.path) }
    }

    @Test(arguments: [false, true]) func noClinicIsBegunBesideTheLogOfOneThatIsGone(isEmpty: Bool) throws {
        let scratch = try Scratch()
        _ = try clinic(scratch)
        try FileManager.default.moveItem(atPath: scratch.path, toPath: scratch.path + "-wal")
        if isEmpty { try Data().write(to: URL(filePath: scratch.path)) }
        #expect(refusal(scratch).contains("but the log of a database is"), "\(refusal(scratch))")
        try FileManager.default.removeItem(atPath: scratch.path + "-wal")
        #expect(refusal(scratch) == "taken")
    }

    @Test func whatIsNoFileIsNotADatabase() throws {
        let scratch = try Scratch()
        #expect(mkfifo(scratch.path, 0o600) == 0)
        #expect(throws: StoreError.self) { try Store(path: scratch.path) }
        #expect(throws: StoreError.self) { try Store(path: scratch.directory.path) }
    }

    @Test func verifyTellsOfATableThatIsAnother() throws {
        let scratch = try Scratch()
        _ = try clinic(scratch)
        try damage(scratch, "ALTER TABLE course RENAME COLUMN usual TO unusual")
        #expect(
            try Store.verify(file: scratch.path).findings == [
                "schema: table course is not as schema \(Schema.migrations.count) has it"
            ])
    }

    @Test func aRecordWithoutItsEndIsRefused() throws {
        let scratch = try Scratch()
        let last = try clinic(scratch)
        try damage(scratch, "DELETE FROM event WHERE number = \(last)")
        #expect(
            refusal(scratch)
                == "the database is damaged: the record ends with event \(last - 1), but table frame names event "
                + "\(last) as the last")
    }

    @Test(arguments: [
        ("DELETE FROM frame", "but table frame has no row"),
        ("DELETE FROM event", "the record is empty, but table frame names event"),
        ("DELETE FROM clinic", "table clinic has no row"),
        ("UPDATE frame SET last_event = last_event - 1", "as the last"),
        ("UPDATE event SET pid = pid + 1 WHERE number = LAST", "it is not what was recorded"),
        ("UPDATE event SET reason = '' WHERE number = LAST", "it is not what was recorded"),
        ("UPDATE event SET digest = zeroblob(32) WHERE number = LAST - 1", "it does not follow on the one before it"),
        ("UPDATE event SET payload = replace(payload, 'rn-1', 'rn-8') WHERE number = 1", "it is not what was recorded"),
        ("UPDATE frame SET configuration_event = NULL", "configuration_event is none"),
        ("UPDATE frame SET configuration_event = 2", "configuration_event is event 2"),
        ("UPDATE frame SET visit = 1", "visit is 1, though number"),
        ("UPDATE frame SET course = -1", "course is -1"),
        ("UPDATE frame SET patient = 9223372036854775807", "patient is 9223372036854775807"),
        ("UPDATE template SET event = 1", "an event that does not record it"),
        ("DELETE FROM patient WHERE id = 'p1'", "patient is p1, who is not there"),
        ("DELETE FROM template", "template names a template that is not there"),
        ("UPDATE course SET usual = '9 am'", "usual is no time"),
        ("UPDATE course SET wish = '[]'", "wish is not what is written there in JSON"),
        ("UPDATE visit SET minute = 0 WHERE number = 1", "minute is 0, far from the start promised"),
        ("UPDATE visit SET day = '2026-03-31' WHERE number = 1", "day is not the day of the start"),
        ("UPDATE visit SET persons = '[]' WHERE number = 2", "persons has 0 (1)"),
        ("UPDATE visit SET status_detail = 'x' WHERE number = 1", "status makes no status"),
        ("UPDATE visit SET type = 'iv2' WHERE number = 2", "type is none of the course's template"),
        ("UPDATE visit SET course = 'c9' WHERE number = 2", "course names a course that is not there"),
        ("UPDATE visit SET id = 'w7' WHERE id = 'v1'", "id is no id such as v1"),
        ("INSERT INTO closure VALUES ('k1', '2026-03-02', '2026-03-02', 'noon', NULL)", "hours is no hours"),
    ])
    func whatNoProgramWroteIsRefused(sql: String, words: String) throws {
        let scratch = try Scratch()
        let last = try clinic(scratch)
        try damage(scratch, sql.replacing("LAST", with: "\(last)"))
        #expect(refusal(scratch).contains(words), "\(sql): \(refusal(scratch))")
    }

    @Test func everyObjectOfTheSchemaIsMissedAndComparedToTheLetter() throws {
        let scratch = try Scratch()
        _ = try clinic(scratch)
        let whole = try Data(contentsOf: URL(filePath: scratch.path))
        var objects: [(name: String, sql: String)] = []
        let queue = try DatabaseQueue(path: scratch.path)
        try queue.read { database in
            objects = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL")
                .map { ($0[0], $0[1]) }
        }
        try queue.close()
        #expect(objects.count > 35)
        for (name, sql) in objects {
            var altered = Array(sql.utf8)
            // A letter in the middle of the text, wherever that is.
            let place = try #require(altered.indices.dropFirst(altered.count / 2).first { altered[$0] > 96 })
            altered[place] ^= 1
            let changes = ["DELETE FROM sqlite_schema", "UPDATE sqlite_schema SET sql = :sql"]
            for change in changes {
                try whole.write(to: URL(filePath: scratch.path))
                let queue = try DatabaseQueue(path: scratch.path)
                try queue.writeWithoutTransaction { database in
                    try database.execute(sql: "PRAGMA writable_schema = ON")
                    let text = String(decoding: altered, as: UTF8.self)
                    let arguments: StatementArguments =
                        change.hasPrefix("DELETE") ? ["name": name] : ["name": name, "sql": text]
                    try database.execute(sql: change + " WHERE name = :name", arguments: arguments)
                }
                try queue.close()
                let words = refusal(scratch)
                #expect(words.hasPrefix("the database is damaged: "), "\(name): \(words)")
                #expect(words.contains(name) || words.contains("malformed"), "\(name): \(words)")
            }
        }
    }

    @Test(arguments: [
        ("CREATE TRIGGER more BEFORE INSERT ON visit BEGIN SELECT RAISE(IGNORE); END", "trigger more is not of schema"),
        ("CREATE UNIQUE INDEX more ON visit (day, id)", "index more is not of schema"),
        ("CREATE VIEW more AS SELECT id FROM visit", "taken"), ("CREATE TABLE more (note TEXT)", "taken"),
        ("ALTER TABLE visit ADD COLUMN more TEXT", "table visit is not as schema"),
    ])
    func whatActsOnTheTablesIsNotAddedToThem(sql: String, words: String) throws {
        let scratch = try Scratch()
        _ = try clinic(scratch)
        try damage(scratch, sql)
        #expect(refusal(scratch).contains(words), "\(refusal(scratch))")
    }

    @Test(arguments: [
        "payload = replace(payload, 'chair-', 'stool-')", "payload = '{}'", "kind = 'serviceStopped'", "at = at + 1",
        "payload = replace(payload, '\"template\":\"r1\"', '\"template\":\"r7\"')", "role = 'Scheduler'",
    ])
    func anEarlierMomentIsNotMadeOfAnEventThatWasTamperedWith(change: String) throws {
        let scratch = try Scratch()
        let last = try clinic(scratch)
        let booked = try #require(try booking(scratch))
        try damage(scratch, "UPDATE event SET \(change) WHERE number = \(booked)")
        let store = try Store(path: scratch.path)
        for read in [
            { try store.state(after: last, course: "c1") }, { try store.state(after: last, day: Clerk.first) },
        ] {
            let error = #expect(throws: StoreError.self) { try read() }
            guard case .unreadable(event: booked, _)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(throws: StoreError.self) { try store.events(after: 0) }
        #expect(try store.events(after: booked).count == last - booked)
        let each = try store.readableEvents(after: 0, limit: 1_000)
        #expect(each.map(\.number) == Array(1...last) && each.count { (try? $0.event.get()) == nil } == 1)
        #expect(try !store.verify().isGood)
        #expect(try store.load(from: Clerk.first).courses.count == 2)
    }

    private func booking(_ scratch: Scratch) throws -> Int? {
        let queue = try DatabaseQueue(path: scratch.path)
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: "SELECT booked_by FROM course WHERE id = 'c1'") }
    }

    @Test func aDamagedAnswerFailsWhoeverAsksForItAndNotTheTransaction() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        let parameters = [UInt8](repeating: 7, count: 32)
        let request = RecordedChange.Request(id: "r1", parameters: parameters, answer: [1])
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))), request: request)
        try clerk.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(sql: "UPDATE request SET parameters = x'00'")
        }
        let store = clerk.store
        let recorded = clerk.state.recorded(
            [.service(.stopped)], under: EventOrigin(at: clerk.now, caller: Clerk.caller))
        var after = clerk.state
        for event in recorded { apply(event, to: &after) }
        try store.write { transaction in
            #expect(throws: StoreError.unreadableRow(table: "request", key: "1", why: "parameters has 1 bytes (32)")) {
                try transaction.known("r1", of: Clerk.caller.uid, parameters: parameters)
            }
            let origin = EventOrigin(at: clerk.now, caller: Clerk.caller)
            try transaction.append(RecordedChange(events: recorded, origin: origin), after: after)
        }
        #expect(try store.load(from: Clerk.first).lastEvent == after.lastEvent)
    }

    @Test func noErrorTellsARow() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        let error = #expect(throws: StoreError.self) {
            try store.read { try String.fetchAll($0, sql: "SELECT 'Canary' UNION ALL SELECT NULL") }
        }
        #expect(error?.isDamage == true && error.map { !"\($0)".contains("Canary") } == true)
    }
}
