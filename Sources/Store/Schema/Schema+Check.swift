import GRDB

/// A table, index, trigger or view of a database, with the text that made it.
private struct SchemaObject: Hashable {
    let type: String
    let name: String
    let table: String
    /// Nil for the indexes that SQLite makes by itself.
    let sql: String?

    /// As it is told.
    var title: String { "\(type) \(name)" }

    /// Whether it decides what rows of its table may be: then nobody but the migrations makes it.
    var acts: Bool { type == "trigger" || type == "index" }

    static func all(_ database: Database) throws -> [SchemaObject] {
        try Row.fetchAll(database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema").map { row in
            let row = StoredRow(row, of: "sqlite_schema")
            return SchemaObject(
                type: try row.text(0), name: try row.text(1), table: try row.text(2), sql: try row.optionalText(3))
        }
    }
}

extension Schema {
    /// Refuses a database whose form is not, to the letter, what the migrations up to its number make.
    ///
    /// - Throws: `StoreError.corrupt` with what is wrong.
    static func check(_ database: Database, version: Int) throws {
        let found = try flaws(database, version: version)
        guard !found.isEmpty else { return }
        let rest = found.count > 3 ? "; and \(found.count - 3) more" : ""
        throw StoreError.corrupt("its schema: \(found.prefix(3).joined(separator: "; "))\(rest)")
    }

    /// What of a database's form is not what the migrations up to a number make.
    ///
    /// Tables and views that somebody put beside them are left alone; a trigger or an index on one of the tables is
    /// not, for it may refuse or change what is written.
    static func flaws(_ database: Database, version: Int) throws -> [String] {
        let expected = try made(through: version)
        let found = Dictionary(try SchemaObject.all(database).map { ($0.name, $0) }) { first, _ in first }
        let names = Set(expected.map(\.name))
        let tables = Set(expected.filter { $0.type == "table" }.map(\.name))
        let changed = expected.compactMap { object in
            guard let there = found[object.name] else { return "\(object.title) is missing" }
            return there == object ? nil : "\(object.title) is not as schema \(version) has it"
        }
        let added = found.values.filter { object in
            !names.contains(object.name) && (version == 0 || object.acts && tables.contains(object.table))
        }
        return changed + added.map { "\($0.title) is not of schema \(version)" }.sorted()
    }

    /// What the migrations up to a number make.
    private static func made(through version: Int) throws -> [SchemaObject] {
        let scratch = try DatabaseQueue()
        return try scratch.writeWithoutTransaction { database in
            for sql in migrations.prefix(version) { try database.execute(sql: sql) }
            return try SchemaObject.all(database)
        }
    }
}
