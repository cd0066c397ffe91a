import Planning
import Wire

extension GoalStandingMessage {
    /// How much can still be lost: two more losses can be made up (goal Thu 2 April).
    var words: String {
        let goal = "goal \(through.spoken)"
        guard let ends else { return "a visit has no place yet (\(goal))" }
        if ends > through { return "ends \(ends.spoken), after its \(goal)" }
        switch daysInHand {
        case nil: return goal
        case 0: return "the next loss breaks the window (\(goal))"
        case 1: return "one more loss can be made up (\(goal))"
        case let days?:
            let names = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
            let count = names.indices.contains(days - 2) ? names[days - 2] : "\(days)"
            return "\(count) more losses can be made up (\(goal))"
        }
    }
}
