import Clinic
import Planning
import Testing
import VarlinkDescription
import Wire

@testable import Service

/// Two desks that work at the same time, and the same said twice.
@Suite("Two desks")
struct TwoDesksTests {
    @Test("every change of something that there is takes what its caller had seen")
    func everyChange() throws {
        let description = try InterfaceDescription(parsing: ClinicInterface.description)
        func names(having field: String) -> Set<String> {
            Set(description.methods.filter { $0.input.contains { $0.name == field } }.map(\.name))
        }
        // What is new nobody has seen, and changes that belong together know the event that they were sought on.
        let others: Set = ["AddPatient", "ImportPatients", "Import", "ApplyRepair", "ApplyImprovement"]
        #expect(names(having: "seen") == names(having: "request").subtracting(others))
    }

    @Test("what happened since to the visit makes a change stale, with what it was; nothing is done")
    func visit() async throws {
        let world = try await World()
        let course = try await world.course(regimen: "three")
        let seen = world.state.lastEvent
        let day = course.visits[2].start.day + 4
        let agreed = try await world.ask(
            ClinicInterface.MoveVisit(visit: "v3", from: day, through: day, reason: "patientRequest", seen: seen))
        let last = world.state.lastEvent
        for dryRun in [true, false] {
            let late = ClinicInterface.CancelVisit(visit: "v3", reason: "staffing", dryRun: dryRun, seen: seen)
            guard case .stale(seen, let changed, let happened?) = try await world.failure(of: late) else {
                Issue.record("the second desk has not seen what the first agreed")
                return
            }
            #expect(changed.isEmpty && happened.event == agreed.event && happened.action == .visitMoved)
            #expect(happened.changes.contains { $0.subject == "v3" && $0.what == "start" })
        }
        #expect(world.state.lastEvent == last)
        // Another visit of the course is as it was seen, and who has seen the move may go on.
        try await world.ask(ClinicInterface.PinVisit(visit: "v2", pinned: true, seen: seen))
        try await world.ask(ClinicInterface.CancelVisit(visit: "v3", reason: "staffing", seen: last))
        try await world.close()
    }

    @Test("what is changed of a patient counts for that patient, and for either of two who are to become one")
    func patients() async throws {
        let world = try await World()
        for number in 1...2 { _ = try await world.patient(number) }
        let seen = world.state.lastEvent
        try await world.ask(ClinicInterface.ChangePatient(patient: "p2", phone: "2", seen: seen))
        let last = world.state.lastEvent
        for failure in [
            try await world.failure(of: ClinicInterface.ChangePatient(patient: "p2", phone: "3", seen: seen)),
            try await world.failure(of: ClinicInterface.MergePatients(patient: "p2", into: "p1", seen: seen)),
            try await world.failure(of: ClinicInterface.MergePatients(patient: "p1", into: "p2", seen: seen)),
            try await world.failure(of: ClinicInterface.ClosePatient(patient: "p2", why: "moved", seen: seen)),
            try await world.failure(of: ClinicInterface.ReopenPatient(patient: "p2", seen: seen)),
        ] {
            guard case .stale(seen, let changed, let happened?) = failure else {
                Issue.record("expected Stale, found \(String(describing: failure))")
                continue
            }
            #expect(changed.isEmpty && happened.event == last && happened.action == .patientDetailsChanged)
        }
        #expect(world.state.lastEvent == last)
        // Of the other one nothing was changed, and who has seen the change may go on.
        try await world.ask(ClinicInterface.ChangePatient(patient: "p1", phone: "1", seen: seen))
        try await world.ask(ClinicInterface.ClosePatient(patient: "p2", why: "moved", seen: last))
        try await world.close()
    }

    @Test("of a course whatever happens in it counts, and of a patient whatever is booked for them")
    func courseAndPatient() async throws {
        let world = try await World()
        let course = try await world.course(regimen: "three")
        let seen = world.state.lastEvent
        try await world.ask(ClinicInterface.PinVisit(visit: "v2", pinned: true))
        let hold = ClinicInterface.HoldCourse(course: course.id, reason: "payer", seen: seen)
        guard case .stale? = try await world.failure(of: hold) else {
            Issue.record("a visit of the course was pinned since")
            return
        }
        let request = try oneVisit("p1", regimen: "one")
        let book = ClinicInterface.BookCourse(course: request, seen: seen)
        guard case .stale? = try await world.failure(of: book) else {
            Issue.record("something happened to the patient's course since")
            return
        }
        let undo = ClinicInterface.Undo(course: course.id, seen: seen)
        guard case .stale? = try await world.failure(of: undo) else {
            Issue.record("the last event of the course is another")
            return
        }
        try await world.close()
    }

