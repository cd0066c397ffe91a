import Clinic
import Foundation
import Glibc
import Testing

@testable import Store

/// A database has one daemon, whatever the file is called, and the daemon has one database.
@Suite struct LockTests {
    @Test func theFileIsHeldWhateverItsNames() throws {
        let scratch = try Scratch()
        let clerk = try scratch.open(patients: 1)
        let (soft, hard) = (scratch.file("soft.sqlite"), scratch.file("hard.sqlite"))
        let folder = scratch.file("folder")
        #expect(symlink(scratch.path, soft) == 0 && link(scratch.path, hard) == 0)
        #expect(symlink(scratch.directory.path, folder) == 0)
        unlink(scratch.path + ".lock")
        let roundabout = scratch.directory.path + "/./folder/clinic.sqlite"
        for path in [scratch.path, soft, roundabout] {
            #expect(failure { try Store(path: path) } == .inUse(path: scratch.path), "\(path)")
        }
        #expect(failure { try Store(path: hard) } == .inUse(path: hard))
        try clerk.store.close()
        unlink(hard)
        // A symbolic link leads to the database, and its log lies beside that.
        let again = try Store(path: soft)
        #expect(again.lock.path == scratch.path)
        #expect(scratch.names.contains("clinic.sqlite-wal") && !scratch.names.contains("soft.sqlite-wal"))
    }

    @Test func aFileWithSeveralNamesIsRefusedUnderEach() throws {
        let scratch = try Scratch()
        try scratch.clinic(patients: 1)
        let hard = scratch.file("hard.sqlite")
        #expect(link(scratch.path, hard) == 0)
        for path in [scratch.path, hard] {
            guard case .unusable(path, let why, _)? = failure(of: { try Store(path: path) }) else {
                Issue.record("\(path) was opened")
                continue
            }
            #expect(why == "has 2 names (hard links), of which only one can have its log")
        }
        unlink(hard)
        #expect(try patientCount(at: scratch.path) == 1)
    }

