/// Something to be done with visits of several courses together.
package enum RepairCommand: Hashable, Sendable {
    /// Make changes that were proposed together, all or none.
    case rearrange(Rearrangement, Reason.Code)
}

func decide(_ command: RepairCommand, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    switch command {
    case .rearrange(let rearrangement, let reason): try rearrange(rearrangement, reason, context)
    }
}