    @Test("what falls due is no change of what it is about")
    func due() async throws {
        let world = try await World()
        _ = try await world.course(regimen: "three")
        let seen = world.state.lastEvent
        try await world.ask(ServiceInterface.AdvanceClock(minutes: 60 * 18), by: World.peer(.admin))
        try await world.ask(ClinicInterface.PinVisit(visit: "v3", pinned: true, seen: seen))
        try await world.close()
    }

    @Test("an absence, an outage, a closure, an opening and a shift given again are known under their first ids")
    func sameAgain() async throws {
        let world = try await World()
        let day = try #require(Day("2026-03-10"))
        let saturday = day + 4
        let hours = ClockWindow(Interval(600, 720))
        func twice<Call: AvailabilityCall>(_ call: Call) async throws {
            let first = try await world.ask(call)
            let last = world.state.lastEvent
            let again = try await world.ask(call)
            #expect(first.recorded && first.known == nil && first.ids.count == 1, "\(Call.method)")
            #expect(!again.recorded && again.event == nil, "\(Call.method)")
            #expect(again.ids == first.ids && again.known == first.ids, "\(Call.method)")
            #expect(world.state.lastEvent == last, "\(Call.method)")
        }
        try await twice(ClinicInterface.AddTimeOff(person: "rn-1", from: day, reason: "staffing"))
        try await twice(ClinicInterface.AddOutage(chair: "chair-1", from: day, reason: "equipment"))
        try await twice(ClinicInterface.AddClosure(from: day + 1, through: day + 2, reason: "weather"))
        try await twice(ClinicInterface.AddOpening(day: saturday, hours: hours, reason: "other"))
        try await twice(ClinicInterface.AddShift(person: "rn-1", day: saturday, hours: hours))
        // A part of what is known says nothing new; more than it does.
        let part = try await world.ask(ClinicInterface.AddClosure(from: day + 2, hours: hours))
        #expect(part.known?.count == 1)
        let more = try await world.ask(ClinicInterface.AddClosure(from: day + 2, through: day + 3))
        #expect(more.known == nil && more.recorded)
        let listed = try await world.ask(ClinicInterface.ListAvailability(from: day))
        #expect(listed.closures.contains { $0.reason == "weather" && $0.from == day + 1 })
        try await world.close()
    }

    @Test("a second course by a regimen while the first is not over is refused, and taken with --again and a reason")
    func again() async throws {
        let world = try await World()
        let course = try await world.course(regimen: "three")
        var request = try oneVisit("p1", regimen: "three")
        request.earliest = request.earliest + 14
        let book = ClinicInterface.BookCourse(course: request)
        guard case .refused("again", let message, let hint?, _, _)? = try await world.failure(of: book) else {
            Issue.record("booked twice")
            return
        }
        #expect(message.contains(course.id) && hint.contains("infusionctl course show \(course.id)"))
        guard
            case .invalidValue("reason", _, _)? = try await world.failure(
                of: ClinicInterface.BookCourse(course: request, again: true))
        else {
            Issue.record("a second one without a reason")
            return
        }
        // What is only shown is refused and planned as if it were booked, and books nothing.
        let before = world.state
        var shown = book
        shown.dryRun = true
        let refused = try await world.failure(of: book)
        #expect(try await world.failure(of: shown) == refused)
        (shown.again, shown.reason) = (true, "clinical")
        let preview = try await world.ask(shown)
        #expect(preview.recorded == false && world.state.courses == before.courses)
        let second = try await world.ask(
            ClinicInterface.BookCourse(course: request, again: true, reason: "clinical"))
        #expect(second.recorded == true && second.id == preview.id)
        #expect(second.visits.map(\.start) == preview.visits.map(\.start))
        #expect(second.id != course.id)
        // Once both are over there is nothing to ask about.
        for id in [course.id, second.id] {
            try await world.ask(ClinicInterface.CeaseCourse(course: id, reason: "clinical"))
        }
        try await world.ask(ClinicInterface.BookCourse(course: request))
        try await world.close()
    }
}
