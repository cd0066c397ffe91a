package import Planning

/// Marks ids of extra shifts.
package enum ExtraShiftKind {}

/// An extra shift's id, `s4`.
package typealias ShiftID = Identifier<ExtraShiftKind>

/// A person works on a day beyond their weekly patterns.
package struct ExtraShift: Hashable, Sendable {
    package var person: PersonID
    package var day: Day
    /// Minutes on the clock.
    package var hours: Interval

    /// A shift of a person on a day at the given clock minutes.
    package init(person: PersonID, day: Day, hours: Interval) {
        self.person = person
        self.day = day
        self.hours = hours
    }

    /// The shift in the planner's terms: a pattern of a single day.
    var pattern: Shift { Shift(days: [day.weekday], hours: hours, from: day, through: day) }
}

/// An extra shift under an id.
package struct DatedShift: Hashable, Sendable {
    package let id: ShiftID
    package let shift: ExtraShift

    /// An extra shift under an id.
    package init(id: ShiftID, shift: ExtraShift) {
        self.id = id
        self.shift = shift
    }
}
