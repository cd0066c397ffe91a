import Foundation
import GRDB
import Glibc

/// A copy of a database.
package struct Backup: Hashable, Sendable {
    /// Its size.
    package let bytes: Int
    /// The number of its last event.
    package let lastEvent: Int
    /// What a verification of it found; nil where none was asked for.
    package let verification: Verification?
}

extension Store {
    /// Copies the database into a file while service goes on: under another name beside it first, then checked, written
    /// through to the device and renamed, so that a file of the wanted name is always whole.
    ///
    /// - Parameter verifying: whether every table of the copy is rebuilt from its events and compared. What is found
    ///   there does not keep the copy from getting its name: the database itself has it too.
    /// - Throws: `.corrupt` where the copy fails its check, `.full` or `.io` where the device does, `.foreignFile` and
    ///   `.inUse` where another program's file or the live database has the name; no copy is left.
    @discardableResult
    package func backUp(to path: String, verifying: Bool = false) throws(StoreError) -> Backup {
        switch try FileHeader(ofFile: path) {
        case .absent, .database(Schema.applicationID): break
        case .database, .other: throw .foreignFile(path: path)
        }
        if isLive(path) { throw .inUse(path: path) }
        let draft = path + ".partial"
        unlink(draft)
        do {
            try pool.unsafeRead { database in
                try database.execute(sql: "VACUUM INTO ?", arguments: [draft])
            }
            let backup = try Store.check(copy: draft, verifying: verifying)
            try Store.sync(draft)
            guard rename(draft, path) == 0 else {
                throw StoreError.system("cannot rename \(draft): \(String(cString: strerror(errno)))")
            }
            try Store.sync((path as NSString).deletingLastPathComponent)
            return backup
        } catch {
            unlink(draft)
            throw StoreError(error)
        }
    }

    /// A copy that was never opened for service counts as closed in good order.
    private static func check(copy path: String, verifying: Bool) throws -> Backup {
        let queue = try DatabaseQueue(path: path)
        let (lastEvent, verification) = try queue.writeWithoutTransaction { database in
            let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
            guard found == ["ok"] else { throw StoreError.corrupt(found.joined(separator: "; ")) }
            try database.execute(sql: "UPDATE clinic SET clean = 1")
            let last = try Int.fetchOne(database, sql: "SELECT max(number) FROM event") ?? 0
            return (last, verifying ? try Store.verify(database) : nil)
        }
        try queue.close()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return Backup(
            bytes: (attributes[.size] as? Int) ?? 0, lastEvent: lastEvent, verification: verification)
    }

    /// Whether a path names the database that is open, or one of the files beside it.
    private func isLive(_ path: String) -> Bool {
        func folder(_ path: String) -> String {
            let folder = (path as NSString).deletingLastPathComponent
            return URL(fileURLWithPath: folder.isEmpty ? "." : folder).resolvingSymlinksInPath().path
        }
        let live = pool.path
        let name = (path as NSString).lastPathComponent
        let own = (live as NSString).lastPathComponent
        let isBeside = folder(path) == folder(live) && (name == own || name.hasPrefix(own + "-"))
        var (here, there) = (stat(), stat())
        let isSame = stat(path, &here) == 0 && stat(live, &there) == 0 && here.st_ino == there.st_ino
        return isBeside || (isSame && here.st_dev == there.st_dev)
    }

    /// Checks a file that no program has open, such as a backup, and compares its tables with its events; it is only
    /// read.
    ///
    /// - Throws: `.foreignFile` for anything that is no database of this program, `.newerSchema` for one of a newer
    ///   one, and whatever else keeps it from being read to the end.
    package static func verify(file path: String) throws(StoreError) -> Verification {
        guard case .database(Schema.applicationID) = try FileHeader(ofFile: path) else {
            throw .foreignFile(path: path)
        }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { database in
                guard try Schema.version(of: database) == Schema.migrations.count else {
                    throw StoreError.system("\(path) was written by an older version: open it once, then verify")
                }
                return try verify(database)
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// Writes a file or directory through to the device.
    private static func sync(_ path: String) throws {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StoreError.system("cannot open \(path): \(String(cString: strerror(errno)))")
        }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError.io(code: Int(errno), duringCommit: false) }
    }
}
