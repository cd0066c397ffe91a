internal import Clinic
internal import ClinicTime
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Staff, chairs and hours.
    func facilityMethods() -> [NamedMethod] {
        [addTimeOff(), addShift(), addOutage(), addClosure(), addOpening(), takeBack(), listAvailability()]
    }

    /// A method that changes staff, chairs or hours and answers whom that hits.
    private func availability<Parameters: AvailabilityCall>(
        _ command: @escaping @Sendable (Parameters, Snapshot) throws(ClinicInterface.Failure) -> Command
    ) -> NamedMethod {
        written(
            request: { $0.request }, reason: { Reason(given: $0.reason, note: $0.note) }, dryRun: { $0.dryRun ?? false }
        ) { (call: Parameters, context) in
            ClinicCommand { snapshot throws(ClinicInterface.Failure) in
                try command(call, snapshot)
            } answer: { outcome throws(ClinicInterface.Failure) in
                let reply = AvailabilityReply(outcome)
                let patients = Set(reply.hits.map { PatientID($0.visit.patient) })
                try recordAccess(patients.sorted(), context)
                return reply
            }
        }
    }

    private func addTimeOff() -> NamedMethod {
        availability { (call: ClinicInterface.AddTimeOff, snapshot) throws(ClinicInterface.Failure) in
            let stretch = try stretch(call.from, call.fromTime, through: call.through, until: call.untilTime, snapshot)
            return .availability(.addTimeOff(TimeOff(person: PersonID(call.person), interval: stretch)))
        }
    }

    private func addShift() -> NamedMethod {
        availability { (call: ClinicInterface.AddShift, snapshot) throws(ClinicInterface.Failure) in
            try checkPlanned(call.day, from: snapshot.day(at: clock.now), "day")
            return .availability(
                .addShift(
                    ExtraShift(person: PersonID(call.person), day: call.day, hours: call.hours.interval)))
        }
    }

    private func addOutage() -> NamedMethod {
        availability { (call: ClinicInterface.AddOutage, snapshot) throws(ClinicInterface.Failure) in
            let stretch = try stretch(call.from, call.fromTime, through: call.through, until: call.untilTime, snapshot)
            switch (call.chair, call.feature) {
            case (let chair?, nil): return .availability(.addOutage(Outage(chair: ChairID(chair), interval: stretch)))
            case (nil, let feature?):
                let known = snapshot.facility.chairs.flatMap { $0.features.sorted() }
                guard known.contains(feature) else {
                    throw .invalidValue(
                        field: "feature", message: "no chair has the feature \(feature)",
                        hint: closest(to: feature, among: known).map { "did you mean \($0)?" })
                }
                return .availability(.addOutages(feature: feature, stretch))
            case (nil, nil), (_?, _?):
                throw .invalidValue(field: "chair", message: "expected exactly one of chair and feature", hint: nil)
            }
        }
    }

    private func addClosure() -> NamedMethod {
        availability { (call: ClinicInterface.AddClosure, snapshot) throws(ClinicInterface.Failure) in
            let through = call.through ?? call.from
            try checkPlanned(call.from, from: snapshot.day(at: clock.now), "from")
            try checkPlanned(through, from: snapshot.day(at: clock.now), "through")
            try checkOrder(call.from, through)
            return .availability(
                .addClosure(
                    Closure(from: call.from, through: through, hours: call.hours?.interval, reason: call.reason)))
        }
    }

    private func addOpening() -> NamedMethod {
        availability { (call: ClinicInterface.AddOpening, snapshot) throws(ClinicInterface.Failure) in
            try checkPlanned(call.day, from: snapshot.day(at: clock.now), "day")
            return .availability(.addOpening(Opening(day: call.day, hours: call.hours.interval, reason: call.reason)))
        }
    }

    private func takeBack() -> NamedMethod {
        availability { (call: ClinicInterface.TakeBack, _) throws(ClinicInterface.Failure) in
            return .availability(.takeBack(call.ids))
        }
    }

    private func checkOrder(_ from: Day, _ through: Day) throws(ClinicInterface.Failure) {
        guard through >= from else {
            throw .invalidValue(
                field: "through", message: "expected a day from \(from) on, found \(through)", hint: nil)
        }
    }

    /// Days and times on the clock as a stretch of minutes since 1970 UTC.
    private func stretch(
        _ from: Day?, _ fromTime: ClockTime?, through: Day?, until untilTime: ClockTime?, _ snapshot: Snapshot
    ) throws(ClinicInterface.Failure) -> Interval {
        let now = clock.now
        let today = snapshot.day(at: now)
        let first = from ?? today
        let last = through ?? first
        try checkPlanned(first, from: today, "from")
        try checkPlanned(last, from: today, "through")
        try checkOrder(first, last)
        func minute(_ day: Day, _ time: ClockTime) -> Int {
            let calendar = snapshot.calendar(of: day)
            return calendar.firstMinute + calendar.elapsed(atLeast: time.minutes)
        }
        // Of today nothing is said about what is past.
        let beginning = max(minute(first, ClockTime(minutes: 0)), first == today ? now.minute : Int.min)
        let begin = fromTime.map { minute(first, $0) } ?? beginning
        let end = minute(last, untilTime ?? ClockTime(minutes: 1440))
        guard let stretch = Interval(clipping: begin, end) else {
            throw .invalidValue(
                field: untilTime == nil ? "through" : "untilTime", message: "expected an end after the start",
                hint: nil)
        }
        return stretch
    }

    private func listAvailability() -> NamedMethod {
        immediate { (call: ClinicInterface.ListAvailability, _) throws(ClinicInterface.Failure) in
            let snapshot = publication.current
            let today = snapshot.day(at: clock.now)
            let from = call.from ?? today
            try checkPlanned(from, from: today, "from")
            return snapshot.availability(from: from)
        }
    }
}