    @Test(.timeLimit(.minutes(2))) func whatIsNoFileIsNoDatabase() throws {
        let scratch = try Scratch()
        let (pipe, lost) = (scratch.file("pipe"), scratch.file("lost"))
        #expect(mkfifo(pipe, 0o600) == 0 && symlink("nowhere", lost) == 0)
        #expect(failure { try Store(path: pipe) } == .unusable(path: pipe, why: "is a pipe"))
        #expect(failure { try Store(path: "/dev/null") } == .unusable(path: "/dev/null", why: "is a device"))
        #expect(
            failure { try Store(path: lost) } == .unusable(path: lost, why: "is a symbolic link that leads nowhere"))
        #expect(scratch.names == ["pipe", "lost"])
    }

    @Test func whoHoldsItIsTold() throws {
        let held = """
            1: POSIX  ADVISORY  READ 812 fe:00:77 1073741826 1073742335
            2: FLOCK  ADVISORY  WRITE 813 fe:1f:77 0 EOF
            """
        func holder(_ major: UInt, _ minor: UInt, _ inode: UInt) -> Int? {
            let identity = FileStatus.Identity(device: major << 8 | minor, inode: inode)
            return FileLock.holder(of: identity, in: held)
        }
        #expect([holder(0xFE, 0x1F, 77), holder(0xFE, 0, 77), holder(0xFE, 0x1F, 78)] == [813, nil, nil])
        #expect("\(StoreError.inUse(path: "/x", holder: 813))" == "/x is open in another process (pid 813)")

        // However many locks there are on the machine.
        let scratch = try Scratch()
        let many = try (0..<200).map { try FileLock(ofDatabase: scratch.file("\($0)")) }
        let locks = try #require(systemText("/proc/locks"))
        #expect(many.allSatisfy { FileLock.holder(of: $0.identity, in: locks) == Int(getpid()) })
    }

    enum Loss: CaseIterable {
        case deleted, moved, replaced, linked, folderMoved, logDeleted, logReplaced
    }

    private func lose(_ loss: Loss, _ scratch: Scratch) throws {
        let files = FileManager.default
        switch loss {
        case .deleted: try files.removeItem(atPath: scratch.path)
        case .moved: try files.moveItem(atPath: scratch.path, toPath: scratch.file("away"))
        case .replaced:
            try files.copyItem(atPath: scratch.path, toPath: scratch.file("new"))
            #expect(rename(scratch.file("new"), scratch.path) == 0)
        case .linked:
            try files.moveItem(atPath: scratch.path, toPath: scratch.file("away"))
            #expect(symlink(scratch.file("away"), scratch.path) == 0)
        case .folderMoved:
            try files.moveItem(at: scratch.directory, to: scratch.directory.appendingPathExtension("away"))
        case .logDeleted: try files.removeItem(atPath: scratch.path + "-wal")
        case .logReplaced:
            try files.removeItem(atPath: scratch.path + "-wal")
            try Data().write(to: URL(fileURLWithPath: scratch.path + "-wal"))
        }
    }

    @Test(arguments: Loss.allCases) func nothingIsAcknowledgedIntoAFileThatIsNotThereAnyMore(loss: Loss) throws {
        let scratch = try Scratch()
        defer { try? FileManager.default.removeItem(at: scratch.directory.appendingPathExtension("away")) }
        var clerk = try scratch.open(patients: 1)
        try clerk.store.checkPlace()
        try lose(loss, scratch)
        guard case .displaced? = failure(of: { try clerk.give(.patient(.add(PatientDetails(record: "B")))) }) else {
            Issue.record("a patient was added")
            return
        }
        guard case .displaced(let what)? = failure(of: { try clerk.store.checkPlace() }) else {
            Issue.record("nothing was noticed")
            return
        }
        let words: [Loss: String] = [
            .deleted: "was deleted", .moved: "was moved", .replaced: "was replaced by another file",
            .linked: "was replaced by another file", .folderMoved: "was moved",
            .logDeleted: "was deleted or replaced", .logReplaced: "was deleted or replaced",
        ]
        #expect(what.hasSuffix(try #require(words[loss])))
        #expect(StoreError.displaced(what).endsTransaction)
        #expect(throws: StoreError.self) { try clerk.store.close() }
    }

    @Test func whatTheLogHadIsInTheFileWhereOnlyTheLogWasDeleted() throws {
        let scratch = try Scratch()
        let clerk = try scratch.open(patients: 3)
        try lose(.logDeleted, scratch)
        #expect(throws: StoreError.self) { try clerk.store.checkPlace() }
        let after = try Scratch()
        try after.powerCut(scratch.directory)
        #expect(try patientCount(at: after.path) == 3)
    }

    @Test func aDatabaseThatWasMovedAwayIsWholeAndNoOtherIsBegunInItsPlace() throws {
        let scratch = try Scratch()
        let clerk = try scratch.open(patients: 3)
        try lose(.moved, scratch)
        #expect(throws: StoreError.self) { try clerk.store.checkPlace() }
        let after = try Scratch()
        try after.powerCut(scratch.directory)
        guard case .unusable(after.path, let why, _)? = failure(of: { try Store(path: after.path) }) else {
            Issue.record("a new database was begun")
            return
        }
        #expect(why == "is not there, but the log of a database is: \(after.path)-wal")
        unlink(after.path)
        #expect(rename(after.file("away"), after.path) == 0)
        #expect(try patientCount(at: after.path) == 3)
    }

    @Test func theLogOfADatabaseThatWasReplacedIsNotTakenForTheOthers() throws {
        let scratch = try Scratch()
        let early = try Scratch()
        let clerk = try scratch.open(patients: 1)
        try clerk.store.backUp(to: early.path)
        var later = clerk
        for number in 5..<9 { try later.give(.patient(.add(PatientDetails(record: "L\(number)")))) }
        #expect(rename(early.path, scratch.path) == 0)
        #expect(throws: StoreError.self) { try later.store.checkPlace() }
        let after = try Scratch()
        try after.powerCut(scratch.directory)
        #expect(after.names.contains("clinic.sqlite-wal.of-replaced-1"))
        #expect(try patientCount(at: after.path) == 1)
    }
}
