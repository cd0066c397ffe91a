internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// What a front desk works from.
    func frontDeskMethods() -> [NamedMethod] { [today(), listCalls()] }

    private func today() -> NamedMethod {
        pooled(permit: { call, role in !(call.names ?? false) || role >= .scheduler }) {
            (call: ClinicInterface.Today, context) throws(ClinicInterface.Failure) in
            let snapshot = publication.current
            let now = clock.now
            let day = call.day ?? snapshot.day(at: now)
            try checkPlanned(day, from: snapshot.day(at: now), "day")
            var reaching = snapshot.reaching(day)
            let lines = try withDays(&reaching) { snapshot throws(NeedsDays) in
                try morningSheet(of: day, now: now, state: snapshot.state, calendar: snapshot.calendar)
            }
            let (state, offsets) = (reaching.state, reaching.offsets)
            var names: [PatientID: String] = [:]
            if call.names ?? false {
                let patients = Set(lines.compactMap(\.patient))
                names = try records.names(of: patients)
                try recordAccess(patients.sorted(), context)
            }
            let visits = state.visits(on: day).filter(\.status.occupies)
            let clock = reaching.calendar(of: day)
            return ClinicInterface.Today.Reply(
                day: day, now: offsets.instant(second: now.seconds),
                open: openingIntervals(of: state.planningFacility, on: clock).map {
                    SpanMessage(
                        from: offsets.instant(minute: clock.firstMinute + $0.from),
                        until: offsets.instant(minute: clock.firstMinute + $0.until))
                },
                visits: visits.count, confirmed: visits.count { $0.status != .tentative },
                first: visits.map(\.interval.from).min().map { offsets.instant(minute: $0) },
                last: visits.map(\.interval.until).max().map { offsets.instant(minute: $0) },
                lines: lines.map {
                    SheetLineMessage(
                        $0, $0.visit.flatMap(state.visit), name: $0.patient.flatMap { names[$0] }, offsets)
                },
                reopens: CallList(state, calendars: reaching.calendar.calendars, now: now)?.reopening(after: day))
        }
    }

    private func listCalls() -> NamedMethod {
        pooled { (call: ClinicInterface.ListCalls, context) throws(ClinicInterface.Failure) in
            let snapshot = publication.current
            let now = clock.now
            let through = call.through ?? snapshot.day(at: now) + CallList.days
            try checkPlanned(through, from: snapshot.day(at: now), "through")
            let calendars = snapshot.reaching(through).calendar.calendars
            let list = CallList(snapshot.state, calendars: calendars, now: now)
            func isWanted(_ entry: PhoneCall) -> Bool {
                (call.patient.map { entry.patient.text == $0 } ?? true)
                    && (call.course.map { id in entry.reasons.contains { $0.course.text == id } } ?? true)
            }
            if let patient = call.patient, snapshot.state.patient(PatientID(patient)) == nil {
                throw .noSuchPatient(patient: patient)
            }
            if let course = call.course { _ = try self.course(course, self.snapshot(with: .course(CourseID(course)))) }
            let all = (list?.calls() ?? []).filter(isWanted)
            let shown = (list?.calls(through: through) ?? []).filter(isWanted)
            let patients = Set(shown.map(\.patient))
            let details = try records.details(of: patients)
            try recordAccess(patients.sorted(), context)
            let offsets = snapshot.offsets
            return ClinicInterface.ListCalls.Reply(
                now: offsets.instant(second: now.seconds),
                calls: shown.compactMap { PhoneCallMessage($0, snapshot.state, details[$0.patient], offsets) },
                later: all.count - shown.count)
        }
    }
}
