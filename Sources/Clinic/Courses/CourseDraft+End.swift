import Planning

extension CourseDraft {
    /// Ends a course whose turns have all been given or left out, where no task is left. An open-ended phase is over
    /// where its own last day (`endsAfterDays`) or the course's (`endDay`) allows no visit after those that it has had.
    mutating func completeIfOver() {
        // That somebody is still to be called keeps no course open: the call stays on the list.
        guard status == .active, tasks.allSatisfy({ $0.kind == .call || $0.kind == .findNumber }),
            let counts = lastCounts
        else { return }
        let attempts = attempts
        for (phase, count) in zip(template.regimen.phases, counts) {
            let own = attempts.filter { $0.phase == phase.name }
            let isBefore = own.isEmpty && progress.adoptedFrom != nil
            guard isBefore || own.count + progress.givenElsewhere(of: phase) >= count else { return }
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
        guard let open = phases.first(where: { $0.plannedCount == nil }) else {
            return phases.map { $0.plannedCount ?? 0 }
        }
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
            of: request, continuing: turns, today: max(context.today, last),
            planning: context.calendar.facility.planning)
    }
}

extension Course {
    /// The last day that a visit of it may have: that of the patient's wish, and so many days after the first visit of
    /// an open-ended phase that ends by itself. Nil where it has none.
    ///
    /// - Parameter visits: the course's visits.
    func lastDay(_ visits: [Visit]) -> Day? { lastDayOf(template, wish, visits.map(\.image)) }
}

extension CourseDraft {
    /// Ends a course whose last day is past and of which nothing is still to come or to be recorded. What it still owes
    /// can have no place any more.
    mutating func endIfPast() {
        guard status == .active, let last = lastDayOf(template, wish, Array(visits.values)), last < context.today,
            !visits.values.contains(where: \.status.isOpen)
        else { return }
        forgoOwed()
        status = .completed
    }

    /// Ends a course by its definition, as if this were its last day: what is to come is called off, what is owed is so
    /// no more. A visit that is still to be recorded is; then it is over.
    mutating func endToday() {
        for (id, image) in visits where image.status == .tentative || image.status == .confirmed {
            if image.place.minute >= context.now.minute { callOff(id, isForgone: true) }
        }
        forgoOwed()
        // What is under way has the visits that it ends with; an earlier phase keeps what was to be given of it.
        var regimen = template.regimen
        let last = regimen.phases.lastIndex { begunCount(of: $0.name) > 0 } ?? 0
        for index in regimen.phases.indices where index >= last {
            let begun = begunCount(of: regimen.phases[index].name)
            guard let planned = regimen.phases[index].plannedCount, begun > 0, begun < planned else { continue }
            regimen.phases[index].count = .exactly(begun)
        }
        follow(regimen)
        wish.endDay = min(wish.endDay ?? context.today, context.today)
        if !visits.values.contains(where: \.status.isOpen) { status = .completed }
    }

    private mutating func forgoOwed() {
        for id in attempts.map(\.current).filter(isOwed) { visits[id]?.isForgone = true }
    }
}

private func lastDayOf(_ template: Template, _ wish: CourseWish, _ visits: [VisitImage]) -> Day? {
    var last = wish.endDay
    if let phase = template.regimen.phases.last, let after = phase.endsAfterDays,
        let first = visits.filter({ $0.phase == phase.name && $0.isGiven }).map(\.place.day).min()
    {
        last = min(last ?? first + after, first + after)
    }
    return last
}
