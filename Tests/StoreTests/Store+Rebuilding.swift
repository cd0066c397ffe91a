import GRDB
@testable import Store

extension Store {
    /// Makes all tables that follow from the record anew, in one transaction.
    ///
    /// - Throws: `StoreError.corrupt` for an event that cannot be read or applied; then nothing changed.
    func rebuild() throws {
        try write { transaction in
            let database = transaction.database
            try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
            for (table, _) in Schema.projections.reversed() {
                try database.execute(sql: "DELETE FROM \(table)")
            }
            var verification = Verification()
            _ = try Replay(source: database, target: database).run(&verification)
            if let finding = verification.findings.first { throw StoreError.corrupt(finding) }
        }
    }
}
