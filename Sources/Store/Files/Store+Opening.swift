import Clinic
import GRDB
import Glibc

extension Store {
    /// Refuses to begin a new clinic beside the log of one whose file is gone: its last changes may be in it.
    static func refuseOrphans(of path: String) throws(StoreError) {
        var status = stat()
        guard stat(path + "-wal", &status) == 0, status.st_size > 0 else { return }
        throw .corrupt("\(path) is not there or empty, but its write-ahead log \(path)-wal is there")
    }

    /// Inspects a file on a connection that cannot write: one that is refused stays as it was, to the byte.
    ///
    /// - Returns: as `inspect`; nil where what a cut left behind must be written back before the file can be read.
    static func look(at path: String, simulated: Bool) throws -> Bool? {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { try inspect($0, simulated: simulated) }
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_READONLY || error.resultCode == .SQLITE_CANTOPEN
        {
            return nil
        }
    }

    /// Looks at what of a database is not what was written, before anything is made of it: its form, where its record
    /// ends, the row about itself. What only a replay finds is left to `verify`.
    ///
    /// - Returns: whether it was closed in good order the last time.
    /// - Throws: `StoreError.corrupt` or another damage with what it is.
    static func inspect(_ database: Database, simulated: Bool) throws -> Bool {
        let version = try Schema.version(of: database)
        try Schema.check(database, version: version)
        guard version > 0 else { return true }
        guard let clinic = try clinicRow(database) else {
            // A first start that was cut short between the last migration and this row.
            guard try lastEvent(database) == nil else {
                throw StoreError.corrupt("table clinic has no row, though there are events")
            }
            return true
        }
        guard clinic.simulated == simulated else {
            throw StoreError.simulation(fileIsSimulated: clinic.simulated)
        }
        if !clinic.clean { try quickCheck(database) }
        try checkEnd(database)
        return clinic.clean
    }

    private static func clinicRow(_ database: Database) throws -> (simulated: Bool, clean: Bool)? {
        let rows = try Row.fetchAll(database, sql: "SELECT id, simulated, clean, last_instant FROM clinic")
        guard let first = rows.first else { return nil }
        guard rows.count == 1 else { throw StoreError.corrupt("table clinic has \(rows.count) rows (1)") }
        let row = StoredRow(first, of: "clinic")
        _ = try row.optionalInstant(3)
        return (try row.flag(1), try row.flag(2))
    }

    /// Checks that the record ends where the frame says, with an event that is what was recorded and follows on the one
    /// before it. Whoever takes events off its end leaves the tables ahead of it.
    private static func checkEnd(_ database: Database) throws {
        let last = try lastEvent(database)
        let frames = try Row.fetchAll(database, sql: "SELECT id, last_event FROM frame")
        guard frames.count <= 1 else { throw StoreError.corrupt("table frame has \(frames.count) rows (1)") }
        let named = try frames.first.map { try StoredRow($0, of: "frame").integer(1) }
        guard named == last?.row.number else {
            let end = last.map { "ends with event \($0.row.number)" } ?? "is empty"
            let told = named.map { "names event \($0) as the last" } ?? "has no row"
            throw StoreError.corrupt("the record \(end), but table frame \(told)")
        }
        guard let last else { return }
        _ = try last.recorded()
        let previous = try event(last.row.number - 1, database)?.digest
        guard last.row.previous == (last.row.number == 1 ? EventRow.origin : previous) else {
            throw StoreError.unreadable(event: last.row.number, "it does not follow on the one before it")
        }
    }

    private static func lastEvent(_ database: Database) throws -> StoredEvent? {
        try Row.fetchOne(database, sql: "SELECT \(EventRow.columns) FROM event ORDER BY number DESC LIMIT 1")
            .map { try StoredEvent($0) }
    }

    private static func event(_ number: Int, _ database: Database) throws -> StoredEvent? {
        try Row.fetchOne(database, sql: "SELECT \(EventRow.columns) FROM event WHERE number = ?", arguments: [number])
            .map { try StoredEvent($0) }
    }
}
