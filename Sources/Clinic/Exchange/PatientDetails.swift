package import Planning

/// What identifies a patient to people. It stands beside the events, never in them.
package struct PatientDetails: Hashable, Sendable {
    /// The clinic's reference, unique among patients.
    package var record: String
    /// Their name.
    package var name: String?
    /// Their telephone number.
    package var phone: String?
    /// Anything else, in somebody's own words.
    package var note: String?

    /// A patient's reference, and optionally name, telephone number and note.
    package init(record: String, name: String? = nil, phone: String? = nil, note: String? = nil) {
        self.record = record
        self.name = name
        self.phone = phone
        self.note = note
    }
}

/// What passes beside the events of a command, to be kept in tables of its own.
package struct PrivateDetails: Hashable, Sendable {
    /// Details of patients, new or changed.
    package var patients: [PatientID: PatientDetails] = [:]
    /// Who pays for a course.
    package var payers: [CourseID: String] = [:]

    /// Nothing.
    package init() {}
}
