import Planning

/// A corner of docs/contract/planning.md that chance alone seldom reaches. A small random problem is bent towards it.
package enum RandomCorner: CaseIterable, Sendable {
    /// The clinic is closed for whole days in the middle of the course.
    case closedDays
    /// Nobody is there through a whole visit of a type that wants somebody there at every moment; two take turns.
    case presenceInTurn
    /// Breaks and ends of shifts in every visit, with few who can cover them and labels of one role.
    case handovers
    /// One nurse stays through visits of two types.
    case continuityAcrossTypes
    /// Hours of the clock that come twice, in the middle of the clinic's day.
    case repeatedHours
    /// Authorisations of all kinds, which never close planning.
    case authorisations
    /// Features are wished for that chairs lack.
    case wishedFeatures
    /// The gaps of phases are others from certain days on, once or more often.
    case changedGaps
}

/// A small and nasty problem in a corner; the same seed gives the same one on every machine.
package func randomProblem(seed: UInt64, corner: RandomCorner) -> RandomProblem {
    var world = RandomWorld(seed: seed, size: .small, clocks: corner == .repeatedHours ? .backHour : nil)
    var random = world.problem()
    var dice = SplitMix64(seed: seed ^ 0xc0e4e5)
    switch corner {
    case .closedDays: random.problem.closeDays(&dice)
    case .handovers: random.problem.handOver(in: world.band, &dice)
    case .presenceInTurn: random.problem.takeTurns(in: world.band, &dice)
    case .continuityAcrossTypes: random.problem.alternateTypes(&dice)
    case .repeatedHours: random.problem.openAtNight(on: world.changeDay, &dice)
    case .authorisations: random.problem.askForAuthorisations(&dice)
    case .wishedFeatures: random.problem.wishForFeatures(&dice)
    case .changedGaps: random.problem.changeGaps(&dice)
    }
    return random
}

extension Problem {
    fileprivate mutating func changeGaps(_ dice: inout SplitMix64) {
        for course in courses.indices {
            for phase in courses[course].regimen.phases.indices {
                var day = courses[course].wish.earliest
                for _ in 0..<dice.number(1...3) {
                    day = day + dice.number(1...4)
                    courses[course].regimen.phases[phase].gapChanges.append(
                        GapChange(
                            from: day, gaps: (0..<dice.number(1...2)).map { _ in dice.number(1...4) },
                            toleranceBefore: dice.number(0...2), toleranceAfter: dice.number(0...2)))
                }
            }
        }
    }

    fileprivate mutating func closeDays(_ dice: inout SplitMix64) {
        for _ in 0..<dice.number(1...2) {
            let from = today + dice.number(1...5)
            facility.closures.append(Closure(from: from, through: from + dice.number(0...1)))
        }
    }

