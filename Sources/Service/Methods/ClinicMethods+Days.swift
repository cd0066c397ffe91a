internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// The methods about regimens, visit types and days.
    func dayMethods() -> [NamedMethod] {
        [listRegimens(), showRegimen(), listVisitTypes(), day(), week(), free()]
    }

    private func listRegimens() -> NamedMethod {
        immediate { (_: ClinicInterface.ListRegimens, _) in
            ClinicInterface.ListRegimens.Reply(
                regimens: publication.current.facility.regimens.map { RegimenSummaryMessage($0) })
        }
    }

    private func showRegimen() -> NamedMethod {
        immediate { (call: ClinicInterface.ShowRegimen, _) throws(ClinicInterface.Failure) in
            let snapshot = publication.current
            guard let regimen = snapshot.facility.regimen(RegimenID(call.regimen)) else {
                throw ClinicInterface.Failure(.unknown(.regimen, call.regimen), snapshot: snapshot)
            }
            return ClinicInterface.ShowRegimen.Reply(found: RegimenMessage(regimen))
        }
    }

    private func listVisitTypes() -> NamedMethod {
        immediate { (_: ClinicInterface.ListVisitTypes, _) in
            ClinicInterface.ListVisitTypes.Reply(
                visitTypes: publication.current.facility.visitTypes.map { VisitTypeMessage($0) })
        }
    }

    private func day() -> NamedMethod {
        pooled(permit: { call, role in !(call.names ?? false) || role >= .scheduler }) {
            (call: ClinicInterface.Day, context) throws(ClinicInterface.Failure) in
            var (snapshot, now) = try moment(call.asOf, .day(call.day))
            let day = call.day ?? snapshot.day(at: now)
            try checkReach(day, from: snapshot.day(at: now), "day")
            if call.asOf == nil, day < snapshot.day(at: now) { try admitVisits(on: day, to: &snapshot) }
            var names: [PatientID: String] = [:]
            if call.names ?? false {
                let patients = Set(snapshot.state.visits(on: day).filter(\.status.occupies).map(\.patient))
                names = try records.names(of: patients)
                try recordAccess(patients.sorted(), context)
            }
            let board = BoardMessage(
                snapshot.state, on: snapshot.calendar(of: day), now: now, names: names, snapshot.offsets)
            return ClinicInterface.Day.Reply(board: board)
        }
    }

    private func week() -> NamedMethod {
        pooled { (call: ClinicInterface.Week, _) throws(ClinicInterface.Failure) in
            let snapshot = publication.current
            let today = snapshot.day(at: clock.now)
            let from = call.from ?? today - today.weekday.rawValue
            let count = call.days ?? 7
            try checkReach(from, from: today, "from")
            let facility = snapshot.state.planningFacility
            return ClinicInterface.Week.Reply(
                summary: (0..<count).map { offset in
                    DaySummaryMessage(
                        snapshot.state, facility, on: snapshot.calendar(of: from + offset), snapshot.offsets)
                })
        }
    }

    private func free() -> NamedMethod {
        pooled(on: \.searches) { (call: ClinicInterface.Free, _) throws(ClinicInterface.Failure) in
            var snapshot = publication.current
            guard let visitType = snapshot.facility.visitType(VisitTypeID(call.visit)) else {
                throw .noSuchVisitType(
                    visit: call.visit,
                    hint: closest(to: call.visit, among: snapshot.facility.visitTypes.map(\.id.text)))
            }
            let limit = call.limit ?? 200
            let now = clock.now
            let from = call.from ?? snapshot.day(at: now)
            let through = call.through ?? from + 6
            try checkPlanned(from, from: snapshot.day(at: now), "from")
            try Wire.check(through - from + 1, in: 1...92, "through", of: "days")
            snapshot = snapshot.reaching(through)
            let places = freePlaces(
                for: visitType, features: Set(call.features ?? []), from: from, through: through,
                on: snapshot.state.running(on: snapshot.calendar, now: now), now: now.minute
            ).prefix(limit).map { FreePlaceMessage($0.placement, visitType, in: snapshot.calendar.calendars) }
            let persons = places.flatMap { $0.attendants.values + $0.covers.map(\.person) }
            return ClinicInterface.Free.Reply(places: Array(places), people: snapshot.people(Set(persons)))
        }
    }

    /// Planning keeps a board for each day on the way: what is planned on lies within two years.
    func checkPlanned(_ day: Day, from today: Day, _ field: String) throws(ClinicInterface.Failure) {
        guard abs(day - today) <= 731 else {
            throw .invalidValue(
                field: field, message: "expected a day within two years of \(today), found \(day)", hint: nil)
        }
    }

    /// Calendars are derived day by day; a slip of the year must not derive centuries.
    func checkReach(_ day: Day, from today: Day, _ field: String) throws(ClinicInterface.Failure) {
        guard abs(day - today) <= 3660 else {
            throw .invalidValue(
                field: field, message: "expected a day within ten years of \(today), found \(day)", hint: nil)
        }
    }
}

extension FreePlaceMessage {
    /// A place that a visit of a type could have.
    fileprivate init(_ place: Placement, _ visitType: VisitType, in calendars: DayCalendars) {
        let calendar = calendars.calendar(of: place.day)
        self.init(
            start: ZonedInstant(elapsed: place.start, of: calendar),
            end: ZonedInstant(elapsed: place.start + visitType.length, of: calendar), chair: place.chair.text,
            attendants: visitType.attendants(place.persons),
            covers: place.covers.map { CoverMessage($0, on: calendar) })
    }
}
