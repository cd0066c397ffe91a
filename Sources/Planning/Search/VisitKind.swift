/// What is asked of one booked visit beside its kind.
struct PlacementConstraint {
    /// Where it stays, whatever else is asked.
    var fixed: Placement?
    /// Where it is booked now.
    var booked: Placement?
    /// Where it is wanted.
    var wish = PlaceWish()
    /// Whether its lead time is set aside: the patient is here.
    var isWalkIn = false
}

/// A kind of visit compiled for a search: a visit type with the course's wishes, in slots and indices. A visit of which
/// more is asked than of others is a kind by itself.
final class VisitKind {
    let type: VisitType
    /// Index of the type among those for which boards keep rows; nil where none is like it.
    let boardType: Int?
    /// Whether a board's row of chairs is that of the kind.
    let hasBoardChairs: Bool
    /// Whether a board's rows of labels are those of the kind.
    let hasBoardLabels: Bool
    let constraint: PlacementConstraint?
    let lengthSlots: Int
    let holdSlots: Int
    /// Whether starts are measured against the usual time.
    let rhythm: Bool
    /// Chairs with every feature that the visit type and the course ask of them, the scarcest first.
    let chairs: [Int]
    /// The chairs that would do whatever their features.
    let anyChairs: [Int]
    /// The labels that name a person, in the order of `VisitType.attendants`.
    let labels: [LabelNeed]
    /// The labels that name nobody.
    let presences: [LabelNeed]
    /// Index in `labels` of the one marked `continuity`.
    let continuity: Int?
    /// The persons among whom continuity chooses, indices of the staff in configured order: all who have the label's
    /// role. Only -1, nobody, where there is no such label. Searches count by the index in this list: an **attendant**.
    let attendants: [Int]
    /// The days on which a visit of the type stands that the patient was told or asked for, each with its start in
    /// elapsed minutes. Whichever visit of the course is planned there keeps it; any other place costs.
    let told: [Day: Int]
    /// Index of the preferred person, where they have the role of the continuity label; nil where nobody is preferred.
    let preferred: Int?
    /// Whether no person could fill two of its labels.
    let labelsAreDisjoint: Bool

    init(
        _ type: VisitType, rhythm: Bool, features: Set<String>, preferredPerson: PersonID? = nil, facility: Facility,
        layout: BoardLayout, constraint: PlacementConstraint? = nil, told: [Day: Int] = [:]
    ) {
        self.type = type
        self.rhythm = rhythm
        self.constraint = constraint
        self.told = told
        lengthSlots = type.length / layout.grid.slotMinutes
        holdSlots = type.hold / layout.grid.slotMinutes
        let wanted = type.chairFeatures.union(features)
        let chair = constraint?.wish.chair
        anyChairs = layout.chairOrder.filter { (chair ?? facility.chairs[$0].id) == facility.chairs[$0].id }
        chairs = anyChairs.filter { facility.chairs[$0].features.isSuperset(of: wanted) }
        boardType = layout.types.firstIndex { $0.type == type }
        let known = boardType.map { layout.types[$0] }
        hasBoardChairs = known?.chairs == chairs
        let wishes = constraint?.wish.persons ?? [:]
        hasBoardLabels = known != nil && wishes.isEmpty
        func need(_ attendant: Attendant, only: PersonID? = nil) -> LabelNeed {
            LabelNeed(
                attendant, type, facility, slotMinutes: layout.grid.slotMinutes, loadLevels: layout.loadLevels,
                only: only
            )
        }
        if let known, wishes.isEmpty {
            labels = known.labels
        } else {
            labels = type.filledLabels.map { need($0, only: wishes[$0.label]) }
        }
        presences = known?.presences ?? type.attendants.filter(\.presence).map { need($0) }
        continuity = type.filledLabels.firstIndex(where: \.continuity)
        if let continuity {
            let role = type.filledLabels[continuity].role
            attendants = facility.staff.indices.filter { facility.staff[$0].roles.contains(role) }
            preferred = attendants.first { facility.staff[$0].id == preferredPerson }
        } else {
            attendants = [-1]
            preferred = nil
        }
        var counts = [Int](repeating: 0, count: facility.staff.count)
        for label in labels {
            for person in facility.staff.indices where label.validThrough[person] != nil { counts[person] += 1 }
        }
        labelsAreDisjoint = counts.allSatisfy { $0 <= 1 }
    }

    /// The role of the continuity label, if any.
    var continuityRole: String? { continuity.map { labels[$0].attendant.role } }

    /// Whether its lead time is set aside.
    var isWalkIn: Bool { constraint?.isWalkIn ?? false }

    /// Unweighted `continuity` of a person by themselves: 1 where somebody else is preferred.
    func missesPreferred(_ person: Int) -> Int { preferred.map { $0 != person } ?? false ? 1 : 0 }
}
