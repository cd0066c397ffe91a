internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Why a visit is not on a day. Reads the published state and changes nothing.
    func explainVisit() -> NamedMethod {
        pooled(on: \.searches) { (call: ClinicInterface.ExplainVisit, context) throws(ClinicInterface.Failure) in
            var snapshot =
                try call.visit.map { id throws(ClinicInterface.Failure) in
                    try self.snapshot(with: .visit(VisitID(id)))
                } ?? publication.current
            let now = clock.now
            let question = try question(call, snapshot)
            let today = snapshot.day(at: now)
            let day: Day
            if let asked = call.day { day = asked } else { day = try question.ownDay(today: today) }
            try checkPlanned(day, from: today, "day")
            if case .visit(let visit) = question { try recordAccess([visit.patient], context) }
            let answer = try withDays(&snapshot) { snapshot throws(NeedsDays) in
                try question.answer(on: day, snapshot, now: now)
            }
            guard let answer, let present = question.present(snapshot) else {
                throw .invalidValue(field: question.field, message: "expected a visit that has a place", hint: nil)
            }
            var reason: VisitReason?
            if call.day == nil {
                reason = try withDays(&snapshot) { snapshot throws(NeedsDays) in
                    try question.reason(snapshot, now: now)
                }
            }
            let calendars = snapshot.calendar.calendars
            let found = DayAnswerMessage(answer, in: calendars)
            let message = PlannedVisitMessage(present, in: calendars)
            let why = reason.map { VisitReasonMessage($0, in: calendars) }
            let persons = found.persons + message.persons + (why?.instead?.persons ?? [])
            return ClinicInterface.ExplainVisit.Reply(
                found: found, present: message, people: snapshot.people(Set(persons)),
                goal: question.goal(snapshot).map { GoalStandingMessage($0) }, reason: why,
                before: why.flatMap { _ in question.visitBefore(snapshot) }
                    .map { PlannedVisitMessage($0, in: calendars) })
        }
    }

    private func question(
        _ call: ClinicInterface.ExplainVisit, _ snapshot: Snapshot
    ) throws(ClinicInterface.Failure) -> DayQuestion {
        switch (call.visit, call.proposal) {
        case (let id?, nil):
            if call.number != nil {
                throw .invalidValue(field: "number", message: "only a proposal's visits go by number", hint: nil)
            }
            guard let visit = snapshot.state.visit(VisitID(id)) else { throw .noSuchVisit(visit: id) }
            return .visit(visit)
        case (nil, let id?):
            guard let proposal = proposals.proposal(id) else { throw .noSuchProposal(proposal: id) }
            let count = proposal.plan.visits.count
            guard let number = call.number, (1...max(1, count)).contains(number) else {
                let found = call.number.map { ", found \($0)" } ?? ""
                throw .invalidValue(field: "number", message: "expected 1 to \(count)\(found)", hint: nil)
            }
            return .proposed(proposal, number)
        case (nil, nil), (_?, _?):
            throw .invalidValue(field: "visit", message: "expected exactly one of visit and proposal", hint: nil)
        }
    }
}

/// The visit that a day is asked about.
private enum DayQuestion {
    case visit(Visit)
    case proposed(Proposal, Int)

    /// The parameter that names it.
    var field: String {
        switch self {
        case .visit: "visit"
        case .proposed: "number"
        }
    }

    /// What is answered; nil where the visit has no place.
    func answer(on day: Day, _ snapshot: Snapshot, now: Instant) throws(NeedsDays) -> DayAnswer? {
        switch self {
        case .proposed(let proposal, let number):
            return try explainDay(
                day, ofVisit: number, in: proposal.plan, for: proposal.request, on: snapshot.calendar,
                now: now.minute, today: snapshot.day(at: now))
        case .visit(let visit):
            guard visit.status.occupies, let course = snapshot.state.course(visit.course) else { return nil }
            let calendar = try snapshot.calendar(without: course, reaching: day)
            return try explainDay(
                day, ofVisit: visit.number, in: snapshot.standing(of: course), for: course.request, on: calendar,
                now: now.minute)
        }
    }

