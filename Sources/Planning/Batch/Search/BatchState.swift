/// Many courses on common days: which are placed, where, and what they cost together.
final class BatchState {
    let days: BatchDays
    let courses: [BatchCourse]
    let insertion: CourseInsertion
    private(set) var plans: [BatchPlan?]
    /// What the placed courses cost.
    private(set) var cost = 0
    private(set) var unplacedCount: Int
    /// The days of each course's visits, for telling who meets whom.
    private(set) var daySets: [[UInt64]]

    init(_ courses: [BatchCourse], _ days: BatchDays, patientCount: Int, seed: UInt64) {
        self.courses = courses
        self.days = days
        insertion = CourseInsertion(days, courses, patientCount: patientCount, seed: seed)
        plans = Array(repeating: nil, count: courses.count)
        unplacedCount = courses.count
        daySets = Array(
            repeating: [UInt64](repeating: 0, count: (days.count + 63) / 64), count: courses.count)
    }

    /// Marks a day on which a patient has a visit that stays.
    func block(patient: Int, day: Int) { insertion.costs.patientDays[patient * days.count + day] += 1 }

    func place(_ index: Int, _ plan: BatchPlan) {
        let course = courses[index]
        for (step, visit) in plan.visits.enumerated() {
            course.kinds[step].occupy(visit, adding: true)
            insertion.costs.patientDays[course.patient * days.count + visit.day] += 1
            daySets[index][visit.day >> 6] |= 1 << UInt64(visit.day & 63)
        }
        plans[index] = plan
        cost += plan.cost
        unplacedCount -= 1
    }

    /// Takes a placed course from its places and gives its plan, by which it can be put back.
    @discardableResult
    func remove(_ index: Int) -> BatchPlan {
        guard let plan = plans[index] else { preconditionFailure("only a placed course is taken away") }
        let course = courses[index]
        for (step, visit) in plan.visits.enumerated() {
            course.kinds[step].occupy(visit, adding: false)
            insertion.costs.patientDays[course.patient * days.count + visit.day] -= 1
            daySets[index][visit.day >> 6] &= ~(1 << UInt64(visit.day & 63))
        }
        plans[index] = nil
        cost -= plan.cost
        unplacedCount += 1
        return plan
    }

    /// Places a course where it is cheapest, if that is below a limit.
    func insert(_ index: Int, below limit: Int = Int.max) -> Bool {
        guard let plan = insertion.cheapest(courses[index], below: limit) else { return false }
        place(index, plan)
        return true
    }

    /// Places a course anywhere.
    func insertAnywhere(_ index: Int) -> Bool {
        guard let plan = insertion.any(courses[index]) else { return false }
        place(index, plan)
        return true
    }

    var unplaced: [Int] { plans.indices.filter { plans[$0] == nil } }

    /// Replaces all plans by those that were saved.
    func restore(_ saved: [BatchPlan?]) {
        for index in plans.indices where plans[index] != nil { remove(index) }
        for (index, plan) in saved.enumerated() { if let plan { place(index, plan) } }
    }
}