extension AvailabilityReply {
    /// What a change came to, or would come to.
    fileprivate init(_ outcome: CommandOutcome) {
        let snapshot = outcome.snapshot
        var changed: [String] = []
        var hits: [HitMessage] = []
        for recorded in outcome.events {
            if case .availability(let event) = recorded.event { changed.append(event.exception.id) }
            if case .visit(.hit(let hit)) = recorded.event {
                hits += hit.visits.compactMap { HitMessage($0, snapshot) }
            }
        }
        let people = snapshot.people(Set(hits.flatMap(\.visit.persons)))
        // What was there before has its id in the answer alone.
        let ids = outcome.reply.exceptions ?? changed
        let known = ids.filter { !changed.contains($0) }
        self.init(
            recorded: outcome.isRecorded && !changed.isEmpty,
            event: outcome.isRecorded ? outcome.events.first?.number : nil, ids: ids,
            known: known.isEmpty ? nil : known, hits: hits, people: people)
    }
}

extension Reply {
    /// The ids under which staff, chairs or hours are other than configured; nil for other answers.
    fileprivate var exceptions: [String]? {
        switch self {
        case .absence(let id): [id.text]
        case .outage(let id): [id.text]
        case .outages(let ids): ids.map(\.text)
        case .closure(let id): [id.text]
        case .opening(let id): [id.text]
        case .shift(let id): [id.text]
        case .done, .patient, .patients, .patientChanged, .course, .retimed, .changed, .waiting, .offer,
            .scheduleChanged, .imported:
            nil
        }
    }
}

extension HitMessage {
    /// A visit against a rule; nil where it is no more.
    init?(_ hit: AffectedVisit, _ snapshot: Snapshot) {
        guard let visit = snapshot.state.visit(hit.visit) else { return nil }
        self.init(visit: VisitMessage(visit, snapshot.offsets), rules: hit.rules.map(\.rawValue))
    }
}

extension Snapshot {
    /// Staff, chairs and hours from a day on.
    fileprivate func availability(from day: Day) -> ClinicInterface.ListAvailability.Reply {
        let clock = calendar(of: day)
        let begin = clock.firstMinute
        let closures =
            facility.closures.map { ClosureMessage($0, id: nil) }
            + state.allClosures.map { ClosureMessage($0.closure, id: $0.id.text) }
        let openings =
            facility.openings.map { OpeningMessage($0, id: nil) }
            + state.allOpenings.map { OpeningMessage($0.opening, id: $0.id.text) }
        let timeOff = state.allAbsences.filter { $0.timeOff.interval.until > begin }
            .sorted { ($0.timeOff.interval.from, $0.id.number) < ($1.timeOff.interval.from, $1.id.number) }
        let outages = state.allOutages.filter { $0.outage.interval.until > begin }
            .sorted { ($0.outage.interval.from, $0.id.number) < ($1.outage.interval.from, $1.id.number) }
        let shifts = state.allShifts.filter { $0.shift.day >= day }
            .sorted { ($0.shift.day, $0.id.number) < ($1.shift.day, $1.id.number) }
        let known = Set(facility.staff.map(\.id))
        return ClinicInterface.ListAvailability.Reply(
            staff: state.planningFacility.staff.filter { known.contains($0.id) }.map { staffMember($0, on: clock) },
            chairs: facility.chairs.map { ChairMessage(chair: $0.id.text, features: $0.features.sorted()) },
            timeOff: timeOff.map { absence in
                TimeOffMessage(
                    id: absence.id.text, person: absence.timeOff.person.text,
                    from: offsets.instant(minute: absence.timeOff.interval.from),
                    until: offsets.instant(minute: absence.timeOff.interval.until))
            },
            shifts: shifts.map { dated in
                ExtraShiftMessage(
                    id: dated.id.text, person: dated.shift.person.text, day: dated.shift.day,
                    hours: ClockWindow(dated.shift.hours))
            },
            outages: outages.map { outage in
                OutageMessage(
                    id: outage.id.text, chair: outage.outage.chair.text,
                    from: offsets.instant(minute: outage.outage.interval.from),
                    until: offsets.instant(minute: outage.outage.interval.until))
            }, closures: closures.filter { $0.through >= day }.sorted { $0.from < $1.from },
            openings: openings.filter { $0.day >= day }.sorted { $0.day < $1.day })
    }

    private func staffMember(_ person: Person, on clock: DayCalendar) -> StaffMemberMessage {
        let away = state.planningTimeOff.filter { $0.person == person.id }.map(\.interval)
        let hours = dutyIntervals(of: person, on: clock, away: away).map { duty in
            ClockWindow(Interval(clock.clock(at: duty.from), clock.clock(at: duty.until - 1) + 1))
        }
        return StaffMemberMessage(
            person: person.id.text, name: person.name, roles: person.roles.sorted(),
            capacityPercent: person.capacityPercent, onDuty: hours)
    }
}

extension ClosureMessage {
    fileprivate init(_ closure: Closure, id: String?) {
        self.init(
            id: id, from: closure.from, through: closure.through, hours: closure.hours.map { ClockWindow($0) },
            reason: closure.reason)
    }
}

extension OpeningMessage {
    fileprivate init(_ opening: Opening, id: String?) {
        self.init(id: id, day: opening.day, hours: ClockWindow(opening.hours), reason: opening.reason)
    }
}
