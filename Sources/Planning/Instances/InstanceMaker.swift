/// Draws a problem of a shape.
struct InstanceMaker {
    static let firstDay = Day(number: 20_822)
    static let weekdays: Set<Weekday> = [.mon, .tue, .wed, .thu, .fri]

    let shape: InstanceShape
    var numbers: SeededNumbers

    init(shape: InstanceShape, seed: UInt64) {
        self.shape = shape
        numbers = SeededNumbers(seed: seed)
    }

    mutating func problem() -> Problem {
        let facility = facility()
        let first = InstanceMaker.firstDay
        var problem = Problem(
            facility: facility, now: first.number * 1440 + 360, today: first, courses: [], mode: .batch)
        problem.timeOff = (0..<shape.absences).map { _ in absence(facility) }
        problem.outages = (0..<shape.outages).map { _ in outage(facility) }
        problem.bookings = bookings(problem)
        for index in 0..<shape.courses { problem.courses.append(course(index, facility)) }
        return problem
    }

    // MARK: The clinic

    private mutating func facility() -> Facility {
        var facility = Facility(
            name: "Instance clinic", gridMinutes: 5, startEveryMinutes: shape.startEveryMinutes,
            visitTypes: InstanceMaker.visitTypes, regimens: InstanceMaker.regimens)
        for day in InstanceMaker.weekdays {
            facility.hours[day] = [Interval(shape.nurses == 1 ? 540 : 480, shape.courses < 4 ? 780 : 1080)]
        }
        let kinds: [Set<String>] = [["recliner", "monitor"], ["bed", "monitor"], ["recliner", "monitor", "private"]]
        facility.chairs = (0..<shape.chairs).map {
            Chair(id: ChairID("chair-\($0 + 1)"), features: kinds[$0 % kinds.count])
        }
        facility.staff = (0..<shape.nurses).map { nurse($0) }
        facility.staff += (0..<shape.providers).map { person("md-\($0 + 1)", "provider", Interval(450, 1110)) }
        facility.staff += (0..<shape.therapists).map { person("th-\($0 + 1)", "therapist", Interval(480, 1080)) }
        for _ in 0..<shape.closures {
            let day = InstanceMaker.firstDay + numbers.number(2...40)
            let isWhole = numbers.chance(50)
            facility.closures.append(
                Closure(from: day, through: day, hours: isWhole ? nil : Interval(720, 1440), reason: "closed"))
        }
        if shape.closures > 0 {
            facility.openings = [
                Opening(day: InstanceMaker.firstDay + 19, hours: Interval(540, 780), reason: "Saturday")
            ]
        }
        return facility
    }

    private func person(_ id: String, _ role: String, _ hours: Interval) -> Person {
        Person(
            id: PersonID(id), name: id, roles: [role], credentials: [Credential(name: "acls")],
            shifts: [Shift(days: InstanceMaker.weekdays, hours: hours)])
    }

    private mutating func nurse(_ index: Int) -> Person {
        let isEarly = index % 2 == 0
        let noon = 690 + index % 5 * 30
        var nurse = person(
            "rn-\(index + 1)", "nurse",
            shape.nurses == 1 ? Interval(540, 1080) : isEarly ? Interval(450, 960) : Interval(570, 1080))
        if shape.hasBreaks { nurse.shifts[0].breaks = [Interval(noon, noon + 30)] }
        if index < shape.partTimers {
            var days = Weekday.allCases.prefix(5).map(\.self)
            days.remove(at: numbers.below(days.count))
            days.remove(at: numbers.below(days.count))
            nurse.shifts[0].days = Set(days)
        }
        if index >= shape.nurses - shape.trainees { nurse.capacityPercent = 60 }
        if shape.closures > 0, index == shape.nurses / 2 {
            nurse.credentials[0].until = InstanceMaker.firstDay + 30
        }
        return nurse
    }

    /// A nurse is away for one to three days.
    private mutating func absence(_ facility: Facility) -> TimeOff {
        let from = (InstanceMaker.firstDay.number + numbers.below(42)) * 1440
        return TimeOff(
            person: facility.staff[numbers.below(shape.nurses)].id,
            interval: Interval(from, from + 1440 * numbers.number(1...3)))
    }

    private mutating func outage(_ facility: Facility) -> Outage {
        let from = (InstanceMaker.firstDay.number + numbers.below(42)) * 1440 + 60 * numbers.number(8...12)
        return Outage(
            chair: numbers.pick(facility.chairs).id, interval: Interval(from, from + 60 * numbers.number(2...30)))
    }

    // MARK: Visits that stay where they are

    /// Visits of others, each at a random place that keeps the rules; places that do not are drawn again.
    private mutating func bookings(_ problem: Problem) -> [Booking] {
        if shape.bookings == 0 { return [] }
        let facility = problem.facility
        var calendar = PlanningCalendar(
            facility: facility, calendars: .utc(from: InstanceMaker.firstDay, count: 42), timeOff: problem.timeOff,
            outages: problem.outages)
        let types = facility.visitTypes.filter { $0.id == "iv-40" || $0.id == "esketamine" }
        var bookings: [Booking] = []
        for _ in 0..<(shape.bookings * 20) where bookings.count < shape.bookings {
            let type = numbers.pick(types)
            let place = Placement(
                day: InstanceMaker.firstDay + numbers.number(1...41), start: 480 + 15 * numbers.below(38),
                chair: numbers.pick(facility.chairs).id, persons: [facility.staff[numbers.below(shape.nurses)].id])
            guard let board = calendar[place.day] else { continue }
            let visit = PlacedVisit(visitType: type, placement: place, board: board)
            let patient = PatientID("q\(bookings.count + 1)")
            let hasFeatures = facility.chairs.contains {
                $0.id == place.chair && $0.features.isSuperset(of: type.chairFeatures)
            }
            guard keepsOpeningHours(visit), keepsChairInService(visit), keepsChairFree(visit), hasFeatures,
                keepsAttendantQualified(visit, of: facility),
                keepsAttendantOnDuty(visit, of: facility), keepsAttendantCapacity(visit, patient)
            else { continue }
            let booking = Booking(
                id: VisitID("b\(bookings.count + 1)"), patient: patient, visitType: type, placement: place,
                confirmed: numbers.chance(50))
            calendar.add(booking)
            bookings.append(booking)
        }
        return bookings
    }
}
