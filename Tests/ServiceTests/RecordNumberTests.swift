import Clinic
import Foundation
import GRDB
import Planning
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Record numbers and ids")
struct RecordNumberTests {
    static let likeIDs = [
        "p2", "P77", "c3", "v45", " p2", "p2 ", "P 2", "e9", "w1", "t5", "s4", "o2", "k1", "x1", "f4", "r3", "pr1",
        "rp1",
        "p0", "p02", "p99999999999999999999", "id:p2", "p\u{200B}2", "p\u{0662}",
    ]
    static let others = ["PX-12", "MRN-8", "p", "12", "pp1", "p1x", "L1011", "2p", "p-1", "id:", "é2", "p2.1"]

    @Test("a number of the form of an id is refused by every way of entry, saying which and why", arguments: likeIDs)
    func refused(number: String) async throws {
        let world = try await World()
        guard
            case .invalidValue("recordNumber", let message, _)? = try await world.failure(
                of: ClinicInterface.AddPatient(recordNumber: number))
        else {
            Issue.record("\(number) is taken")
            return
        }
        #expect(message.contains(number) && message.contains("form of an id"))
        let list = ["MRN-1", number].map { NewPatientMessage(recordNumber: $0) }
        guard
            case .invalidValue("patients[1].recordNumber", let reason, _)? = try await world.failure(
                of: ClinicInterface.ImportPatients(patients: list))
        else {
            Issue.record("a list with \(number) is taken")
            return
        }
        #expect(reason == message)
        #expect(try await world.ask(ClinicInterface.ListPatients()).patients == [])
        try await world.close()
    }

    @Test("any other number is taken and found", arguments: others)
    func taken(number: String) async throws {
        let world = try await World()
        try await world.ask(ClinicInterface.AddPatient(recordNumber: number))
        #expect(try await world.ask(ClinicInterface.ShowPatient(recordNumber: number)).found.id == "p1")
        #expect(try await world.ask(ClinicInterface.ResolvePatient(named: number)).patient == "p1")
        try await world.close()
    }

    @Test("what an old database holds is found, and never means another patient")
    func oldDatabase() async throws {
        let before = try await World()
        for number in 1...4 { _ = try await before.patient(number) }
        try await before.finish()
        let database = try DatabaseQueue(path: before.folder.appending(path: "clinic.sqlite").path)
        try await database.write { database in
            for (patient, record) in [("p1", "p2"), ("p3", " P9"), ("p4", "p3")] {
                try database.execute(
                    sql: "UPDATE patient_detail SET record = ? WHERE patient = ?", arguments: [record, patient])
            }
        }
        try database.close()
        let world = try await World(folder: before.folder)
        for text in ["p2", "P2", " p2 "] {
            #expect(
                try await world.failure(of: ClinicInterface.ResolvePatient(named: text))
                    == .invalidValue(
                        field: "named", message: "\"\(text)\" could mean p2 by its id, or p1 by its record number",
                        hint: "say id:p2 or id:p1"))
        }
        for (text, patient) in [("p1", "p1"), ("p9", "p3"), ("P9 ", "p3"), ("MRN-2", "p2"), ("p4", "p4")] {
            #expect(try await world.ask(ClinicInterface.ResolvePatient(named: text)).patient == patient)
        }
        #expect(
            try await world.failure(of: ClinicInterface.ResolvePatient(named: "P7")) == .noSuchPatient(patient: "p7"))
        #expect(
            try await world.failure(of: ClinicInterface.ResolvePatient(named: "MRN-7")) == .noSuchPatient(patient: ""))
        // Over the socket an id is an id, and a record number a record number.
        #expect(try await world.ask(ClinicInterface.ShowPatient(patient: "p2")).found.recordNumber == "MRN-2")
        #expect(try await world.ask(ClinicInterface.ShowPatient(recordNumber: "p2")).found.id == "p1")
        // A list that names whom the clinic knows brings nobody in.
        let list = ["p2", "MRN-5"].map { NewPatientMessage(recordNumber: $0) }
        let reply = try await world.ask(ClinicInterface.ImportPatients(patients: list))
        #expect(reply.ids == ["p1", "p5"])
        try await world.close()
    }
}
