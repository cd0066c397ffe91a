import HashTreeCollections
package import Planning

/// What is answered to somebody who asks for a course without booking it yet.
package enum ProposalResult: Hashable, Sendable {
    /// The course can be booked so.
    case proposal(Proposal)
    /// It cannot, and why.
    case refused(ClinicRefusal)
}

/// Plans an ordered course on a state without changing anything. See `decide` for the parameters and what is thrown.
package func propose(
    _ order: CourseOrder, state: ClinicState, calendar: PlanningCalendar, now: Instant
) throws(NeedsDays) -> ProposalResult {
    let request: CourseRequest
    switch courseRequest(for: order, id: CourseID("proposed"), state) {
    case .success(let made): request = made
    case .failure(let unmade): return .refused(unmade.refusal)
    }
    guard let today = calendar.calendars.day(at: now)?.day else { throw NeedsDays(through: dayAfter(now)) }
    switch try plan(request, on: calendar, now: now.minute, today: today) {
    case .plan(let plan):
        return .proposal(Proposal(order: order, request: request, plan: plan, basis: state.lastEvent))
    case .refusal(let refusal): return .refused(.noPlan(refusal))
    }
}

/// Plans an ordered course in this turn and books it.
func book(_ order: CourseOrder, _ basis: Basis) throws(DecisionFailure) -> Decision {
    try basis.state.checkFirst(order)
    var counters = basis.state.counters
    let request: CourseRequest
    switch courseRequest(for: order, id: counters.nextCourse(), basis.state) {
    case .success(let made): request = made
    case .failure(let unmade): return .refused(unmade.refusal, [])
    }
    switch try basis.context.plan(request, on: basis.calendar, explains: basis.explains) {
    case .plan(let plan):
        return book(plan, order: order, request: request, basis.state, basis.calendar, isTold: basis.isTold)
    case .refusal(let refusal):
        let rules = Set(refusal.days.flatMap { day in day.closedBy.map { [$0] } ?? day.several })
        let refused = CourseRefused(
            patient: order.patient, regimen: order.regimen, visit: refusal.visit, phase: refusal.phase,
            rules: Rule.allCases.filter(rules.contains))
        return .refused(.noPlan(refusal), [.course(.refused(refused))])
    }
}

/// Books what was proposed where it still fits the present state; it is never planned again.
func book(
    _ proposal: Proposal, alternative: Int?, _ state: ClinicState, _ calendar: PlanningCalendar, _ now: Instant,
    isTold: Bool = false
) throws(DecisionFailure) -> Decision {
    let order = proposal.order
    guard state.patients[order.patient] != nil else { return .refused(.unknown(.patient, order.patient.text), []) }
    try state.checkFirst(order)
    guard let visits = proposal.visits(alternative: alternative) else {
        return .refused(.unknown(.alternative, String(alternative ?? 0)), [])
    }
    if let last = visits.map(\.placement.day).max(), last > calendar.calendars.last {
        throw .needsDays(last)
    }
    var counters = state.counters
    var request = proposal.request
    request.id = counters.nextCourse()
    let broken = violations(of: visits, for: request, on: calendar, now: now.minute)
    guard broken.isEmpty else {
        let rules = Set(broken.map(\.rule))
        let refused = CourseRefused(
            patient: order.patient, regimen: order.regimen, visit: broken.map(\.visit).min(), phase: nil,
            rules: Rule.allCases.filter(rules.contains))
        let stale = Stale(
            since: proposal.basis, changed: broken.map { Stale.Change(visit: $0.visit, rule: $0.rule) })
        return .refused(.stale(stale), [.course(.refused(refused))])
    }
    let plan = Plan(course: request.id, usual: proposal.plan.usual, visits: visits)
    return book(plan, order: order, request: request, state, calendar, isTold: isTold)
}

private func book(
    _ plan: Plan, order: CourseOrder, request: CourseRequest, _ state: ClinicState, _ calendar: PlanningCalendar,
    isTold: Bool
) -> Decision {
    var counters = state.counters
    var events: [Event] = []
    let template: TemplateID
    if let latest = state.latestTemplate(of: request) {
        template = latest.id
    } else {
        template = counters.nextTemplate()
        events.append(
            .course(
                .templateRecorded(
                    Template(id: template, regimen: request.regimen, visitTypes: request.visitTypes))))
    }
    var confirmation = Confirmation(request, isTold: isTold)
    let visits = plan.visits.map { visit in
        guard let day = calendar.calendars[visit.placement.day] else {
            preconditionFailure("a plan stays on the days of its calendar")
        }
        let standing = confirmation.standing(of: visit)
        // Whoever is here knows the time, and goes nowhere else.
        let walkIn = visit.number == 1 ? order.walkIn : nil
        let place = Place(visit.placement, on: day)
        return CourseBooked.BookedVisit(
            id: counters.nextVisit(),
            image: VisitImage(
                number: visit.number, phase: visit.phase, visitType: visit.visitType.id,
                status: standing.confirmed ? .confirmed : .tentative, place: place,
                heard: standing.told || walkIn != nil ? .at(place.start) : nil,
                overrides: walkIn.map { [.leadTime: $0] } ?? [:], terms: visit.terms))
    }
    let booked = CourseBooked(
        course: request.id, patient: order.patient, template: template, wish: order.wish,
        usual: plan.usual, visits: visits)
    var beside = PrivateDetails()
    if let payer = order.payer { beside.payers[request.id] = payer }
    return .accepted(
        events + [.course(.booked(booked))], beside, .course(BookedCourse(plan: plan, visits: visits.map(\.id))))
}

