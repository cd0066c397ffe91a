package import Checker
package import Planning

/// A date written as "2026-03-02"; it is a bug to write another thing.
package func day(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure("\(text) is no date") }
    return day
}

/// A time of day written as "09:30", in minutes on the clock; "24:00" ends a day.
package func time(_ text: String) -> Int {
    let parts = text.split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2 else { preconditionFailure("\(text) is no time of day") }
    return parts[0] * 60 + parts[1]
}

/// A window written as "09:00-12:30", in minutes on the clock.
package func hours(_ text: String) -> Interval {
    let ends = text.split(separator: "-").map { time(String($0)) }
    guard ends.count == 2 else { preconditionFailure("\(text) is no window") }
    return Interval(ends[0], ends[1])
}

/// Hours of certain weekdays, of all where none are given.
package func window(_ text: String, on days: Set<Weekday> = Set(Weekday.allCases)) -> WeekWindow {
    WeekWindow(days: days, hours: hours(text))
}

/// A chair with features.
package func chair(_ id: ChairID, _ features: String...) -> Chair { Chair(id: id, features: Set(features)) }

/// A person who works the given hours every day.
package func person(
    _ id: PersonID, _ roles: String..., hours window: String = "00:00-24:00", breaks: [String] = [],
    capacity: Int = 100, credentials: [Credential] = []
) -> Person {
    Person(
        id: id, roles: Set(roles), capacityPercent: capacity, credentials: credentials,
        shifts: [Shift(days: Set(Weekday.allCases), hours: hours(window), breaks: breaks.map { hours($0) })])
}

/// A stage: its minutes and the loads of the labels it names.
package func stage(_ minutes: Int, _ load: [String: Int], handover: Bool = false) -> Stage {
    Stage(name: "stage", minutes: minutes, load: load, handover: handover)
}

/// A visit type with one nurse: half an hour at a load of 60, unless stages are given.
package func visitType(
    _ id: VisitTypeID = "infusion", features: Set<String> = [], turnover: Int = 0,
    attendants: [Attendant] = [Attendant(label: "nurse", role: "nurse")],
    stages: [Stage] = [stage(30, ["nurse": 60])]
) -> VisitType {
    VisitType(id: id, chairFeatures: features, turnoverMinutes: turnover, attendants: attendants, stages: stages)
}

/// A clinic open at the same hours every day.
package func clinic(
    hours window: String = "09:00-17:00", chairs: [Chair] = [Chair(id: "c1")],
    staff: [Person] = [person("n1", "nurse")], visitTypes: [VisitType] = [visitType()], grid: Int = 5,
    startEvery: Int = 15
) -> Facility {
    Facility(
        gridMinutes: grid, startEveryMinutes: startEvery,
        hours: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours(window)]) }), chairs: chairs,
        staff: staff, visitTypes: visitTypes)
}

/// A phase with exactly so many visits.
package func phase(
    _ count: Int, named name: String = "induction", of type: VisitTypeID = "infusion", gaps: [Int] = [7],
    before: Int = 0, after: Int = 0, rhythm: Bool = false
) -> Phase {
    Phase(
        name: name, visit: type, count: .exactly(count), gaps: gaps, toleranceBefore: before, toleranceAfter: after,
        rhythm: rhythm)
}

/// A course of one patient with the given phases at a clinic.
package func course(
    _ phases: [Phase], at facility: Facility, earliest: Day = Day(number: 20_000), id: CourseID = "k1",
    patient: PatientID = "p1"
) -> CourseRequest {
    CourseRequest(
        id: id, patient: patient, regimen: Regimen(id: "regimen", phases: phases), visitTypes: facility.visitTypes,
        wish: CourseWish(earliest: earliest))
}

/// A booking of a visit type at a place, elapsed minutes.
package func booking(
    _ id: VisitID, patient: PatientID = "q1", _ type: VisitType = visitType(), on day: Day, at start: Int,
    chair: ChairID = "c1", persons: [PersonID] = ["n1"], covers: [Cover] = []
) -> Booking {
    Booking(
        id: id, patient: patient, visitType: type,
        placement: Placement(day: day, start: start, chair: chair, persons: persons, covers: covers))
}

/// A setting at the first minute of a day, with calendars of 24 hours around it.
package func setting(
    _ facility: Facility, bookings: [Booking] = [], timeOff: [TimeOff] = [], outages: [Outage] = [],
    today: Day = Day(number: 19_999), calendars: DayCalendars? = nil
) -> Setting {
    Setting(
        facility: facility, calendars: calendars ?? .utc(from: today - 10, count: 200), timeOff: timeOff,
        outages: outages, bookings: bookings, now: today.number * 1440, today: today)
}

/// The answer of a question that its calendar is long enough for.
package func longEnough<Answer>(_ question: @autoclosure () throws(NeedsDays) -> Answer) -> Answer {
    do throws(NeedsDays) {
        return try question()
    } catch {
        preconditionFailure("the calendar lacks the days through \(error.through)")
    }
}
