import Foundation
import GRDB

/// A clinic's database whose rows can be made what no constraint of its schema lets pass. Where a damage is done the
/// schema is as it was before: only the rows differ.
struct DamagedFile {
    /// A column of a table, with what tells its rows apart.
    struct Column: CustomStringConvertible {
        let table: String
        let name: String
        let key: [String]
        let rows: Int
        var description: String { "\(table).\(name)" }
    }

    /// Every column of every table that has rows.
    let columns: [Column]
    private let loose: String
    private let schema: [Row]

    /// Takes a database that no program has open; it is copied.
    init(of path: String, in folder: URL) throws {
        loose = folder.appending(path: "loose.sqlite").path
        try FileManager.default.copyItem(atPath: path, toPath: loose)
        var (schema, columns): ([Row], [Column]) = ([], [])
        try DamagedFile.open(loose) { database in
            schema = try Row.fetchAll(
                database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'trigger')")
            for table in schema where table["type"] == "table" {
                let name: String = table["name"]
                let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(name)") ?? 0
                let infos = try Row.fetchAll(database, sql: "PRAGMA table_info(\(name))")
                let key = infos.filter { $0["pk"] as Int > 0 }.map { $0["name"] as String }
                guard count > 0 else { continue }
                columns += infos.map { Column(table: name, name: $0["name"], key: key, rows: count) }
            }
            try database.execute(sql: "PRAGMA writable_schema = ON")
            for table in schema where table["type"] == "table" {
                try database.execute(
                    sql: "UPDATE sqlite_schema SET sql = ? WHERE name = ?",
                    arguments: [DamagedFile.loosened(table["sql"]), table["name"] as String])
            }
            try database.execute(sql: "DELETE FROM sqlite_schema WHERE type = 'trigger'")
        }
        self.schema = schema
        self.columns = columns
    }

    /// A copy with something done to it.
    ///
    /// - Returns: whether anything was done: SQLite refuses some things all the same.
    func damage(_ path: String, _ sql: String) throws -> Bool {
        for ending in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending) }
        try FileManager.default.copyItem(atPath: loose, toPath: path)
        var isDone = false
        try DamagedFile.open(path) { database in
            do {
                try database.execute(sql: sql)
                isDone = database.totalChangesCount > 0
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_CONSTRAINT || error.resultCode == .SQLITE_MISMATCH
            {
                return
            }
            try database.execute(sql: "PRAGMA writable_schema = ON")
            for row in schema {
                let arguments: StatementArguments = [row["sql"] as String, row["name"] as String]
                if row["type"] == "table" {
                    try database.execute(sql: "UPDATE sqlite_schema SET sql = ? WHERE name = ?", arguments: arguments)
                } else {
                    try database.execute(
                        sql: """
                            INSERT INTO sqlite_schema (sql, name, type, tbl_name, rootpage)
                            VALUES (?, ?, 'trigger', '\(row["tbl_name"] as String)', 0)
                            """, arguments: arguments)
                }
            }
        }
        return isDone
    }

    /// The statement that sets one row's column.
    func update(_ column: Column, row: Int, to value: String) -> String {
        let key = column.key.joined(separator: ", ")
        return """
            UPDATE \(column.table) SET \(column.name) = \(value) WHERE (\(key)) =
                (SELECT \(key) FROM \(column.table) ORDER BY \(key) LIMIT 1 OFFSET \(row))
            """
    }

    private static func open(_ path: String, _ body: (Database) throws -> Void) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try body(database)
            try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
    }

    private static func loosened(_ sql: String) -> String {
        sql.replacing(" NOT NULL", with: "").replacing(" TEXT", with: "").replacing("STRICT, ", with: "")
            .replacing(") STRICT", with: ")")
    }
}
