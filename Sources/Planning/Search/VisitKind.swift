/// What is asked of one booked visit beside its kind.
struct Demand {
    /// Where it stays, whatever else is asked.
    var fixed: Placement?
    /// Where it is booked now.
    var booked: Placement?
    /// Whether another day or time costs, since the patient knows this one.
    var isTold = false
    /// Where it is wanted.
    var wish = PlaceWish()
}

/// A kind of visit compiled for a search: a visit type with the course's wishes, in slots and indices. A visit of which
/// more is asked than of others is a kind by itself.
final class VisitKind {
    let type: VisitType
    let demand: Demand?
    let lengthSlots: Int
    let holdSlots: Int
    /// Whether starts are measured against the usual time.
    let rhythm: Bool
    /// Chairs with every feature that the visit type and the course require, in configured order.
    let chairs: [Int]
    /// The chairs that would do whatever their features.
    let anyChairs: [Int]
    /// The labels that name a person, in the order of `attendants`.
    let labels: [LabelNeed]
    /// The labels that name nobody.
    let presences: [LabelNeed]
    /// Index in `labels` of the one marked `continuity`.
    let continuity: Int?
    /// The persons among whom continuity chooses, in configured order: whoever has the label's role. One lane that
    /// stands for nobody where there is no such label.
    let lanes: [Int]
    /// Whether no person could fill two of its labels.
    let labelsAreDisjoint: Bool

    init(
        _ type: VisitType, rhythm: Bool, features: Set<String>, facility: Facility, frame: BoardFrame,
        demand: Demand? = nil
    ) {
        self.type = type
        self.rhythm = rhythm
        self.demand = demand
        lengthSlots = type.length / frame.slotMinutes
        holdSlots = type.hold / frame.slotMinutes
        let wanted = type.chairFeatures.union(features)
        let chair = demand?.wish.chair
        anyChairs = facility.chairs.indices.filter { (chair ?? facility.chairs[$0].id) == facility.chairs[$0].id }
        chairs = anyChairs.filter { facility.chairs[$0].features.isSuperset(of: wanted) }
        labels = type.filledLabels.map {
            LabelNeed($0, type, facility, frame, only: demand?.wish.persons[$0.label])
        }
        presences = type.attendants.filter(\.presence).map { LabelNeed($0, type, facility, frame) }
        continuity = type.filledLabels.firstIndex(where: \.continuity)
        if let continuity {
            let role = type.filledLabels[continuity].role
            lanes = facility.staff.indices.filter { facility.staff[$0].roles.contains(role) }
        } else {
            lanes = [-1]
        }
        var counts = [Int](repeating: 0, count: facility.staff.count)
        for label in labels {
            for person in facility.staff.indices where label.validThrough[person] != nil { counts[person] += 1 }
        }
        labelsAreDisjoint = counts.allSatisfy { $0 <= 1 }
    }

    /// The role of the continuity label, if any.
    var continuityRole: String? { continuity.map { labels[$0].attendant.role } }
}

/// What a label asks, stage by stage, and who may fill it.
final class LabelNeed {
    /// Consecutive stages of equal load and handover, as one.
    struct Span {
        let fromSlot: Int
        let slots: Int
        let load: Int
        /// Index of the load among the frame's levels; nil where no board keeps a row for it.
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
        _ attendant: Attendant, _ type: VisitType, _ facility: Facility, _ frame: BoardFrame, only: PersonID? = nil
    ) {
        self.attendant = attendant
        stages = zip(type.stages, type.stageIntervals).compactMap { stage, interval in
            stage.load[attendant.label].map {
                NamedStage(interval: interval, load: $0, handover: stage.handover)
            }
        }
        var spans: [Span] = []
        for stage in stages {
            let from = stage.interval.from / frame.slotMinutes
            let slots = stage.interval.minutes / frame.slotMinutes
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
                        level: frame.loadLevels.firstIndex(of: stage.load), handover: stage.handover))
            }
        }
        self.spans = spans
        validThrough = facility.staff.map { lastQualifiedDay($0, for: attendant) }
        wanted = only.map { id in facility.staff.firstIndex { $0.id == id } ?? -1 }
    }

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
