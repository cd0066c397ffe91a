import Foundation
import Glibc

/// Holds the database's own file while a process has it open for writing: two writers could damage it. It is the file
/// that is held, whatever its names.
///
/// The descriptor stays open until the database is closed, and nothing else in this process opens or closes the file
/// but SQLite: closing any descriptor of a file takes the locks away that SQLite has on it.
final class FileLock: Sendable {
    /// The database's real path, where all symbolic links lead: what SQLite lays beside the file lies beside this one.
    let path: String
    let descriptor: Int32
    let identity: FileStatus.Identity
    /// Whether there was no file and an empty one was made.
    let wasMade: Bool

    var folderPath: String { (path as NSString).deletingLastPathComponent }
    var name: String { (path as NSString).lastPathComponent }

    /// Takes the lock of a database; where there is no file, an empty one is made.
    ///
    /// - Throws: `.inUse` where another process has it, `.unusable` where the file has several names or is none.
    init(ofDatabase path: String) throws(StoreError) {
        let real = try FileLock.realPath(of: path)
        wasMade = FileStatus(path: real) == nil
        // Who restores a database gives its name to another file: between opening and locking that may have happened.
        var taken: Int32?
        for _ in 0..<100 where taken == nil { taken = try FileLock.take(real) }
        guard let taken, let status = FileStatus(of: taken) else {
            throw .system("\(real) is being replaced by another process again and again")
        }
        self.path = real
        descriptor = taken
        identity = status.identity
        guard status.linkCount == 1 else {
            throw .unusable(
                path: real, why: "has \(status.linkCount) names (hard links), of which only one can have its log",
                hint: "find the others with find -inum \(identity.inode), and remove all but the one in service")
        }
    }

    /// Gives the lock back.
    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }

    private static func realPath(of path: String) throws(StoreError) -> String {
        if let real = resolved(path) { return real }
        guard errno == ENOENT else { throw .failed("found", path) }
        guard FileStatus(path: path) == nil else {
            throw .unusable(path: path, why: "is a symbolic link that leads nowhere")
        }
        let folder = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        guard let real = resolved(folder.isEmpty ? "." : folder) else { throw .failed("made", path) }
        return real == "/" ? "/" + name : real + "/" + name
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// Opens and locks what has the name; nil where another file had it in the end.
    private static func take(_ path: String) throws(StoreError) -> Int32? {
        if let found = FileStatus(path: path), !found.isRegular {
            throw .unusable(path: path, why: "is \(found.kind)")
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { throw .failed("opened", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = holder(of: descriptor)
            close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw .system("cannot lock \(path): \(String(cString: strerror(reason)))")
            }
            throw .inUse(path: path, holder: holder)
        }
        if FileStatus(path: path)?.identity == FileStatus(of: descriptor)?.identity { return descriptor }
        close(descriptor)
        return nil
    }
}

extension FileLock {
    /// Which other process has a file locked as a database in service; nil where that cannot be told.
    static func holder(of descriptor: Int32) -> Int? {
        guard let identity = FileStatus(of: descriptor)?.identity, let locks = systemText("/proc/locks") else {
            return nil
        }
        return holder(of: identity, in: locks).flatMap { $0 == Int(getpid()) ? nil : $0 }
    }

    /// The process that has a file locked by a list of locks as in proc(5), such as
    /// `1: FLOCK  ADVISORY  WRITE 813 fe:00:16220228 0 EOF`.
    static func holder(of identity: FileStatus.Identity, in locks: String) -> Int? {
        let major = identity.device >> 8 & 0xFFF | identity.device >> 32 & ~0xFFF
        let minor = identity.device & 0xFF | identity.device >> 12 & ~0xFF
        let file = [(major, 16), (minor, 16), (identity.inode, 10)]
        for line in locks.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK", words[3] == "WRITE" else { continue }
            let parts = words[5].split(separator: ":")
            let isSame = parts.count == 3 && zip(parts, file).allSatisfy { UInt($0, radix: $1.1) == $1.0 }
            if isSame, let process = Int(words[4]), process > 0 { return process }
        }
        return nil
    }

    /// Which other process has a file open with SQLite, by the bytes that SQLite locks; nil for none.
    static func reader(of descriptor: Int32) -> Int? {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        (lock.l_start, lock.l_len) = (0x4000_0000, 512)
        guard fcntl(descriptor, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return nil }
        return Int(lock.l_pid)
    }
}
