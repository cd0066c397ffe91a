import Planning

/// When a phase is to be looked at: every so many days from its first visit given, whether or not a visit comes then.
/// Only the first review that is not done stands open; they are numbered from 1.
struct Reviews {
    /// The first visit of the phase that was given.
    private let first: VisitID
    private let firstDay: Day
    private let every: Int
    /// No review lies after this day; nil while the phase goes on without an end.
    private let last: Day?
    /// How many are done.
    private let doneCount: Int

    /// The reviews of a phase; nil where it has none, or nothing of it was given.
    init?(
        of phase: Phase, _ template: Template, _ progress: CourseProgress, visits: [VisitID: VisitImage],
        _ attempts: [VisitAttempts]
    ) {
        guard let every = phase.reviewEveryDays, every > 0 else { return nil }
        let own = attempts.filter { $0.phase == phase.name }.compactMap { attempt in
            visits[attempt.current].map { (id: attempt.current, image: $0) }
        }
        let given = own.filter(\.image.isGiven).sorted {
            ($0.image.place.day, $0.id.number) < ($1.image.place.day, $1.id.number)
        }
        guard let first = given.first, let latest = given.last else { return nil }
        let begin = first.image.place.day
        self.first = first.id
        firstDay = begin
        self.every = every
        let phases = template.regimen.phases
        let index = phases.firstIndex { $0.name == phase.name } ?? 0
        let later = Set(phases.dropFirst(index + 1).map(\.name))
        let hasPassed = visits.values.contains { later.contains($0.phase) && $0.isGiven }
        let goesOn = phase.count == .open || own.contains { !$0.image.isGiven && !$0.image.isForgone }
        let end = phase.endsAfterDays.map { begin + $0 }
        last = goesOn && !hasPassed ? end : min(end ?? latest.image.place.day, latest.image.place.day)
        // An older program named a review by the first visit that was given since it was due.
        let byVisit = given.filter { progress.doneTasks.contains("\($0.id)/review") }
            .map { ($0.image.place.day - begin) / every }
        let prefix = "\(first.id)/review "
        let byNumber = progress.doneTasks.compactMap { id in
            id.hasPrefix(prefix) ? Int(id.dropFirst(prefix.count)) : nil
        }
        doneCount = (byVisit + byNumber).max() ?? 0
    }

    /// The one to be done next; nil where the phase ends before.
    var next: ClinicTask? {
        let task = review(doneCount + 1)
        return last.map { task.due <= $0 } ?? true ? task : nil
    }

    /// Ids of those that are due by a day.
    func due(by day: Day) -> [String] {
        guard day >= firstDay + every else { return [] }
        return (1...(day - firstDay) / every).map { review($0).id }
    }

    private func review(_ number: Int) -> ClinicTask {
        ClinicTask(kind: .review, visit: first, name: "review \(number)", due: firstDay + number * every)
    }
}
