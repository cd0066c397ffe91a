/// A short opaque id that a person can type, of one kind of thing: `rn-1`, `chair-2`, `p17`, `c42`.
package struct Identifier<Thing>: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The id as written in files and on the socket.
    package let text: String

    /// The id with the given text.
    package init(_ text: String) { self.text = text }

    /// The id that a literal spells.
    package init(stringLiteral text: String) { self.text = text }

    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// Marks ids of chairs, beds and rooms.
package enum ChairTag {}
/// Marks ids of staff.
package enum PersonTag {}
/// Marks ids of visit types.
package enum VisitTypeTag {}
/// Marks ids of regimens.
package enum RegimenTag {}
/// Marks ids of patients.
package enum PatientTag {}
/// Marks ids of courses.
package enum CourseTag {}
/// Marks ids of visits (bookings).
package enum VisitTag {}

/// The id of a chair.
package typealias ChairID = Identifier<ChairTag>
/// A staff member's id.
package typealias PersonID = Identifier<PersonTag>
/// A visit type's id.
package typealias VisitTypeID = Identifier<VisitTypeTag>
/// The id of a regimen.
package typealias RegimenID = Identifier<RegimenTag>
/// The id of a patient.
package typealias PatientID = Identifier<PatientTag>
/// The id of a course.
package typealias CourseID = Identifier<CourseTag>
/// A visit's (or booking's) id.
package typealias VisitID = Identifier<VisitTag>
