/// How far planning many courses together has come.
package struct BatchProgress: Hashable, Sendable {
    /// Insertions of a course tried so far: the search's cost in steps, the same on every machine.
    package var steps: Int
    /// Courses without a place in the best answer so far.
    package var unplaced: Int
    /// What the placed courses cost in it: `start`, `gap`, `preference`, `rhythm` and `continuity`.
    package var cost: Int
    /// No answer leaves fewer courses unplaced.
    package var unplacedBound: Int
    /// No answer that leaves `unplaced` courses unplaced costs less.
    package var bound: Int

    /// How far the cost may be from the least there is, in percent of the cost, rounded up.
    package var gapPercent: Int { cost > bound ? ((cost - bound) * 100 + cost - 1) / cost : 0 }

    /// Whether no answer can be better.
    package var isProvenBest: Bool { unplaced == unplacedBound && cost == bound }

    /// With the steps of another search that has come to the same answer.
    func adding(_ other: BatchProgress) -> BatchProgress {
        var both = self
        both.steps += other.steps
        both.unplacedBound = max(unplacedBound, other.unplacedBound)
        both.bound = max(bound, other.bound)
        return both
    }

    /// How far a search has come.
    package init(steps: Int, unplaced: Int, cost: Int, unplacedBound: Int, bound: Int) {
        self.steps = steps
        self.unplaced = unplaced
        self.cost = cost
        self.unplacedBound = unplacedBound
        self.bound = bound
    }
}

/// The best that was found for many courses together.
package struct BatchOutcome: Hashable, Sendable {
    /// One outcome a course, in the problem's order.
    package var answer: Answer
    /// What the answer is worth, how far it may be from the best, and how many steps it took.
    package var progress: BatchProgress

    /// An answer with its cost and bounds.
    package init(answer: Answer, progress: BatchProgress) {
        self.answer = answer
        self.progress = progress
    }
}
