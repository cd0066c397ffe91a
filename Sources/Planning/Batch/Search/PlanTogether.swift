/// Places all courses of a problem together (docs/contract/planning.md section 8): as few as can be found without a
/// place, then the least sum of `start`, `gap`, `spare`, `preference`, `rhythm` and `continuity`. The other terms are
/// reported as 0.
///
/// Each course is inserted exactly beside the others; which ones to take out and put back, and in which order, is drawn
/// from `seed`. Two searches with chances of their own go on side by side and tell each other after every run what
/// they found: two cores have work, and one core comes to the same answer. The same seed and budget give the same
/// answer on every machine, as long as `shouldStop` says no.
///
/// - Parameters:
///   - calendars: consecutive days, as for `solve`.
///   - stepBudget: insertions of a course to try at the most, both searches together.
///   - concurrently: does something for each number below a count, at the same time where it can; one after the other
///     if nothing else is said.
///   - shouldStop: asked between moves, by both searches; the best answer so far is given then.
///   - report: called whenever there is a better answer.
/// - Throws: where a search leaves the calendars' days.
package func planTogether(
    _ problem: Problem, calendars: DayCalendars, seed: UInt64 = 1, stepBudget: Int,
    concurrently: (Int, @Sendable (Int) -> Void) -> Void = { for number in 0..<$0 { $1(number) } },
    shouldStop: @escaping @Sendable () -> Bool = { false }, report: (BatchProgress) -> Void = { _ in }
) throws(NeedsDays) -> BatchOutcome {
    let budget = (first: stepBudget - stepBudget / 2, second: stepBudget / 2)
    // One looks for room above all; the other rather for cost, and proves.
    let workers = [
        BatchWorker(
            seed: seed, stepBudget: budget.first, provingPercent: 0, placingEffort: 32, shouldStop: shouldStop),
        BatchWorker(
            seed: seed &+ 0x5851_F42D_4C95_7F2D, stepBudget: budget.second, provingPercent: 60, placingEffort: 4,
            shouldStop: shouldStop),
    ]
    // Safe: each number touches its own worker only.
    nonisolated(unsafe) let unshared = workers
    concurrently(workers.count) { unshared[$0].compile(problem, calendars: calendars) }
    if let needsDays = workers[0].needsDays { throw needsDays }
    var best = workers[0].progress
    repeat {
        concurrently(workers.count) { unshared[$0].run() }
        workers[0].exchange(with: workers[1])
        let progress = workers[0].progress.adding(workers[1].progress)
        if (progress.unplaced, progress.cost) < (best.unplaced, best.cost) { report(progress) }
        best = progress
    } while !workers.allSatisfy(\.isOver)
    return BatchOutcome(answer: workers[0].answer(to: problem), progress: best)
}

/// One of the searches that go on side by side, on days of its own.
private final class BatchWorker {
    private let seed: UInt64
    private let stepBudget: Int
    private let provingPercent: Int
    private let placingEffort: Int
    private let shouldStop: @Sendable () -> Bool
    private var compiled: (batch: Batch, search: BatchSearch)?
    /// Why it could not be compiled.
    private(set) var needsDays: NeedsDays?

    init(
        seed: UInt64, stepBudget: Int, provingPercent: Int, placingEffort: Int,
        shouldStop: @escaping @Sendable () -> Bool
    ) {
        self.seed = seed
        self.stepBudget = stepBudget
        self.provingPercent = provingPercent
        self.placingEffort = placingEffort
        self.shouldStop = shouldStop
    }

    func compile(_ problem: Problem, calendars: DayCalendars) {
        do throws(NeedsDays) {
            let batch = try Planning.compile(problem, calendars: calendars)
            compiled = (batch, search(of: batch))
        } catch {
            needsDays = error
        }
    }

    private func search(of batch: Batch) -> BatchSearch {
        let state = BatchState(batch.courses, batch.days, patientCount: batch.patientCount, seed: seed &+ 1)
        for (patient, day) in batch.blocked { state.block(patient: patient, day: day) }
        let bounds = BatchBounds(batch.courses, batch.days) { course, day in
            state.insertion.costs.patientDays[course.patient * batch.days.count + day] == 0
        }
        return BatchSearch(
            state, bounds: bounds, seed: seed, stepBudget: stepBudget, provingPercent: provingPercent,
            placingEffort: placingEffort, shouldStop: shouldStop)
    }

    private var search: BatchSearch {
        guard let compiled else { preconditionFailure("a worker is compiled before it runs") }
        return compiled.search
    }

    var isOver: Bool { search.isOver }

    /// What it came to, courses that find no place even alone included.
    var progress: BatchProgress {
        var whole = search.progress
        let refused = compiled?.batch.refusals.count ?? 0
        whole.unplaced += refused
        whole.unplacedBound += refused
        return whole
    }

    /// Goes on for some steps.
    func run() { search.run(steps: max(200, 4 * search.count)) }

    /// Each search takes over the better plans and bounds of the other.
    func exchange(with other: BatchWorker) {
        let (own, others) = (search.progress, other.search.progress)
        let plans = search.best
        search.learn(other.search.best, others)
        other.search.learn(plans, own)
    }

    func answer(to problem: Problem) -> Answer {
        guard let compiled else { preconditionFailure("a worker is compiled before it answers") }
        return Planning.answer(compiled.batch, problem, compiled.search.best)
    }
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

private struct KindKey: Hashable {
    let type: VisitType
    let features: Set<String>
    let isWalkIn: Bool
}

func compile(_ problem: Problem, calendars: DayCalendars) throws(NeedsDays) -> Batch {
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
        switch try search.reach() {
        case .blocked: refusals[index] = try refusal(of: request, problem, calendars: calendars)
        case .all:
            let own = search.days.kinds.map { kind in
                let extra = request.extraFeatures(of: kind.type, in: facility)
                let key = KindKey(type: kind.type, features: extra, isWalkIn: kind.isWalkIn)
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
    return Batch(
        days: days, courses: courses, refusals: refusals, patientCount: patients.count,
        blocked: blocked.filter { $0.day >= 0 && $0.day < days.count })
}

/// Why a course cannot be placed even alone, with what would help at the weights of a course by itself.
private func refusal(
    of request: CourseRequest, _ problem: Problem, calendars: DayCalendars
) throws(NeedsDays) -> Refusal {
    let calendar = PlanningCalendar(
        facility: problem.facility, calendars: calendars, timeOff: problem.timeOff, outages: problem.outages,
        bookings: problem.bookings)
    switch try plan(request, on: calendar, now: problem.now, today: problem.today) {
    case .refusal(let refusal): return refusal
    case .plan: preconditionFailure("weights change no rule")
    }
}
