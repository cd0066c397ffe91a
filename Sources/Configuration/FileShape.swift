internal import Clinic
internal import Planning
internal import StrictJSON

/// The objects of files that stand for themselves, each described once: they are read and written from the same fields
/// with their limits. What declares an id, refers to one, or is measured by another key has a reader of its own
/// (docs/decisions/004-payloads-are-coded-by-hand.md).
enum FileShape {
    static let notifications = Shape(
        NotificationParameters(),
        DefaultedField("reminderHours", \.reminderHours, reminderHours),
        DefaultedField("escortHours", \.escortHours, .within(0...720)),
        DefaultedField("fastingReminderDays", \.fastingReminderDays, Codec.within(1...14).optional),
        DefaultedField("lateMinutes", \.lateMinutes, .within(1...1440)),
        DefaultedField("overrunMinutes", \.overrunMinutes, .within(1...1440)),
        DefaultedField("lateCancellationBusinessHours", \.lateCancellationBusinessHours, .within(0...720)),
        DefaultedField("authorisationDays", \.authorisationDays, .within(0...366)),
        DefaultedField("credentialDays", \.credentialDays, .within(0...366)))

    /// Hours before a visit, descending and none twice.
    private static let reminderHours = Codec<[Int]>(
        read: { reader in
            guard let hours = reader.array(of: { $0.integer(1...2160) }) else { return nil }
            if Set(hours).count != hours.count { reader.problem("an hour stands twice in \(hours)") }
            return hours.sorted(by: >)
        },
        write: { .array($0.map { .integer($0) }) })

    static let planning = Shape(
        PlanningParameters(),
        DefaultedField("horizonDays", \.horizonDays, .within(0...3660)),
        DefaultedField("leadTimeMinutes", \.leadTimeMinutes, .within(0...525_600)),
        DefaultedField("startWithinDays", \.startWithinDays, .within(0...3660)),
        DefaultedField("firmDays", \.firmDays, .within(0...3660)),
        DefaultedField("makeUpDays", \.makeUpDays, .within(0...366)),
        DefaultedField("seeksGoals", \.seeksGoals, .choice),
        DefaultedField("weights", \.weights, weights.codec))

    private static let weights = Shape(
        Weights(),
        DefaultedField("start", \.start, weight),
        DefaultedField("gap", \.gap, weight),
        DefaultedField("preference", \.preference, weight),
        DefaultedField("rhythm", \.rhythm, weight),
        DefaultedField("continuity", \.continuity, weight),
        DefaultedField("site", \.site, weight),
        DefaultedField("session", \.session, weight),
        DefaultedField("crowding", \.crowding, weight),
        DefaultedField("idle", \.idle, weight),
        DefaultedField("workload", \.workload, weight),
        DefaultedField("movedDay", \.movedDay, weight),
        DefaultedField("movedTime", \.movedTime, weight))

    private static let weight = Codec.within(0...1_000_000)

    private typealias Scores = (id: String, least: Int, most: Int)

    static let measure = Shape<Scores>(
        { ($0, $1, $2) },
        Field("id", { $0.id }, .name),
        Field("min", { $0.least }, .within(-100_000...100_000)),
        Field("max", { $0.most }, .within(-100_000...100_000))
    ).checked { scores, fields in
        if scores.most < scores.least { fields.problem("max", "\(scores.most) is less than min, \(scores.least)") }
    }.codec.map(
        { $0.least <= $0.most ? Measure($0.id, $0.least...$0.most) : nil },
        { ($0.id, $0.scores.lowerBound, $0.scores.upperBound) })
}

// Of the clinic and its staff.
extension FileShape {
    static let opening = Shape<Opening>(
        Opening.init,
        Field("day", \.day, .day),
        Field("hours", \.hours, .window),
        Field("reason", \.reason, Codec.name.optional))

    static let credential = Shape<Credential>(
        Credential.init,
        Field("name", \.name, .name),
        Field("until", \.until, Codec.day.optional))

