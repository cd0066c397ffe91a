/// The least number of visits of a day that must leave their time because those on duty cannot carry all that was
/// planned. Which person carries which visit does not matter: a visit that keeps its time needs one of them.
struct CapacityLowerBound {
    private let model: RepairModel

    init(_ model: RepairModel) { self.model = model }

    /// The least moves of all days on which a visit is broken: visits whose patients know, and others.
    func leastMoves() -> RepairScore {
        model.concerned.sorted().reduce(into: RepairScore()) { sum, day in
            let least = leastMoves(on: day)
            sum.told += least.told
            sum.others += least.others
        }
    }

    /// What a label asks of the persons who may fill it, at a moment.
    private struct LabelDemand {
        let persons: Set<Int>
        let load: Int
        let mayMove: Bool
        let isTold: Bool
    }

    private func leastMoves(on day: Int) -> RepairScore {
        guard let roster = model.board(day)?.roster else { return RepairScore() }
        let items: [RepairItem] = model.items.indices.map { model.items[$0] }
            .filter { $0.original.day == day && $0.asksItsPersons }
        var moments: Set<Int> = []
        for item in items {
            for label in item.kind.labels {
                for stage in label.stages {
                    let start = max(stage.interval.from + item.original.start, item.since)
                    if start < stage.interval.until + item.original.start { moments.insert(start) }
                }
            }
        }
        var least = RepairScore()
        for moment in moments {
            let demands = demands(items, at: moment, roster)
            for persons in Set(demands.map(\.persons)) {
                least = max(least, moves(demands.filter { $0.persons.isSubset(of: persons) }, persons))
            }
        }
        return least
    }

    private func demands(_ items: [RepairItem], at moment: Int, _ roster: DayRoster) -> [LabelDemand] {
        let onDuty = roster.onDuty.indices.filter { person in roster.onDuty[person].contains { $0.contains(moment) } }
        var known: [ObjectIdentifier: [Set<Int>]] = [:]
        var result: [LabelDemand] = []
        for item in items where moment >= item.since {
            let offset = moment - item.original.start
            guard item.kind.labels.contains(where: { $0.stages.contains { $0.interval.contains(offset) } }) else {
                continue
            }
            let kind = ObjectIdentifier(item.kind)
            let persons =
                known[kind]
                ?? item.kind.labels.map { label in
                    Set(onDuty.filter { label.qualifies($0, on: roster.calendar.day) })
                }
            known[kind] = persons
            let mayMove = item.freedom == .anywhere || item.isRepairable
            for (index, label) in item.kind.labels.enumerated() {
                for stage in label.stages where stage.interval.contains(offset) && stage.load > 0 {
                    result.append(
                        LabelDemand(
                            persons: persons[index], load: stage.load, mayMove: mayMove, isTold: item.visit.told))
                }
            }
        }
        return result
    }

    /// How many of some demands must go so that persons can carry the others: their sum, and one at a time of those of
    /// which nobody carries two.
    private func moves(_ demands: [LabelDemand], _ persons: Set<Int>) -> RepairScore {
        let capacities = persons.map { model.layout.capacities[$0] }
        let most = capacities.max() ?? 0
        let tooMuch = demands.reduce(0) { $0 + $1.load } - capacities.reduce(0, +)
        let tooMany = demands.count { $0.load * 2 > most } - persons.count
        guard tooMuch > 0 || tooMany > 0 else { return RepairScore() }
        func needed(_ loads: [Int], _ tooMuch: Int, _ tooMany: Int) -> Int {
            var (left, count) = (tooMuch, 0)
            for load in loads.sorted(by: >) where left > 0 {
                left -= load
                count += 1
            }
            return max(count, tooMany, 0)
        }
        let untold = demands.filter { $0.mayMove && !$0.isTold }.map(\.load)
        let told = demands.filter { $0.mayMove && $0.isTold }.map(\.load)
        let toldNeeded = needed(
            told, tooMuch - untold.reduce(0, +), tooMany - untold.count { $0 * 2 > most })
        if toldNeeded > 0 { return RepairScore(told: min(toldNeeded, told.count)) }
        return RepairScore(others: min(needed(untold, tooMuch, tooMany), untold.count))
    }
}

extension RepairItem {
    /// Whether its persons must be qualified and on duty, and are of the staff that there is.
    fileprivate var asksItsPersons: Bool {
        !visit.overrides.contains(.attendantQualified) && !visit.overrides.contains(.attendantOnDuty)
            && original.staff.persons.allSatisfy { $0 >= 0 } && !isOver
    }
}
