import Clinic
import Foundation
import Planning
import Testing

@testable import Store

@Suite struct BackupTests {
    @Test func aBackupOpensAsTheClinicItWasTakenFrom() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.adoptConfiguration(ClinicConfiguration(facility: Sample.facility)))
        try clerk.give(.addPatient(PatientDetails(record: "A")))
        let copy = scratch.directory.appendingPathComponent("copy.sqlite").path
        try clerk.store.backUp(to: copy)
        try clerk.store.backUp(to: copy)
        let before = clerk.state
        try clerk.give(.addPatient(PatientDetails(record: "B")))
        let restored = try Store(path: copy)
        #expect(restored.opening.wasClean && !restored.opening.isNew)
        #expect(try restored.load(from: Clerk.first) == before)
        #expect(try restored.verify().findings == [])
        let left = try FileManager.default.contentsOfDirectory(atPath: scratch.directory.path)
        #expect(!left.contains { $0.contains("partial") })
    }

    @Test func aBackupThatFailsLeavesTheOneBeforeAndNothingElse() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        let nowhere = scratch.directory.appendingPathComponent("none/copy.sqlite").path
        #expect(throws: StoreError.self) { try store.backUp(to: nowhere) }
        let folder = scratch.directory.appendingPathComponent("folder")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        #expect(throws: StoreError.self) { try store.backUp(to: folder.path) }
        let left = try FileManager.default.contentsOfDirectory(atPath: scratch.directory.path)
        #expect(!left.contains { $0.contains("partial") })
    }
}
