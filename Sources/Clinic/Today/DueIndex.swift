import HashTreeCollections
package import Planning

/// When something next falls due for each course, kept along with the state: so that neither a command nor a timer
/// looks at every visit there is.
///
/// A value that is cheap to copy, derived from a state and the days that are known; it holds one instant a course, by
/// the hour, and none of the alerts.
package struct DueIndex: Sendable {
    /// The first instant at which something falls due that was not told yet, or an offer ends; nil where nothing does
    /// on the days known.
    package var next: Instant? { [nextAlert, nextOfferEnd].compactMap(\.self).min() }

    private var nextAlert: Instant?
    private var nextOfferEnd: Instant?
    private var nextByCourse: TreeDictionary<CourseID, Instant> = [:]
    private var coursesByHour: TreeDictionary<Int, TreeSet<CourseID>> = [:]
    private var nextOfStaff: Instant?
    /// No course has a later hour.
    private var lastHour = Int.min

    /// Two months: a year in the far future must not be waited for hour by hour.
    private static let hoursLookedThrough = 1_500

    /// An index of nothing.
    package init() {}

    /// The index of a state. It knows what falls due on the given days, and is made anew when there are more.
    package init(_ state: ClinicState, calendars: DayCalendars) {
        for course in state.courses.values {
            set(course.id, to: firstUntold(alerts(of: course, state, calendars), state))
        }
        nextOfStaff = firstUntold(staffAlerts(state, calendars), state)
        nextAlert = earliest(from: Int.min)
        nextOfferEnd = state.offerEnds.min()
    }

    /// What has fallen due through an instant and was not told; ascending by due time.
    package func due(through: Instant, _ state: ClinicState, calendars: DayCalendars) -> [Alert] {
        guard let next = nextAlert, next <= through else { return [] }
        var found: [Alert] = []
        if nextOfStaff.map({ $0 <= through }) ?? false { found += staffAlerts(state, calendars) }
        for hour in hour(next)...max(hour(next), min(hour(through), lastHour)) {
            for id in coursesByHour[hour] ?? [] where nextByCourse[id].map({ $0 <= through }) ?? false {
                if let course = state.course(id) { found += alerts(of: course, state, calendars) }
            }
        }
        let told = state.alertedThrough ?? through
        return found.filter { told < $0.due && $0.due <= through }.sorted(by: precedes)
    }

    /// Brings the index up to the state that events have led to.
    package mutating func follow(_ events: [Event], to state: ClinicState, calendars: DayCalendars) {
        if events.contains(where: { $0.kind == .configuration(.adopted) }) {
            self = DueIndex(state, calendars: calendars)
            return
        }
        var isStaffTold = false
        for event in events {
            var courses = Set(event.courses)
            for subject in event.subjects where event.movesDues {
                switch subject {
                case .course(let id): courses.insert(id)
                case .visit(let id): if let visit = state.visit(id) { courses.insert(visit.course) }
                case .person: isStaffTold = true
                case .clinic, .patient, .chair: break
                }
            }
            for id in courses { update(id, state, calendars) }
        }
        if isStaffTold {
            nextOfStaff = firstUntold(staffAlerts(state, calendars), state)
            nextAlert = earliest(from: nextAlert.map(hour) ?? Int.min)
        }
        if events.contains(where: { $0.kind == .waiting(.offerMade) || $0.kind == .waiting(.offerClosed) }) {
            nextOfferEnd = state.offerEnds.min()
        }
    }

    private mutating func update(_ id: CourseID, _ state: ClinicState, _ calendars: DayCalendars) {
        let before = nextByCourse[id]
        let after = state.course(id).flatMap { firstUntold(alerts(of: $0, state, calendars), state) }
        guard before != after else { return }
        set(id, to: after)
        if let after, nextAlert.map({ after < $0 }) ?? true {
            nextAlert = after
        } else if before == nextAlert {
            nextAlert = earliest(from: nextAlert.map(hour) ?? Int.min)
        }
    }

    private mutating func set(_ id: CourseID, to instant: Instant?) {
        if let before = nextByCourse[id] {
            var others = coursesByHour[hour(before)] ?? []
            others.remove(id)
            coursesByHour[hour(before)] = others.isEmpty ? nil : others
        }
        nextByCourse[id] = instant
        guard let instant else { return }
        coursesByHour[hour(instant), default: []].insert(id)
        lastHour = max(lastHour, hour(instant))
    }

    /// The first instant from an hour on: no course has an earlier one.
    private func earliest(from first: Int) -> Instant? {
        var hour = first == Int.min ? coursesByHour.keys.min() ?? 0 : first
        // What is next is mostly near: hour by hour. Where it is not, its hour is looked for among all there are.
        let near = hour + Self.hoursLookedThrough
        while hour <= min(lastHour, near) {
            if let instant = earliest(in: hour) { return instant }
            hour += 1
        }
        let far = coursesByHour.keys.lazy.filter { $0 > near }.min()
        return far.flatMap(earliest(in:)) ?? nextOfStaff
    }

    /// The first instant of an hour in which no course has an earlier one; nil where none has one in it.
    private func earliest(in hour: Int) -> Instant? {
        coursesByHour[hour]?.compactMap { nextByCourse[$0] }.min().map { min($0, nextOfStaff ?? $0) }
    }

    private func firstUntold(_ alerts: [Alert], _ state: ClinicState) -> Instant? {
        guard let told = state.alertedThrough else { return nil }
        return alerts.lazy.map(\.due).filter { $0 > told }.min()
    }
}

extension Event {
    /// Whether it tells of something due, or moves instants, beside the courses that it names.
    fileprivate var movesDues: Bool { kind == .alert(.raised) || kind == .visit(.retimed) }
}

/// The hour that an instant lies in, since 1970 UTC.
private func hour(_ instant: Instant) -> Int {
    instant.seconds >= 0 ? instant.seconds / 3600 : -((3599 - instant.seconds) / 3600)
}

/// What some events have made due: things that would have fallen due earlier had one known of them. They fall due with
/// the events.
///
/// A reminder whose hour had passed when its visit was put where it is is left out: the patient has just been spoken
/// to. So is what was told before and merely would have been due at another time.
package func madeDue(
    by events: [Event], from before: ClinicState, to after: ClinicState, calendars: DayCalendars, now: Instant
) -> [Alert] {
    func past(_ state: ClinicState, _ id: CourseID) -> [Alert] {
        state.course(id).map { alerts(of: $0, state, calendars).filter { $0.due <= now } } ?? []
    }
    var found: [Alert] = []
    for id in Set(events.flatMap(\.courses)) { found += unfamiliar(past(after, id), past(before, id)) }
    if events.contains(where: { $0.kind == .configuration(.adopted) }), before.configuration != nil {
        for course in after.courses.values where course.status.isOpen {
            found += unfamiliar(past(after, course.id), past(before, course.id))
        }
        found += unfamiliar(
            staffAlerts(after, calendars).filter { $0.due <= now },
            staffAlerts(before, calendars).filter { $0.due <= now })
    }
    return found.filter { $0.kind != .visitReminder }
        .map { Alert($0.kind, $0.subject, $0.detail, due: max($0.due, now)) }.sorted(by: precedes)
}

private func unfamiliar(_ alerts: [Alert], _ known: [Alert]) -> [Alert] {
    let known = Set(known.map { Alert($0.kind, $0.subject, $0.detail, due: Instant(seconds: 0)) })
    return alerts.filter { !known.contains(Alert($0.kind, $0.subject, $0.detail, due: Instant(seconds: 0))) }
}
