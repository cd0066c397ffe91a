import Clinic
import Foundation
import GRDB
import Glibc
import Testing

@testable import Store

/// A backup takes the database's place: whole, and alone.
@Suite struct RestorationTests {
    /// A folder with a database of 5 patients as a power cut left it, its log beside it, and a backup of 2 elsewhere.
    private struct Ward {
        let scratch: Scratch
        let other: Scratch
        var path: String { scratch.path }
        var backup: String { other.file("backup.sqlite") }

        init() throws {
            (scratch, other) = (try Scratch(), try Scratch())
            let live = try Scratch()
            var clerk = try live.open(patients: 2)
            _ = try clerk.store.write { try $0.setNumbersAside(7, of: "pr") }
            try clerk.store.backUp(to: backup)
            _ = try clerk.store.write { try $0.setNumbersAside(20, of: "pr") }
            _ = try clerk.store.write { try $0.setNumbersAside(5, of: "rp") }
            for number in 2..<5 { try clerk.give(.patient(.add(PatientDetails(record: "M\(number)")))) }
            try scratch.powerCut(live.directory)
            // What lies beside the folder's database is the log of five patients; the file itself may have fewer.
            try clerk.store.close()
        }

        func restore(_ file: String? = nil, observing observe: @escaping () throws -> Void = {}) throws -> Restored {
            try Store.restore(try RestoreSource(path: file ?? backup), to: path, observing: observe)
        }

        /// The next numbers of proposals.
        func nextNumbers() throws -> [Int] {
            let store = try Store(path: path)
            let next = try ["pr", "rp"].map { kind in try store.write { try $0.setNumbersAside(1, of: kind) } }
            try store.close()
            return next
        }

        /// How many patients the database has that a power cut would leave now.
        func countAfterPowerCut() throws -> Int {
            let after = try Scratch()
            try after.powerCut(scratch.directory)
            return try patientCount(at: after.path)
        }
    }

    private struct Cut: Error {}

    @Test func aBackupTakesThePlaceOfADatabaseWithItsLogAndWhatWasThereCanBePutBack() throws {
        let ward = try Ward()
        try #require(try ward.countAfterPowerCut() == 5)
        let restored = try ward.restore()
        #expect(restored.path == ward.path && restored.lastEvent == 3 && !restored.tookLog)
        let aside = ward.path + ".before-restore-1"
        #expect(restored.setAside == [aside + "-wal", aside + "-shm", aside])
        #expect(try ward.countAfterPowerCut() == 2)
        let again = try ward.restore(aside)
        #expect(again.tookLog && again.lastEvent == 6)
        #expect(again.setAside == [ward.path + ".before-restore-2"])
        #expect(try patientCount(at: ward.path) == 5)
        #expect(!ward.scratch.names.contains { $0.hasPrefix(".") })
        #expect(try Data(contentsOf: URL(fileURLWithPath: ward.backup)).count == restored.bytes)
    }

    @Test func wheneverItIsCutShortTheOldOrTheNewDatabaseIsThereWhole() throws {
        let ward = try Ward()
        var counts: [Int] = []
        _ = try ward.restore(observing: { counts.append(try ward.countAfterPowerCut()) })
        #expect(counts.count > 7)
        #expect(counts == counts.sorted(by: >) && Set(counts) == [5, 2])
    }

    @Test func whereAnyStepFailsEverythingIsAsBefore() throws {
        let ward = try Ward()
        func content() throws -> [String: Data] {
            try Dictionary(
                uniqueKeysWithValues: ward.scratch.names.map {
                    ($0, try Data(contentsOf: URL(fileURLWithPath: ward.scratch.file($0))))
                })
        }
        let before = try content()
        #expect(before.count == 3)
        var last = 0
        for failing in 1...100 {
            var step = 0
            let observe = {
                step += 1
                if step == failing { throw Cut() }
            }
            if (try? ward.restore(observing: observe)) != nil { break }
            last = failing
            #expect(try content() == before, "step \(failing)")
        }
        #expect(last > 7)
        #expect(try ward.countAfterPowerCut() == 2)
    }

