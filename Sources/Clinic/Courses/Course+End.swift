import Planning

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
        for id in attempts.map(\.current).filter(isOwed) { visits[id]?.isForgone = true }
        status = .completed
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
