import Planning
import TestSupport

/// A random problem that the search is compared on with trying everything, solved once for all suites.
struct ComparedProblem: Sendable {
    let seed: UInt64
    let random: RandomProblem
    /// The answer of the search; nil where it asks for more days.
    let answer: Answer?

    static let small = seeds(250).map { ComparedProblem(seed: $0, randomProblem(seed: $0, size: .small)) }

    static let corners = RandomCorner.allCases.reduce(into: [:]) { problems, corner in
        problems[corner] = seeds(25).map { ComparedProblem(seed: $0, randomProblem(seed: $0, corner: corner)) }
    }

    init(seed: UInt64, _ random: RandomProblem) {
        self.seed = seed
        self.random = random
        answer = try? solve(random.problem, calendars: random.calendars)
    }
}
