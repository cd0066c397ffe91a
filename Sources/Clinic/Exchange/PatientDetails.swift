package import Planning

/// What identifies a patient to people. It stands beside the events, never in them.
package struct PatientDetails: Hashable, Sendable {
    /// The clinic's reference, unique among patients.
    package var record: String
    package var name: String?
    package var phone: String?
    /// What the desk should know, in somebody's own words.
    package var note: String?
    package var birthDate: Day?
    /// What they speak, in somebody's own words.
    package var language: String?

    /// A patient's reference, with what else is known of them.
    package init(
        record: String, name: String? = nil, phone: String? = nil, note: String? = nil, birthDate: Day? = nil,
        language: String? = nil
    ) {
        self.record = record
        self.name = name
        self.phone = phone
        self.note = note
        self.birthDate = birthDate
        self.language = language
    }
}

extension Day {
    /// Whether somebody who lives can have been born on it, for all that is asked.
    package var isBirthDate: Bool { (1850...2199).contains(civil.year) }
}

/// What passes beside the events of a command, to be kept in tables of its own.
package struct PrivateDetails: Hashable, Sendable {
    /// Details of patients, new or changed.
    package var patients: [PatientID: PatientDetails] = [:]
    /// Who pays for a course.
    package var payers: [CourseID: String] = [:]

    package init() {}
}

/// The id that a text has the form of, as ids are written: `p2` of " P2"; nil where it has none's. The form is a word
/// of letters that ids of this program begin with, and digits.
///
/// Whoever types such a text may mean that id, so it is no record number.
package func idForm(of text: String) -> String? {
    // What is not shown does not count, nor in which script somebody writes a digit.
    var shown = text.lowercased().unicodeScalars.filter { scalar in
        !scalar.properties.isWhitespace && scalar.properties.generalCategory != .format
    }[...]
    // id:p2 is how somebody says that p2 is no record number.
    if shown.starts(with: "id:".unicodeScalars) { shown = shown.dropFirst(3) }
    let letters = shown.prefix { ("a"..."z").contains($0) }
    let digits = shown.dropFirst(letters.count).map { scalar -> Int? in
        scalar.properties.numericType == .decimal ? scalar.properties.numericValue.map { Int($0) } : nil
    }
    guard idBeginnings.contains(String(letters)), !digits.isEmpty, !digits.contains(nil) else { return nil }
    return String(letters) + digits.compactMap { $0.map(String.init) }.joined()
}

/// What ids begin with: patients, courses, visits, templates, absences, outages, closures, openings, the waiting list,
/// offers, shifts, events, proposals of courses and of repairs.
private let idBeginnings: Set<String> = [
    "p", "c", "v", "r", "t", "o", "k", "x", "w", "f", "s", "e", "pr", "rp",
]
