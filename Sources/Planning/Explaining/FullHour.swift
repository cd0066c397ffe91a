/// Why a visit cannot start within an hour that what is booked has filled.
package enum FullHour: Hashable, Comparable, Sendable {
    /// Somebody could attend it, and all chairs of the visit's features are held.
    case chairs
    /// A chair is free, and nobody of a role has the attention.
    case attention(role: String)
    /// Both are missing, or who is there cannot be divided so.
    case several
}

/// The hours of a day in which a visit of a type could start if nothing were booked, by the clock; each with why it
/// cannot as the day is booked, nil where it can. Empty for a day that is not on the calendar.
package func fullHours(
    of visitType: VisitType, on day: Day, calendar: PlanningCalendar
) -> [(hour: Int, full: FullHour?)] {
    guard let clock = calendar.calendars[day] else { return [] }
    let bare = PlanningCalendar(
        facility: calendar.facility, calendars: DayCalendars(first: day, days: [clock]), timeOff: calendar.timeOff,
        outages: calendar.outages, bookings: [])
    let possible = HourStarts(visitType, on: day, bare).starts()
    if possible.isEmpty { return [] }
    let booked = HourStarts(visitType, on: day, calendar)
    let free = Set(booked.starts().map { clock.clock(at: $0) / 60 })
    var withoutChairs: Set<Int>?
    var withoutAttention: Set<Int>?
    let hours = Dictionary(grouping: possible) { clock.clock(at: $0) / 60 }
    return hours.sorted { $0.key < $1.key }.map { hour, starts in
        if free.contains(hour) { return (hour, nil) }
        let chairs = withoutChairs ?? Set(booked.starts(ignoring: .chairFree).map { clock.clock(at: $0) / 60 })
        withoutChairs = chairs
        if chairs.contains(hour) { return (hour, .chairs) }
        let attention =
            withoutAttention ?? Set(booked.starts(ignoring: .attendantCapacity).map { clock.clock(at: $0) / 60 })
        withoutAttention = attention
        guard attention.contains(hour) else { return (hour, .several) }
        let roles = booked.rolesWithoutAttention(at: starts)
        return (hour, roles.count == 1 ? roles.first.map { .attention(role: $0) } : .several)
    }
}

/// The starts that a visit of a type can have on a day, for nobody in particular and whatever the time is.
private struct HourStarts {
    private let kind: VisitKind
    private let evaluator: DayEvaluator
    private let board: DayBoard?
    private let calendar: PlanningCalendar

    init(_ visitType: VisitType, on day: Day, _ calendar: PlanningCalendar) {
        let nobody = CourseRequest(
            id: "", patient: "", regimen: Regimen(id: "", phases: []), visitTypes: [],
            wish: CourseWish(earliest: day))
        kind = VisitKind(
            visitType, rhythm: false, features: [], facility: calendar.facility, layout: calendar.layout)
        board = calendar[day]
        self.calendar = calendar
        let begin = board?.calendar.firstMinute ?? 0
        // Long before the day no lead time is asked.
        evaluator = DayEvaluator(
            nobody, on: calendar, now: begin - calendar.facility.planning.leadTimeMinutes - 1440,
            mostLabels: kind.labels.count)
    }

    /// Elapsed minutes of the day, ascending.
    func starts(ignoring rule: Rule? = nil) -> [Int] {
        guard let board, evaluator.evaluate(kind, on: board, ignoring: rule) else { return [] }
        var starts: [Int] = []
        evaluator.rows.forEachBit(evaluator.open) { slot in
            if evaluator.firstAttendance(slot: slot) != nil { starts.append(evaluator.layout.grid.minute(of: slot)) }
        }
        return starts
    }

    func rolesWithoutAttention(at starts: [Int]) -> Set<String> {
        guard let board else { return [] }
        let survey = DaySurvey(
            kind: kind, board: board, request: evaluator.request, calendar: calendar, now: evaluator.now)
        return survey.rolesWithoutAttention(at: starts)
    }
}
