import Planning

/// Something that was done about visits of several courses together.
package enum RepairEvent: Hashable, Sendable {
    /// A repair was proposed; nothing changed.
    case proposed(RepairProposed)
    /// Visits of several courses were changed together.
    case rearranged(VisitsRearranged)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case proposed = "repairProposed"
        case rearranged = "visitsRearranged"
    }

    var kind: Kind {
        switch self {
        case .proposed: .proposed
        case .rearranged: .rearranged
        }
    }

    /// What it is about, each once, most particular first.
    var subjects: [Subject] {
        switch self {
        case .proposed(let proposed):
            proposed.moves.map { .visit($0.visit) }
                + proposed.courses.flatMap { [.course($0.course), .patient($0.patient)] }.unique + proposed.lost
        case .rearranged(let rearranged):
            rearranged.visits.map { .visit($0) }
                + rearranged.changes.flatMap { [.course($0.course), .patient($0.patient)] }.unique
        }
    }

    /// The changes of courses that it records, each with everything before and after.
    var changes: [CourseChanged] {
        switch self {
        case .proposed: []
        case .rearranged(let rearranged): rearranged.changes
        }
    }

    func apply(to state: inout ClinicState, by recorded: RecordedEvent) {
        switch self {
        case .proposed: break
        case .rearranged(let rearranged): for changed in rearranged.changes { state.change(changed, by: recorded) }
        }
    }

    /// Takes it back by what was before it.
    func undone(_ number: Int, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
        switch self {
        case .proposed: throw .unchangeable(.lasting(event: number))
        case .rearranged(let rearranged): try undo(rearranged, number, context)
        }
    }
}
