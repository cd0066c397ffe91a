internal import Clinic
internal import Planning
internal import Store
internal import Wire

extension ClinicMethods {
    /// Reports: figures over many visits, without names of patients.
    func reportMethods() -> [NamedMethod] {
        [reportUtilisation(), reportAdherence(), reportMonth()]
    }

    private func reportUtilisation() -> NamedMethod {
        pooled { (call: ClinicInterface.ReportUtilisation, _) throws(ClinicInterface.Failure) in
            let period = try period(call.from, call.through)
            let snapshot = publication.current
            let utilisation = try records.report { source in
                try Utilisation(of: source, period, snapshot)
            }
            let facility = snapshot.facility
            return ClinicInterface.ReportUtilisation.Reply(
                from: period.from, through: period.through, openDays: utilisation.openDays,
                chairs: ordered(utilisation.chairs, facility.chairs.map(\.id)).map { ReportChairMessage($0, $1) },
                all: ReportUseMessage(utilisation.allChairs), hours: reportHours(utilisation.chairHours),
                roles: utilisation.roleMessages(hasHours: true),
                staff: ordered(utilisation.staff, facility.staff.map(\.id)).map { ReportPersonMessage($0, $1) })
        }
    }

    private func reportAdherence() -> NamedMethod {
        pooled { (call: ClinicInterface.ReportAdherence, _) throws(ClinicInterface.Failure) in
            let period = try period(call.from, call.through)
            let today = publication.current.day(at: clock.now)
            let adherence = try records.report { source in
                var adherence = Adherence(of: period, today: today)
                try source.eachCourse(from: period.from, through: period.through) { adherence.add($0, $1) }
                return adherence
            }
            return ClinicInterface.ReportAdherence.Reply(
                from: period.from, through: period.through,
                inductions: adherence.figures.sorted { $0.key < $1.key }.map { ReportInductionMessage($0, $1) })
        }
    }

    private func reportMonth() -> NamedMethod {
        pooled { (call: ClinicInterface.ReportMonth, _) throws(ClinicInterface.Failure) in
            let snapshot = publication.current
            let today = snapshot.day(at: clock.now)
            let name = call.month ?? String(today.description.prefix(7))
            guard let first = Day(name + "-01"),
                let period = ReportPeriod(year: first.civil.year, month: first.civil.month)
            else {
                throw .invalidValue(
                    field: "month", message: "expected a month such as \"2026-03\", found \"\(name)\"", hint: nil)
            }
            try checkPlanned(period.from, from: today, "month")
            let (figures, use) = try records.report { source in
                var figures = MonthFigures(of: period, today: today)
                // Follow-ups that fall due in the month may be of visits before it.
                try source.eachCourse(from: period.from - longestFormDays, through: period.through) { course, visits in
                    let booked = course.progress.bookedElsewhere ?? course.bookedAt
                    try figures.add(course, visits, booked: snapshot.day(at: booked), day: snapshot.day) {
                        () throws(any Error) in try source.events(about: course.id)
                    }
                }
                return (figures, try Utilisation(of: source, period, snapshot))
            }
            return ClinicInterface.ReportMonth.Reply(
                name, period, figures, chairs: use.allChairs, roles: use.roleMessages(hasHours: false))
        }
    }

    /// Days back within which a visit's follow-ups may still fall due.
    private var longestFormDays: Int { 92 }

    private func period(_ from: Day?, _ through: Day?) throws(ClinicInterface.Failure) -> ReportPeriod {
        let today = publication.current.day(at: clock.now)
        let last = through ?? max(today - 1, from ?? today - 1)
        let first = from ?? last - 27
        try checkPlanned(first, from: today, "from")
        guard (1...366).contains(last - first + 1) else {
            throw .invalidValue(
                field: "through", message: "expected 1 to 366 days from \(first) on, found \(last - first + 1)",
                hint: nil)
        }
        return ReportPeriod(from: first, through: last)
    }

    /// What is configured in its order, then what is no more.
    private func ordered<Thing, Value>(
        _ values: [Identifier<Thing>: Value], _ configured: [Identifier<Thing>]
    ) -> [(Identifier<Thing>, Value)] {
        let known = Set(configured)
        let ids = configured + values.keys.filter { !known.contains($0) }.sorted()
        return ids.compactMap { id in values[id].map { (id, $0) } }
    }
}

extension Utilisation {
    /// The use of chairs and staff on the days of a period, each by the configuration that was in force at its end.
    init(of source: ReportSource, _ period: ReportPeriod, _ snapshot: Snapshot) throws {
        self.init()
        let frame = try source.frame()
        let configurations = try source.configurations()
        for offset in 0..<period.count {
            let calendar = snapshot.calendar(of: period.from + offset)
            let end = calendar.firstMinute + calendar.length
            guard
                let configuration = configurations.last(where: { $0.since.minute < end }) ?? configurations.first
            else { return }
            // The clinic of that day without patients: closures, openings and extra shifts are added as planning does.
            var bare = frame
            bare.configuration = configuration.configuration
            bare.retired = Retired()
            let facility = ClinicState(bare).planningFacility
            add(
                ReportedDay(
                    calendar: calendar, facility: facility, timeOff: frame.absences.map(\.timeOff),
                    outages: frame.outages.map(\.outage), visits: try source.visits(on: calendar.day)))
        }
    }

    /// Each role, by name.
    func roleMessages(hasHours: Bool) -> [ReportRoleMessage] {
        roleHours.sorted { $0.key < $1.key }.map { role, hours in
            ReportRoleMessage(
                role: role, use: ReportUseMessage(hundredths: total(of: role)), spreadPercent: spread(of: role),
                hours: hasHours ? reportHours(hours, isLoad: true) : nil)
        }
    }
}

/// Hours that have any minutes, in the order of the week.
private func reportHours(_ hours: [WeekHour: MinutesOfUse], isLoad: Bool = false) -> [ReportHourMessage] {
    hours.sorted { $0.key < $1.key }.filter { $0.value != MinutesOfUse() }.map { hour, minutes in
        ReportHourMessage(
            weekday: hour.weekday.name, hour: hour.hour,
            use: isLoad ? ReportUseMessage(hundredths: minutes) : ReportUseMessage(minutes))
    }
}
