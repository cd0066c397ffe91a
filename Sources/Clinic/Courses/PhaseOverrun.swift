package import Planning

/// A phase under way whose visits, as they stand, do not end in its window (docs/contract/planning.md section 6: it is
/// slipping).
package struct PhaseOverrun: Hashable, Sendable {
    package let phase: String
    /// The last day that it was to have: its goal, else the last day of its window.
    package let through: Day
    /// The day of its last visit as planned; nil where a visit of it has no place.
    package let ends: Day?

    /// Whether it stands worse than another time: it ends later, or no longer has a place for every visit.
    package func isWorse(than other: PhaseOverrun?) -> Bool {
        guard let other, other.phase == phase else { return true }
        guard let ends else { return other.ends != nil }
        return other.ends.map { ends > $0 } ?? false
    }
}

extension Course {
    /// The overrun of the phase that has been reached; nil where it ends in time, has no window or began elsewhere.
    ///
    /// - Parameter images: the course's visits, those that were lost too.
    package func overrun(_ images: [VisitImage]) -> PhaseOverrun? {
        guard status == .active else { return nil }
        for phase in template.regimen.phases.reversed() {
            let own = images.filter { $0.phase == phase.name }
            guard let first = own.filter(\.hasBegun).map(\.place.day).min() else { continue }
            guard let within = phase.windowDays, progress.adoptedFrom?.phase != phase.name,
                own.allSatisfy({ !$0.hasBegun || $0.overrides[.phaseWindow] == nil })
            else { return nil }
            return overrun(phase.name, through: first + within, own)
        }
        return nil
    }

    private func overrun(_ phase: String, through: Day, _ own: [VisitImage]) -> PhaseOverrun? {
        let placed = own.filter(\.status.occupies)
        let taken = Set(placed.map(\.number))
        let isOwed = own.contains { $0.isLost && !$0.isForgone && !taken.contains($0.number) }
        if isOwed { return PhaseOverrun(phase: phase, through: through, ends: nil) }
        guard placed.contains(where: { !$0.hasBegun }), let ends = placed.map(\.place.day).max(), ends > through
        else { return nil }
        return PhaseOverrun(phase: phase, through: through, ends: ends)
    }
}

extension VisitImage {
    fileprivate var isLost: Bool {
        switch status {
        case .noShow, .notTreated, .cancelled: true
        case .tentative, .confirmed, .arrived, .inProgress, .completed, .omitted: false
        }
    }

    fileprivate var hasBegun: Bool {
        switch status {
        case .inProgress, .completed: true
        case .tentative, .confirmed, .arrived, .noShow, .notTreated, .cancelled, .omitted: false
        }
    }
}
