import Checker
import Planning
import TestSupport

/// A small clinic, nearly full, and a course that seeks room in it. The same seed gives the same on every machine.
struct YieldingWorld {
    let facility: Facility
    let monday = Day(number: 20_003)
    let calendars: DayCalendars
    var now: Int { monday.number * 1440 }
    private(set) var courses: [RepairCourse] = []
    let seeking: SeekingCourse
    /// Those that may yield, in the order of the courses.
    private(set) var yielding: [YieldingVisit] = []

    init(seed: UInt64) {
        var dice = SplitMix64(seed: seed)
        calendars = .utc(from: monday - 1, count: 60)
        let facility = YieldingWorld.facility(&dice)
        self.facility = facility
        var request = course(
            [phase(dice.pick([1, 2, 2]), of: facility.visitTypes[0].id, gaps: [1], after: dice.number(0...1))],
            at: facility, earliest: monday, id: "seeking", patient: "q")
        request.wish.startWithinDays = dice.number(0...1)
        if dice.chance(30) { request.wish.availability = [window(dice.pick(["09:00-10:00", "09:30-10:30"]))] }
        request.phaseEnds = [request.regimen.phases[0].name: monday + 2]
        let told = CourseVisit.Status.booked(
            Placement(day: monday + 4, start: 540, chair: "c1", persons: ["n1"]), told: true)
        let isTold = dice.chance(30)
        seeking = SeekingCourse(
            request: request, visits: isTold ? [CourseVisit(phase: request.regimen.phases[0].name, status: told)] : [])
        for index in 0..<dice.number(3...7) { book(index, &dice) }
        for course in courses {
            for index in course.visits.indices where !course.visits[index].pinned {
                yielding.append(YieldingVisit(course: course, index: index))
            }
        }
        yielding.removeAll { $0.visit.booking.placement.day > monday + 2 }
    }

    private static func facility(_ dice: inout SplitMix64) -> Facility {
        let types = (1...dice.number(1...2)).map { index in
            visitType(
                VisitTypeID("v\(index)"), features: index == 1 && dice.chance(50) ? ["x"] : [],
                attendants: [Attendant(label: "nurse", role: "nurse", continuity: dice.chance(50))],
                stages: [
                    stage(30, ["nurse": dice.pick([60, 100])]), stage(30, ["nurse": 20], handover: dice.chance(50)),
                ])
        }
        let staff = (1...dice.number(1...2)).map { index in
            person(PersonID("n\(index)"), "nurse", hours: dice.chance(80) ? "08:00-13:00" : "09:30-13:00")
        }
        let chairs = (1...dice.number(1...2)).map { index in
            Chair(id: ChairID("c\(index)"), features: index == 1 ? ["x"] : [])
        }
        var facility = clinic(
            hours: dice.pick(["09:00-10:00", "09:00-10:30", "09:00-11:00"]), chairs: chairs, staff: staff,
            visitTypes: types,
            grid: 30, startEvery: 30)
        facility.planning.leadTimeMinutes = 60
        facility.planning.weights.crowding = dice.number(0...2)
        facility.planning.weights.idle = dice.number(0...2)
        facility.planning.weights.continuity = dice.number(0...4)
        return facility
    }

    private mutating func book(_ index: Int, _ dice: inout SplitMix64) {
        let type = dice.pick(facility.visitTypes)
        let (before, after) = (dice.number(0...1), dice.number(0...2))
        var own = phase(dice.number(1...2), of: type.id, gaps: [2], before: before, after: after)
        own.yields = .told
        var request = course(
            [own], at: facility, earliest: monday + dice.number(0...2), id: CourseID("k\(index)"),
            patient: dice.chance(90) ? PatientID("p\(index)") : dice.pick(["q", "p0"]))
        request.wish.startWithinDays = dice.number(1...5)
        request.wish.usual = 570
        if dice.chance(20) { request.wish.blackoutDays = [monday + dice.number(3...5)] }
        if dice.chance(20) { request.wish.preferred = [window("09:00-10:00")] }
        let today = monday
        guard case .plan(let plan) = longEnough(try Planning.plan(request, on: calendar(), now: now, today: today))
        else { return }
        let gaps = AskedGap(ideal: 2, allowed: max(1, 2 - before)...(2 + after))
        courses.append(
            RepairCourse(
                request: request, usual: 570,
                visits: plan.visits.map { visit in
                    RepairVisit(
                        booking: Booking(
                            id: VisitID("\(request.id)/\(visit.number)"), patient: request.patient,
                            visitType: visit.visitType, placement: visit.placement),
                        number: visit.number, phase: visit.phase,
                        gap: visit.number == 1 ? AskedGap(ideal: 0, allowed: 0...request.wish.startWithinDays) : gaps,
                        told: dice.chance(40), pinned: dice.chance(10))
                }))
    }

    var bookings: [Booking] { courses.flatMap { $0.visits.map(\.booking) } }

    /// The clinic's days with its bookings, without some of them and with others.
    func calendar(without gone: Set<VisitID> = [], with more: [Booking] = []) -> PlanningCalendar {
        PlanningCalendar(
            facility: facility, calendars: calendars, bookings: bookings.filter { !gone.contains($0.id) } + more)
    }

    /// The same for the checker.
    func setting(without gone: Set<VisitID> = [], with more: [Booking] = []) -> Setting {
        Setting(
            facility: facility, calendars: calendars, bookings: bookings.filter { !gone.contains($0.id) } + more,
            now: now, today: monday)
    }
}
