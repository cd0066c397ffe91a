/// Something to be done with visits of several courses together.
package enum RepairCommand: Hashable, Sendable {
    /// Make changes that were proposed together, all or none.
    case change(ScheduleChange, Reason.Code)
}

func decide(_ command: RepairCommand, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    switch command {
    case .change(let change, let reason): try make(change, reason, context)
    }
}
