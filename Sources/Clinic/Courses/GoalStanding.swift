package import Planning

/// How a phase with a goal stands to it, as it is booked.
package struct GoalStanding: Hashable, Sendable {
    package let phase: String
    /// The last day that it is to have.
    package let through: Day
    /// The day of its last visit; nil where a visit of it has no place.
    package let ends: Day?
    /// On how many later days its next visit, from the second on, could be given instead with the phase still ending by
    /// its goal: so many losses can be made up, places not looked at. Nil where it does not end by its goal, where
    /// nothing of it is to come, or where the days up to the goal are not known.
    package let daysInHand: Int?

    /// Whether it ends after its goal, or owes a visit.
    package var isAtRisk: Bool { ends.map { $0 > through } ?? true }
}

extension ClinicState {
    /// How the phases of a course with a goal stand that have a visit to come or owed.
    ///
    /// - Parameter calendar: for the days in hand; without it they are not counted.
    package func goalStandings(of course: Course, on calendar: PlanningCalendar? = nil) -> [GoalStanding] {
        // Most courses have no goal, and are not looked at.
        guard course.template.regimen.phases.contains(where: { $0.goal != nil }) else { return [] }
        return course.goalStandings(currentVisits(course), on: calendar)
    }
}

extension Course {
    /// How its phases with a goal stand that have a visit to come or owed; not those that began elsewhere, whose first
    /// day is not known.
    ///
    /// - Parameters:
    ///   - visits: the last of each of its turns, in order (`ClinicState.currentVisits`).
    ///   - calendar: for the days in hand; without it they are not counted.
    fileprivate func goalStandings(_ visits: [Visit], on calendar: PlanningCalendar?) -> [GoalStanding] {
        guard status == .active, progress.heldUntil == nil else { return [] }
        return template.regimen.phases.compactMap { phase in
            guard let goal = phase.goal, progress.adoptedFrom?.phase != phase.name else { return nil }
            let turns = visits.filter { $0.phase == phase.name }
            let placed = turns.indices.filter { turns[$0].status.occupies }.sorted { turns[$0].day < turns[$1].day }
            guard let first = placed.first.map({ turns[$0].day }), turns.contains(where: \.isOwed),
                turns.allSatisfy({ $0.overrides[.phaseWindow] == nil })
            else { return nil }
            let through = first + goal.days
            let owes = turns.contains { $0.isOwed && !$0.status.occupies }
            let ends = owes ? nil : placed.last.map { turns[$0].day }
            // With the first visit the phase itself would begin later.
            let ahead = placed.dropFirst().filter { turns[$0].isOwed }
            var inHand: Int?
            if let ends, ends <= through, let calendar, through <= calendar.last, let next = ahead.first {
                let possible = PossibleDays(of: request, on: calendar, from: turns[next].day, through: through)
                let gaps = ahead.map { askedGap(of: phase, beforeVisit: $0) }
                inHand = DaysInHand(gaps, by: through, possible).count(ofVisit: 0, on: turns[next].day)
            }
            return GoalStanding(phase: phase.name, through: through, ends: ends, daysInHand: inHand)
        }
    }
}
