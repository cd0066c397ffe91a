import Planning
import StrictJSON

extension Facility: Shaped {
    static let shape = Shape<Facility>(
        Facility.init,
        Field("name", \.name),
        Field("timeZone", \.timeZone),
        Field("gridMinutes", \.gridMinutes),
        Field("startEveryMinutes", \.startEveryMinutes),
        Field("hours", \.hours, hoursOfWeek.always),
        Field("openings", \.openings),
        Field("closures", \.closures),
        Field("chairs", \.chairs),
        Field("staff", \.staff),
        Field("visitTypes", \.visitTypes),
        Field("regimens", \.regimens),
        Field("planning", \.planning))

    private static let hoursOfWeek = Codec<[Weekday: [Interval]]>.keyed(
        Codec<Interval>.window.list, by: { Weekday(name: $0) }, named: \.name, order: { $0.rawValue < $1.rawValue })
}

extension Opening: Shaped {
    static let shape = Shape<Opening>(
        Opening.init,
        Field("day", \.day),
        Field("hours", \.hours, .window),
        Field("reason", \.reason))
}

extension Closure: Shaped {
    static let shape = Shape<Closure>(
        Closure.init,
        Field("from", \.from),
        Field("through", \.through),
        Field("hours", \.hours, Codec.window.optional),
        Field("reason", \.reason))
}

extension Chair: Shaped {
    static let shape = Shape<Chair>(
        Chair.init,
        Field("id", \.id),
        Field("features", \.features))
}

extension Person: Shaped {
    static let shape = Shape<Person>(
        Person.init,
        Field("id", \.id),
        Field("name", \.name),
        Field("roles", \.roles),
        Field("capacityPercent", \.capacityPercent),
        Field("credentials", \.credentials),
        Field("shifts", \.shifts))
}

extension Credential: Shaped {
    static let shape = Shape<Credential>(
        Credential.init,
        Field("name", \.name),
        Field("until", \.until))
}

extension Shift: Shaped {
    static let shape = Shape<Shift>(
        Shift.init,
        Field("days", \.days, .weekdays),
        Field("hours", \.hours, .window),
        Field("breaks", \.breaks, Codec.window.list),
        Field("from", \.from),
        Field("through", \.through))
}

extension GoalSeeking: JSONCoded {}

extension PlanningParameters: Shaped {
    static let shape = Shape(
        PlanningParameters(),
        DefaultedField("horizonDays", \.horizonDays),
        DefaultedField("leadTimeMinutes", \.leadTimeMinutes),
        DefaultedField("startWithinDays", \.startWithinDays),
        DefaultedField("firmDays", \.firmDays),
        DefaultedField("makeUpDays", \.makeUpDays),
        DefaultedField("seeksGoals", \.seeksGoals),
        DefaultedField("weights", \.weights))
}

extension Weights: Shaped {
    static let shape = Shape(
        Weights(),
        DefaultedField("start", \.start),
        DefaultedField("gap", \.gap),
        DefaultedField("preference", \.preference),
        DefaultedField("rhythm", \.rhythm),
        DefaultedField("continuity", \.continuity),
        DefaultedField("site", \.site),
        DefaultedField("session", \.session),
        DefaultedField("crowding", \.crowding),
        DefaultedField("idle", \.idle),
        DefaultedField("workload", \.workload),
        DefaultedField("movedDay", \.movedDay),
        DefaultedField("movedTime", \.movedTime))
}
