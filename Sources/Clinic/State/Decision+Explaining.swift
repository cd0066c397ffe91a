import Planning

// Why something cannot be planned, and what would help, takes longer to find than the plan: a decision can be made
// without it, and have it added from the same decision made with it.

extension Decision {
    /// Whether it tells that something cannot be planned, and so can say why and what would help.
    package var tellsOfNoPlan: Bool {
        switch self {
        case .refused(.noPlan, _), .refused(.unchangeable(.windowLost), _), .refused(.unchangeable(.misplaced), _): true
        case .accepted(_, _, .changed(let difference)):
            difference.unplaced != nil || difference.window?.refusal != nil
        case .accepted, .refused: false
        }
    }

    /// The decision with what another one says about why something cannot be planned; where that one came to something
    /// else, as it is.
    package func explained(by other: Decision) -> Decision {
        switch (self, other) {
        case (.refused(.noPlan, _), .refused(.noPlan, _)): other
        case (.refused(.unchangeable(.windowLost), _), .refused(.unchangeable(.windowLost), _)): other
        case (.refused(.unchangeable(.misplaced), _), .refused(.unchangeable(.misplaced), _)): other
        case (.accepted(let events, let beside, .changed(let bare)), .accepted(_, _, .changed(let told))):
            .accepted(events, beside, .changed(bare.explained(by: told)))
        case (.accepted, _), (.refused, _): self
        }
    }
}

extension PlanDifference {
    fileprivate func explained(by told: PlanDifference) -> PlanDifference {
        var explained = self
        if unplaced != nil, let unplaced = told.unplaced { explained.unplaced = unplaced }
        if window?.refusal != nil, let window = told.window, window.refusal != nil { explained.window = window }
        return explained
    }
}
