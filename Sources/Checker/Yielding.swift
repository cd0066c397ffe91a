package import Planning

/// A visit that yielded its place to a course that would have missed its goal.
package struct YieldedBooking: Hashable, Sendable {
    package var before: Booking
    package var after: Placement
    package var request: CourseRequest
    /// Its number in the course, from 1.
    package var number: Int
    /// The day of the visit before it; nil where it is the first.
    package var previous: Day?
    /// The day of the visit after it; nil where it is the last.
    package var next: Day?
    /// Whether the patient knew its time.
    package var isTold: Bool
    /// Whether no plan may move it.
    package var isPinned: Bool

    /// A visit that went from one place to another.
    package init(
        before: Booking, after: Placement, request: CourseRequest, number: Int, previous: Day?, next: Day?,
        isTold: Bool, isPinned: Bool
    ) {
        self.before = before
        self.after = after
        self.request = request
        self.number = number
        self.previous = previous
        self.next = next
        self.isTold = isTold
        self.isPinned = isPinned
    }
}

/// Verifies that visits yielded as they may (docs/contract/planning.md section 6): at most three, of phases without a
/// goal that say so, pinned ones never, each within its own gaps with its neighbours kept. That all keep the rules on
/// places is asked by `checkBookings`.
///
/// - Returns: what is wrong, in the order of the visits.
package func checkYielding(_ yielded: [YieldedBooking], in setting: Setting) -> [Breach] {
    var breaches: [Breach] = []
    for (index, visit) in yielded.enumerated() {
        func report(_ what: Breach.Finding, _ message: String) {
            breaches.append(Breach(course: visit.request.id, booking: visit.before.id, what: what, message: message))
        }
        if index >= 3 { report(.shape("yields"), "more than three visits yield") }
        let steps = steps(of: visit.request, planning: setting.facility.planning, today: setting.today)
        guard let step = steps.first(where: { $0.number == visit.number }) else {
            report(.shape("visit-count"), "the course has no visit \(visit.number)")
            continue
        }
        if step.phase.goal != nil { report(.shape("yields"), "\(step.phase.name) has a goal itself") }
        let isKept = step.phase.yields == .never || step.phase.yields == .untold && visit.isTold
        if isKept { report(.shape("yields"), "\(step.phase.name) yields \(step.phase.yields.rawValue)") }
        if visit.isPinned { report(.shape("yields"), "it is pinned") }
        if visit.after == visit.before.placement { report(.shape("yields"), "it stays where it was") }
        func days(_ asked: CheckedStep, since previous: Day?, on day: Day) {
            let gap = day - (previous ?? visit.request.wish.earliest)
            let allowed = asked.gap(on: day)
            guard gap < allowed.minimum || allowed.maximum < gap else { return }
            report(.rule(.gap), "\(gap) days to visit \(asked.number) (\(allowed.minimum) to \(allowed.maximum))")
        }
        days(step, since: visit.previous, on: visit.after.day)
        if let next = visit.next, let following = steps.first(where: { $0.number > visit.number }) {
            days(following, since: visit.after.day, on: next)
        }
    }
    return breaches
}
