extension InstanceMaker {
    /// A course with wishes drawn at random.
    mutating func course(_ index: Int, _ facility: Facility) -> CourseRequest {
        guard let regimen = facility.regimen(numbers.pick(shape.regimens)) else {
            preconditionFailure("a shape names regimens that there are")
        }
        var ids: [VisitTypeID] = []
        for phase in regimen.phases where !ids.contains(phase.visit) { ids.append(phase.visit) }
        let isSame = index > 0 && numbers.chance(shape.ofSamePatient)
        var request = CourseRequest(
            id: CourseID("k\(index + 1)"), patient: PatientID("p\(isSame ? index : index + 1)"), regimen: regimen,
            visitTypes: ids.compactMap(facility.visitType),
            wish: CourseWish(
                earliest: InstanceMaker.firstDay + numbers.below(shape.spreadDays),
                startWithinDays: numbers.number(shape.startWithinDays)))
        if numbers.chance(shape.withAvailability) { request.wish.availability = availability() }
        if numbers.chance(shape.withPreferred) { request.wish.preferred = preferred() }
        if numbers.chance(shape.withUsual) { request.wish.usual = 540 + 30 * numbers.below(shape.courses < 4 ? 6 : 15) }
        if numbers.chance(shape.withPreferredPerson) {
            request.wish.preferredPerson = facility.staff[numbers.below(shape.nurses)].id
        }
        if numbers.chance(shape.withFeatures) {
            // Features that no chair of the course's visits has would refuse the file.
            request.wish.features = ["private"]
            if !request.missingFeatures(in: facility).isEmpty { request.wish.features = [] }
        }
        if numbers.chance(shape.withBlackout) {
            request.wish.blackoutDays = Set((0..<3).map { _ in request.wish.earliest + numbers.number(1...20) })
        }
        if numbers.chance(shape.withEndDay) { request.wish.endDay = request.wish.earliest + numbers.number(40...70) }
        if numbers.chance(shape.impossible) { spoil(&request) }
        return request
    }

    /// Half days on most weekdays.
    private mutating func availability() -> [WeekWindow] {
        var days = InstanceMaker.weekdays
        if numbers.chance(40) { days.remove(numbers.pick(Weekday.allCases)) }
        let hours = numbers.pick([Interval(480, 840), Interval(660, 1080), Interval(480, 1080)])
        return [WeekWindow(days: days, hours: hours)]
    }

    private mutating func preferred() -> [WeekWindow] {
        let isMorning = numbers.chance(50)
        let middle = shape.courses < 4 ? 660 : 750
        let hours = isMorning ? Interval(480, middle + 30) : Interval(middle - 30, 1080)
        return [WeekWindow(days: InstanceMaker.weekdays, hours: hours)]
    }

    /// Asks for what cannot be had.
    private mutating func spoil(_ request: inout CourseRequest) {
        switch numbers.below(4) {
        // Too short for any visit.
        case 0: request.wish.availability = [WeekWindow(days: InstanceMaker.weekdays, hours: Interval(540, 570))]
        case 1: request.wish.availability = [WeekWindow(days: [.sun], hours: Interval(540, 1020))]
        case 2: request.wish.endDay = request.wish.earliest + 8
        default: request.wish.blackoutDays = Set((0...request.wish.startWithinDays).map { request.wish.earliest + $0 })
        }
    }
}

// MARK: What there is

extension InstanceMaker {
    static let visitTypes: [VisitType] = [
        VisitType(
            id: "evaluation", name: "Evaluation", turnoverMinutes: 5,
            attendants: [Attendant(label: "provider", role: "provider", continuity: true)],
            stages: [Stage(name: "interview", minutes: 55, load: ["provider": 100])]),
        infusion("iv-40", "IV infusion, 40 minutes", features: ["monitor"], infusion: 40, observation: 30),
        infusion(
            "esketamine", "Esketamine, observed", features: ["recliner", "monitor"], infusion: 15, observation: 110),
        infusion("pain-240", "Pain infusion, four hours", features: ["monitor"], infusion: 240, observation: 30),
        VisitType(
            id: "session", name: "Session", turnoverMinutes: 10,
            attendants: [Attendant(label: "therapist", role: "therapist", continuity: true)],
            stages: [Stage(name: "session", minutes: 50, load: ["therapist": 100])]),
        VisitType(
            id: "dosing", name: "Dosing session", chairFeatures: ["monitor"], turnoverMinutes: 15,
            attendants: [
                Attendant(label: "therapist", role: "therapist", continuity: true),
                Attendant(label: "nurse", role: "nurse", credentials: ["acls"]),
            ],
            stages: [
                Stage(name: "preparation", minutes: 20, load: ["nurse": 60, "therapist": 50]),
                Stage(name: "session", minutes: 140, load: ["nurse": 20, "therapist": 100]),
                Stage(name: "discharge", minutes: 20, load: ["nurse": 40]),
            ]),
    ]