    @Test func aPlaceThatIsEmptyIsFilledAndStaysEmptyWhereThatFails() throws {
        let ward = try Ward()
        for name in ward.scratch.names { unlink(ward.scratch.file(name)) }
        #expect(throws: StoreError.self) { try ward.restore(observing: { throw Cut() }) }
        #expect(ward.scratch.names == [])
        #expect(try ward.restore().setAside == [])
        #expect(ward.scratch.names == ["clinic.sqlite"])
        #expect(try patientCount(at: ward.path) == 2)
    }

    @Test func aDatabaseThatNobodyCanReadIsSetAsideAsItIs() throws {
        let ward = try Ward()
        let url = URL(fileURLWithPath: ward.path)
        var bytes = try Data(contentsOf: url)
        bytes.replaceSubrange(0..<4_096, with: Data(repeating: 0xEE, count: 4_096))
        try bytes.write(to: url)
        let log = try Data(contentsOf: URL(fileURLWithPath: ward.path + "-wal"))
        let restored = try ward.restore()
        #expect(try patientCount(at: ward.path) == 2)
        let aside = try #require(restored.setAside.last)
        #expect(try Data(contentsOf: URL(fileURLWithPath: aside)) == bytes)
        #expect(try Data(contentsOf: URL(fileURLWithPath: aside + "-wal")) == log)
    }

    @Test(arguments: [false, true]) func noNumberOfAProposalIsGivenAgain(isClosed: Bool) throws {
        let ward = try Ward()
        // A database that was closed in good order has nothing beside it.
        if isClosed { try Store(path: ward.path).close() }
        try #require(ward.scratch.names == ["clinic.sqlite"] || !isClosed)
        let restored = try ward.restore()
        #expect(restored.numbersPassedOver == nil && !ward.scratch.names.contains { $0.hasPrefix(".") })
        #expect(try ward.nextNumbers() == [28, 6])
        // What was set aside is put back: what was given meanwhile is not given again.
        #expect(try ward.restore(ward.path + ".before-restore-1").numbersPassedOver == nil)
        #expect(try ward.nextNumbers() == [29, 7])
    }

