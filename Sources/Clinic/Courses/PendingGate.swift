import Planning

/// A gate that is still to be decided on, with its day.
struct PendingGate {
    /// The phase behind it.
    let phase: Phase
    /// When it is to be decided on: so many days after the last visit before it, as that is booked or was given.
    let due: Day
    /// That visit; nil where it was given before the course came here.
    let last: VisitID?
}

extension Course {
    /// The gates that have not opened and to which the course has a visit to come, or had.
    ///
    /// - Parameter visits: the course's visits in the order of their numbers.
    func pendingGates(_ visits: [Visit]) -> [PendingGate] {
        let phases = template.regimen.phases
        return phases.indices.dropFirst().compactMap { index in
            guard let gate = phases[index].gate, !progress.openGates.contains(phases[index].name) else { return nil }
            // A phase that was left out has no visits: what counts is the one before it.
            let before = phases[..<index].last { $0.plannedCount != 0 }
            if let last = visits.last(where: { $0.phase == before?.name && $0.status.occupies }) {
                return PendingGate(phase: phases[index], due: last.day + gate.dueDays, last: last.id)
            }
            guard let adopted = progress.adoptedFrom, adopted.phase == before?.name else { return nil }
            return PendingGate(phase: phases[index], due: adopted.lastDay + gate.dueDays, last: nil)
        }
    }

    /// The measure of which a visit's patient needs a score before it begins: a gate behind its phase, or behind one
    /// that follows, asks by how much it falls, and there is none to compare with.
    func missingBaseline(before visit: Visit, _ visits: [Visit]) -> String? {
        let phases = template.regimen.phases
        for index in phases.indices.dropFirst() {
            guard case .reductionPercent(let measure, _)? = phases[index].gate?.condition,
                !progress.openGates.contains(phases[index].name),
                !progress.assessments.contains(where: { $0.measure == measure }),
                let first = visits.first(where: { $0.phase == phases[index - 1].name && $0.status.occupies }),
                (visit.day, visit.number) <= (first.day, first.number)
            else { continue }
            return measure
        }
        return nil
    }
}
