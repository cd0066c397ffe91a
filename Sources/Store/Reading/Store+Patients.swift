package import Clinic
import GRDB
package import Planning

/// What was known of a patient until an event changed it.
package struct FormerDetails: Hashable, Sendable {
    /// The event that changed it.
    package let event: Int
    package let details: PatientDetails

    /// What was known until an event.
    package init(event: Int, details: PatientDetails) {
        self.event = event
        self.details = details
    }
}

extension Store {
    /// The patients whose record number is compared like one, ascending by the number in their id. Only an old database
    /// has more than one.
    package func patients(record: String) throws(StoreError) -> [PatientID] {
        try read { try Loading(database: $0).patients(record: record) }
    }

    /// What was known of a patient before it was changed, newest first.
    package func formerDetails(of patient: PatientID) throws(StoreError) -> [FormerDetails] {
        try read { try Loading(database: $0).formerDetails(of: patient) }
    }
}

extension StoreTransaction {
    /// A patient's details, as the transaction has them.
    package func details(of patient: PatientID) throws(StoreError) -> PatientDetails? {
        try attempt { try Loading(database: database).details(of: patient) }
    }

    /// The ids of all courses of a patient, open or closed, as the transaction has them.
    package func courses(of patient: PatientID) throws(StoreError) -> [CourseID] {
        try attempt { try Loading(database: database).courses(of: patient) }
    }

    /// What was known of a patient until an event changed it.
    package func formerDetails(of patient: PatientID, before event: Int) throws(StoreError) -> PatientDetails? {
        try attempt { try Loading(database: database).formerDetails(of: patient).first { $0.event == event }?.details }
    }

    /// Keeps patients' details, and what was known of them before.
    func write(_ patients: [PatientID: PatientDetails], by events: [RecordedEvent]) throws {
        for (patient, detail) in patients.sorted(by: { $0.key.number < $1.key.number }) {
            let known = try Loading(database: database).details(of: patient)
            let key = RecordNumber.key(of: detail.record)
            // An old database may have two patients whose numbers are alike: each keeps its own.
            if known.map({ RecordNumber.key(of: $0.record) != key }) ?? true {
                let taken = try Loading(database: database).patients(record: detail.record).first { $0 != patient }
                if let taken { throw StoreError.recordNumberTaken(by: taken) }
            }
            if known != nil, let event = events.first?.number {
                try run(
                    """
                    INSERT INTO patient_detail_before (event, patient, record, name, phone, note, birth_date, language)
                    SELECT ?, patient, record, name, phone, note, birth_date, language FROM patient_detail
                    WHERE patient = ?
                    """, [event, patient.text])
            }
            try run(
                """
                INSERT INTO patient_detail (patient, record, record_key, name, phone, note, birth_date, language)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (patient) DO UPDATE SET record = excluded.record, record_key = excluded.record_key,
                    name = excluded.name, phone = excluded.phone, note = excluded.note,
                    birth_date = excluded.birth_date, language = excluded.language
                """,
                [
                    patient.text, detail.record, key, detail.name, detail.phone, detail.note,
                    detail.birthDate?.description, detail.language,
                ])
        }
    }
}

extension Loading {
    /// The patients whose record number is compared like one, ascending; see `Store.patients`.
    func patients(record: String) throws -> [PatientID] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT patient FROM patient_detail WHERE record_key = ? OR record = ?"),
            arguments: [RecordNumber.key(of: record), record]
        ).map { PatientID($0) }.sorted { $0.number < $1.number }
    }

    /// The patient of a record number: of several, the one who has it to the letter.
    func patient(record: String) throws -> PatientID? {
        let found = try patients(record: record)
        return try found.first { try details(of: $0)?.record == record } ?? found.first
    }

    func formerDetails(of patient: PatientID) throws -> [FormerDetails] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT event, record, name, phone, note, birth_date, language FROM patient_detail_before
                WHERE patient = ? ORDER BY event DESC
                """, arguments: [patient.text]
        ).map { row in
            let row = StoredRow(row, of: "patient_detail_before")
            return FormerDetails(event: try row.integer(0), details: try PatientDetails(row))
        }
    }

    func details(of patient: PatientID) throws -> PatientDetails? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(PatientDetails.columns) FROM patient_detail WHERE patient = ?"),
            arguments: [patient.text]
        ).map { try PatientDetails(StoredRow($0, of: "patient_detail")) }
    }

    func courses(of patient: PatientID) throws -> [CourseID] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT id FROM course WHERE patient = ?"), arguments: [patient.text]
        ).map { CourseID($0) }.sorted { $0.number < $1.number }
    }
}

extension PatientDetails {
    /// The columns that they are read from.
    static let columns = "patient, record, name, phone, note, birth_date, language"

    /// A row that begins with patient or event, and then has the columns.
    init(_ row: StoredRow) throws(StoreError) {
        let birthDate = try row.optionalText(5)
        guard birthDate == nil || birthDate.flatMap({ Day($0) }) != nil else { throw row.damage(5, "is no day") }
        self.init(
            record: try row.text(1), name: try row.optionalText(2), phone: try row.optionalText(3),
            note: try row.optionalText(4), birthDate: birthDate.flatMap { Day($0) }, language: try row.optionalText(6))
    }
}
