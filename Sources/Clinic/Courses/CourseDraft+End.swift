import Planning

extension CourseDraft {
    /// Ends a course whose turns have all been given or left out, where no task is left. An open-ended phase is over
    /// where its own last day (`endsAfterDays`) or the course's (`endDay`) allows no visit after those that it has had.
    mutating func completeIfOver() {
        // That somebody is still to be called keeps no course open: the call stays on the list.
        guard status == .active, tasks.allSatisfy({ $0.kind == .call }), let counts = lastCounts else { return }
        let attempts = attempts
        for (phase, count) in zip(template.regimen.phases, counts) {
            let own = attempts.filter { $0.phase == phase.name }
            let isBefore = own.isEmpty && progress.adoptedFrom != nil
            guard isBefore || own.count + progress.given(elsewhereOf: phase.name) >= count else { return }
            for attempt in own {
                guard let image = visits[attempt.current] else { continue }
                let isOver = if case .completed = image.status { true } else { image.isForgone }
                guard isOver else { return }
            }
        }
        status = .completed
    }

    /// How many visits each phase has at most; nil where an open-ended one goes on for ever, has not begun, or its days
    /// cannot be told.
    private var lastCounts: [Int]? {
        let phases = template.regimen.phases
        guard let open = phases.first(where: { $0.plannedCount == nil }) else { return phases.map { $0.plannedCount ?? 0 } }
        let given = attempts.filter { $0.phase == open.name }.compactMap { visits[$0.current] }.filter(isKept)
        guard let first = given.map(\.place.day).min() else { return nil }
        let last = [open.endsAfterDays.map { first + $0 }, wish.endDay].compactMap(\.self).min()
        guard let last else { return nil }
        var turns = adoptedTurns
        for attempt in attempts {
            guard let turn = try? turn(of: attempt) else { return nil }
            turns.append(turn)
        }
        return plannedCounts(
            of: request, continuing: turns, today: max(context.today, last), planning: context.calendar.facility.planning)
    }
}
