package import Clinic
package import Planning

// The board of a day from the clinic's state.

extension BoardMessage {
    /// A day at the clinic.
    ///
    /// - Parameters:
    ///   - calendar: the day's calendar.
    ///   - now: the present moment.
    ///   - names: patients' names, of those that are to be shown.
    package init(
        _ state: ClinicState, on calendar: DayCalendar, now: Clinic.Instant, names: [PatientID: String] = [:],
        _ offsets: ClockOffsets
    ) {
        let facility = state.planningFacility
        let visits = state.visits(on: calendar.day).filter(\.status.occupies)
        let holds = Dictionary(grouping: visits, by: \.actualChair)
        let outages = state.planningOutages
        let configured = Set(state.configuration?.facility.chairs.map(\.id) ?? [])
        self.init(
            day: calendar.day, now: offsets.instant(second: now.seconds),
            open: openingIntervals(of: facility, on: calendar).map {
                SpanMessage($0.shifted(by: calendar.firstMinute), offsets)
            },
            closures: facility.closures.filter { $0.from <= calendar.day && calendar.day <= $0.through }.map {
                DayClosureMessage(hours: $0.hours.map { ClockWindow($0).text }, reason: $0.reason)
            },
            chairs: facility.chairs.filter { configured.contains($0.id) || holds[$0.id] != nil }.map { chair in
                ChairDayMessage(
                    chair, holds: holds[chair.id] ?? [],
                    outages: outages.filter { $0.chair == chair.id }.map(\.interval), calendar, names: names,
                    turn: state.turn, offsets)
            },
            people: facility.staff.compactMap { person in
                PersonDayMessage(person, visits: visits, timeOff: state.planningTimeOff, calendar, offsets)
            })
    }
}

extension SpanMessage {
    /// A stretch of minutes since 1970 UTC.
    init(_ interval: Interval, _ offsets: ClockOffsets) {
        self.init(from: offsets.instant(minute: interval.from), until: offsets.instant(minute: interval.until))
    }
}

extension ChairDayMessage {
    init(
        _ chair: Chair, holds: [Visit], outages: [Interval], _ calendar: DayCalendar, names: [PatientID: String],
        turn: (Visit) -> PhaseTurn?, _ offsets: ClockOffsets
    ) {
        self.init(
            chair: chair.id.text, features: chair.features.sorted(),
            outages: outages.compactMap { calendar.minutes.intersection($0) }.map { SpanMessage($0, offsets) },
            holds: holds.map { visit in
                HoldMessage(
                    visit: VisitMessage(visit, offsets, turn(visit)), name: names[visit.patient],
                    until: offsets.instant(minute: visit.holdInterval.until))
            })
    }
}

extension PersonDayMessage {
    /// A person's day; nil where they are neither on duty nor needed.
    init?(
        _ person: Person, visits: [Visit], timeOff: [TimeOff], _ calendar: DayCalendar, _ offsets: ClockOffsets
    ) {
        let away = timeOff.filter { $0.person == person.id }.map(\.interval)
        let onDuty = dutyIntervals(of: person, on: calendar, away: away).map { $0.shifted(by: calendar.firstMinute) }
        let loads = loadRuns(visits.flatMap(\.loadRuns).filter { $0.person == person.id })
        guard !onDuty.isEmpty || !loads.isEmpty else { return nil }
        self.init(
            person: person.id.text, name: person.name, roles: person.roles.sorted(),
            capacityPercent: person.capacityPercent, onDuty: onDuty.map { SpanMessage($0, offsets) },
            loads: loads.map { run in
                LoadMessage(
                    from: offsets.instant(minute: run.interval.from),
                    until: offsets.instant(minute: run.interval.until),
                    percent: run.percent)
            })
    }
}

/// The sum of loads as stretches of even load, ascending; stretches without load are left out.
func loadRuns(_ runs: [LoadRun]) -> [(interval: Interval, percent: Int)] {
    let bounds = Set(runs.flatMap { [$0.interval.from, $0.interval.until] }).sorted()
    var sums: [(interval: Interval, percent: Int)] = []
    for (from, until) in zip(bounds, bounds.dropFirst()) {
        let percent = runs.filter { $0.interval.contains(from) }.reduce(0) { $0 + $1.load }
        guard percent > 0 else { continue }
        if let last = sums.last, last.percent == percent, last.interval.until == from {
            sums[sums.count - 1].interval = Interval(last.interval.from, until)
        } else {
            sums.append((Interval(from, until), percent))
        }
    }
    return sums
}

extension DayCalendar {
    /// The whole day in minutes since 1970 UTC.
    var minutes: Interval { Interval(firstMinute, firstMinute + length) }
}

extension DaySummaryMessage {
    /// A day in figures.
    package init(_ state: ClinicState, _ facility: Facility, on calendar: DayCalendar, _ offsets: ClockOffsets) {
        let visits = state.visits(on: calendar.day).filter(\.status.occupies)
        let open = openingIntervals(of: facility, on: calendar).map { $0.shifted(by: calendar.firstMinute) }
        let outages = state.planningOutages
        let chairs = state.configuration?.facility.chairs ?? []
        let available = chairs.reduce(0) { sum, chair in
            let out = outages.filter { $0.chair == chair.id }.map(\.interval)
            return sum + open.subtracting(out).reduce(0) { $0 + $1.minutes }
        }
        self.init(
            day: calendar.day, open: open.map { SpanMessage($0, offsets) }, visits: visits.count,
            tentative: visits.count { $0.status == .tentative },
            first: visits.map(\.interval.from).min().map { offsets.instant(minute: $0) },
            last: visits.map(\.interval.until).max().map { offsets.instant(minute: $0) },
            chairMinutes: visits.reduce(0) { $0 + $1.visitType.hold }, chairMinutesOpen: available)
    }
}
