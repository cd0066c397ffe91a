import Clinic
import GRDB

extension Schema {
    /// Who comes no more and who was entered twice. Record numbers as they are compared. What else is known of
    /// patients, and what was known of them before somebody changed it.
    static let patientStandings = """
        ALTER TABLE patient ADD COLUMN closed TEXT CHECK (closed IN ('deceased', 'moved', 'other'));
        ALTER TABLE patient ADD COLUMN merged_into TEXT REFERENCES patient (id);
        ALTER TABLE patient_detail ADD COLUMN record_key TEXT NOT NULL DEFAULT ''; -- what records are compared by
        ALTER TABLE patient_detail ADD COLUMN birth_date TEXT;
        ALTER TABLE patient_detail ADD COLUMN language TEXT;
        CREATE INDEX patient_detail_record_key ON patient_detail (record_key);
        -- Details as they were until an event changed them.
        CREATE TABLE patient_detail_before (
            event INTEGER NOT NULL REFERENCES event (number),
            patient TEXT NOT NULL REFERENCES patient (id),
            record TEXT NOT NULL,
            name TEXT,
            phone TEXT,
            note TEXT,
            birth_date TEXT,
            language TEXT,
            PRIMARY KEY (patient, event)
        ) STRICT, WITHOUT ROWID;
        """

    /// Writes how record numbers are compared, which no SQL can, for patients who were there before.
    static func fillRecordKeys(_ database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT patient, record FROM patient_detail") {
            let row = StoredRow(row, of: "patient_detail")
            try database.execute(
                sql: "UPDATE patient_detail SET record_key = ? WHERE patient = ?",
                arguments: [RecordNumber.key(of: try row.text(1)), try row.text(0)])
        }
    }
}
