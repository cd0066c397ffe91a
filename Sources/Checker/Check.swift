package import Planning

/// Verifies an answer: every hard rule, every cost, the number of visits, covers, alternatives and refusals.
///
/// Nothing here is shared with the search but values. An optimum is not proven: a plan that could be cheaper has no
/// breach, while a rule that is broken or a cost that is wrong always is one.
///
/// - Parameters:
///   - calendars: the calendars of every day that the answer names, and of the days beside them.
/// - Returns: what is wrong, in the order of the answer; empty where nothing is.
package func check(_ answer: Answer, of problem: Problem, calendars: DayCalendars) -> [Breach] {
    guard answer.outcomes.count == problem.courses.count else {
        return [
            Breach(
                what: .shape("outcome-count"),
                message: "\(answer.outcomes.count) outcomes of \(problem.courses.count) courses")
        ]
    }
    var breaches: [Breach] = []
    for (index, request) in problem.courses.enumerated() {
        var setting = Setting(problem, calendars: calendars)
        switch answer.outcomes[index] {
        case .plan(let plan):
            setting.bookings += otherBookings(beside: index, answer, problem)
            breaches += PlanCheck(request: request, setting: setting, isBatch: problem.mode == .batch)
                .breaches(of: plan)
        case .refusal(let refusal):
            if problem.mode == .sequence { setting.bookings += otherBookings(beside: index, answer, problem) }
            breaches += refusalBreaches(refusal, request, setting, isBatch: problem.mode == .batch)
        }
    }
    return breaches
}

/// The visits of the answer's plans that a course meets: none, those before it, or all others.
private func otherBookings(beside index: Int, _ answer: Answer, _ problem: Problem) -> [Booking] {
    let others: [Int] =
        switch problem.mode {
        case .each: []
        case .sequence: Array(0..<index)
        case .batch: answer.outcomes.indices.filter { $0 != index }
        }
    return others.flatMap { other -> [Booking] in
        guard case .plan(let plan) = answer.outcomes[other] else { return [] }
        return bookings(of: plan, for: problem.courses[other])
    }
}

/// The bookings that a plan becomes once it is added: tentative, each with an id made of course and number.
package func bookings(of plan: Plan, for request: CourseRequest) -> [Booking] {
    plan.visits.map { visit in
        Booking(
            id: VisitID("\(request.id)/\(visit.number)"), patient: request.patient, visitType: visit.visitType,
            placement: visit.placement)
    }
}

private func refusalBreaches(
    _ refusal: Refusal, _ request: CourseRequest, _ setting: Setting, isBatch: Bool
) -> [Breach] {
    func shape(_ part: String, _ message: String) -> Breach {
        Breach(course: request.id, visit: refusal.visit, what: .shape(part), message: message)
    }
    var breaches: [Breach] = []
    if refusal.course != request.id {
        breaches.append(shape("course", "refusal of \(refusal.course) where \(request.id) was asked for"))
    }
    let costs = refusal.wouldHelp.map(\.cost)
    if costs != costs.sorted() { breaches.append(shape("would-help", "what would help is not cheapest first")) }
    let steps = steps(of: request, planning: setting.facility.planning, today: setting.today)
    guard let facts = refusalFacts(for: request, in: setting) else {
        // Placed alone it may fit and yet not together with the others.
        if isBatch, refusal.visit == 1, refusal.days.isEmpty { return breaches }
        return breaches + [shape("refusal", "every visit can be reached, or a day is outside of the calendars given")]
    }
    if refusal.visit != facts.visit {
        breaches.append(shape("refusal", "visit \(refusal.visit) where \(facts.visit) is the first not reached"))
        return breaches
    }
    if steps[facts.visit - 1].phase.name != refusal.phase {
        breaches.append(shape("phase", "phase \(refusal.phase) where \(facts.phase) is due"))
    }
    if refusal.days.map(\.day) != facts.days.map(\.day) {
        breaches.append(
            shape(
                "refusal-days",
                "days \(refusal.days.map(\.day)) where \(facts.days.map(\.day)) "
                    + "could have been had"))
        return breaches
    }
    for (claimed, actual) in zip(refusal.days, facts.days) where claimed.closedBy != actual.closedBy {
        breaches.append(
            shape(
                "closed-by",
                "\(claimed.day) closed by \(claimed.closedBy?.rawValue ?? "several") where "
                    + "it is \(actual.closedBy?.rawValue ?? "several")"))
    }
    return breaches
}