    /// The day that a booked visit has, which is asked about where no other is.
    func ownDay(today: Day) throws(ClinicInterface.Failure) -> Day {
        guard case .visit(let visit) = self else {
            throw .invalidValue(
                field: "day", message: "of a proposal's visit a day is asked about",
                hint: "course propose --explain says why each visit is where it is")
        }
        guard visit.status.occupies, visit.day >= today else {
            let what = visit.status.occupies ? "its day is past" : "it has no place"
            throw .invalidValue(
                field: "visit", message: "\(visit.id) is not to come: \(what)",
                hint: "infusionctl course show \(visit.course) lists the visits of its course")
        }
        return visit.day
    }

    /// Why a booked visit is where it is; nil of others.
    func reason(_ snapshot: Snapshot, now: Instant) throws(NeedsDays) -> VisitReason? {
        guard case .visit(let visit) = self, let course = snapshot.state.course(visit.course) else { return nil }
        let calendar = try snapshot.calendar(without: course, reaching: visit.day)
        return try Planning.reason(
            ofVisit: visit.number, in: snapshot.standing(of: course), for: course.request, on: calendar,
            now: now.minute)
    }

    /// The visit of its course that a booked visit follows.
    func visitBefore(_ snapshot: Snapshot) -> PlannedVisit? {
        guard case .visit(let visit) = self, let course = snapshot.state.course(visit.course) else { return nil }
        return snapshot.standing(of: course).visits.last { other in
            (other.placement.day, other.number) < (visit.day, visit.number)
        }
    }

    /// How the phase of a booked visit stands to its goal.
    func goal(_ snapshot: Snapshot) -> GoalStanding? {
        guard case .visit(let visit) = self, let course = snapshot.state.course(visit.course) else { return nil }
        return snapshot.state.goalStandings(of: course, on: snapshot.calendar)
            .first { $0.phase == visit.phase }
    }

    /// The visit where it is now.
    func present(_ snapshot: Snapshot) -> PlannedVisit? {
        switch self {
        case .proposed(let proposal, let number): proposal.plan.visits.first { $0.number == number }
        case .visit(let visit): snapshot.planned(visit)
        }
    }
}

extension Snapshot {
    /// The planner's calendar without the visits of a course.
    ///
    /// - Throws: where it reaches neither a day nor the last of them.
    fileprivate func calendar(without course: Course, reaching day: Day) throws(NeedsDays) -> PlanningCalendar {
        let visits = state.visits(of: course).filter(\.status.occupies)
        let last = visits.map(\.day).max() ?? day
        if last > calendar.last { throw NeedsDays(through: last) }
        var calendar = self.calendar
        for other in visits { calendar.remove(other.id, on: other.day) }
        return calendar
    }

    /// A booked visit in the planner's terms, with its cost as it was planned.
    fileprivate func planned(_ visit: Visit) -> PlannedVisit? {
        guard let day = calendar.calendars[visit.day] else { return nil }
        return PlannedVisit(
            number: visit.number, phase: visit.phase, visitType: visit.visitType,
            placement: visit.place.placement(on: day), terms: visit.terms)
    }

    /// A course as it stands.
    fileprivate func standing(of course: Course) -> StandingCourse {
        let visits = state.visitsOfTurns(course)
        var phases = Dictionary(visits.map { ($0.number, $0.phase) }) { first, _ in first }
        // What was given elsewhere comes first.
        if let adopted = course.progress.adoptedFrom, adopted.given > 0 {
            for number in 1...adopted.given { phases[number] = adopted.phase }
        }
        var (latest, lastDays): ([Int: Day], [Int: Day]) = ([:], [:])
        for visit in visits {
            if visit.status.occupies {
                latest[visit.number] = visit.latestDay
            } else {
                lastDays[visit.number] = visit.day
            }
        }
        let standing = visits.filter(\.status.occupies).compactMap(planned).sorted {
            ($0.placement.day, $0.number) < ($1.placement.day, $1.number)
        }
        return StandingCourse(
            visits: standing, phases: phases, usual: course.usual, latest: latest, lastDays: lastDays,
            begun: begun(course, visits, besides: Set(standing.map(\.number))))
    }

