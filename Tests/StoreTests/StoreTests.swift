import Clinic
import Foundation
import GRDB
import Planning
import Testing

@testable import Store

@Suite struct StoreTests {
    @Test func everySettingThatDurabilityDependsOnReadsBack() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        try store.pool.writeWithoutTransaction { database in
            for (name, expected) in [
                ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("trusted_schema", "0"),
                ("cell_size_check", "1"), ("busy_timeout", "5000"), ("query_only", "0"),
                ("application_id", String(Schema.applicationID)), ("user_version", String(Schema.migrations.count)),
            ] {
                let value = try String.fetchOne(database, sql: "PRAGMA \(name)")
                #expect(value == expected, "\(name)")
            }
        }
        try store.read { database in
            let value = try String.fetchOne(database, sql: "PRAGMA trusted_schema")
            #expect(value == "0")
            let error = #expect(throws: DatabaseError.self) { try database.execute(sql: "DELETE FROM consumer") }
            #expect(error?.resultCode == .SQLITE_READONLY)
        }
    }

    @Test func filesOfOthersAreRefusedAndLeftAsTheyWere() throws {
        let scratch = try Scratch()
        let url = URL(fileURLWithPath: scratch.path)
        let queue = try DatabaseQueue(path: scratch.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE theirs (x); PRAGMA application_id = 77") }
        try queue.close()
        let database = try Data(contentsOf: url)
        for contents in [database, Data("a text".utf8), Data(repeating: 0, count: 4096)] {
            try contents.write(to: url)
            #expect(throws: StoreError.foreignFile(path: scratch.path)) { try Store(path: scratch.path) }
            #expect(try Data(contentsOf: url) == contents)
        }
        try Data().write(to: url)
        #expect(try Store(path: scratch.path).opening.isNew)
    }

    @Test func aNewerSchemaIsRefused() throws {
        let scratch = try Scratch()
        try Store(path: scratch.path).close()
        let queue = try DatabaseQueue(path: scratch.path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 1000") }
        try queue.close()
        #expect(throws: StoreError.newerSchema(found: 1000, known: Schema.migrations.count)) {
            try Store(path: scratch.path)
        }
    }

    @Test func aFileHasOneWriter() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        #expect(throws: StoreError.inUse(path: scratch.path)) { try Store(path: scratch.path) }
        try store.close()
    }

    @Test func aSimulationsFileStaysASimulations() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path, simulated: true)
        #expect(store.opening.lastInstant == nil)
        try store.write { try $0.setLastInstant(Instant(seconds: 77)) }
        try store.close()
        #expect(throws: StoreError.simulation(fileIsSimulated: true)) { try Store(path: scratch.path) }
        #expect(try Store(path: scratch.path, simulated: true).opening.lastInstant == Instant(seconds: 77))
        let real = try Scratch()
        try Store(path: real.path).close()
        #expect(throws: StoreError.simulation(fileIsSimulated: false)) { try Store(path: real.path, simulated: true) }
    }

    @Test func anUncleanStopIsNoticedAndADamagedFileThenRefused() throws {
        let scratch = try Scratch()
        var clerk: Clerk? = Clerk(try Store(path: scratch.path))
        try clerk?.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        try clerk?.store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try clerk?.store.pool.close()
        clerk = nil
        var again: Store? = try Store(path: scratch.path)
        #expect(again?.opening.wasClean == false && again?.opening.isNew == false)
        try again?.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try again?.pool.close()
        again = nil

        var bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.path))
        // A page of an index whose content is gone.
        let page = 4096 * 20
        for index in page..<page + 4096 { bytes[index] = 0xEE }
        try bytes.write(to: URL(fileURLWithPath: scratch.path))
        #expect {
            try Store(path: scratch.path)
        } throws: { error in
            if case .corrupt = error as? StoreError { true } else { false }
        }
    }

    @Test func aTakenRecordNumberKeepsOutItsChangeAlone() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.patient(.add(PatientDetails(record: "A", name: "Ann"))))
        let before = clerk.state
        #expect(throws: StoreError.recordNumberTaken(by: "p1")) {
            try clerk.give(.patient(.add(PatientDetails(record: "A"))))
        }
        #expect(try clerk.store.load(from: Clerk.first) == before)
        try clerk.give(.patient(.add(PatientDetails(record: "B"))))
        try clerk.give(.patient(.change("p1", PatientDetails(record: "A2", note: "moved"))))
        try clerk.give(.patient(.add(PatientDetails(record: "A"))))
        #expect(try clerk.store.patient(record: "A") == "p3" && clerk.store.patient(record: "X") == nil)
        #expect(try clerk.store.details(of: ["p1", "p9"]) == ["p1": PatientDetails(record: "A2", note: "moved")])
        #expect(try clerk.store.allDetails().map(\.patient) == ["p1", "p2", "p3"])
        #expect(try clerk.store.verify().findings == [])
    }

    @Test func changesOfABatchStandUntilOneIsKeptOut() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        var state = ClinicState()
        let origin = EventOrigin(at: Instant(seconds: 5), caller: Clerk.caller)
        let changes = [("A", "p1"), ("A", "p2"), ("B", "p3")].map { record, id in
            var details = PrivateDetails()
            details.patients[PatientID(id)] = PatientDetails(record: record)
            let events = state.recorded([.patient(.added(PatientID(id)))], under: origin)
            for event in events { apply(event, to: &state) }
            return (change: RecordedChange(events: events, details: details, origin: origin), after: state)
        }
        #expect(throws: StoreError.recordNumberTaken(by: "p1")) {
            try store.write { transaction in
                for (change, after) in changes { try transaction.append(change, after: after) }
            }
        }
        #expect(try store.load(from: Clerk.first).allPatients == [])
        let keptCount = try store.write { transaction in
            for (index, (change, after)) in changes.enumerated() {
                do {
                    try transaction.whole { () throws(StoreError) in try transaction.append(change, after: after) }
                } catch {
                    return index
                }
            }
            return changes.count
        }
        #expect(keptCount == 1)
        #expect(try store.load(from: Clerk.first).allPatients == ["p1"])
    }

    @Test func theDatabaseRefusesAnOverlapWhateverTheProgramDecides() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        for record in ["A", "B"] { try clerk.give(.patient(.add(PatientDetails(record: record)))) }
        let order = CourseOrder(patient: "p1", regimen: "one", wish: CourseWish(earliest: Clerk.first))
        try clerk.give(.course(.book(order)))
        guard case .course(.booked(let booked))? = clerk.recorded.last?.event else {
            Issue.record("no course was booked")
            return
        }
        let visit = booked.visits[0].image
        let twice = CourseBooked(
            course: "c2", patient: "p2", template: booked.template, wish: booked.wish, usual: nil,
            visits: [
                CourseBooked.BookedVisit(
                    id: "v2",
                    image: VisitImage(
                        number: 1, phase: visit.phase, visitType: visit.visitType, status: .tentative,
                        place: visit.place, heard: nil, terms: visit.terms))
            ])
        let origin = EventOrigin(at: clerk.now, caller: Clerk.caller)
        let events = clerk.state.recorded([.course(.booked(twice))], under: origin)
        var after = clerk.state
        for event in events { apply(event, to: &after) }
        #expect(throws: StoreError.constraint("chair-free: the chair is taken")) {
            try clerk.store.write { try $0.append(RecordedChange(events: events, origin: origin), after: after) }
        }
        #expect(try clerk.store.load(from: Clerk.first) == clerk.state)
        #expect(try clerk.store.verify().findings == [])
    }

    @Test func aRequestIsAnsweredOnceAndItsIdServesNoOther() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        let (first, other) = (SHA256.digest(of: "a".utf8), SHA256.digest(of: "b".utf8))
        #expect(try clerk.store.known("r1", of: 1000, parameters: first) == .new)
        let request = RecordedChange.Request(id: "r1", parameters: first, answer: Array("{\"patient\":\"p1\"}".utf8))
        try clerk.give(.patient(.add(PatientDetails(record: "A"))), request: request)
        #expect(try clerk.store.known("r1", of: 1000, parameters: first) == .answered(request.answer))
        #expect(try clerk.store.known("r1", of: 1000, parameters: other) == .reused)
        #expect(try clerk.store.known("r1", of: 1001, parameters: first) == .new)
        #expect(clerk.recorded.last?.request == "r1")
        try clerk.store.write { transaction in
            let known = try transaction.known("r1", of: 1000, parameters: first)
            #expect(known == .answered(request.answer))
            try transaction.forgetRequests(before: Instant(seconds: clerk.now.seconds))
            let forgotten = try transaction.known("r1", of: 1000, parameters: first)
            #expect(forgotten == .new)
        }
        // A refusal without events is an answer too.
        let refused = RecordedChange.Request(id: "r2", parameters: other, answer: Array("no".utf8))
        try clerk.give(.availability(.takeBack(["t9"])), request: refused)
        #expect(try clerk.store.known("r2", of: 1000, parameters: other) == .answered(refused.answer))
    }

    @Test func aFullerAnswerTakesThePlaceOfTheFirstOnce() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        let digest = SHA256.digest(of: "a".utf8)
        let bare = Array("bare".utf8)
        try clerk.give(
            .patient(.add(PatientDetails(record: "A"))),
            request: RecordedChange.Request(id: "r1", parameters: digest, answer: bare))
        try clerk.store.write { transaction in
            let full = try transaction.amend("r1", of: 1000, from: bare, to: Array("full".utf8))
            #expect(full == Array("full".utf8))
            let late = try transaction.amend("r1", of: 1000, from: bare, to: Array("late".utf8))
            #expect(late == Array("full".utf8), "whoever comes later is told what stands there")
            let unknown = try transaction.amend("r2", of: 1000, from: bare, to: Array("full".utf8))
            #expect(unknown == nil)
        }
        #expect(try clerk.store.known("r1", of: 1000, parameters: digest) == .answered(Array("full".utf8)))
    }

    @Test func numbersAreSetAsideOnce() throws {
        let scratch = try Scratch()
        var store = try Store(path: scratch.path)
        func aside(_ count: Int, _ kind: String) throws -> Int {
            try store.write { try $0.setNumbersAside(count, of: kind) }
        }
        #expect(try aside(1_000, "pr") == 1_000)
        #expect(try aside(1_000, "pr") == 2_000)
        #expect(try aside(10, "rp") == 10)
        // Given were those through 1003; of another kind nothing is taken back.
        try store.write { try $0.takeNumbersBack(after: 1_003, of: "pr") }
        try store.write { try $0.takeNumbersBack(after: 5_000, of: "pr") }
        try store.close()
        store = try Store(path: scratch.path)
        #expect(try aside(1_000, "pr") == 2_003)
        #expect(try aside(1, "rp") == 11)
    }

    @Test func whatFailsInsideIsUndoneAndTheTransactionGoesOn() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.patient(.add(PatientDetails(record: "A"))))
        let (last, state) = (clerk.state.lastEvent, clerk.state)
        let origin = EventOrigin(at: clerk.now, caller: Clerk.caller)
        let events = state.recorded([.service(.stopped)], under: origin)
        var after = state
        for event in events { apply(event, to: &after) }
        let change = RecordedChange(events: events, origin: origin)
        try clerk.store.write { transaction in
            for error in [StoreError.constraint("x"), .unreadableRow(table: "t", key: "k"), .sqlite(code: 1, "s")] {
                #expect(throws: error) {
                    try transaction.whole { () throws(StoreError) in
                        try transaction.append(change, after: after)
                        throw error
                    }
                }
                #expect(!transaction.isLost)
            }
            try transaction.append(change, after: after)
        }
        #expect(try clerk.store.events(after: last).map(\.event) == [.service(.stopped)])
        // After a failure of the device nothing of the transaction is kept.
        let more = after.recorded([.service(.stopped)], under: origin)
        var later = after
        for event in more { apply(event, to: &later) }
        #expect(throws: StoreError.full) {
            try clerk.store.write { transaction in
                try transaction.append(RecordedChange(events: more, origin: origin), after: later)
                _ = try? transaction.whole { () throws(StoreError) in throw .full }
                #expect(transaction.isLost)
            }
        }
        #expect(try clerk.store.events(after: last).count == 1)
        #expect(try clerk.store.verify().findings == [])
    }

    @Test func aConsumersCursorIsKept() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        #expect(try store.cursor(of: "journal") == 0)
        try store.write { try $0.setCursor(of: "journal", to: 7) }
        try store.write { try $0.setCursor(of: "journal", to: 9) }
        #expect(try store.cursor(of: "journal") == 9 && store.cursor(of: "other") == 0)
    }

    @Test func nothingPrivateStandsOutsideItsOwnTables() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        let details = PatientDetails(record: "CANARY1", name: "CANARY2", phone: "CANARY3", note: "CANARY4")
        let reason = Reason(.other, note: "CANARY5")
        try clerk.give(.patient(.add(details)), reason: reason)
        var order = CourseOrder(patient: "p1", regimen: "mdd", wish: CourseWish(earliest: Clerk.first))
        order.payer = "CANARY6"
        try clerk.give(.course(.book(order)), reason: reason)
        try clerk.give(
            .availability(.addClosure(Closure(from: Clerk.first, through: Clerk.first, reason: "CANARY7"))),
            reason: reason)
        let own: Set = ["patient_detail", "course_detail", "event_note"]
        try clerk.store.read { database in
            let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            for table in tables where !own.contains(table) {
                let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\($0)" }
                #expect(!rows.contains { $0.contains("CANARY") }, "\(table)")
            }
        }
        let booked = try #require(clerk.recorded.last { $0.event.kind == .course(.booked) })
        #expect(try clerk.store.payer(of: "c1") == "CANARY6")
        #expect(try clerk.store.notes(of: [1, booked.number - 1]) == [booked.number - 1: "CANARY5"])
    }
}