    /// Somebody keeps watch at every moment, and the two who can change in the middle of the only visits that fit, some
    /// with a minute missing.
    fileprivate mutating func takeTurns(in band: Interval, _ dice: inout SplitMix64) {
        let length = facility.visitTypes.map(\.length).max() ?? 60
        let middle = band.from + length / 2
        let hours = Interval(band.from, min(1440, band.from + length + dice.number(0...4) * 5))
        facility.openings = []
        facility.hours = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours]) })
        let later = middle + dice.pick([0, 0, 0, -5, 1])
        for (id, hours) in [("w1", Interval(band.from, middle)), ("w2", Interval(later, min(1440, band.until + 30)))] {
            facility.staff.append(
                Person(
                    id: PersonID(id), roles: ["watch"], shifts: [Shift(days: Set(Weekday.allCases), hours: hours)]))
        }
        for index in facility.visitTypes.indices {
            facility.visitTypes[index].attendants.append(Attendant(label: "w", role: "watch", presence: true))
            for stage in facility.visitTypes[index].stages.indices {
                facility.visitTypes[index].stages[stage].load["w"] = 0
            }
        }
        for index in courses.indices {
            courses[index].visitTypes = facility.visitTypes
            courses[index].wish.availability = []
        }
    }

    /// Three nurses, of whom one goes in the middle of the day and the others have breaks, for visits of two labels.
    fileprivate mutating func handOver(in band: Interval, _ dice: inout SplitMix64) {
        var type = facility.visitTypes[0]
        type.attendants = [Attendant(label: "b", role: "nurse", continuity: dice.chance(70))]
        if dice.chance(60) { type.attendants.append(Attendant(label: "d", role: "nurse")) }
        let part = max(facility.gridMinutes, band.minutes / 5 / facility.gridMinutes * facility.gridMinutes)
        type.stages = (0..<3).map { stage in
            Stage(
                name: "s\(stage)", minutes: part,
                load: Dictionary(
                    uniqueKeysWithValues: type.attendants.map { ($0.label, dice.pick([20, 40, 50])) }),
                handover: stage > 0)
        }
        facility.visitTypes = [type]
        bookings = []
        facility.staff = (1...3).map { number in
            let from = band.from + dice.number(2...(band.minutes / 10 - 2)) * 10
            let isShort = number == 1
            let days = dice.chance(60) ? Set(Weekday.allCases) : Set(dice.some(Array(Weekday.allCases), percent: 60))
            let hours = isShort ? Interval(band.from, from) : band
            let rest = Interval(from, min(band.until, from + dice.pick([10, 20, 30])))
            return Person(
                id: PersonID("n\(number)"), roles: ["nurse"],
                shifts: [Shift(days: days, hours: hours, breaks: isShort ? [] : [rest])])
        }
        for index in courses.indices {
            courses[index].visitTypes = facility.visitTypes
            courses[index].wish.preferredPerson = dice.chance(50) ? "n1" : nil
            for phase in courses[index].regimen.phases.indices {
                courses[index].regimen.phases[phase].visit = type.id
                courses[index].regimen.phases[phase].toleranceAfter = dice.number(0...1)
            }
        }
    }

    /// Two types of visits with the same nurse, in phases by turns.
    fileprivate mutating func alternateTypes(_ dice: inout SplitMix64) {
        var one = facility.visitTypes[0]
        one.attendants = [Attendant(label: "b", role: "nurse", continuity: true)]
        for index in one.stages.indices { one.stages[index].load = ["b": dice.pick([20, 40, 60])] }
        var two = one
        two.id = "other"
        if dice.chance(50) { two.attendants.append(Attendant(label: "d", role: "doctor")) }
        for index in two.stages.indices {
            two.stages[index].load["b"] = dice.pick([0, 30, 60])
            if two.attendants.count > 1 { two.stages[index].load["d"] = 20 }
        }
        facility.visitTypes = [one, two]
        // Some work every other day, so that the person must change.
        for index in facility.staff.indices where dice.chance(70) {
            let days = Set(Weekday.allCases.filter { $0.rawValue % 2 == index % 2 })
            for shift in facility.staff[index].shifts.indices { facility.staff[index].shifts[shift].days = days }
            facility.staff[index].roles.insert("nurse")
        }
        bookings = bookings.filter { $0.visitType.id == one.id }
        for index in courses.indices {
            courses[index].visitTypes = facility.visitTypes
            courses[index].regimen.phases = (0..<3).map { phase in
                Phase(
                    name: "f\(phase)", visit: phase == 1 ? two.id : one.id, count: .exactly(1),
                    gaps: [dice.number(1...2)],
                    toleranceAfter: dice.number(0...2), rhythm: dice.chance(50))
            }
        }
    }

    /// Open and staffed through the hours that come twice, and no course begins much before that day.
    fileprivate mutating func openAtNight(on day: Day, _ dice: inout SplitMix64) {
        facility.openings.append(Opening(day: day, hours: Interval(0, 300)))
        for index in facility.staff.indices where dice.chance(80) {
            facility.staff[index].shifts.append(Shift(days: [day.weekday], hours: Interval(0, 300)))
        }
        for index in courses.indices {
            courses[index].wish.earliest = day - dice.number(0...1)
            courses[index].wish.availability = []
            courses[index].wish.preferred = [
                WeekWindow(days: [day.weekday], hours: Interval(60, dice.pick([120, 150, 180])))
            ]
            courses[index].wish.endDay = nil
        }
    }

    fileprivate mutating func askForAuthorisations(_ dice: inout SplitMix64) {
        for index in courses.indices {
            courses[index].payer = "payer"
            courses[index].wish.requiresAuthorisation = true
            for number in 0..<dice.number(0...2) {
                let from = today + dice.number(-3...4)
                courses[index].wish.authorisations.append(
                    Authorisation(
                        number: "a\(number)", status: dice.pick(Authorisation.Status.allCases),
                        visits: dice.number(1...3),
                        visitTypes: Set(dice.some(facility.visitTypes.map(\.id), percent: 70)), from: from,
                        through: from + dice.number(0...6)))
            }
        }
    }

    fileprivate mutating func wishForFeatures(_ dice: inout SplitMix64) {
        for index in courses.indices { courses[index].wish.features = dice.chance(50) ? ["z"] : ["x", "y"] }
        for index in facility.chairs.indices where dice.chance(40) { facility.chairs[index].features.remove("x") }
    }
}
