import GRDB

extension Store {
    /// Makes sure that the database still has its name, and its log lies beside it: what is written into a file that
    /// was taken away is found by nobody. Costs two looks at names, a few microseconds.
    ///
    /// - Throws: `.displaced` with what has happened. What can still be saved is saved then.
    package func checkPlace() throws(StoreError) {
        guard let what = displacement else { return }
        salvage()
        throw .displaced(what)
    }

    private var isInPlace: Bool { FileStatus(path: lock.path)?.identity == lock.identity }

    private var logPath: String { lock.path + "-wal" }

    private var displacement: String? {
        if isInPlace {
            guard FileStatus(path: logPath)?.identity != log else { return nil }
            return "its log \(logPath) was deleted or replaced"
        }
        if FileStatus(path: lock.path) != nil { return "\(lock.path) was replaced by another file" }
        return "\(lock.path) was \(hasName ? "moved" : "deleted")"
    }

    private var hasName: Bool { (FileStatus(of: lock.descriptor)?.linkCount ?? 0) > 0 }

    /// What the log has goes into the file, where that still has a name. Where another database has the file's name the
    /// log is put aside: it would be taken for the other's, and change it.
    private func salvage() {
        if hasName {
            // Not cut short: beside a file that was moved away it says that one is missing.
            _ = try? pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(FULL)")
            }
        }
        guard !isInPlace, FileStatus(path: lock.path) != nil, let log, let folder = try? Folder(lock.folderPath),
            folder.status(of: lock.name + "-wal")?.identity == log
        else { return }
        for number in 1...1_000 {
            let aside = "\(lock.name)-wal.of-replaced-\(number)"
            if (try? folder.rename(lock.name + "-wal", to: aside)) == true { break }
        }
        try? folder.sync()
    }

    /// No database is begun where a log lies that belongs to one: it holds what was acknowledged last.
    static func refuseOrphanedLog(_ path: String) throws(StoreError) {
        guard let log = FileStatus(path: path + "-wal"), log.size > 0 else { return }
        throw .unusable(
            path: path, why: "is not there, but the log of a database is: \(path)-wal",
            hint: "put the database back in its place, or restore a backup with infusiond --restore FILE")
    }
}
