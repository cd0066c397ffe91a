import GRDB

/// A copy of a database.
package struct Backup: Hashable, Sendable {
    package let bytes: Int
    /// The number of its last event.
    package let lastEvent: Int
    /// What a verification of it found; nil where none was asked for.
    package let verification: Verification?
}

extension Store {
    /// How the names of copies begin that are not whole yet.
    static let copyPrefix = ".infusiond-copy-"

    /// How much room must be left for the service beside a copy: 1 MiB.
    private static let roomLeft = 1 << 20

    /// Copies the database into a file while service goes on: beside the database first, where nobody else writes, then
    /// checked, written through to the device and given its name, so that a file of the wanted name is always whole.
    ///
    /// - Parameters:
    ///   - path: the absolute path of a file that is not there, or is an earlier copy.
    ///   - verifying: whether every table of the copy is rebuilt from its events and compared. What is found there does
    ///     not keep the copy from getting its name: the database itself has it too.
    /// - Throws: `.corrupt` where the copy fails its check, `.full` or `.io` where the device does, `.foreignFile`,
    ///   `.inUse` and `.unusable` where no copy may have the path; no copy is left.
    @discardableResult
    package func backUp(to path: String, verifying: Bool = false) throws(StoreError) -> Backup {
        let target = try BackupTarget(path, of: lock)
        do {
            let folder = try Folder(lock.folderPath)
            let copy = try Draft(in: folder, prefix: Store.copyPrefix)
            try pool.unsafeRead { database in
                let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                let pageSize = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
                guard folder.room >= pages * pageSize + Store.roomLeft else { throw StoreError.full }
                try database.execute(sql: "VACUUM INTO ?", arguments: [copy.path])
            }
            let backup = try Store.check(copy, verifying: verifying)
            try copy.sync()
            try target.take(copy)
            return backup
        } catch {
            throw StoreError(error)
        }
    }

    /// A copy that was never opened for service counts as closed in good order.
    private static func check(_ copy: Draft, verifying: Bool) throws -> Backup {
        let queue = try DatabaseQueue(path: copy.path)
        let (lastEvent, verification) = try queue.writeWithoutTransaction { database in
            let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
            guard found == ["ok"] else { throw StoreError.corrupt(found.joined(separator: "; ")) }
            try database.execute(sql: "UPDATE clinic SET clean = 1")
            let last = try Int.fetchOne(database, sql: "SELECT max(number) FROM event") ?? 0
            return (last, verifying ? try Store.verify(database) : nil)
        }
        try queue.close()
        return Backup(
            bytes: FileStatus(of: copy.descriptor)?.size ?? 0, lastEvent: lastEvent, verification: verification)
    }

    /// Checks a file that no program has open, such as a backup, and compares its tables with its events; it is only
    /// read.
    ///
    /// - Throws: `.foreignFile` for anything that is no database of this program, `.newerSchema` for one of a newer
    ///   one, and whatever else keeps it from being read to the end.
    package static func verify(file path: String) throws(StoreError) -> Verification {
        guard case .database(Schema.applicationID, _) = try FileHeader(ofFile: path) else {
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
}
