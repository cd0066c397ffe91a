import Planning

/// The seeded numbers of a benchmark: SplitMix64, the same on every machine.
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}

/// A clinic of a given size, booked at random to a given number of visits a weekday.
struct Instance {
    /// How large it is.
    struct Size {
        let name: String
        let chairs: Int
        let nurses: Int
        let providers: Int
        let weeks: Int
        let visitsPerWeekday: Int
    }

    /// The instance of Tests/Benchmarks/RESULTS.md, "What is wanted".
    static let medium = Size(name: "medium", chairs: 12, nurses: 8, providers: 3, weeks: 26, visitsPerWeekday: 30)
    /// A hospital's infusion centre.
    static let hospital = Size(
        name: "hospital", chairs: 200, nurses: 140, providers: 10, weeks: 52, visitsPerWeekday: 480)

    static let firstDay = Day(year: 2027, month: 1, day: 4)!

    let size: Size
    let calendar: PlanningCalendar
    let visits: [Booking]

    var bookings: Int { visits.count }

    init(_ size: Size, seed: UInt64) {
        self.size = size
        var numbers = SeededNumbers(seed: seed)
        let facility = Instance.facility(size)
        // Courses may reach past the booked weeks.
        let days = DayCalendars.utc(from: Instance.firstDay, count: size.weeks * 7 + 120)
        var calendar = PlanningCalendar(facility: facility, calendars: days)
        var visits: [Booking] = []
        for index in 0..<(size.weeks * 7) where index % 7 < 5 {
            let day = Instance.firstDay + index
            for _ in 0..<size.visitsPerWeekday {
                let type = facility.visitTypes[numbers.next(below: 10) < 8 ? 0 : 1]
                let places = freePlaces(
                    for: type, from: day, through: day, on: calendar, now: Instance.firstDay.number * 1440 - 1440)
                guard !places.isEmpty else { continue }
                let number = visits.count + 1
                let booking = Booking(
                    id: VisitID("b\(number)"), patient: PatientID("q\(number)"), visitType: type,
                    placement: places[numbers.next(below: places.count)].placement)
                calendar.add(booking)
                visits.append(booking)
            }
        }
        self.calendar = calendar
        self.visits = visits
    }

    /// Clinics open 8 to 18 on weekdays; nurses in two shifts with staggered breaks; one nurse starts a patient while
    /// watching others.
    static func facility(_ size: Size) -> Facility {
        let weekdays: Set<Weekday> = [.mon, .tue, .wed, .thu, .fri]
        let kinds: [Set<String>] = [["recliner", "monitor"], ["bed", "monitor"], ["recliner", "monitor", "private"]]
        let nurses = (0..<size.nurses).map { index in
            let early = index % 2 == 0
            let noon = 690 + index % 6 * 30
            return Person(
                id: PersonID("rn-\(index + 1)"), roles: ["nurse"], credentials: [Credential(name: "acls")],
                shifts: [
                    Shift(
                        days: weekdays, hours: early ? Interval(450, 960) : Interval(570, 1080),
                        breaks: [Interval(noon, noon + 30)])
                ])
        }
        let providers = (0..<size.providers).map {
            Person(
                id: PersonID("md-\($0 + 1)"), roles: ["provider"],
                shifts: [Shift(days: weekdays, hours: Interval(450, 1110))])
        }
        return Facility(
            hours: Dictionary(uniqueKeysWithValues: weekdays.map { ($0, [Interval(480, 1080)]) }),
            chairs: (0..<size.chairs).map { Chair(id: ChairID("chair-\($0 + 1)"), features: kinds[$0 % 3]) },
            staff: nurses + providers,
            visitTypes: [infusion("iv-40", observation: 30), infusion("long", observation: 80)])
    }

    private static func infusion(_ id: VisitTypeID, observation: Int) -> VisitType {
        VisitType(
            id: id, chairFeatures: ["monitor"], turnoverMinutes: 10,
            attendants: [
                Attendant(label: "nurse", role: "nurse", credentials: ["acls"], continuity: true),
                Attendant(label: "provider", role: "provider", presence: true),
            ],
            stages: [
                Stage(name: "preparation", minutes: 15, load: ["nurse": 60, "provider": 0]),
                Stage(name: "infusion", minutes: 40, load: ["nurse": 20, "provider": 0], handover: true),
                Stage(name: "observation", minutes: observation, load: ["nurse": 20, "provider": 0], handover: true),
                Stage(name: "discharge", minutes: 10, load: ["nurse": 40]),
            ])
    }

    /// The same as a problem: some courses of 24 visits, each to be planned alone; every second says its usual time.
    func problem(courses: Int, seed: UInt64) -> Problem {
        var numbers = SeededNumbers(seed: seed &+ 1)
        var problem = Problem(
            facility: calendar.facility, now: Instance.firstDay.number * 1440 - 1440, today: Instance.firstDay - 1,
            bookings: visits, courses: [], mode: .each)
        for number in 1...courses {
            var request = request(&numbers, usual: number % 2 == 0)
            (request.id, request.patient) = (CourseID("k\(number)"), PatientID("p\(number)"))
            problem.courses.append(request)
        }
        problem.facility.regimens = problem.courses.first.map { [$0.regimen] } ?? []
        return problem
    }

    /// A course of 24 visits: eight in four weeks, eight weekly, eight every ten days; a wish drawn at random.
    func request(
        _ numbers: inout SeededNumbers, usual: Bool, visits: Int = 24, alternatives: Int = 0,
        features: Set<String> = []
    ) -> CourseRequest {
        let each = visits / 3
        let regimen = Regimen(
            id: "bench",
            phases: [
                Phase(
                    name: "induction", visit: "iv-40", count: .exactly(each), gaps: [3, 4], toleranceBefore: 1,
                    toleranceAfter: 3, withinDays: 4 * each - 1),
                Phase(
                    name: "weekly", visit: "iv-40", count: .exactly(each), gaps: [7], toleranceBefore: 3,
                    toleranceAfter: 3),
                Phase(
                    name: "maintenance", visit: "iv-40", count: .exactly(each), gaps: [10], toleranceBefore: 3,
                    toleranceAfter: 3),
            ])
        let half = numbers.next(below: 2) == 0
        return CourseRequest(
            id: "k1", patient: "q", regimen: regimen, visitTypes: [calendar.facility.visitTypes[0]],
            wish: CourseWish(
                earliest: Instance.firstDay + numbers.next(below: 14),
                preferred: [
                    WeekWindow(days: Set(Weekday.allCases), hours: half ? Interval(480, 780) : Interval(720, 1080))
                ],
                usual: usual ? 540 + 30 * numbers.next(below: 14) : nil, features: features,
                preferredPerson: numbers.next(below: 3) == 0 ? "rn-2" : nil),
            alternatives: alternatives)
    }
}