    /// The first day of the phases whose first visit was given elsewhere, or on a day that planning has no more.
    private func begun(_ course: Course, _ visits: [Visit], besides known: Set<Int>) -> [String: Day] {
        var begun: [String: Day] = [:]
        if let adopted = course.progress.adoptedFrom { begun[adopted.phase] = adopted.lastDay }
        for visit in visits where visit.status.occupies && !known.contains(visit.number) {
            begun[visit.phase] = min(begun[visit.phase] ?? visit.day, visit.day)
        }
        return begun
    }

    /// Why a course has no plan, with what is known of each day.
    func message(refusing order: CourseOrder, _ refusal: Refusal, now: Instant) -> RefusalMessage {
        var known: [DayClosing] = []
        if let regimen = facility.regimen(order.regimen) {
            let named = Set(regimen.phases.map(\.visit))
            let request = CourseRequest(
                id: refusal.course, patient: order.patient, regimen: regimen,
                visitTypes: facility.visitTypes.filter { named.contains($0.id) }, wish: order.wish)
            known = closings(behind: refusal, of: request, on: calendar, now: now.minute, today: day(at: now))
        }
        // Whoever reads a refusal does not read a quarter of a year; of later days only the rule is told.
        var message = RefusalMessage(refusal, Array(known.prefix(92)), in: calendar.calendars)
        (message.laterStart, message.laterEnd) = waysOut(of: order, now: now)
        return message
    }

    /// A later first day, and a later last one where one was asked for, with which there is a plan.
    private func waysOut(of order: CourseOrder, now: Instant) -> (start: Day?, end: Day?) {
        func plan(_ change: (inout CourseOrder) -> Void) -> Plan? {
            var changed = order
            changed.alternatives = 0
            change(&changed)
            guard case .success(let request) = courseRequest(for: changed, id: CourseID("proposed"), state) else {
                return nil
            }
            var snapshot = self
            let outcome = try? snapshot.withDays { snapshot throws(NeedsDays) in
                try Planning.plan(
                    request, continuing: [], on: snapshot.calendar, now: now.minute, today: snapshot.day(at: now),
                    explains: false)
            }
            if case .plan(let plan)? = outcome { return plan }
            return nil
        }
        let start = [7, 14, 28].lazy.map { order.wish.earliest + $0 }
            .first { day in plan { $0.wish.earliest = day } != nil }
        guard order.wish.endDay != nil else { return (start, nil) }
        return (start, plan { $0.wish.endDay = nil }?.visits.map(\.placement.day).max())
    }

    /// The same where it stands alone: with the staff's names, and how late the course might start.
    func wholeMessage(refusing order: CourseOrder, _ refusal: Refusal, now: Instant) -> RefusalMessage {
        var message = message(refusing: order, refusal, now: now)
        message.people = people(Set(message.days.flatMap(\.persons)))
        message.startWithinDays = order.wish.startWithinDays
        return message
    }

    /// The answer to a course that has no plan, with what is known of each day.
    func reply(
        refusing order: CourseOrder, _ refusal: Refusal, now: Instant
    ) -> ClinicInterface.ProposeCourse.Reply {
        let message = message(refusing: order, refusal, now: now)
        return ClinicInterface.ProposeCourse.Reply(
            refusal: message, since: state.lastEvent, people: people(Set(message.days.flatMap(\.persons))),
            startWithinDays: order.wish.startWithinDays)
    }

    /// The answer to a course that has a plan.
    func reply(
        proposing proposal: Proposal, as id: String, explain: Bool, now: Instant
    ) -> ClinicInterface.ProposeCourse.Reply {
        let plan = PlanMessage(proposal.plan, in: calendar.calendars)
        var messages: [VisitReasonMessage]?
        if explain {
            messages = reasons(
                of: proposal.plan, for: proposal.request, on: calendar, now: now.minute, today: day(at: now)
            ).map { VisitReasonMessage($0, in: calendar.calendars) }
        }
        let named = plan.persons.union((messages ?? []).flatMap { $0.instead?.persons ?? [] })
        return ClinicInterface.ProposeCourse.Reply(
            proposal: id, plan: plan, since: proposal.basis, people: people(named), reasons: messages,
            startWithinDays: proposal.request.wish.startWithinDays)
    }
}
