import Clinic
import Foundation
import GRDB
import HashTreeCollections
import Planning
import Testing
import Varlink
import Wire

@testable import Service
@testable import Store

@Suite("The writer")
struct WriterTests {
    @Test("a transaction for which there is no room publishes nothing, reading goes on, and it recovers by itself")
    func full() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let limit = { (pages: Int) in
            try world.service.store.pool.writeWithoutTransaction { database in
                _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages)")
            }
        }
        let pages = try await world.service.store.pool.read { database in
            try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        }
        try limit(pages)
        var failure: ClinicInterface.Failure?
        var before = world.service.publication.current.state
        for number in 2...2_000 where failure == nil {
            before = world.service.publication.current.state
            failure = try await world.failure(
                of: ClinicInterface.AddPatient(
                    recordNumber: "MRN-\(number)", name: String(repeating: "x", count: 200), request: "r\(number)"))
        }
        #expect(failure == .storageFull)
        #expect(world.service.publication.current.state == before)
        #expect(try await world.ask(ClinicInterface.ShowPatient(patient: patient)).found.recordNumber == "MRN-1")
        #expect(await world.service.ping())

        try limit(1_000_000)
        let added = try await world.ask(ClinicInterface.AddPatient(recordNumber: "NEW-1"))
        #expect(added.patient == "p\(before.patients.count + 1)")
        #expect(world.surface.failures.allSatisfy { $0 == "no room is left on the device, fatal: false" })
        try await world.close()
    }

    /// Keeps every transaction from being committed.
    private final class BadDisk: TransactionObserver {
        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseWillCommit() throws { throw DatabaseError(resultCode: .SQLITE_IOERR_FSYNC) }
        func databaseDidCommit(_ database: Database) {}
        func databaseDidRollback(_ database: Database) {}
    }

    @Test("after a failure whose outcome is unknown nothing more is decided")
    func failed() async throws {
        let world = try await World()
        let disk = BadDisk()
        world.service.store.pool.add(transactionObserver: disk)
        let before = world.service.publication.current.state
        #expect(
            try await world.failure(of: ClinicInterface.AddPatient(recordNumber: "MRN-1")) == .storageFailed)
        #expect(world.service.publication.current.state == before)
        world.service.store.pool.remove(transactionObserver: disk)
        #expect(
            try await world.failure(of: ClinicInterface.BookCourse(course: oneVisit("p1"))) == .storageFailed)
        #expect(world.surface.failures.count == 1)
        #expect(world.surface.failures[0].hasSuffix("fatal: true"))
        try await world.close()
    }

    private func refusal(_ failure: ClinicInterface.Failure?) -> String? {
        guard case .refused("database", let message, _, _, _)? = failure else { return nil }
        return message
    }

    @Test("a command that cannot be kept for a reason that nobody has foreseen fails alone, and nothing of it stays")
    func alone() async throws {
        let world = try await World()
        _ = try await world.course()
        try await world.service.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "ALTER TABLE patient_detail RENAME TO somewhere_else")
        }
        let before = world.state
        let add = ClinicInterface.AddPatient(recordNumber: "MRN-2", request: "r")
        let message = try #require(refusal(try await world.failure(of: add)))
        #expect(message.hasPrefix("SQLite failed with code 1: no such table"), "\(message)")
        #expect(world.state == before)
        try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1"))
        try await world.service.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "ALTER TABLE somewhere_else RENAME TO patient_detail")
        }
        // What failed so is no answer that is kept.
        #expect(try await world.ask(add).patient == "p2")
        #expect(world.surface.failures.allSatisfy { $0.hasSuffix("fatal: false") } && !world.surface.failures.isEmpty)
        try await world.close()
    }

    @Test(
        "a kept answer, and a course that is over, which cannot be read refuse those who ask for them, and nobody else")
    func unreadable() async throws {
        let world = try await World()
        _ = try await world.course()
        try await world.ask(ClinicInterface.CeaseCourse(course: "c1", reason: "other"))
        let add = ClinicInterface.AddPatient(recordNumber: "MRN-2", request: "r")
        try await world.ask(add)
        // Long over, it is held by the record alone.
        try await world.ask(ServiceInterface.AdvanceClock(minutes: 10 * 1440), by: World.peer(.admin))
        try await world.service.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "UPDATE request SET answer = x'00'; UPDATE course SET wish = '{' WHERE id = 'c1'")
        }
        let later = try await world.killed()
        #expect(later.state.course("c1") == nil)
        for _ in 0..<2 {
            #expect(refusal(try await later.failure(of: add))?.hasPrefix("row ") == true)
        }
        let pin = ClinicInterface.PinVisit(visit: "v1", pinned: true)
        #expect(try await later.failure(of: pin) != nil)
        let own = try later.batch([
            later.service.own { _ in .patient(.add(PatientDetails(record: "MRN-3"))) },
            later.service.own { _ in .visit(.order("v1", .pin(true), .other)) },
            later.service.own { _ in .patient(.add(PatientDetails(record: "MRN-4"))) },
        ])
        #expect(own.map { (try? $0.get()) != nil } == [true, false, true])
        #expect(later.state.patients.count == 4)
        #expect(later.surface.failures.allSatisfy { $0.hasSuffix("fatal: false") })
        try await later.finish()
        try await world.close()
    }

    @Test("a hold that cannot be given up keeps nobody's command waiting, and time goes on")
    func cannotRelease() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let proposed = try await world.ask(ClinicInterface.ProposeCourse(course: oneVisit(patient)))
        try await world.ask(ClinicInterface.HoldProposal(proposal: try #require(proposed.proposal), minutes: 60))
        try await world.service.store.pool.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    CREATE TRIGGER broken BEFORE UPDATE ON course BEGIN SELECT RAISE(ABORT, 'broken'); END;
                    CREATE TRIGGER mute BEFORE INSERT ON event WHEN NEW.kind = 'alertRaised'
                        BEGIN SELECT RAISE(ABORT, 'mute'); END
                    """)
        }
        let advanced = try await world.ask(ServiceInterface.AdvanceClock(minutes: 120), by: World.peer(.admin))
        #expect(advanced.stops.isEmpty)
        #expect(try await world.patient(2) == "p2")
        try await world.service.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "DROP TRIGGER mute")
        }
        try await world.ask(ServiceInterface.AdvanceClock(minutes: 600), by: World.peer(.admin))
        #expect(try await world.patient(3) == "p3")
        #expect(world.surface.failures.allSatisfy { $0.hasSuffix("fatal: false") } && !world.surface.failures.isEmpty)
        try await world.close()
    }

    @Test("what is over is given up though the clock was set back behind the first day that is known")
    func setBack() async throws {
        let world = try await World(clinicText(chairs: 1))
        for number in 1...3 { _ = try await world.course(number) }
        let waiting = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(try await world.patient(4), startWithinDays: 20)))
        let visit = try #require(waiting.visits.first)
        try await world.ask(ClinicInterface.AddWaiting(visit: visit.id, earlier: true))
        try await world.ask(ClinicInterface.CancelVisit(visit: "v1", makeUp: false, reason: "other"))
        try await world.ask(ClinicInterface.OfferPlace(waiting: "w1", visit: "v1"))
        _ = try world.batch([
            world.service.own { _ in .visit(.order(VisitID(visit.id), .cancel(isMadeUp: false), .other)) }
        ]
        )
        let earlier = ServiceClock.simulated(from: Instant(seconds: World.start.seconds - 5 * 86_400))
        let answers = try world.batch(
            [world.service.own { _ in .patient(.add(PatientDetails(record: "MRN-9"))) }], clock: earlier)
        #expect((try? answers[0].get()) != nil)
        #expect(world.state.openOffers.isEmpty && world.surface.failures.isEmpty)
        try await world.close()
    }

    @Test("nothing is acknowledged into a database that was taken away, and that it was is noticed without commands")
    func displaced() async throws {
        for isAsked in [true, false] {
            let world = try await World()
            _ = try await world.patient()
            let database = world.folder.appending(path: "clinic.sqlite")
            try FileManager.default.moveItem(at: database, to: world.folder.appending(path: "away.sqlite"))
            if isAsked {
                let before = world.service.publication.current.state
                let failure = try await world.failure(of: ClinicInterface.AddPatient(recordNumber: "MRN-2"))
                #expect(failure == .storageFailed)
                #expect(world.service.publication.current.state == before)
            } else {
                #expect(await world.service.ping())
            }
            #expect(try await world.failure(of: ClinicInterface.AddPatient(recordNumber: "MRN-3")) == .storageFailed)
            let told = "the database is not where it was: \(database.path) was moved, fatal: true"
            #expect(world.surface.failures == [told])
            await #expect(throws: StoreError.self) { try await world.finish() }
            try FileManager.default.removeItem(at: world.folder)
        }
    }

    @Test("what was accepted before the end is done, and nothing after it")
    func finishes() async throws {
        let world = try await World()
        let accepted = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 1...100 {
                group.addTask { try? await world.patient(number) }
            }
            group.addTask {
                try await world.finish()
                return nil
            }
            return try await group.reduce(into: Set<String>()) { if let id = $1 { $0.insert(id) } }
        }
        let later = try await World(folder: world.folder)
        let known = Set(later.service.publication.current.state.patients.keys.map(\.text))
        #expect(known == accepted)
        #expect(later.service.store.opening.wasClean)
        try await later.close()
    }

    @Test("the state after a restart is the state before it")
    func restart() async throws {
        let world = try await World()
        for number in 1...3 {
            let patient = try await world.patient(number)
            try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, regimen: "three")))
        }
        let before = world.service.publication.current.state
        try await world.finish()
        let later = try await World(folder: world.folder)
        let after = later.service.publication.current.state
        #expect(after.courses == before.courses)
        #expect(after.visits == before.visits)
        #expect(after.visitsByDay == before.visitsByDay)
        #expect(after.counters == before.counters)
        // The calendar too: what was free is free, what was taken is taken.
        let call = ClinicInterface.Free(visit: "hour", from: Day("2026-03-03"), limit: 2000)
        let free = try await later.ask(call).places
        #expect(!free.isEmpty)
        try await later.close()
    }
}
