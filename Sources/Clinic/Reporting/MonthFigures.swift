package import Planning

/// A period at the clinic in figures: what was given, what was lost, how long the first visit took to come, and whether
/// forms were done on time.
package struct MonthFigures: Hashable, Sendable {
    /// Visits lost for one reason.
    package struct Loss: Hashable, Sendable {
        package var visits = 0
        /// Minutes for which they would have held their chairs.
        package var chairMinutes = 0
        /// For each whose events tell: days for which its place was kept from others.
        package var daysBlocked: [Int] = []
    }

    /// Why visits were lost.
    package struct LossKey: Hashable, Comparable, Sendable {
        /// The kind of loss.
        package let kind: LossKind
        /// The particular reason; empty where there is none.
        package let reason: String

        package static func < (left: LossKey, right: LossKey) -> Bool {
            (left.kind, left.reason) < (right.kind, right.reason)
        }
    }

    /// Visits of the period's days that were given in full.
    package private(set) var givenInFull = 0
    /// Visits that were given in part.
    package private(set) var givenInPart = 0
    /// Visits that still have their place: to come, under way, or not closed.
    package private(set) var open = 0
    /// Visits that were lost.
    package private(set) var losses: [LossKey: Loss] = [:]
    /// Days from referral, or else booking, to the first given visit, of each course whose first visit was given in the
    /// period.
    package private(set) var daysToFirst: [Int] = []
    /// How the follow-ups stand whose day lies in the period, by name.
    package private(set) var forms: [String: [FormStanding: Int]] = [:]
    private let period: ReportPeriod
    private let today: Day

    /// No course yet; `today` is the day of the report.
    package init(of period: ReportPeriod, today: Day) {
        self.period = period
        self.today = today
    }

    /// Visits that were given.
    package var given: Int { givenInFull + givenInPart }

    /// Visits that were lost.
    package var lost: Int { losses.values.reduce(0) { $0 + $1.visits } }

    /// Takes in a course.
    ///
    /// - Parameters:
    ///   - visits: the course's, in the order of their numbers.
    ///   - booked: the day on which it was booked.
    ///   - day: the clinic's civil day of an instant.
    ///   - events: those about the course, in order; asked for only where a visit was lost or a form falls due.
    package mutating func add<Failure: Error>(
        _ course: Course, _ visits: [Visit], booked: Day, day: (Instant) -> Day,
        events: () throws(Failure) -> [RecordedEvent]
    ) throws(Failure) {
        if course.progress.heldUntil != nil { return }
        let own = visits.filter { period.contains($0.day) }
        let forms = visits.flatMap(followUps).filter { period.contains($0.due) }
        let history = own.contains { loss(of: $0) != nil } || !forms.isEmpty ? try events() : []
        for visit in own { count(visit, history) }
        let done = timesTasksWereDone(in: history)
        for form in forms {
            let standing = standing(of: form, done: done[form.id].map(day), today: today)
            self.forms[form.name, default: [:]][standing, default: 0] += 1
        }
        if let begun = daysToFirstVisit(course, visits, booked: booked), period.contains(begun.first) {
            daysToFirst.append(begun.days)
        }
    }

    private mutating func count(_ visit: Visit, _ history: [RecordedEvent]) {
        if let lost = loss(of: visit) {
            var loss = losses[LossKey(kind: lost.kind, reason: lost.reason), default: Loss()]
            loss.visits += 1
            loss.chairMinutes += visit.visitType.hold
            if let days = Clinic.daysBlocked(by: visit.id, in: history) { loss.daysBlocked.append(days) }
            losses[LossKey(kind: lost.kind, reason: lost.reason)] = loss
            return
        }
        switch visit.status {
        case .completed(.full): givenInFull += 1
        case .completed(.partial): givenInPart += 1
        case .tentative, .confirmed, .arrived, .inProgress: open += 1
        case .noShow, .notTreated, .cancelled, .omitted: break
        }
    }
}