/// A refusal on its way out of a function that otherwise makes something.
package struct RefusedOrder: Error {
    let refusal: ClinicRefusal
}

/// What is asked of the planner for an order, by the configuration in force.
package func courseRequest(
    for order: CourseOrder, id: CourseID, _ state: ClinicState
) -> Result<CourseRequest, RefusedOrder> {
    func unmade(_ kind: ClinicRefusal.Kind, _ id: String) -> Result<CourseRequest, RefusedOrder> {
        .failure(RefusedOrder(refusal: .unknown(kind, id)))
    }
    guard let facility = state.configuration?.facility else { return .failure(RefusedOrder(refusal: .notConfigured)) }
    switch state.patients[order.patient]?.standing {
    case nil: return unmade(.patient, order.patient.text)
    case .open?: break
    case .closed?, .merged?: return .failure(RefusedOrder(refusal: .unchangeable(.patientGone(order.patient))))
    }
    guard let regimen = facility.regimen(order.regimen) else { return unmade(.regimen, order.regimen.text) }
    if let person = order.wish.preferredPerson, !facility.staff.contains(where: { $0.id == person }) {
        return unmade(.person, person.text)
    }
    let named = Set(regimen.phases.map(\.visit))
    var request = CourseRequest(
        id: id, patient: order.patient, regimen: regimen,
        visitTypes: facility.visitTypes.filter { named.contains($0.id) }, wish: order.wish,
        alternatives: order.alternatives)
    request.endsInTime = order.endsInTime
    if order.walkIn != nil { request.setAside = [.leadTime] }
    let missing = request.missingFeatures(in: facility)
    if !missing.isEmpty { return unmade(.feature, missing.sorted().joined(separator: ", ")) }
    return .success(request)
}

extension ClinicState {
    /// That a patient has no course by the regimen that is not over, unless a second one is meant.
    func checkFirst(_ order: CourseOrder) throws(DecisionFailure) {
        guard !order.again else { return }
        let standing = courses(of: order.patient).last { course in
            course.status.isOpen && course.template.regimen.id == order.regimen
        }
        if let standing { throw .unchangeable(.hasCourse(standing.id)) }
    }

    /// The template last recorded for the regimen, where regimen and visit types are still the same.
    func latestTemplate(of request: CourseRequest) -> Template? {
        guard let id = latestTemplates[request.regimen.id], let template = templates[id],
            template.regimen == request.regimen, template.visitTypes == request.visitTypes
        else { return nil }
        return template
    }
}

/// Which visits of a new course are agreed and told as soon as they are booked: those of phases that say so, and all
/// where the patient is here or on the line. They stay tentative behind a closed gate, and where a needed
/// authorisation is missing.
private struct Confirmation {
    private let request: CourseRequest
    private let isTold: Bool
    private var left: [Int]

    init(_ request: CourseRequest, isTold: Bool) {
        self.request = request
        self.isTold = isTold
        left = request.wish.authorisations.map { $0.status == .approved ? $0.visits : 0 }
    }

    /// Visits are asked for in their order, since each confirmed one uses one of an authorisation's.
    mutating func standing(of visit: PlannedVisit) -> (confirmed: Bool, told: Bool) {
        guard let index = request.regimen.phases.firstIndex(where: { $0.name == visit.phase }),
            isTold || request.regimen.phases[index].confirm == .booking
        else { return (false, false) }
        guard request.regimen.phases[...index].allSatisfy({ $0.gate == nil }) else { return (false, true) }
        guard request.wish.requiresAuthorisation else { return (true, true) }
        let (type, day) = (visit.visitType.id, visit.placement.day)
        let granted = request.wish.authorisations.indices.first { index in
            let authorisation = request.wish.authorisations[index]
            return left[index] > 0 && authorisation.visitTypes.contains(type) && authorisation.from <= day
                && day <= authorisation.through
        }
        guard let granted else { return (false, true) }
        left[granted] -= 1
        return (true, true)
    }
}
