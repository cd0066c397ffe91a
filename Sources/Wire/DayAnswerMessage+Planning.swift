package import Planning

// Messages of closed days and answers from values of Planning. The calendars must hold the days on which answers name
// places; of a closed day without a calendar only the day and the rule are told.

extension ClosedDayMessage {
    /// A closed day with what is known of it.
    package init(_ closing: DayClosing, in calendars: DayCalendars) {
        let found = Set(closing.blockers.map(\.rule))
        let several = closing.closedBy == nil && found.count > 1
        self.init(
            day: closing.day, closedBy: closing.closedBy,
            hindrances: calendars[closing.day].map { calendar in
                closing.blockers.map { HindranceMessage($0, on: calendar, calendars) }
            }, several: several ? Rule.allCases.filter(found.contains) : nil)
    }

    /// A closed day of which only the rule is known.
    package init(_ closed: Refusal.ClosedDay) {
        self.init(
            day: closed.day, closedBy: closed.closedBy, several: closed.several.isEmpty ? nil : closed.several)
    }

    /// Ids of the staff named.
    package var persons: [String] { (hindrances ?? []).flatMap { ($0.persons ?? []).map(\.person) } }
}

extension HindranceMessage {
    init(_ blocker: Blocker, on calendar: DayCalendar, _ calendars: DayCalendars) {
        func instant(_ elapsed: Int) -> ZonedInstant { ZonedInstant(elapsed: elapsed, of: calendar) }
        self.init(
            rule: blocker.rule, from: blocker.span.map { instant($0.from) },
            until: blocker.span.map { instant($0.until) })
        if !blocker.leaves.isEmpty {
            leaves = blocker.leaves.map {
                SpanMessage(from: instant($0.lowerBound), until: instant($0.upperBound))
            }
        }
        switch blocker.fact {
        case .opening(let hours, let reason, let minutes):
            self.hours = hours.map { SpanMessage($0, on: calendar) }
            self.reason = reason
            self.minutes = minutes
        case .chairs(let features, let chairs):
            self.features = features.sorted()
            self.chairs = chairs.map { ChairFindingMessage($0, on: calendar) }
        case .attendants(let label, let role, let load, let persons):
            (self.label, self.role, self.load) = (label, role, load)
            self.persons = persons.map { PersonFindingMessage($0, on: calendar) }
        case .presence(let label, let role, let hours):
            (self.label, self.role) = (label, role)
            self.hours = hours.map { SpanMessage($0, on: calendar) }
        case .startWindow(let from, let through): (dayFrom, dayThrough) = (from, through)
        case .gap(let allowed, let visit, let from, let through):
            (number, dayFrom, dayThrough) = (visit, from, through)
            (daysMinimum, daysMaximum) = (allowed.lowerBound, allowed.upperBound)
        case .phaseWindow(let days, let from, let through):
            (daysMaximum, dayFrom, dayThrough) = (days, from, through)
        case .patient(let isBlackout, let hours):
            blackout = isBlackout
            self.hours = hours.map { SpanMessage($0, on: calendar) }
        case .otherVisit(let visit, let interval):
            self.visit = visit.text
            hours = [SpanMessage(interval, on: calendar)]
        case .leadTime(let minute):
            earliest = ZonedInstant(minute: minute, offset: calendars.offset(at: minute) ?? 0)
        case .courseEnd(let day): lastDay = day
        case .past: break
        }
    }
}

extension SpanMessage {
    /// Elapsed minutes of a day.
    init(_ interval: Interval, on calendar: DayCalendar) {
        self.init(
            from: ZonedInstant(elapsed: interval.from, of: calendar),
            until: ZonedInstant(elapsed: interval.until, of: calendar))
    }
}

extension ChairFindingMessage {
    fileprivate init(_ finding: ChairFinding, on calendar: DayCalendar) {
        self.init(
            chair: finding.chair.text, lacks: finding.lacks, out: finding.out.map { SpanMessage($0, on: calendar) },
            held: finding.held.map { SpanMessage($0, on: calendar) })
    }
}

