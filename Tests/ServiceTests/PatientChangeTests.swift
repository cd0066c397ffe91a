import Clinic
import Planning
import Store
import StrictJSON
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Who is meant, and what is changed of patients")
struct PatientChangeTests {
    private let john = ClinicInterface.AddPatient(
        recordNumber: "MRN-61", name: "Smith, John", phone: "555", birthDate: Day("1961-04-02"))
    private let other = ClinicInterface.AddPatient(
        recordNumber: "MRN-87", name: "Smyth, John", birthDate: Day("1987-09-30"))

    @Test("an answer says who is meant to whoever may see names, and marks who could be taken for another")
    func meant() async throws {
        let world = try await World()
        for patient in [john, other] {
            let id = try await world.ask(patient).patient
            try await world.ask(ClinicInterface.BookCourse(course: oneVisit(id)))
        }
        let shown = try await world.ask(ClinicInterface.ShowVisit(visit: "v1"))
        #expect(
            shown.meant == [
                MeantMessage(patient: "p1", recordNumber: "MRN-61", name: "Smith, John", born: 1961, alike: true)
            ])
        let plain = try await world.ask(ClinicInterface.ShowVisit(visit: "v1"), by: World.peer(.viewer))
        #expect(plain.meant == nil && plain.found == shown.found)
        let confirmed = try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1", request: "r"))
        #expect(confirmed.meant?.map(\.name) == ["Smith, John"])
        #expect(try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1", request: "r")) == confirmed)
        #expect(await world.service.ping())
        let reads = try world.service.store.accesses(to: "p1").map(\.method)
        #expect(reads.count { $0 == "ShowVisit" } == 2, "each reading is noted once")
        try await world.close()
    }

    @Test("details are changed, what was known is kept for who may see it, and undoing brings it back")
    func changed() async throws {
        let world = try await World()
        try await world.ask(john)
        try await world.ask(other)
        let reply = try await world.ask(
            ClinicInterface.ChangePatient(patient: "p1", recordNumber: "MRN-900", phone: "777", clear: ["birthDate"]))
        let event = try #require(reply.event)
        let shown = try await world.ask(ClinicInterface.ShowPatient(recordNumber: "mrn-900 ", history: true))
        #expect(shown.found.name == "Smith, John" && shown.found.phone == "777" && shown.found.birthDate == nil)
        #expect(shown.former?.map(\.recordNumber) == ["MRN-61"] && shown.former?.first?.phone == "555")
        #expect(
            try await world.failure(of: ClinicInterface.ChangePatient(patient: "p2", recordNumber: "mrn-900"))
                == .recordNumberTaken(patient: "p1"))
        for record in ["p7", " ", "id:c3"] {
            guard
                case .invalidValue("recordNumber", _, _)? = try await world.failure(
                    of: ClinicInterface.ChangePatient(patient: "p2", recordNumber: record))
            else {
                Issue.record("\(record) is taken")
                continue
            }
        }
        try await world.ask(ClinicInterface.Undo(event: event))
        let back = try await world.ask(ClinicInterface.ShowPatient(patient: "p1")).found
        #expect(back.recordNumber == "MRN-61" && back.phone == "555" && back.birthDate == Day("1961-04-02"))
        #expect(try world.service.store.verify().findings == [])
        try await world.close()
    }

    @Test("who was entered twice is one entry, by either record number, and after a restart")
    func merged() async throws {
        let world = try await World()
        try await world.ask(john)
        let double = try await world.ask(ClinicInterface.AddPatient(recordNumber: "TEMP-9", name: "Smith, John"))
        let booked = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(double.patient)))
        let merged = try await world.ask(ClinicInterface.MergePatients(patient: "p2", into: "p1"))
        #expect(merged.recorded)
        let restarted = try await world.killed()
        #expect(try await restarted.ask(ClinicInterface.ListPatients()).patients.map(\.id) == ["p1"])
        #expect(try await restarted.ask(ClinicInterface.ShowPatient(recordNumber: "TEMP-9")).found.id == "p1")
        #expect(try await restarted.ask(ClinicInterface.ShowCourse(course: booked.id)).found.patient == "p1")
        #expect(try restarted.service.store.verify().findings == [])
        let audit = try await restarted.ask(ClinicInterface.Audit(patient: "p1"))
        let booking = try #require(
            audit.entries.first { $0.action == .courseBooked }, "it was recorded of the other entry")
        #expect(booking.patient == "p2" && audit.entries.contains { $0.action == .patientsMerged })
        try await restarted.ask(ClinicInterface.Undo(event: merged.event))
        let own = try await restarted.ask(ClinicInterface.Audit(patient: "p1"))
        #expect(!own.entries.contains { $0.action == .courseBooked })
        #expect(try await restarted.ask(ClinicInterface.ShowCourse(course: booked.id)).found.patient == "p2")
        #expect(try restarted.service.store.verify().findings == [])
        try await restarted.finish()
        try await world.close()
    }

    @Test("no text of people with a control character is taken, by any field; the place is told")
    func plainText() async throws {
        let world = try await World()
        try await world.ask(john)
        for text in ["a\u{1B}[2J", "a\nb", "\u{202E}a", "a\u{9B}"] {
            for call in [
                ClinicInterface.ChangePatient(patient: "p1", name: text),
                ClinicInterface.ChangePatient(patient: "p1", remarks: text),
                ClinicInterface.ChangePatient(patient: "p1", phone: "1", note: text),
            ] {
                guard case .invalidValue(_, let message, _)? = try await world.failure(of: call) else {
                    Issue.record("it is taken")
                    continue
                }
                #expect(message.contains("at character"))
            }
        }
        try await world.close()
    }
}
