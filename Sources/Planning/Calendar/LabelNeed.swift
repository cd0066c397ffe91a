/// The loads that a label asks, stage by stage, and the persons who may fill it.
final class LabelNeed: Sendable {
    /// Consecutive stages of equal load and handover, as one.
    struct Span {
        let fromSlot: Int
        let slots: Int
        let load: Int
        /// Index of the load among the layout's levels; nil where no board keeps a row for it.
        let level: Int?
        let handover: Bool
    }

    /// A stage that names the label.
    struct NamedStage {
        /// Minutes from the start of the visit.
        let interval: Interval
        let load: Int
        let handover: Bool
    }

    let attendant: Attendant
    let stages: [NamedStage]
    let spans: [Span]
    /// For each person the number of the last day on which they may fill the label; nil where they never may.
    let validThrough: [Int?]
    /// Index of the person who is wanted for the label; nil for anybody. Covers may be others.
    let wanted: Int?

    /// - Parameter only: who is wanted for the label; nil for anybody.
    init(
        _ attendant: Attendant, _ type: VisitType, _ facility: Facility, slotMinutes: Int, loadLevels: [Int],
        only: PersonID? = nil
    ) {
        self.attendant = attendant
        stages = zip(type.stages, type.stageIntervals).compactMap { stage, interval in
            stage.load[attendant.label].map {
                NamedStage(interval: interval, load: $0, handover: stage.handover)
            }
        }
        var spans: [Span] = []
        for stage in stages {
            let from = stage.interval.from / slotMinutes
            let slots = stage.interval.minutes / slotMinutes
            if let last = spans.last, last.fromSlot + last.slots == from, last.load == stage.load,
                last.handover == stage.handover
            {
                spans[spans.count - 1] = Span(
                    fromSlot: last.fromSlot, slots: last.slots + slots, load: last.load, level: last.level,
                    handover: last.handover)
            } else {
                spans.append(
                    Span(
                        fromSlot: from, slots: slots, load: stage.load,
                        level: loadLevels.firstIndex(of: stage.load), handover: stage.handover))
            }
        }
        self.spans = spans
        validThrough = facility.staff.map { lastQualifiedDay($0, for: attendant) }
        wanted = only.map { id in facility.staff.firstIndex { $0.id == id } ?? -1 }
    }

    /// Whether one of its stages may be watched by a cover.
    var hasHandover: Bool { spans.contains(where: \.handover) }

    func qualifies(_ person: Int, on day: Day) -> Bool { validThrough[person].map { day.number <= $0 } ?? false }
}

/// The number of the last day on which a person may fill a label (`Int.max` without end); nil where they never may.
func lastQualifiedDay(_ person: Person, for attendant: Attendant) -> Int? {
    guard person.roles.contains(attendant.role) else { return nil }
    var last = Int.max
    for wanted in attendant.credentials {
        // A person may hold a credential twice, renewed: the later end counts.
        let ends = person.credentials.filter { $0.name == wanted }.map { $0.until?.number ?? Int.max }
        guard let end = ends.max() else { return nil }
        last = min(last, end)
    }
    return last
}
