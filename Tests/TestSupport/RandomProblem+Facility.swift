import Planning

extension RandomWorld {
    mutating func facility() -> Facility {
        var facility = Facility(gridMinutes: grid, startEveryMinutes: startEvery)
        facility.visitTypes = (1...dice.number(1...2)).map { visitType(VisitTypeID("v\($0)")) }
        for weekday in Weekday.allCases where dice.chance(93) {
            facility.hours[weekday] = openingHours()
        }
        for _ in 0..<dice.number(0...(size == .long ? 9 : 1)) where dice.chance(60) {
            facility.openings.append(Opening(day: today + dice.number(0...span), hours: longWindow()))
        }
        for _ in 0..<dice.number(0...2) where dice.chance(45) { facility.closures.append(closure()) }
        facility.chairs = (1...dice.number(1...(size == .tiny ? 2 : size == .small ? 3 : 4))).map { index in
            Chair(id: ChairID("c\(4 - index)"), features: Set(dice.some(features, percent: 85)))
        }
        facility.staff = (1...dice.pick(size == .tiny ? [1, 2, 3] : size == .small ? [1, 2, 3, 3, 4, 4] : [3, 4, 5]))
            .map { index in
                person(PersonID(dice.chance(50) ? "n\(index)" : "m\(9 - index)"))
            }
        for type in facility.visitTypes where dice.chance(90) { makePossible(type, &facility) }
        facility.planning.horizonDays = size == .long ? dice.number(20...120) : dice.number(2...10)
        facility.planning.leadTimeMinutes = dice.pick([0, 60, 61, 600, 60, 0, 2000])
        if dice.chance(40) {
            facility.planning.weights.start = dice.number(0...6)
            facility.planning.weights.gap = dice.number(0...10)
            facility.planning.weights.preference = dice.number(0...9)
            facility.planning.weights.rhythm = dice.number(0...9)
            facility.planning.weights.continuity = dice.number(0...12)
            facility.planning.weights.crowding = dice.number(0...3)
            facility.planning.weights.idle = dice.number(0...4)
            facility.planning.weights.workload = dice.number(0...3)
        }
        if dice.chance(8) {
            // Prices so high that costs need more digits than usual.
            facility.planning.weights.start *= dice.pick([1, 100, 1000])
            facility.planning.weights.gap *= dice.pick([1, 150, 2000])
            facility.planning.weights.rhythm *= dice.pick([1, 300, 5000])
            facility.planning.weights.crowding *= dice.pick([1, 700, 9000])
        }
        return facility
    }

    /// Sees to it that some chair and somebody could do for a visit type, if they are there at all.
    private mutating func makePossible(_ type: VisitType, _ facility: inout Facility) {
        if !facility.chairs.contains(where: { $0.features.isSuperset(of: type.chairFeatures) }) {
            facility.chairs[0].features = Set(features)
        }
        for label in type.attendants {
            let isHad = facility.staff.contains { person in
                person.roles.contains(label.role)
                    && label.credentials.allSatisfy { name in person.credentials.contains { $0.name == name } }
            }
            guard !isHad else { continue }
            let index = dice.number(0...(facility.staff.count - 1))
            facility.staff[index].roles.insert(label.role)
            facility.staff[index].credentials += label.credentials.sorted().map { Credential(name: $0) }
            facility.staff[index].capacityPercent = 100
        }
    }

    private mutating func openingHours() -> [Interval] {
        if isRoundTheClock { return [Interval(0, 1440)] }
        if dice.chance(15) { return [window(), window()] }
        return dice.chance(40) ? [band] : [longWindow()]
    }

    private mutating func closure() -> Closure {
        let from = today + dice.number(0...span)
        return Closure(from: from, through: from + dice.number(0...2), hours: dice.chance(60) ? window() : nil)
    }

    private mutating func visitType(_ id: VisitTypeID) -> VisitType {
        var attendants: [Attendant] = []
        let labelCount = dice.pick(size == .tiny ? [1, 1, 2] : [0, 1, 1, 1, 2, 2])
        let withContinuity = dice.chance(70) ? dice.number(0...1) : -1
        for index in 0..<labelCount {
            attendants.append(
                Attendant(
                    label: ["b", "a"][index], role: index == 0 || dice.chance(60) ? "nurse" : dice.pick(roles),
                    credentials: dice.chance(25) ? Set(dice.some(credentials, percent: 50)) : [],
                    continuity: index == withContinuity))
        }
        if dice.chance(25) {
            let presence = Attendant(
                label: "p", role: dice.pick(roles), credentials: dice.chance(20) ? [dice.pick(credentials)] : [],
                presence: true)
            attendants.insert(presence, at: dice.number(0...attendants.count))
        }
        let limit = band.minutes * 2 / 5
        var stages: [Stage] = []
        for _ in 0..<dice.number(1...4) {
            let minutes = grid * dice.number(1...(grid >= 15 ? 2 : 5)) * (dice.chance(15) ? 2 : 1)
            guard stages.reduce(minutes, { $0 + $1.minutes }) <= limit || stages.isEmpty else { break }
            stages.append(
                Stage(
                    name: "s\(stages.count)", minutes: minutes, load: load(attendants), handover: dice.chance(55)))
        }
        for attendant in attendants where !stages.contains(where: { $0.load[attendant.label] != nil }) {
            stages[dice.number(0...(stages.count - 1))].load[attendant.label] = 0
        }
        return VisitType(
            id: id, chairFeatures: dice.chance(25) ? [dice.pick(features)] : [],
            turnoverMinutes: isRoundTheClock ? 0 : grid * dice.number(0...2), attendants: attendants, stages: stages)
    }

    mutating func load(_ attendants: [Attendant]) -> [String: Int] {
        var load: [String: Int] = [:]
        for attendant in attendants where dice.chance(80) {
            load[attendant.label] = attendant.presence ? 0 : dice.pick([0, 20, 20, 30, 40, 50, 60, 60, 80, 100])
        }
        return load
    }

    private mutating func person(_ id: PersonID) -> Person {
        var roles = Set(dice.some(self.roles, percent: 55))
        if roles.isEmpty || dice.chance(80) { roles.insert("nurse") }
        var held: [Credential] = []
        for name in credentials where dice.chance(75) {
            held.append(
                Credential(
                    name: name, until: dice.chance(size == .long ? 10 : 30) ? today + dice.number(0...span) : nil))
        }
        var shifts = [shift()]
        if dice.chance(40) { shifts.append(shift()) }
        return Person(
            id: id, roles: roles, capacityPercent: dice.pick([100, 100, 100, 100, 80, 60, 50]), credentials: held,
            shifts: shifts)
    }

    private mutating func shift() -> Shift {
        if isRoundTheClock, dice.chance(50) { return Shift(days: weekdays(), hours: Interval(0, 1440)) }
        let hours = dice.chance(50) ? band : dice.chance(70) ? longWindow() : window()
        var breaks: [Interval] = []
        if dice.chance(50) {
            let from = dice.number((hours.from / 5)...(hours.until / 5)) * 5 + (dice.chance(15) ? 2 : 0)
            breaks.append(Interval(from, from + dice.pick([5, 10, 15, 20, 30, 7])))
        }
        return Shift(
            days: weekdays(), hours: hours, breaks: breaks.filter { $0.until <= 1440 },
            from: dice.chance(10) ? today + dice.number(0...5) : nil,
            through: dice.chance(10) ? today + dice.number(4...span) : nil)
    }
}
