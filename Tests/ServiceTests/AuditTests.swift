import Clinic
import Foundation
import Planning
import Store
import StrictJSON
import Testing
import Varlink
import Wire

@testable import Service

@Suite("The record")
struct AuditTests {
    private let ann = World.peer(.scheduler, uid: 4001)
    private let bea = World.peer(.scheduler, uid: 4002)
    private let admin = World.peer(.admin, uid: 4009)

    private func moved(_ world: World) async throws -> String {
        let patient = try await world.patient()
        let booked = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient)), by: ann)
        let visit = booked.visits[0].id
        try await world.ask(ClinicInterface.ConfirmVisit(visit: visit), by: ann)
        try await world.ask(
            ClinicInterface.MoveVisit(
                visit: visit, at: ClockTime(minutes: 645), reason: "staffing", note: "nurse 1 is ill"), by: bea)
        return visit
    }

    @Test("the audit of a visit says who moved it, from where to where, and why")
    func whoMovedIt() async throws {
        let world = try await World()
        let visit = try await moved(world)
        let reply = try await world.ask(ClinicInterface.Audit(visit: visit))
        #expect(reply.entries.map(\.action) == [.courseBooked, .visitConfirmed, .visitMoved])
        let move = try #require(reply.entries.last)
        #expect(move.user == "user4002" && move.uid == 4002 && move.role == "scheduler")
        #expect(move.reason == "staffing" && move.note == "nurse 1 is ill" && move.about == visit)
        let start = try #require(move.changes.first { $0.what == "start" })
        #expect(start.subject == visit && start.before == "2026-03-03 09:00" && start.after == "2026-03-03 10:45")
        #expect(move.changes.contains { $0.what == "status" && $0.before == "confirmed" && $0.after == "tentative" })
        #expect(!reply.reads && reply.before == nil)
        try await world.close()
    }

    @Test("the audit finds by patient, course, user and time, and pages from the newest back")
    func finds() async throws {
        let world = try await World()
        let visit = try await moved(world)
        try await world.ask(ServiceInterface.AdvanceClock(minutes: 5), by: admin)
        try await world.ask(ClinicInterface.ShowVisit(visit: visit), by: bea)
        try await world.ask(ClinicInterface.ShowCourse(course: "c1"), by: ann)

        func actions(_ call: ClinicInterface.Audit) async throws -> [String] {
            try await world.ask(call, by: admin).entries.map { "\($0.user.suffix(1)) \($0.method ?? $0.action.code)" }
        }
        #expect(
            try await actions(ClinicInterface.Audit(patient: "p1")) == [
                "1 BookCourse", "1 ConfirmVisit", "2 MoveVisit", "0 patientAdded", "1 courseBooked",
                "1 visitConfirmed", "2 visitMoved", "2 ShowVisit", "1 ShowCourse",
            ])
        #expect(
            try await actions(ClinicInterface.Audit(course: "c1")) == [
                "1 courseBooked", "1 visitConfirmed", "2 visitMoved",
            ])
        // Whoever changes something has read who is meant, and whom to call.
        #expect(
            try await actions(ClinicInterface.Audit(actor: "user4002")) == [
                "2 MoveVisit", "2 visitMoved", "2 ShowVisit",
            ])
        #expect(try await actions(ClinicInterface.Audit(actor: "4002", reads: false)) == ["2 visitMoved"])
        let then = ZonedInstant(second: World.start.seconds + 300, offset: 0)
        #expect(try await actions(ClinicInterface.Audit(actor: "4001", from: then)) == ["1 ShowCourse"])
        #expect(
            try await actions(ClinicInterface.Audit(actor: "4001", until: then)) == [
                "1 BookCourse", "1 ConfirmVisit", "1 templateRecorded", "1 courseBooked", "1 visitConfirmed",
            ])

        // Pages of two, from the newest back, have everything once.
        var pages: [[String]] = []
        var before: String?
        repeat {
            let reply = try await world.ask(ClinicInterface.Audit(patient: "p1", before: before, limit: 2), by: admin)
            pages.append(reply.entries.map { $0.method ?? $0.action.code })
            before = reply.before
        } while before != nil
        #expect(pages.dropLast().allSatisfy { $0.count == 2 })
        // Asking is reading too; what is older than a page is not touched by that.
        let found = pages.reversed().flatMap(\.self).filter { $0 != "Audit" }
        #expect(
            found == [
                "BookCourse", "ConfirmVisit", "MoveVisit", "patientAdded", "courseBooked", "visitConfirmed",
                "visitMoved", "ShowVisit", "ShowCourse",
            ])
        try await world.close()
    }

    @Test("only admins see who read, and only schedulers and above who did what")
    func rights() async throws {
        let world = try await World()
        let visit = try await moved(world)
        let hidden = try await world.ask(ClinicInterface.Audit(patient: "p1"), by: ann)
        #expect(!hidden.reads && hidden.entries.allSatisfy { $0.action != .read })
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.Audit(patient: "p1", reads: true), by: ann)
        }
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.Audit(visit: visit), by: World.peer(.viewer))
        }
        for call in [
            ClinicInterface.Audit(), ClinicInterface.Audit(patient: "p1", visit: "v1"),
            ClinicInterface.Audit(patient: "p9"), ClinicInterface.Audit(visit: "v9"),
            ClinicInterface.Audit(course: "c9"), ClinicInterface.Audit(actor: "a", before: "x"),
            ClinicInterface.Audit(actor: "a", limit: 501),
        ] {
            #expect(try await world.failure(of: call, by: admin) != nil)
        }
        try await world.close()
    }

    @Test("as of any earlier event a course, a visit and a day are shown as they were shown then")
    func asOf() async throws {
        let world = try await World()
        var shown: [(event: Int, course: JSONObject, visit: JSONObject, days: [JSONObject])] = []
        let days = ["2026-03-03", "2026-03-04", "2026-03-05"].compactMap { Day($0) }
        let first = try await world.patient(1)
        try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(first, startWithinDays: 2, regimen: "three")))
        func look() async throws {
            var boards: [JSONObject] = []
            for day in days { boards.append(try await world.ask(ClinicInterface.Day(day: day, names: true)).object) }
            shown.append(
                (
                    world.service.publication.current.state.lastEvent,
                    try await world.ask(ClinicInterface.ShowCourse(course: "c1")).object,
                    try await world.ask(ClinicInterface.ShowVisit(visit: "v2")).object, boards
                ))
        }
        try await look()
        let second = try await world.patient(2)
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(second)))
        try await look()
        try await world.ask(ClinicInterface.ConfirmVisit(visit: "v2"))
        try await look()
        try await world.ask(ClinicInterface.MoveVisit(visit: "v2", at: ClockTime(minutes: 660), reason: "staffing"))
        try await look()
        try await world.ask(ClinicInterface.CancelVisit(visit: "v4", reason: "weather"))
        try await look()
        try await world.ask(ClinicInterface.CancelVisit(visit: "v1", reason: "weather"))
        try await look()
        #expect(Set(shown.map(\.event)).count == shown.count)
        for then in shown {
            let asOf = "e\(then.event)"
            #expect(try await world.ask(ClinicInterface.ShowCourse(course: "c1", asOf: asOf)).object == then.course)
            #expect(try await world.ask(ClinicInterface.ShowVisitAsOf(visit: "v2", asOf: asOf)).object == then.visit)
            for (day, board) in zip(days, then.days) {
                #expect(
                    try await world.ask(ClinicInterface.Day(day: day, names: true, asOf: asOf)).object == board,
                    "\(day) as of \(asOf)")
            }
        }
        let last = shown[shown.count - 1].event
        #expect(
            try await world.failure(of: ClinicInterface.ShowCourse(course: "c1", asOf: "e\(last + 9)"))
                == .invalidValue(
                    field: "asOf", message: "expected an event from e1 to e\(last), found e\(last + 9)", hint: nil))
        #expect(
            try await world.failure(of: ClinicInterface.ShowCourse(course: "c1", asOf: "e2"))
                == .noSuchCourse(course: "c1"))
        #expect(try await world.failure(of: ClinicInterface.Day(asOf: "soon")) != nil)
        try await world.close()
    }

    @Test("who reads waits for nobody, and what was read is noted at an orderly stop")
    func notes() async throws {
        let world = try await World()
        let visit = try await moved(world)
        for _ in 1...20 { try await world.ask(ClinicInterface.ShowVisit(visit: visit), by: ann) }
        try await world.finish()
        let store = try Store(path: world.folder.appending(path: "clinic.sqlite").path, simulated: true)
        let noted = try store.accesses(to: "p1").filter { $0.method == "ShowVisit" }
        #expect(noted.count == 20 && noted.allSatisfy { $0.user == "user4001" })
        try store.close()
    }

    @Test("patient elements are taken with the first urgent one, when there are many, and when the queue closes")
    func queue() {
        let queue = BlockingQueue<Int>(limit: 10, patience: 3600, company: 4)
        #expect(queue.put(1, isPatient: true) && queue.put(2, isPatient: true) && queue.put(3))
        #expect(queue.take(atMost: 10) == [1, 2, 3])
        for number in 1...4 { #expect(queue.put(number, isPatient: true)) }
        #expect(queue.take(atMost: 3) == [1, 2, 3])
        // What is left over does not wait again.
        #expect(queue.take(atMost: 3) == [4])
        #expect(queue.put(5, isPatient: true))
        queue.close()
        #expect(queue.take(atMost: 3) == [5])
        #expect(queue.take(atMost: 3) == [] && !queue.put(6))
        let hasty = BlockingQueue<Int>(limit: 10)
        #expect(hasty.put(1, isPatient: true) && hasty.take(atMost: 1) == [1])
    }
}
