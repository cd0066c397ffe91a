import Clinic
import Foundation
import Glibc
import Planning
import Testing

@testable import Store

@Suite struct BackupTests {
    @Test func aBackupOpensAsTheClinicItWasTakenFrom() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        try clerk.give(.patient(.add(PatientDetails(record: "A"))))
        let copy = scratch.directory.appendingPathComponent("copy.sqlite").path
        try clerk.store.backUp(to: copy)
        try clerk.store.backUp(to: copy)
        let before = clerk.state
        try clerk.give(.patient(.add(PatientDetails(record: "B"))))
        let restored = try Store(path: copy)
        #expect(restored.opening.wasClean && !restored.opening.isNew)
        #expect(try restored.load(from: Clerk.first) == before)
        #expect(try restored.verify().findings == [])
        #expect(!scratch.names.contains { $0.contains("partial") || $0.contains("infusiond-") })
    }

    @Test func aBackupThatFailsLeavesTheOneBeforeAndNothingElse() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        let nowhere = scratch.directory.appendingPathComponent("none/copy.sqlite").path
        #expect(throws: StoreError.self) { try store.backUp(to: nowhere) }
        let folder = scratch.directory.appendingPathComponent("folder")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        #expect(throws: StoreError.self) { try store.backUp(to: folder.path) }
        #expect(scratch.names == ["clinic.sqlite", "clinic.sqlite-wal", "clinic.sqlite-shm", "folder"])
    }

    @Test func noNameThatAnybodyCouldKnowBeforeIsWritten() throws {
        let scratch = try Scratch()
        let clerk = try scratch.open(patients: 1)
        let copy = scratch.file("copy.sqlite")
        for planted in [copy + ".partial", copy + ".tmp", copy + "~"] {
            #expect(symlink(scratch.file("stranger"), planted) == 0)
        }
        try clerk.store.backUp(to: copy)
        #expect(try patientCount(at: copy) == 1)
        #expect(!scratch.names.contains("stranger"))
        #expect(FileStatus(path: copy + ".partial")?.kind == "a symbolic link")
        #expect(FileStatus(path: copy)?.permissions == 0o600)
    }

    @Test(.timeLimit(.minutes(2))) func whatIsNoFileIsNeitherOpenedNorReplaced() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        let (pipe, device) = (scratch.file("pipe"), scratch.file("device"))
        let (link, lost) = (scratch.file("link"), scratch.file("lost"))
        try #require(mkfifo(pipe, 0o600) == 0 && symlink(scratch.path, link) == 0 && symlink("nowhere", lost) == 0)
        #expect(mkdir(scratch.file("folder"), 0o700) == 0)
        let makesDevices = mknod(device, S_IFCHR | 0o600, 0x103) == 0
        let unfit = [
            (pipe, "is a pipe, not a file"), (link, "is a symbolic link, not a file"),
            (lost, "is a symbolic link, not a file"), (scratch.file("folder"), "is a directory, not a file"),
            (scratch.path, "is the database in service"),
        ]
        for (path, why) in unfit + (makesDevices ? [(device, "is a device, not a file")] : []) {
            #expect(
                failure { try store.backUp(to: path) }
                    == .unusable(path: path, why: why, hint: "choose another name"))
        }
        // Only its words differ for somebody who may not write there at all.
        #expect(throws: StoreError.self) { try store.backUp(to: "/dev/null") }
        #expect(FileStatus(path: "/dev/null")?.kind == "a device")
        for path in ["relative", "", "/", scratch.directory.path + "/", scratch.file("."), scratch.file("..")] {
            #expect(throws: StoreError.self, "\(path)") { try store.backUp(to: path) }
        }
        #expect(FileStatus(path: pipe)?.kind == "a pipe" && FileStatus(path: lost)?.kind == "a symbolic link")
    }

    @Test func onlyAnEarlierCopyIsReplaced() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        // Another clinic's database in service, one that is closed, and what lies beside them.
        let (busy, closed) = (scratch.file("busy.sqlite"), scratch.file("closed.sqlite"))
        let other = try scratch.open(patients: 2, at: busy)
        try scratch.clinic(patients: 3, at: closed)
        #expect(failure { try store.backUp(to: busy) } == .inUse(path: busy))
        let served = StoreError.unusable(
            path: closed, why: "is a database that was in service, not an earlier copy", hint: "choose another name")
        #expect(failure { try store.backUp(to: closed) } == served)
        #expect(link(scratch.path, scratch.file("second")) == 0)
        #expect(throws: StoreError.self) { try store.backUp(to: scratch.file("second")) }
        for name in ["busy.sqlite-wal", "closed.sqlite-wal", "closed.sqlite-journal", "clinic.sqlite-shm", "any-wal"] {
            #expect(throws: StoreError.self, "\(name)") { try store.backUp(to: scratch.file(name)) }
        }
        #expect(!scratch.names.contains("closed.sqlite-journal") && !scratch.names.contains("any-wal"))
        for text in ["", "something else"] {
            let file = scratch.file("text")
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            #expect(failure { try store.backUp(to: file) } == .foreignFile(path: file))
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data(text.utf8))
        }
        try other.store.close()
        #expect(try patientCount(at: busy) == 2 && patientCount(at: closed) == 3)
        // A copy that somebody works on is a database in service, too.
        let copy = scratch.file("copy.sqlite")
        try store.backUp(to: copy)
        let trial = try FileLock(ofDatabase: copy)
        #expect(failure { try store.backUp(to: copy) } == .inUse(path: copy))
        trial.release()
        try store.backUp(to: copy)
    }

    @Test func theLocksThatSQLiteHasOnTheDatabaseStay() throws {
        let scratch = try Scratch()
        let store = try Store(path: scratch.path)
        func held() throws -> Int {
            let file = ":\(store.lock.identity.inode) "
            let locks = try #require(systemText("/proc/locks"))
            return locks.split(separator: "\n").count { $0.contains("POSIX") && $0.contains(file) }
        }
        try #require(try held() > 0)
        for name in ["clinic.sqlite", "clinic.sqlite-wal", "copy.sqlite"] {
            _ = try? store.backUp(to: scratch.file(name))
        }
        #expect(try held() > 0)
        try store.checkPlace()
        #expect(try held() > 0)
    }

    @Test func theFolderForCopiesIsMade() throws {
        let scratch = try Scratch()
        let clerk = try scratch.open(patients: 1)
        let copy = scratch.file("backups/mon.sqlite")
        try clerk.store.backUp(to: copy)
        #expect(FileStatus(path: scratch.file("backups"))?.permissions == 0o700)
        #expect(try patientCount(at: copy) == 1)
        #expect(throws: StoreError.self) { try clerk.store.backUp(to: scratch.file("elsewhere/backups/mon.sqlite")) }
        #expect(!scratch.names.contains("elsewhere"))
    }

    @Test func aCopyGoesToAnotherFileSystemToo() throws {
        let scratch = try Scratch()
        let clerk = try scratch.open(patients: 2)
        let away = URL(fileURLWithPath: "/dev/shm/infusiond-\(UUID().uuidString)")
        guard mkdir(away.path, 0o700) == 0 else { return }
        defer { try? FileManager.default.removeItem(at: away) }
        let copy = away.appendingPathComponent("copy.sqlite").path
        try clerk.store.backUp(to: copy)
        try clerk.store.backUp(to: copy, verifying: true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: away.path) == ["copy.sqlite"])
        #expect(FileStatus(path: copy)?.permissions == 0o600)
        #expect(try patientCount(at: copy) == 2)
        #expect(!scratch.names.contains { $0.hasPrefix(Store.copyPrefix) })
    }

    @Test func whatAPowerCutLeftOfACopyIsTakenAwayAndACopyInTheMakingIsNot() throws {
        let scratch = try Scratch()
        let left = scratch.file(Store.copyPrefix + "1")
        for name in [left, left + "-journal"] { try Data("left".utf8).write(to: URL(fileURLWithPath: name)) }
        let making = try Draft(in: try Folder(scratch.directory.path), prefix: Store.copyPrefix)
        _ = try Store(path: scratch.path)
        #expect(scratch.names.filter { $0.hasPrefix(Store.copyPrefix) } == [making.name])
    }

    @Test func aFolderThatOnlyTheServiceSeesIsKnown() {
        let table = """
            22 1 254:0 / / ro,relatime shared:1 - ext4 /dev/vda rw
            310 22 254:0 /tmp/systemd-private-0c3a-infusiond.service-Xa/tmp /tmp rw shared:9 master:2 - ext4 /dev/vda rw
            311 22 0:44 /systemd-private-0c3a-infusiond.service-Xb/tmp /var/tmp rw shared:9 - tmpfs tmpfs rw
            312 22 254:0 /var/lib/infusiond /var/lib/infusiond rw shared:9 - ext4 /dev/vda rw
            313 22 254:0 /srv/not-systemd-private-x /srv rw shared:9 - ext4 /dev/vda rw
            """
        #expect(
            ["22", "310", "311", "312", "313", "9"].map { MountTable.isPrivate(mount: $0, in: table) }
                == [false, true, true, false, false, false])
    }
}
