/// The places that a repair gives all items, and what it comes to.
struct ScoredRepair {
    let score: RepairScore
    let places: Table<RepairItem, RepairPlace?>
}

extension RepairScore {
    /// The parts that come before the cost.
    var counts: RepairScore { RepairScore(unplaced: unplaced, told: told, others: others) }

    /// Adds what an item's place counts for, but for the cost.
    mutating func add(_ item: RepairItem, _ place: RepairPlace?, isGivenUp: Bool) {
        if place == nil || isGivenUp { unplaced += 1 }
        if place != item.original { changed += 1 }
        guard place?.time != item.original.time else { return }
        if item.visit.told { told += 1 } else { others += 1 }
    }
}
