import Clinic
import Planning
import Testing
import Wire

@testable import Service

/// The visits of a patient, whatever their courses.
@Suite("A patient's visits")
struct PatientVisitsTests {
    /// Two courses of one patient, the second one over, and another patient's.
    private func world() async throws -> World {
        let world = try await World()
        for number in 1...2 { _ = try await world.patient(number) }
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit("p1", regimen: "three")))
        let later = try oneVisit("p1", earliest: "2026-03-16", startWithinDays: 0)
        try await world.ask(ClinicInterface.BookCourse(course: later))
        try await world.ask(ClinicInterface.CeaseCourse(course: "c2", reason: "patientRequest"))
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit("p2", earliest: "2026-03-23")))
        return world
    }

    private func ids(_ call: ClinicInterface.ListVisits, in world: World) async throws -> [String] {
        try await world.ask(call).visits.map(\.id)
    }

    @Test("are listed by start, those of courses that are over too, by id or record number, with who the patient is")
    func all() async throws {
        let world = try await world()
        let reply = try await world.ask(ClinicInterface.ListVisits(patient: "p1"))
        #expect(reply.patient == "p1" && reply.visits.map(\.id) == ["v1", "v2", "v3", "v4"])
        #expect(reply.visits.map(\.course) == ["c1", "c1", "c1", "c2"])
        #expect(reply.visits[3].status == .cancelled)
        #expect(reply.visits[0] == (try await world.ask(ClinicInterface.ShowVisit(visit: "v1")).found))
        #expect(Set(reply.people.keys) == Set(reply.visits.flatMap(\.attendants.values)))
        #expect(reply.meant?.map(\.recordNumber) == ["MRN-1"])
        #expect(try await world.ask(ClinicInterface.ListVisits(recordNumber: "MRN-1")) == reply)
        #expect(try await ids(ClinicInterface.ListVisits(patient: "p2"), in: world) == ["v5"])
        try await world.close()
    }

    @Test("both days count, and without the first one what was before today does not")
    func days() async throws {
        let world = try await world()
        let days = try await world.ask(ClinicInterface.ListVisits(patient: "p1")).visits.map(\.start.day)
        func listed(_ from: Day?, _ through: Day?) async throws -> [String] {
            try await ids(ClinicInterface.ListVisits(patient: "p1", from: from, through: through), in: world)
        }
        #expect(try await listed(days[1], days[2]) == ["v2", "v3"])
        #expect(try await listed(days[1] + 1, days[2] - 1) == [])
        #expect(try await listed(nil, days[0]) == ["v1"])
        // Once three visits are over, only who asks for their days sees them.
        let now = try await world.ask(ServiceInterface.GetClock()).now.day
        try await world.ask(ServiceInterface.AdvanceClock(minutes: (days[2] + 1 - now) * 1440), by: World.peer(.admin))
        #expect(try await listed(nil, nil) == ["v4"])
        #expect(try await listed(days[0], nil) == ["v1", "v2", "v3", "v4"])
        try await world.close()
    }

    @Test("are of one patient who is there")
    func who() async throws {
        let world = try await world()
        guard case .noSuchPatient("p9")? = try await world.failure(of: ClinicInterface.ListVisits(patient: "p9")),
            case .noSuchPatient? = try await world.failure(of: ClinicInterface.ListVisits(recordNumber: "MRN-9"))
        else {
            Issue.record("nobody has visits")
            return
        }
        for call in [ClinicInterface.ListVisits(), ClinicInterface.ListVisits(patient: "p1", recordNumber: "MRN-1")] {
            guard case .invalidValue("patient", _, _)? = try await world.failure(of: call) else {
                Issue.record("neither or both of them mean a patient")
                return
            }
        }
        // Of somebody who was entered twice, both entries mean the one that stays.
        try await world.ask(ClinicInterface.MergePatients(patient: "p2", into: "p1"))
        #expect(try await world.ask(ClinicInterface.ListVisits(patient: "p2")).patient == "p1")
        #expect(try await world.ask(ClinicInterface.ListVisits(recordNumber: "MRN-2")).visits.count == 5)
        try await world.close()
    }
}
