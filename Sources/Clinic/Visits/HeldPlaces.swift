import Planning

/// What visits hold of chairs and persons, to the minute and whoever is on duty: as the database counts it.
struct HeldPlaces {
    /// The visits that have their places.
    var placed: [Visit] = []
    /// The staff, for what each can carry.
    let staff: [Person]

    /// Whether a visit's chair is free and none of its persons carries more than they can.
    func fit(_ visit: Visit) -> Bool {
        let isHeld = placed.contains {
            $0.place.chair == visit.place.chair && $0.holdInterval.overlaps(visit.holdInterval)
        }
        guard !isHeld else { return false }
        let own = visit.loadRuns
        return Set(own.map(\.person)).allSatisfy { person in
            let runs = (own + placed.flatMap(\.loadRuns)).filter { $0.person == person }
            let capacity = staff.first { $0.id == person }?.capacityPercent ?? 100
            // A sum of loads rises only where a run begins.
            return own.filter { $0.person == person }.allSatisfy { stretch in
                runs.map { max($0.interval.from, stretch.interval.from) }.filter(stretch.interval.contains)
                    .allSatisfy { minute in
                        runs.filter { $0.interval.contains(minute) }.reduce(0) { $0 + $1.load } <= capacity
                    }
            }
        }
    }
}
