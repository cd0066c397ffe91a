import Checker
import Planning
import TestSupport

/// A small clinic with booked courses after something has gone wrong. The same seed gives the same on every machine.
struct RepairWorld {
    var facility: Facility
    var courses: [RepairCourse] = []
    var strangers: [Booking] = []
    var timeOff: [TimeOff] = []
    var outages: [Outage] = []
    var now = 0
    let monday = Day(number: 20_003)
    let calendars: DayCalendars
    private var dice: SplitMix64

    init(seed: UInt64) {
        dice = SplitMix64(seed: seed)
        calendars = .utc(from: monday - 1, count: 10)
        facility = clinic()
        facility = randomFacility()
        now = monday.number * 1440 + dice.pick([0, 540, 570, 600, 630])
        book()
        disrupt()
    }

    /// Every booking that occupies its place.
    var bookings: [Booking] { courses.flatMap { $0.visits.map(\.booking) } + strangers }

    /// The clinic with the given bookings.
    func setting(_ bookings: [Booking]) -> Setting {
        Setting(
            facility: facility, calendars: calendars, timeOff: timeOff, outages: outages, bookings: bookings, now: now,
            today: monday)
    }

    var calendar: PlanningCalendar {
        PlanningCalendar(
            facility: facility, calendars: calendars, timeOff: timeOff, outages: outages, bookings: bookings)
    }

    // MARK: The clinic

    private mutating func randomFacility() -> Facility {
        let types = (1...dice.number(1...2)).map { randomType(VisitTypeID("v\($0)")) }
        let staff = (1...dice.number(2...3)).map { index in
            person(
                PersonID("n\(index)"), "nurse", hours: dice.chance(80) ? "08:00-13:00" : "09:30-13:00",
                breaks: dice.chance(20) ? ["10:15-10:30"] : [], capacity: dice.pick([100, 100, 100, 60]),
                credentials: dice.chance(80) ? [Credential(name: "c")] : [])
        }
        let chairs = (1...dice.number(1...2)).map { index in
            Chair(id: ChairID("c\(index)"), features: index == 1 || dice.chance(60) ? ["x"] : [])
        }
        var facility = clinic(
            hours: dice.pick(["09:00-11:00", "09:00-11:30", "09:00-12:00"]), chairs: chairs, staff: staff,
            visitTypes: types, grid: 15, startEvery: 30)
        facility.planning.leadTimeMinutes = dice.pick([0, 30, 60])
        facility.planning.weights.crowding = dice.number(0...2)
        facility.planning.weights.idle = dice.number(0...2)
        facility.planning.weights.continuity = dice.number(0...4)
        return facility
    }

    private mutating func randomType(_ id: VisitTypeID) -> VisitType {
        var attendants = [
            Attendant(
                label: "nurse", role: "nurse", credentials: dice.chance(20) ? ["c"] : [], continuity: dice.chance(70))
        ]
        var stages = [stage(30, ["nurse": dice.pick([60, 100])])]
        if dice.chance(70) { stages.append(stage(30, ["nurse": dice.pick([0, 20, 40])], handover: dice.chance(70))) }
        if dice.chance(20) {
            attendants.append(Attendant(label: "second", role: "nurse"))
            stages[stages.count - 1].load["second"] = dice.pick([20, 40])
        }
        if dice.chance(15) {
            attendants.append(Attendant(label: "near", role: "nurse", credentials: ["c"], presence: true))
            stages[0].load["near"] = 0
        }
        return visitType(
            id, features: dice.chance(20) ? ["x"] : [], turnover: dice.pick([0, 0, 15]), attendants: attendants,
            stages: stages)
    }

    // MARK: Bookings

    private mutating func book() {
        for index in 0..<dice.number(2...3) { courses.append(bookedCourse(index)) }
        courses.removeAll { $0.visits.isEmpty }
        let type = dice.pick(facility.visitTypes)
        let day = monday + dice.number(0...1)
        if dice.chance(25), let place = place(type, nil, "s", day) {
            strangers.append(Booking(id: "s", patient: "s", visitType: place.type, placement: place.placement))
        }
        for course in courses.indices {
            courses[course].visits = courses[course].visits.map { advanced($0) }
        }
    }