    @Test func whereNobodyKnowsWhatWasGivenManyNumbersArePassedOver() throws {
        let (empty, unreadable, torn) = (try Ward(), try Ward(), try Ward())
        for name in empty.scratch.names { unlink(empty.scratch.file(name)) }
        try Store(path: unreadable.path).close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: unreadable.path))
        bytes.replaceSubrange(100..<4_096, with: Data(repeating: 0xEE, count: 3_996))
        try bytes.write(to: URL(fileURLWithPath: unreadable.path))
        try change(torn.path, "DROP TABLE number_given")
        for ward in [empty, unreadable, torn] {
            #expect(try ward.restore().numbersPassedOver == 10_000)
            #expect(try ward.nextNumbers() == [10_008, 10_001])
            #expect(try ward.countAfterPowerCut() == 2)
        }
    }

    @Test func permissionsAreKept() throws {
        let ward = try Ward()
        #expect(chmod(ward.path, 0o640) == 0)
        if geteuid() == 0 { #expect(chown(ward.path, 7, 8) == 0) }
        let before = try #require(FileStatus(path: ward.path))
        _ = try ward.restore()
        let after = try #require(FileStatus(path: ward.path))
        #expect(after.permissions == 0o640 && after.linkCount == 1)
        #expect(after.owner == before.owner && after.group == before.group)
    }

    @Test func aDatabaseInServiceStaysAndIsNotRestoredFrom() throws {
        let ward = try Ward()
        let store = try Store(path: ward.path)
        #expect(failure { try ward.restore() } == .inUse(path: ward.path))
        #expect(failure { try RestoreSource(path: ward.path) } == .inUse(path: ward.path))
        try store.close()
        let itself = StoreError.unusable(path: ward.path, why: "is the database itself")
        #expect(failure { try ward.restore(ward.path) } == itself)
        #expect(try patientCount(at: ward.path) == 5)
    }

    @Test func whatIsNoSoundBackupIsRefusedAndEverythingStays() throws {
        let ward = try Ward()
        let backup = try Data(contentsOf: URL(fileURLWithPath: ward.backup))
        func check(_ what: String, _ bytes: Data) throws {
            let bad = ward.other.file("bad")
            try bytes.write(to: URL(fileURLWithPath: bad))
            #expect(throws: StoreError.self, "\(what)") { try ward.restore(bad) }
            #expect(try ward.countAfterPowerCut() == 5, "\(what)")
        }
        try check("nothing", Data())
        try check("text", Data("text".utf8))
        try check("half of it", backup.prefix(backup.count / 2))
        var damaged = backup
        damaged.replaceSubrange(4_096 * 20..<4_096 * 21, with: Data(repeating: 0xEE, count: 4_096))
        try check("a page of it is gone", damaged)
        let forged = "DROP TRIGGER event_update; UPDATE event SET pid = 1 WHERE number = 2"
        for sql in [forged, "PRAGMA application_id = 1", "PRAGMA user_version = 1000"] {
            try change(ward.backup, sql)
            try check(sql, try Data(contentsOf: URL(fileURLWithPath: ward.backup)))
            try backup.write(to: URL(fileURLWithPath: ward.backup))
        }
        try change(ward.backup, "DELETE FROM patient_detail")
        try check("patients are missing", try Data(contentsOf: URL(fileURLWithPath: ward.backup)))
        try check("none of it", Data(count: 200_000))
    }

    @Test func aLogThatCannotBeABackupsIsLeftOut() throws {
        let ward = try Ward()
        let log = try Data(contentsOf: URL(fileURLWithPath: ward.path + "-wal"))
        try log.write(to: URL(fileURLWithPath: ward.backup + "-wal"))
        let restored = try ward.restore()
        #expect(restored.strangeLog == ward.backup + "-wal")
        #expect(try patientCount(at: ward.path) == 2)
        #expect(try Data(contentsOf: URL(fileURLWithPath: ward.backup + "-wal")) == log)
    }

    @Test func aLogOfAnotherDatabaseIsRefused() throws {
        let (ward, other) = (try Ward(), try Scratch())
        var clerk = Clerk(try Store(path: other.path))
        clerk.now = Instant(seconds: clerk.now.seconds + 60)
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        try clerk.store.close()
        let log = try Data(contentsOf: URL(fileURLWithPath: ward.path + "-wal"))
        try log.write(to: URL(fileURLWithPath: other.path + "-wal"))
        #expect(throws: StoreError.self) { try ward.restore(other.path) }
        #expect(try ward.countAfterPowerCut() == 5)
        try Data("x".utf8).write(to: URL(fileURLWithPath: ward.backup + "-journal"))
        #expect(throws: StoreError.self) { try ward.restore() }
    }

    @Test func namesAreExchangedWhereTheFileSystemCannotDoItAtOnce() throws {
        let scratch = try Scratch()
        let folder = try Folder(scratch.directory.path)
        for name in ["a", "b"] { try Data(name.utf8).write(to: URL(fileURLWithPath: scratch.file(name))) }
        try folder.exchangeByNames("a", "b")
        #expect(try String(contentsOfFile: scratch.file("a"), encoding: .utf8) == "b")
        #expect(try String(contentsOfFile: scratch.file("b"), encoding: .utf8) == "a")
        #expect(throws: StoreError.self) { try folder.exchangeByNames("none", "a") }
        #expect(throws: StoreError.self) { try folder.exchange("none", "a") }
        #expect(scratch.names == ["a", "b"])
        #expect(try String(contentsOfFile: scratch.file("a"), encoding: .utf8) == "b")
    }

    private func change(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }
}