    private static func infusion(
        _ id: VisitTypeID, _ name: String, features: Set<String>, infusion: Int, observation: Int
    ) -> VisitType {
        VisitType(
            id: id, name: name, chairFeatures: features, turnoverMinutes: 10,
            attendants: [
                Attendant(label: "nurse", role: "nurse", credentials: ["acls"], continuity: true),
                Attendant(label: "provider", role: "provider", presence: true),
            ],
            stages: [
                Stage(name: "preparation", minutes: 15, load: ["nurse": 60, "provider": 0]),
                Stage(name: "infusion", minutes: infusion, load: ["nurse": 20, "provider": 0], handover: true),
                Stage(name: "observation", minutes: observation, load: ["nurse": 20, "provider": 0], handover: true),
                Stage(name: "discharge", minutes: 10, load: ["nurse": 40]),
            ])
    }

    /// Shapes after those of published programmes, cut short where they would only repeat themselves.
    static let regimens: [Regimen] = [
        Regimen(
            id: "short", name: "Three infusions",
            phases: [
                Phase(
                    name: "infusions", visit: "iv-40", count: .exactly(3), gaps: [2, 3], toleranceBefore: 1,
                    toleranceAfter: 1)
            ]),
        Regimen(
            id: "iv-3x2", name: "Three a week for two weeks, then weekly",
            phases: [
                evaluation,
                series("induction", "iv-40", 6, gaps: [2, 2, 3], tolerance: (0, 3), first: gap(3, 1, 14), within: 20),
                series("maintenance", "iv-40", 3, gaps: [7], tolerance: (3, 3), first: gap(7, 4, 14)),
            ]),
        Regimen(
            id: "iv-2x3", name: "Twice a week for three weeks, then a review",
            phases: [
                evaluation,
                series("induction", "iv-40", 6, gaps: [3, 4], tolerance: (1, 3), first: gap(3, 1, 14), within: 24),
                series("review", "evaluation", 1, gaps: [], tolerance: (0, 0), first: gap(28, 21, 35)),
            ]),
        Regimen(
            id: "esketamine", name: "Twice a week for four weeks, then weekly",
            phases: [
                evaluation,
                series(
                    "weeks 1-4", "esketamine", 8, gaps: [3, 4], tolerance: (1, 3), first: gap(7, 3, 21), within: 31),
                series("weeks 5-8", "esketamine", 4, gaps: [7], tolerance: (3, 3), first: gap(7, 4, 10)),
            ]),
        Regimen(
            id: "pain-5d", name: "Five days in a row",
            phases: [
                evaluation,
                series("infusions", "pain-240", 5, gaps: [1], tolerance: (0, 0), first: gap(7, 1, 21), within: 4),
            ]),
        Regimen(
            id: "psychotherapy", name: "Preparation, two doses, integration",
            phases: [
                series("preparation", "session", 2, gaps: [7], tolerance: (3, 3), first: nil),
                series("dose 1", "dosing", 1, gaps: [], tolerance: (0, 0), first: gap(3, 1, 14)),
                series("integration 1", "session", 1, gaps: [], tolerance: (0, 0), first: gap(1, 1, 3)),
                series("dose 2", "dosing", 1, gaps: [], tolerance: (0, 0), first: gap(6, 4, 13)),
                series("integration 2", "session", 1, gaps: [], tolerance: (0, 0), first: gap(1, 1, 3)),
            ]),
        Regimen(
            id: "booster", name: "Every four weeks",
            phases: [
                evaluation,
                Phase(
                    name: "boosters", visit: "iv-40", count: .open, firstGap: gap(14, 1, 28), gaps: [28],
                    toleranceBefore: 7, toleranceAfter: 7, reviewEveryDays: 90, endsAfterDays: 84),
            ]),
    ]

    private static let evaluation = Phase(name: "evaluation", visit: "evaluation", count: .exactly(1), rhythm: false)

    private static func gap(_ ideal: Int, _ minimum: Int, _ maximum: Int) -> Phase.FirstGap {
        Phase.FirstGap(ideal: ideal, minimum: minimum, maximum: maximum)
    }

    private static func series(
        _ name: String, _ visit: VisitTypeID, _ count: Int, gaps: [Int], tolerance: (before: Int, after: Int),
        first: Phase.FirstGap?, within: Int? = nil
    ) -> Phase {
        Phase(
            name: name, visit: visit, count: .exactly(count), firstGap: first, gaps: gaps,
            toleranceBefore: tolerance.before, toleranceAfter: tolerance.after, withinDays: within,
            rhythm: visit != "evaluation")
    }
}
