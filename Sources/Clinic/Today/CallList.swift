import HashTreeCollections
package import Planning

/// Whom to call, why and by when: the difference between what patients were told and what is booked, lost visits for
/// which a place must be agreed, and what a patient must still see to.
///
/// What is due is due while somebody is there: in the last open hour that is early enough.
package struct CallList: Sendable {
    /// Days from today on through which what is due is listed where nobody says more.
    package static let days = 3

    /// Minutes after which somebody to whom a message was left, or who was reached and has not seen to what is missing,
    /// is called again.
    static let againMinutes = 120

    private let state: ClinicState
    private let configuration: ClinicConfiguration
    private let hours: OpenHours
    private let calendars: DayCalendars
    private let now: Instant
    private let today: Day

    /// The list of a state at an instant; nil where nothing is configured, or the days given do not have it.
    package init?(_ state: ClinicState, calendars: DayCalendars, now: Instant) {
        guard let configuration = state.configuration, let today = calendars.day(at: now)?.day else { return nil }
        self.state = state
        self.configuration = configuration
        self.calendars = calendars
        self.now = now
        self.today = today
        hours = OpenHours(facility: state.planningFacility, calendars: calendars)
    }

    init?(_ context: DecisionContext) {
        self.init(context.state, calendars: context.calendar.calendars, now: context.now)
    }

    /// Everybody who is to be called by the end of a day (whenever without), most urgent first.
    package func calls(through day: Day? = nil) -> [PhoneCall] {
        let former = state.givenAway.compactMap(state.visit).flatMap(\.formerPatients)
            .map { state.standing(for: $0.patient) }
        let calls = Set(state.coursesByPatient.keys).union(former).compactMap { call(to: $0, through: day) }
        func key(_ call: PhoneCall) -> (Int, Int, Int) {
            (rank(call.reasons[0].purpose), call.due.seconds, call.patient.number)
        }
        return calls.sorted { key($0) < key($1) }
    }

    /// What there is to tell a patient by the end of a day (whenever without); nil where nothing is.
    package func call(to patient: PatientID, through day: Day? = nil) -> PhoneCall? {
        if state.isClosed(patient) { return nil }
        let end = day.flatMap { calendars[$0] }.map { Instant(minute: $0.firstMinute + $0.length) }
        let own = state.courses(of: patient).flatMap(reasons).filter { reason in
            reason.purpose == .late || (state.visit(reason.visit).map(state.mayCall) ?? false)
        }
        let given = state.givenAway(from: patient).filter { state.mayCall($0.former, about: $0.visit) }
        let all = own + given.map { givenAway($0.visit, $0.former) }
        let isDue = { (reason: PhoneCall.Reason) in end.map { reason.due < $0 } ?? true }
        guard all.contains(where: isDue) else { return nil }
        // Whoever is called is told at once of everything that is other than they know.
        let reasons = all.filter { $0.purpose.isDifference || isDue($0) }.sorted { key($0) < key($1) }
        let named = Set(reasons.map(\.visit))
        let facts =
            Set(reasons.filter { !$0.isGivenAway }.map(\.visit)).compactMap(state.visit).flatMap(\.calls)
            + given.filter { named.contains($0.visit.id) }.flatMap(\.former.calls)
        var calls: [Instant: Fact] = [:]
        for fact in facts { calls[fact.at] = fact }
        return PhoneCall(patient: patient, reasons: reasons, calls: calls.values.sorted { $0.at < $1.at })
    }

    private func key(_ reason: PhoneCall.Reason) -> (Int, Int, Int) {
        (rank(reason.purpose), reason.due.seconds, reason.visit.number)
    }

    private func rank(_ purpose: PhoneCall.Purpose) -> Int {
        PhoneCall.Purpose.allCases.firstIndex(of: purpose) ?? 0
    }

    /// Before when the clinic is open again after a day, where it is closed on the day after it; nil where it is open
    /// then, or no day known is.
    package func reopening(after day: Day) -> Day? {
        guard let opens = hours.firstDay(after: day), opens > day + 1 else { return nil }
        return opens
    }

    // MARK: Why

    private func reasons(of course: Course) -> [PhoneCall.Reason] {
        let visits = state.visits(of: course)
        var reasons = visits.compactMap(difference)
        guard course.status == .active, course.progress.heldUntil == nil else { return reasons }
        let differing = Set(reasons.map(\.visit))
        let uncovered = course.firstUnauthorised(visits)?.id
        for visit in visits where visit.day >= today && (visit.status == .tentative || visit.status == .confirmed) {
            guard course.isOpen(through: visit.phase) else { continue }
            let late = lateMinute(of: visit)
            if late <= now.minute, !hours.areClosed(to: visit) {
                reasons.append(reason(.late, visit, due: late, deadline: nil))
            }
            guard !differing.contains(visit.id) else { continue }
            reasons += open(visit, course, uncovered, isLate: late <= now.minute).map { [$0] } ?? []
        }
        for task in state.tasks(of: course) where task.kind == .makeUp {
            guard let visit = state.visit(task.visit) else { continue }
            reasons.append(reason(.lost, visit, due: minute(PromisedTime(day: task.due + 1, clock: 0)), deadline: nil))
        }
        return reasons
    }

    private func lateMinute(of visit: Visit) -> Int {
        visit.place.minute + visit.delayMinutes + configuration.notifications.lateMinutes
    }

    /// Minutes before a visit by which its patient should know, and should have seen to everything.
    private var notice: Int { configuration.notifications.escortHours * 60 }

    /// What of a visit is other than its patient was told. Due before they would come in vain, or not come.
    private func difference(of visit: Visit) -> PhoneCall.Reason? {
        guard let news = visit.news else { return nil }
        let told = visit.heard?.time.map(minute)
        switch news {
        case .calledOff:
            // Of what may or may not have been said long ago nobody needs to hear.
            guard visit.needsCall || visit.place.minute >= now.minute else { return nil }
            let deadline = told ?? visit.place.minute
            return reason(.calledOff, visit, due: deadline - notice, deadline: deadline, told: told)
        case .changed:
            // Where nobody knows what the patient believes, they may come at any time.
            let believed = visit.heard == .calledOff ? visit.place.minute : told ?? now.minute
            let deadline = min(believed, visit.place.minute)
            let purpose: PhoneCall.Purpose = visit.isDeclined ? .lost : .changed
            return reason(purpose, visit, due: deadline - notice, deadline: deadline, told: told)
        }
    }

    /// That a visit that a patient was told of is somebody else's by now.
    private func givenAway(_ visit: Visit, _ former: FormerPatient) -> PhoneCall.Reason {
        // Where nobody knows what they believe, they may come at any time.
        let told = former.heard.time.map(minute)
        let deadline = told ?? now.minute
        return reason(
            .calledOff, visit, due: deadline - notice, deadline: deadline, told: told, calls: former.calls,
            isGivenAway: true)
    }

    /// What is still open of a visit that is as its patient was told, or of which they do not know.
    private func open(
        _ visit: Visit, _ course: Course, _ uncovered: VisitID?, isLate: Bool
    ) -> PhoneCall.Reason? {
        let start = visit.place.minute
        if visit.isDeclined { return reason(.lost, visit, due: start - notice, deadline: start) }
        if isLate || hours.areClosed(to: visit) { return nil }
        guard visit.told else {
            let firm = configuration.facility.planning.firmDays * 1440
            return reason(.agree, visit, due: start - max(firm, notice), deadline: start)
        }
        var missing = course.missingPrerequisites(of: visit)
        if visit.visitType.escort, visit.time(of: .escortConfirmed) == nil { missing.insert("escort", at: 0) }
        if visit.id == uncovered { missing.append("authorisation") }
        let reminding = missingReminder(of: visit)
        if !missing.isEmpty || reminding != nil {
            // A reminder before its time is none; what else is missing does not wait for that.
            let due = missing.isEmpty ? max(start - notice, reminding ?? 0) : start - notice
            let all = missing + (reminding == nil ? [] : [PhoneCall.fasting])
            return reason(.ready, visit, due: due, deadline: start, told: start, missing: all)
        }
        // They know, and nothing stands against it any more: that they agree is all that is wanted.
        guard visit.status == .tentative, uncovered == nil else { return nil }
        return reason(.agree, visit, due: start - notice, deadline: start, told: start)
    }

    /// From which minute on a call reminds the patient of a visit to fast, where that is asked and nobody has reached
    /// them since; nil where nothing is missing.
    private func missingReminder(of visit: Visit) -> Int? {
        guard let days = configuration.notifications.fastingReminderDays, visit.visitType.fastingHours ?? 0 > 0 else {
            return nil
        }
        let day = hours.lastDay(before: visit.day, count: days)
        let midnight = minute(PromisedTime(day: day, clock: 0))
        let isReminded = visit.calls.contains { $0.outcome == .reached && $0.at.minute >= midnight }
        return isReminded ? nil : hours.opening(on: day) ?? midnight
    }

    // MARK: By when

    /// The instant of a promised time, minutes since 1970 UTC. Beyond the days given the clock runs as on the nearest.
    private func minute(_ time: PromisedTime) -> Int {
        if let day = calendars[time.day] { return day.firstMinute + time.elapsed(of: day) }
        let nearest = time.day < calendars.first ? calendars.days.first : calendars.days.last
        guard let nearest else { return time.day.number * 1440 + time.clock }
        return nearest.firstMinute + (time.day - nearest.day) * 1440 + time.clock
    }

    /// A reason with when it is due: in the last open hour before `due`, and now where that has passed. Whoever was
    /// called in vain is called again some time later, yet before `deadline`. All in minutes since 1970 UTC.
    private func reason(
        _ purpose: PhoneCall.Purpose, _ visit: Visit, due: Int, deadline: Int?, told: Int? = nil,
        missing: [String] = [], calls: [Fact]? = nil, isGivenAway: Bool = false
    ) -> PhoneCall.Reason {
        var minute = max(hours.last(notAfter: due, notBefore: now.minute) ?? now.minute, now.minute)
        if let last = (calls ?? visit.calls).last, purpose.isAskedAgain(after: last) {
            var again = hours.first(from: last.at.minute + Self.againMinutes)
            if let deadline, deadline > now.minute { again = min(again, deadline) }
            minute = max(minute, again)
        }
        return PhoneCall.Reason(
            purpose: purpose, visit: visit.id, course: visit.course, due: Instant(minute: minute),
            told: told.map { Instant(minute: $0) }, missing: missing, isGivenAway: isGivenAway)
    }
}

