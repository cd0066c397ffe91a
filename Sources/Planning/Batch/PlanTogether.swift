/// Places all courses of a problem together (PLANNING.md section 8): as few as can be found without a place, then the
/// least sum of `start`, `gap`, `preference`, `rhythm` and `continuity`. The other terms are reported as 0.
///
/// Each course is inserted exactly beside the others; which ones to take out and put back, and in which order, is drawn
/// from `seed`. The same seed and budget give the same answer on every machine, as long as `shouldStop` says no.
///
/// - Parameters:
///   - calendars: consecutive days, as for `solve`.
///   - stepBudget: insertions of a course to try at the most.
///   - shouldStop: asked between moves; the best answer so far is given then.
///   - report: called whenever a better answer is found.
package func planTogether(
    _ problem: Problem, calendars: DayCalendars, seed: UInt64 = 1, stepBudget: Int,
    shouldStop: @escaping () -> Bool = { false }, report: @escaping (BatchProgress) -> Void = { _ in }
) -> BatchResult {
    let batch: Batch
    switch compile(problem, calendars: calendars) {
    case .needsDays(let day): return .needsDays(through: day)
    case .batch(let compiled): batch = compiled
    }
    let refused = batch.refusals.count
    func whole(_ progress: BatchProgress) -> BatchProgress {
        var whole = progress
        whole.unplaced += refused
        whole.unplacedBound += refused
        return whole
    }
    let state = BatchState(batch.courses, batch.days, patientCount: batch.patientCount, seed: seed &+ 1)
    for (patient, day) in batch.blocked { state.block(patient: patient, day: day) }
    let bounds = BatchBounds(batch.courses, batch.days) { course, day in
        state.insertion.costs.patientDays[course.patient * batch.days.count + day] == 0
    }
    let search = BatchSearch(
        state, bounds: bounds, seed: seed, stepBudget: stepBudget, shouldStop: shouldStop,
        report: { report(whole($0)) })
    search.run()
    return .outcome(
        BatchOutcome(answer: answer(batch, problem, search.best), progress: whole(search.progress)))
}

/// A problem compiled for a batch.
struct Batch {
    let days: BatchDays
    /// The courses that can be placed alone.
    let courses: [BatchCourse]
    /// The others, by index in the problem.
    let refusals: [Int: Refusal]
    let patientCount: Int
    /// Patients and the days on which they have a visit that stays.
    let blocked: [(patient: Int, day: Int)]
}

enum CompiledBatch {
    case batch(Batch)
    case needsDays(through: Day)
}

private struct KindKey: Hashable {
    let type: VisitType
    let features: Set<String>
}

func compile(_ problem: Problem, calendars: DayCalendars) -> CompiledBatch {
    var facility = problem.facility
    facility.planning.weights.crowding = 0
    facility.planning.weights.idle = 0
    facility.planning.weights.workload = 0
    let calendar = PlanningCalendar(
        facility: facility, calendars: calendars, timeOff: problem.timeOff, outages: problem.outages,
        bookings: problem.bookings)
    let types = facility.visitTypes + problem.courses.flatMap(\.visitTypes)
    let days = BatchDays(calendar, visitTypes: types)
    var kinds: [KindKey: BatchKind] = [:]
    var patients: [PatientID: Int] = [:]
    var courses: [BatchCourse] = []
    var refusals: [Int: Refusal] = [:]
    for (index, request) in problem.courses.enumerated() {
        let search = CourseSearch<Int32>(request, on: calendar, now: problem.now, today: problem.today)
        switch search.reach() {
        case .needsDays(let day): return .needsDays(through: day)
        case .blocked:
            switch refusal(of: request, problem, calendars: calendars) {
            case .needsDays(let day): return .needsDays(through: day)
            case .refusal(let refusal): refusals[index] = refusal
            case .plan: preconditionFailure("weights change no rule")
            }
        case .all:
            let own = search.days.kinds.map { kind in
                let key = KindKey(type: kind.type, features: request.features)
                let shared = kinds[key] ?? BatchKind(kind, days, now: problem.now)
                kinds[key] = shared
                return shared
            }
            let patient = patients[request.patient] ?? patients.count
            patients[request.patient] = patient
            courses.append(BatchCourse(search, index: index, patient: patient, kinds: own, on: days))
        }
    }
    let blocked = problem.bookings.compactMap { booking in
        patients[booking.patient].map { (patient: $0, day: booking.placement.day - calendar.first) }
    }
    return .batch(
        Batch(
            days: days, courses: courses, refusals: refusals, patientCount: patients.count,
            blocked: blocked.filter { $0.day >= 0 && $0.day < days.count }))
}

/// Why a course cannot be placed even alone, with what would help at the weights of a course by itself.
private func refusal(of request: CourseRequest, _ problem: Problem, calendars: DayCalendars) -> PlanningResult {
    let calendar = PlanningCalendar(
        facility: problem.facility, calendars: calendars, timeOff: problem.timeOff, outages: problem.outages,
        bookings: problem.bookings)
    return plan(request, on: calendar, now: problem.now, today: problem.today)
}
