package import Clinic
import Foundation
import GRDB
import Planning

/// The clinic's database: one connection that writes, some that only read.
///
/// Writing is done by one thread, a transaction at a time; reading may be done by any. All of it blocks.
package final class Store: Sendable {
    /// What was found when the file was opened.
    package struct Opening: Hashable, Sendable {
        /// Whether the file was made now.
        package let isNew: Bool
        /// Whether it was closed in good order the last time. Where it was not, a quick check has been made.
        package let wasClean: Bool
        /// Where a simulation's clock stood.
        package let lastInstant: Instant?
        package let sqliteVersion: String
    }

    /// What was found when the file was opened.
    package let opening: Opening
    let pool: DatabasePool
    let lock: FileLock
    /// The write-ahead log that the pool writes.
    let log: FileStatus.Identity?

    /// Opens a database, makes it where there is none, and brings it to the newest form.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - simulated: whether a simulated clinic is meant; a file is for ever one or the other.
    /// - Throws: whatever keeps it from being used safely; the file is then as it was.
    package init(path: String, simulated: Bool = false) throws(StoreError) {
        lock = try FileLock(ofDatabase: path)
        let path = lock.path
        let isNew: Bool
        switch try FileHeader(of: lock.descriptor, path) {
        case .absent: isNew = true
        case .database(Schema.applicationID, _): isNew = false
        case .database, .other: throw .foreignFile(path: path)
        }
        if isNew { try Store.refuseOrphanedLog(path) }
        do {
            let wasClean = isNew ? true : try Store.look(at: path, simulated: simulated)
            if isNew {
                try Store.refuseOrphans(of: path)
                try Store.mark(path)
            }
            pool = try DatabasePool(path: path, configuration: Store.configuration)
            try Store.settle(pool)
            opening = try pool.writeWithoutTransaction { database in
                try Store.begin(database, isNew: isNew, wasClean: wasClean, simulated: simulated)
            }
            log = FileStatus(path: path + "-wal")?.identity
            Draft.removeAbandoned(in: try Folder(lock.folderPath), prefix: Store.copyPrefix)
        } catch {
            throw StoreError(error)
        }
    }

    /// Writes the whole log back into the file and notes that it was closed in good order. The store is of no use
    /// afterwards.
    package func close() throws(StoreError) {
        do {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "UPDATE clinic SET clean = 1")
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try checkPlace()
            try pool.close()
            lock.release()
        } catch {
            throw StoreError(error)
        }
    }

    /// Reads on one of the reading connections, from one unchanging view of the database.
    func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try pool.read(body)
        } catch {
            throw StoreError(error)
        }
    }
}

extension Store {
    /// Settings of every connection.
    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "infusiond"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        }
        return configuration
    }

    /// Marks a new file as this program's before it gets the write-ahead log, so that the mark lies in the file itself.
    private static func mark(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        }
        try queue.close()
    }

    /// Sets what must be set after the pool has made its connection (it sets `synchronous` itself), and reads it back.
    private static func settle(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            let settings = [
                ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("trusted_schema", "0"),
                ("cell_size_check", "1"),
            ]
            for (name, expected) in settings {
                let value = try String.fetchOne(database, sql: "PRAGMA \(name)") ?? "nothing"
                guard value == expected else { throw StoreError.setting(name: name, value: value) }
            }
        }
    }

    private static func begin(
        _ database: Database, isNew: Bool, wasClean: Bool?, simulated: Bool
    ) throws -> Opening {
        let wasClean = try wasClean ?? inspect(database, simulated: simulated)
        try Schema.migrate(database)
        try database.execute(
            sql: """
                INSERT INTO clinic (id, simulated, clean) VALUES (1, ?, 0)
                ON CONFLICT (id) DO UPDATE SET clean = 0
                """, arguments: [simulated])
        return Opening(
            isNew: isNew, wasClean: wasClean,
            lastInstant: try Int.fetchOne(database, sql: "SELECT last_instant FROM clinic")
                .map { Instant(seconds: $0) },
            sqliteVersion: try String.fetchOne(database, sql: "SELECT sqlite_version()") ?? "unknown")
    }

    static func quickCheck(_ database: Database) throws {
        let found = try String.fetchAll(database, sql: "PRAGMA quick_check(10)")
        guard found == ["ok"] else { throw StoreError.corrupt(found.joined(separator: "; ")) }
    }

    /// Checks the file's structure on a reading connection; takes about a second for a million visits.
    ///
    /// - Throws: `StoreError.corrupt` with what was found.
    package func quickCheck() throws(StoreError) {
        try read { try Store.quickCheck($0) }
    }
}