extension PhoneCall.Purpose {
    /// Whether what is booked is other than the patient knows.
    fileprivate var isDifference: Bool {
        switch self {
        case .calledOff, .changed: true
        case .late, .lost, .agree, .ready: false
        }
    }

    /// Whether a call was about this already. Whoever was reached before a visit was changed knows nothing of that.
    fileprivate func isAskedAgain(after call: Fact) -> Bool {
        switch self {
        case .late: false
        case .calledOff, .changed, .agree: call.outcome == .messageLeft
        case .lost, .ready: ![.declined, .wrongNumber].contains(call.outcome)
        }
    }
}

/// When somebody is at the clinic to make a call.
private struct OpenHours: Sendable {
    let facility: Facility
    let calendars: DayCalendars

    /// [from, until) of a day's opening, minutes since 1970 UTC, ascending.
    private func opening(_ day: DayCalendar) -> [Interval] {
        openingIntervals(of: facility, on: day).map { $0.shifted(by: day.firstMinute) }.sorted { $0.from < $1.from }
    }

    /// The last minute at which the clinic is open, its closing counted, of those from one to another; nil where it is
    /// closed all the time between, or they do not follow one another.
    func last(notAfter end: Int, notBefore start: Int) -> Int? {
        guard start <= end, let first = calendars.day(at: Instant(minute: start))?.day else { return nil }
        guard var day = calendars.day(at: Instant(minute: end))?.day else { return end }
        while day >= first {
            if let clock = calendars[day], let open = opening(clock).last(where: { $0.from <= end }) {
                return min(open.until, end)
            }
            day = day - 1
        }
        return nil
    }

