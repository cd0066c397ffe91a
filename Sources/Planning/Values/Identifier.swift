/// A short opaque id that a person can type, of one kind of thing: `rn-1`, `chair-2`, `p17`, `c42`.
package struct Identifier<Thing>: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The id as written in files and on the socket.
    package let text: String

    /// The id with the given text.
    package init(_ text: String) { self.text = text }

    package init(stringLiteral text: String) { self.text = text }

    /// The text.
    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// Marks ids of chairs, beds and rooms.
package enum ChairKind {}
/// Marks ids of staff.
package enum PersonKind {}
/// Marks ids of visit types.
package enum VisitTypeKind {}
/// Marks ids of regimens.
package enum RegimenKind {}
/// Marks ids of patients.
package enum PatientKind {}
/// Marks ids of courses.
package enum CourseKind {}
/// Marks ids of visits (bookings).
package enum VisitKind {}

/// A chair's id.
package typealias ChairID = Identifier<ChairKind>
/// A staff member's id.
package typealias PersonID = Identifier<PersonKind>
/// A visit type's id.
package typealias VisitTypeID = Identifier<VisitTypeKind>
/// A regimen's id.
package typealias RegimenID = Identifier<RegimenKind>
/// A patient's id.
package typealias PatientID = Identifier<PatientKind>
/// A course's id.
package typealias CourseID = Identifier<CourseKind>
/// A visit's (or booking's) id.
package typealias VisitID = Identifier<VisitKind>
