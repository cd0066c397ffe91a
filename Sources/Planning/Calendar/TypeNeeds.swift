/// The chairs, labels and presences that a visit type asks, in slots and indices of a clinic. Boards keep rows for each
/// of the clinic's types, so that opening a day for one costs little.
final class TypeNeeds: Sendable {
    let type: VisitType
    let lengthSlots: Int
    let holdSlots: Int
    /// Index of its length among the layout's `visitLengths`.
    let length: Int
    /// Index of its hold among the layout's `holdLengths`.
    let hold: Int
    /// Chairs with every feature that it requires, the scarcest first.
    let chairs: [Int]
    /// The labels that name a person, in the order of `VisitType.attendants`.
    let labels: [LabelNeed]
    /// The labels that name nobody.
    let presences: [LabelNeed]
    /// Index of its first label among those of all types.
    let firstLabel: Int

    private init(
        _ type: VisitType, _ facility: Facility, chairs: [Int], slotMinutes: Int, loadLevels: [Int],
        firstLabel: Int, lengths: [Int], holds: [Int]
    ) {
        self.type = type
        lengthSlots = type.length / slotMinutes
        holdSlots = type.hold / slotMinutes
        length = lengths.firstIndex(of: lengthSlots) ?? 0
        hold = holds.firstIndex(of: holdSlots) ?? 0
        self.chairs = chairs.filter { facility.chairs[$0].features.isSuperset(of: type.chairFeatures) }
        func need(_ attendant: Attendant) -> LabelNeed {
            LabelNeed(attendant, type, facility, slotMinutes: slotMinutes, loadLevels: loadLevels)
        }
        labels = type.filledLabels.map(need)
        presences = type.attendants.filter(\.presence).map(need)
        self.firstLabel = firstLabel
    }

    /// The needs of each visit type of a clinic, in configured order.
    static func all(of facility: Facility, slotMinutes: Int, loadLevels: [Int]) -> [TypeNeeds] {
        let lengths = distinct(facility.visitTypes.map { $0.length / slotMinutes })
        let holds = distinct(facility.visitTypes.map { $0.hold / slotMinutes })
        let chairs = facility.chairsByScarcity
        var firstLabel = 0
        return facility.visitTypes.map { type in
            defer { firstLabel += type.filledLabels.count }
            return TypeNeeds(
                type, facility, chairs: chairs, slotMinutes: slotMinutes, loadLevels: loadLevels,
                firstLabel: firstLabel, lengths: lengths, holds: holds)
        }
    }
}