    /// Whether the clinic is not open for all of a visit, which is to be repaired: nothing is asked for its time.
    func areClosed(to visit: Visit) -> Bool {
        guard visit.overrides[.openingHours] == nil, let clock = calendars[visit.day] else { return false }
        return !opening(clock).hold(visit.interval)
    }

    /// The first day after one on which the clinic is open; nil where no day known is.
    func firstDay(after day: Day) -> Day? {
        var next = day + 1
        while let clock = calendars[next] {
            if !opening(clock).isEmpty { return next }
            next = next + 1
        }
        return nil
    }

    /// The last but so many of the days before one on which the clinic is open; of days that are not known, its week
    /// says so.
    func lastDay(before day: Day, count: Int) -> Day {
        var (last, left) = (day, count)
        // A clinic that is hardly ever open: a call in any of so many weeks will do.
        for _ in 0..<(count * 7 + 14) where left > 0 {
            last = last - 1
            let isOpen = calendars[last].map { !opening($0).isEmpty } ?? !(facility.hours[last.weekday] ?? []).isEmpty
            if isOpen { left -= 1 }
        }
        return last
    }

    /// The minute at which the clinic opens on a day; nil where it does not, or the day is not known.
    func opening(on day: Day) -> Int? { calendars[day].flatMap { opening($0).first?.from } }

    /// The first minute from one on at which the clinic is open; that one where no day known has such a minute.
    func first(from start: Int) -> Int {
        guard var day = calendars.day(at: Instant(minute: start))?.day else { return start }
        while let clock = calendars[day] {
            if let open = opening(clock).first(where: { $0.until > start }) { return max(open.from, start) }
            day = day + 1
        }
        return start
    }
}
