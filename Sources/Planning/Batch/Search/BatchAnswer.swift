/// The answer that a batch's plans come to: chairs are dealt out, costs told by term.
func answer(_ batch: Batch, _ problem: Problem, _ plans: [BatchPlan?]) -> Answer {
    let chairs = dealChairs(batch, plans)
    var outcomes: [Int: Outcome] = batch.refusals.mapValues { .refusal($0) }
    for (index, course) in batch.courses.enumerated() {
        if let plan = plans[index] {
            outcomes[course.index] = .plan(
                coursePlan(course, plan, chairs: chairs[index]!, batch))
        } else {
            let phase = course.request.regimen.phases[course.steps[0].phase].name
            outcomes[course.index] = .refusal(
                Refusal(course: course.request.id, visit: 1, phase: phase, days: [], wouldHelp: []))
        }
    }
    return Answer(outcomes: problem.courses.indices.map { outcomes[$0]! })
}

/// A chair for each visit of each course: on each day and pool, by start, the first that is free. Holds never outnumber
/// the chairs of a pool, so there always is one.
private func dealChairs(_ batch: Batch, _ plans: [BatchPlan?]) -> [Int: [Int]] {
    struct Held {
        let course: Int
        let step: Int
        let visit: BatchVisit
        let end: Int
    }
    var held: [Held] = []
    var chairs: [Int: [Int]] = [:]
    for (index, plan) in plans.enumerated() {
        guard let plan else { continue }
        chairs[index] = Array(repeating: 0, count: plan.visits.count)
        for (step, visit) in plan.visits.enumerated() {
            let end = visit.slot + batch.courses[index].kinds[step].kind.holdSlots
            held.append(Held(course: index, step: step, visit: visit, end: end))
        }
    }
    held.sort { ($0.visit.day, $0.visit.slot, $0.course) < ($1.visit.day, $1.visit.slot, $1.course) }
    var ends: [Int] = Array(repeating: 0, count: batch.days.layout.chairCount)
    var day = -1
    for one in held {
        if one.visit.day != day {
            day = one.visit.day
            for chair in ends.indices { ends[chair] = 0 }
        }
        let pool = batch.days.poolChairs[day][one.visit.pool]
        guard let chair = pool.first(where: { ends[$0] <= one.visit.slot }) else {
            preconditionFailure("holds never outnumber the chairs of a pool")
        }
        ends[chair] = one.end
        chairs[one.course]![one.step] = chair
    }
    return chairs
}

private func coursePlan(_ course: BatchCourse, _ plan: BatchPlan, chairs: [Int], _ batch: Batch) -> Plan {
    let facility = batch.days.calendar.facility
    let usual = course.usuals[plan.usual]
    var visits: [PlannedVisit] = []
    let spare = course.spareCosts(plan.visits.map(\.day))
    for (index, visit) in plan.visits.enumerated() {
        let step = course.steps[index]
        let kind = course.kinds[index].kind
        let board = batch.days.board(visit.day)
        let placement = Placement(
            day: board.calendar.day, start: batch.days.grid.minute(of: visit.slot),
            chair: facility.chairs[chairs[index]].id,
            persons: visit.staffed.persons.map { facility.staff[$0].id },
            covers: visit.staffed.covers.map { $0.cover(of: kind, facility) })
        let phase = course.request.regimen.phases[step.phase]
        var planned = PlannedVisit(
            number: step.number, phase: phase.name, visitType: kind.type, placement: placement, terms: CostTerms())
        planned.terms = costTerms(
            of: planned, after: visits.last, gapIdeal: step.gapIdeal, rhythm: phase.rhythm, usual: usual,
            isPersonWished: course.preferred[index] != nil, for: course.request, on: board)
        planned.terms[.spare] = spare[index]
        visits.append(planned)
    }
    return Plan(course: course.request.id, usual: course.hasRhythm ? usual : nil, visits: visits)
}
