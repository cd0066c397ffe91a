/// What is asked reaches beyond the days that the calendar has: extend it through a day at least, and ask again.
package struct NeedsDays: Error, Hashable, Sendable {
    /// The day that the calendar must reach to.
    package let through: Day

    /// That a day is needed.
    package init(through day: Day) { through = day }
}
