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

    @Test("after a failure whose outcome is unknown nothing more is decided")
    func failed() async throws {
        let world = try await World()
        // A table that is gone stands for a disk that is gone: every write fails with an error that is not FULL.
        try await world.service.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF; DROP TABLE patient_detail")
        }
        let before = world.service.publication.current.state
        #expect(
            try await world.failure(of: ClinicInterface.AddPatient(recordNumber: "MRN-1")) == .storageFailed)
        #expect(world.service.publication.current.state == before)
        #expect(
            try await world.failure(of: ClinicInterface.BookCourse(course: oneVisit("p1"))) == .storageFailed)
        #expect(world.surface.failures.count == 1)
        #expect(world.surface.failures[0].hasSuffix("fatal: true"))
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