    private mutating func bookedCourse(_ index: Int) -> RepairCourse {
        let type = dice.pick(facility.visitTypes)
        let ideal = dice.number(1...2)
        var request = course(
            [phase(3, of: type.id, gaps: [ideal])], at: facility, earliest: monday - dice.number(0...2),
            id: CourseID("k\(index)"), patient: dice.chance(90) ? PatientID("p\(index)") : "p0")
        request.wish.startWithinDays = dice.number(2...3)
        if dice.chance(20) { request.wish.availability = [window(dice.pick(["09:00-10:30", "10:00-12:00"]))] }
        if dice.chance(15) { request.wish.features = ["x"] }
        if dice.chance(30) { request.wish.preferred = [window("09:00-10:00")] }
        if dice.chance(30) { request.wish.preferredPerson = dice.pick(facility.staff).id }
        if dice.chance(15) { request.wish.endDay = monday + dice.number(1...4) }
        var result = RepairCourse(request: request, usual: dice.chance(50) ? 570 : nil, visits: [])
        let hasPast = dice.chance(40)
        if hasPast {
            result.previous = booking(
                "past", patient: request.patient, type, on: monday - dice.number(1...2), at: 570,
                persons: type.filledLabels.map { _ in dice.pick(facility.staff).id })
        }
        // Dice of its own, so that all else of a seed stays as it was.
        var aims = dice
        let goal =
            aims.chance(50)
            ? Phase.Goal(
                days: aims.number(2...6), spare: (0..<aims.number(1...3)).map { _ in aims.pick([0, 3, 20, 90]) })
            : nil
        let given = aims.chance(50) ? result.previous?.placement.day : nil
        let within: Int? = !hasPast && dice.chance(30) ? dice.number(2...4) : nil
        let tolerance = dice.number(0...1)
        for number in 1...dice.number(1...2) {
            let gaps = max(1, ideal - tolerance)...(ideal + tolerance)
            let before = result.visits.last?.booking.placement.day ?? result.previous?.placement.day
            let day = before.map { $0 + dice.number(gaps) } ?? monday + dice.number(0...1)
            guard day >= monday, let place = place(type, request, request.patient, day) else { break }
            let visit = Booking(
                id: VisitID("\(request.id)-\(number)"), patient: request.patient, visitType: type,
                placement: place.placement)
            let visitWithin = within.flatMap { within in
                result.visits.first.map { day - $0.booking.placement.day <= within } ?? true ? within : nil
            }
            result.visits.append(
                RepairVisit(
                    booking: visit, number: number, phase: "a", gapIdeal: ideal, gaps: gaps, within: visitWithin,
                    rhythm: dice.chance(50), told: dice.chance(50), pinned: dice.chance(15)))
            result.visits[number - 1].goal = goal.map {
                VisitGoal($0, gap: AskedGap(ideal: ideal, allowed: gaps), first: given)
            }
            if !hasPast, number == 1, !(0...request.wish.startWithinDays).contains(day - request.wish.earliest) {
                result.visits[0].overrides = [.gap]
            }
        }
        return result
    }

    private mutating func place(
        _ type: VisitType, _ request: CourseRequest?, _ patient: PatientID, _ day: Day
    ) -> (type: VisitType, placement: Placement)? {
        let taken = courses.flatMap { $0.visits.map(\.booking) }
        guard let clinicDay = setting(taken).clinicDay(day) else { return nil }
        for _ in 0..<12 {
            var placed = CheckedVisit(
                patient: patient, visitType: type,
                placement: Placement(
                    day: day, start: dice.pick([540, 570, 600, 630, 660, 555]), chair: dice.pick(facility.chairs).id,
                    persons: type.filledLabels.map { _ in dice.pick(facility.staff).id }),
                clinicDay: clinicDay, request: request)
            guard let covers = placed.determinedCovers() else { continue }
            placed.placement.covers = covers
            if ruleChecks.allSatisfy({ $0.keeps(placed) }) { return (type, placed.placement) }
        }
        return nil
    }

    private mutating func advanced(_ visit: RepairVisit) -> RepairVisit {
        var visit = visit
        let from = visit.booking.placement.day.number * 1440 + visit.booking.placement.start
        if from + visit.booking.visitType.length <= now {
            visit.progress = .completed
        } else if from <= now {
            visit.progress = dice.chance(70) ? .inProgress : .arrived
        } else if from <= now + 60, dice.chance(30) {
            visit.progress = .arrived
        }
        if dice.chance(8) { visit.overrides.insert(dice.pick(Rule.allCases.filter { !$0.isPhysical })) }
        return visit
    }

    // MARK: What goes wrong

    private mutating func disrupt() {
        for _ in 0..<dice.number(1...2) {
            let day = monday + dice.number(0...2)
            // What is over has not been missed: nothing goes wrong before now.
            let from = max(now, day.number * 1440 + dice.pick([0, 540, 600, 605]))
            let until = max(from + 30, (day + dice.number(0...1)).number * 1440 + dice.pick([630, 720, 1440]))
            switch dice.number(0...5) {
            case 0...2: timeOff.append(TimeOff(person: dice.pick(facility.staff).id, interval: Interval(from, until)))
            case 3: outages.append(Outage(chair: dice.pick(facility.chairs).id, interval: Interval(from, until)))
            case 4:
                let index = dice.number(0...(facility.staff.count - 1))
                facility.staff[index].capacityPercent = dice.pick([60, 80])
            default:
                facility.closures.append(
                    Closure(from: day, through: day, hours: dice.chance(50) ? nil : Interval(600, 1440)))
            }
        }
    }
}
