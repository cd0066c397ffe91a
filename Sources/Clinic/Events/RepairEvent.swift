import Planning

/// Something that was done about visits of several courses together.
package enum RepairEvent: Hashable, Sendable {
    /// A repair was proposed; nothing changed.
    case proposed(RepairProposed)
    /// Visits of several courses were changed together.
    case changed(ScheduleChanged)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case proposed = "repairProposed"
        case changed = "visitsRearranged"
    }

    var kind: Kind {
        switch self {
        case .proposed: .proposed
        case .changed: .changed
        }
    }

    /// What it is about, each once, most particular first.
    var subjects: [Subject] {
        switch self {
        case .proposed(let proposed):
            proposed.moves.map { .visit($0.visit) }
                + proposed.courses.flatMap { [.course($0.course), .patient($0.patient)] }.unique + proposed.lost
        case .changed(let made):
            made.visits.map { .visit($0) }
                + made.changes.flatMap { [.course($0.course), .patient($0.patient)] }.unique
        }
    }

    /// The changes of courses that it records, each with everything before and after.
    var changes: [CourseChanged] {
        switch self {
        case .proposed: []
        case .changed(let made): made.changes
        }
    }

    func apply(to state: inout ClinicState, by recorded: RecordedEvent) {
        switch self {
        case .proposed: break
        case .changed(let made): for changed in made.changes { state.change(changed, by: recorded) }
        }
    }

    /// Takes it back by what was before it.
    func undone(_ number: Int, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
        switch self {
        case .proposed: throw .unchangeable(.lasting(event: number))
        case .changed(let made): try undo(made, number, context)
        }
    }
}
