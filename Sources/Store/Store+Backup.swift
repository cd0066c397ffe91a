import Foundation
import GRDB
import Glibc

extension Store {
    /// Copies the database into a file while service goes on: under another name beside it first, then checked, written
    /// through to the device and renamed, so that a file of the wanted name is always whole.
    ///
    /// - Throws: `.corrupt` where the copy fails its check, `.full` or `.io` where the device does; no copy is left.
    package func backUp(to path: String) throws(StoreError) {
        let draft = path + ".partial"
        unlink(draft)
        do {
            try pool.unsafeRead { database in
                try database.execute(sql: "VACUUM INTO ?", arguments: [draft])
            }
            try Store.check(copy: draft)
            try Store.sync(draft)
            guard rename(draft, path) == 0 else {
                throw StoreError.system("cannot rename \(draft): \(String(cString: strerror(errno)))")
            }
            try Store.sync((path as NSString).deletingLastPathComponent)
        } catch {
            unlink(draft)
            throw StoreError(error)
        }
    }

    /// A copy that was never opened for service counts as closed in good order.
    private static func check(copy path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
            guard found == ["ok"] else { throw StoreError.corrupt(found.joined(separator: "; ")) }
            try database.execute(sql: "UPDATE clinic SET clean = 1")
        }
        try queue.close()
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