    /// A break may lie beyond the shift: on duty is what is left of shifts less breaks (docs/contract/planning.md
    /// section 2).
    static let shift = Shape<Shift>(
        Shift.init,
        Field("days", \.days, .weekdays),
        Field("hours", \.hours, .window),
        Field("breaks", \.breaks, Codec.window.list),
        Field("from", \.from, Codec.day.optional),
        Field("through", \.through, Codec.day.optional)
    ).checked { shift, fields in
        guard let from = shift.from, let through = shift.through, through < from else { return }
        fields.problem("through", "\(through) is before \(from)")
    }

    static let weekWindow = Shape<WeekWindow>(
        WeekWindow.init,
        Field("days", \.days, .weekdays),
        Field("hours", \.hours, .window))
}

// Of visit types and regimens.
extension FileShape {
    static let followUp = Shape<FollowUp>(
        FollowUp.init,
        Field("name", \.name, .name),
        Field("dueDays", \.dueDays, .within(0...366)))

    static let prerequisite = Shape<Prerequisite>(
        Prerequisite.init,
        Field("name", \.name, .name),
        Field("per", \.scope, .choice),
        Field("validDays", \.validDays, Codec.within(1...3660).optional))

    static let firstGap = Shape<Phase.FirstGap>(
        Phase.FirstGap.init,
        Field("ideal", \.ideal, .within(1...3660)),
        Field("min", \.minimum, .within(1...3660)),
        Field("max", \.maximum, .within(1...3660))
    ).checked { gap, fields in
        if gap.minimum > gap.ideal { fields.problem("min", "\(gap.minimum) is more than ideal (\(gap.ideal))") }
        if gap.maximum < gap.ideal { fields.problem("max", "\(gap.maximum) is less than ideal (\(gap.ideal))") }
    }

    typealias Tolerance = (before: Int, after: Int)

    /// How many days a gap may be shorter and longer; none where it is absent.
    static let tolerance = Shape<Tolerance>(
        { ($0, $1) },
        Field("before", { $0.before }, Codec.within(0...366).or(0)),
        Field("after", { $0.after }, Codec.within(0...366).or(0))
    ).codec.or((before: 0, after: 0))

    static let gapChange = Shape<GapChange>(
        { GapChange(from: $0, gaps: $1, toleranceBefore: $2.before, toleranceAfter: $2.after) },
        Field("from", \.from, .day),
        Field("gaps", \.gaps, Codec.within(1...366).list.always),
        Field("tolerance", { ($0.toleranceBefore, $0.toleranceAfter) }, tolerance)
    ).checked { change, fields in
        if change.gaps.isEmpty { fields.problem("gaps", "the days between its visits are missing") }
    }

    /// A check after one of so many visits of a phase.
    static func check(of visits: Int = 500) -> Shape<Check> {
        Shape<Check>(
            Check.init,
            Field("afterVisit", \.afterVisit, .within(1...visits)),
            Field("measure", \.measure, .name))
    }

    static let stop = Shape<Stop>(
        Stop.init,
        Field("measure", \.measure, .name),
        Field("atMost", \.atMost, .within(0...10_000)))
}

extension Codec<String> {
    /// A text of 1 to 200 characters; see `JSONReader.name()`.
    static var name: Codec { Codec(read: { $0.name() }, write: { .string($0) }) }
}

extension Codec<Day> {
    /// A day from 1970 to 2199.
    static var day: Codec { Codec(read: { $0.day() }, write: ClinicJSON.day) }
}

extension Codec<Interval> {
    /// Hours such as "09:00-17:30", minutes on the clock.
    static var window: Codec { Codec(read: { $0.window() }, write: ClinicJSON.window) }
}

extension Codec<Set<Weekday>> {
    /// Weekdays, at least one.
    static var weekdays: Codec { Codec(read: { $0.weekdays() }, write: ClinicJSON.weekdays) }
}
