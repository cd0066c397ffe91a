import Planning

/// Which of its phase's visits one is, as those who treat count them: the fourth infusion of six, given elsewhere or
/// here, whatever other visits the course has.
package struct PhaseTurn: Hashable, Sendable {
    /// From 1, in the order of the visits' numbers.
    package let number: Int
    /// How many the phase has; nil where it is open-ended.
    package let of: Int?

    /// A turn of so many.
    package init(number: Int, of count: Int?) {
        self.number = number
        of = count
    }
}

extension ClinicState {
    /// A visit's turn in its phase; nil where the state does not hold its course, or it has no turn.
    package func turn(of visit: Visit) -> PhaseTurn? {
        guard !visit.isTakenBack, let course = course(visit.course), let phase = course.template.phase(visit.phase)
        else { return nil }
        let own = visits(of: course).filter { $0.phase == visit.phase && !$0.isTakenBack }
        let numbers = Set(own.map(\.number)).sorted()
        guard let index = numbers.firstIndex(of: visit.number) else { return nil }
        let number = index + 1 + course.progress.givenElsewhere(of: phase)
        return PhaseTurn(number: number, of: phase.plannedCount.map { max($0, number) })
    }
}