extension PersonFindingMessage {
    fileprivate init(_ finding: PersonFinding, on calendar: DayCalendar) {
        self.init(person: finding.person.text, state: .free)
        switch finding.state {
        case .free: break
        case .unqualified(let credentials):
            state = .unqualified
            lacks = credentials.filter { $0.value == nil }.keys.sorted()
            lapsed = credentials.filter { $0.value != nil }.keys.sorted()
        case .absent(let gaps, let whole):
            state = .absent
            absences = gaps.map {
                AbsenceMessage(
                    from: ZonedInstant(elapsed: $0.interval.from, of: calendar),
                    until: ZonedInstant(elapsed: $0.interval.until, of: calendar), reason: AbsenceCode($0.absence))
            }
            allAway = whole
        case .limited(let capacity):
            state = .limited
            capacityPercent = capacity
        case .busy(let starting, let watching):
            state = .busy
            self.starting = starting
            self.watching = watching
        }
    }
}

extension RefusalMessage {
    /// Why there is no plan, with what is known of each day.
    package init(_ refusal: Refusal, _ closings: [DayClosing], in calendars: DayCalendars) {
        let known = Dictionary(closings.map { ($0.day, $0) }) { first, _ in first }
        self.init(
            visit: refusal.visit, phase: refusal.phase,
            days: refusal.days.map { day in
                guard let closing = known[day.day] else { return ClosedDayMessage(day) }
                var message = ClosedDayMessage(closing, in: calendars)
                if !day.several.isEmpty { message.several = day.several }
                return message
            },
            wouldHelp: refusal.wouldHelp)
    }
}

extension DayAnswerMessage {
    /// An answer about a visit and a day.
    package init(_ answer: DayAnswer, in calendars: DayCalendars) {
        self.init(number: answer.visit, day: answer.day, outcome: .chosen)
        switch answer.outcome {
        case .chosen: break
        case .closed(let closing):
            outcome = .closed
            self.closing = ClosedDayMessage(closing, in: calendars)
        case .blocksLater(let visit, let phase, let days):
            outcome = .blocksLater
            (laterVisit, laterPhase) = (visit, phase)
            laterDays = days.map { ClosedDayMessage($0, in: calendars) }
        case .costs(let possible):
            outcome = .costs
            visits = possible.visits.map { PlannedVisitMessage($0, in: calendars) }
            difference = possible.difference.total
            terms = possible.difference
            moved = possible.moved
        }
        if !answer.nearest.isEmpty {
            nearest = answer.nearest.map { NearDayMessage(day: $0.day, difference: $0.difference) }
        }
        if !answer.wouldHelp.isEmpty {
            wouldHelp = answer.wouldHelp.map { OneMoreMessage(kind: OneMoreCode($0.kind), target: $0.target) }
        }
    }

    /// Ids of the staff named.
    package var persons: [String] {
        let closed = (closing.map { [$0] } ?? []) + (laterDays ?? [])
        return closed.flatMap(\.persons) + (visits ?? []).flatMap(\.persons)
    }
}

extension PlanMessage {
    /// Ids of the staff who take part in the plan or one of its alternatives.
    package var persons: Set<String> { Set((visits + alternatives.flatMap(\.visits)).flatMap(\.persons)) }
}

extension PlannedVisitMessage {
    /// Ids of the staff named.
    package var persons: [String] { attendants.values + covers.map(\.person) }
}

extension VisitReasonMessage {
    /// Why a visit is where it is.
    package init(_ reason: VisitReason, in calendars: DayCalendars) {
        self.init(
            number: reason.visit, idealDay: reason.idealDay,
            instead: reason.instead.map { DayAnswerMessage($0, in: calendars) })
    }
}

extension VisitTypeMessage {
    package init(_ type: VisitType) {
        var roles: [String] = []
        for attendant in type.attendants where !roles.contains(attendant.role) { roles.append(attendant.role) }
        self.init(
            id: type.id.text, name: type.name, minutes: type.length, turnoverMinutes: type.turnoverMinutes,
            features: type.chairFeatures.sorted(), roles: roles)
    }
}
