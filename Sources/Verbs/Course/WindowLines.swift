import Planning
import Wire

/// How a phase that is under way stands to its window, where it does not end in time or somebody asked.
func windowLines(_ difference: PlanDifferenceMessage, names: [String: String], _ style: Style) -> [String] {
    guard let window = difference.window else { return [] }
    let (phase, ends, through) = (window.phase, window.ends, window.through)
    if ends <= through { return ["", "\(phase) ends on \(ends.spoken), in time (by \(through.spoken))"] }
    let late = counted(ends - through, "day")
    var lines = ["", style.yellow("\(phase) ends on \(ends.spoken), \(late) after it was to (\(through.spoken))")]
    let command = "infusionctl course catch-up \(difference.course) --reason clinical"
    guard let refusal = window.refusal else {
        if difference.action != .courseCaughtUp {
            lines += wrapped("what would bring it back: \(command) --dry-run", to: min(style.columns, 100))
        }
        return lines
    }
    lines.append("its window cannot be kept: visit \(refusal.visit) finds no place in time")
    lines += refusalLines(refusal, names: names, columns: min(style.columns, 100))
    if let room = window.room {
        let told = window.roomTold ?? 0
        let known = told == 0 ? "which nobody was told of" : "\(told) of them told"
        lines += wrapped(
            "\(counted(room, "visit")) of other courses, \(known), can make room: "
                + "infusionctl repair --course \(difference.course)", to: min(style.columns, 100))
    }
    if let nearest = window.nearest {
        lines.append("the nearest is to end on \(nearest.spoken): \(command) --nearest --dry-run")
    } else {
        lines.append("nothing ends sooner")
    }
    return lines
}
