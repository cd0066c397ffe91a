import Wire

/// The board of a day: chairs as rows, time across, the stages of the visits, and below each person's load.
func boardLines(_ board: BoardMessage, _ style: Style) -> [String] {
    let head = headLines(board, style)
    let labels = board.chairs.map(\.chair) + board.people.map(\.person)
    let margin = min(16, labels.reduce(5) { max($0, $1.count) }) + 2
    guard let scale = BoardScale(board, columns: style.columns - margin) else { return head }
    let letters = StageLetters(board)
    var lines = head + [""] + rulerLines(board, scale, margin: margin, style)
    for chair in board.chairs {
        let drawn = ChairRow(chair, open: board.open, scale: scale, letters: letters)
        lines.append((margined(chair.chair, margin) + drawn.stageText(style)).trimmingEnd)
        let names = drawn.nameText(style)
        if !names.isEmpty { lines.append(String(repeating: " ", count: margin) + names) }
    }
    if !board.people.isEmpty {
        lines += [""]
        for person in board.people {
            let loads = PersonRow(person, scale: scale).text(style)
            lines.append((margined(person.person, margin) + loads).trimmingEnd)
        }
    }
    return lines + [""] + legendLines(board, letters, style)
}

private func margined(_ label: String, _ margin: Int) -> String {
    String(label.prefix(margin - 2)).padded(to: margin)
}

private func headLines(_ board: BoardMessage, _ style: Style) -> [String] {
    let visits = board.chairs.flatMap(\.holds).map(\.visit)
    let tentative = visits.count { $0.status == .tentative }
    let open = board.open.map { "\(clockText($0.from))-\(endText($0.until, of: $0.from))" }.joined(separator: ", ")
    let count = counted(visits.count, "visit") + (tentative > 0 ? ", \(tentative) tentative" : "")
    let head = "\(style.bold(board.day.long))   \(open.isEmpty ? "closed" : "open \(open)")   \(count)"
    let closures = board.closures.map { closure in
        "closed \(closure.hours ?? "all day")" + (closure.reason.map { ": \($0)" } ?? "")
    }
    return [head] + closures
}

/// The hours above the board, and where it is now.
private func rulerLines(_ board: BoardMessage, _ scale: BoardScale, margin: Int, _ style: Style) -> [String] {
    var hours = ""
    for hour in 0..<(scale.cells / scale.cellsPerHour) {
        let clock = ClockTime(minutes: scale.clock(ofHour: hour)).text
        let text = scale.cellsPerHour >= 8 ? clock : String(clock.prefix(2))
        // Where an hour is too narrow for its name, every other one is named.
        hours +=
            scale.cellsPerHour >= text.count
            ? text.padded(to: scale.cellsPerHour) : hour % 2 == 0 ? text.padded(to: 2 * scale.cellsPerHour) : ""
    }
    let blank = String(repeating: " ", count: margin)
    var lines = [style.dim((blank + hours).trimmingEnd)]
    if let cell = scale.cell(of: board.now) {
        let before = blank + String(repeating: " ", count: cell)
        lines.append(style.yellow(before + (style.hasUnicode ? "▼" : "v") + " now"))
    }
    return lines
}

private func legendLines(_ board: BoardMessage, _ letters: StageLetters, _ style: Style) -> [String] {
    var marks = letters.names.map { "\($0.letter) \($0.name)" }
    if board.chairs.contains(where: { $0.holds.contains { $0.until > $0.visit.end } }) { marks.append("~ turnover") }
    if board.chairs.contains(where: { $0.holds.contains { $0.visit.status == .tentative } }) {
        marks.append("? tentative")
    }
    if board.chairs.contains(where: { !$0.outages.isEmpty }) { marks.append("x out of service") }
    var lines = marks.isEmpty ? [] : [marks.joined(separator: "   ")]
    if !board.people.isEmpty {
        lines.append(
            style.hasUnicode
                ? "load ▁▂▃▄▅▆▇█ of what each person carries   · on duty   - break"
                : "load 1 to 9 tenths of what each person carries, # all   . on duty   - break")
    }
    return lines.map(style.dim)
}

/// Letters for the stages of a day: for each name its first letter that no other has.
struct StageLetters {
    private(set) var names: [(name: String, letter: Character)] = []

    /// The letters of the stages on a board.
    init(_ board: BoardMessage) {
        for stage in board.chairs.flatMap(\.holds).flatMap(\.visit.stages) where letter(of: stage.name) == nil {
            let own = stage.name.lowercased().filter { $0.isLetter && $0 != "x" }
            let taken = Set(names.map(\.letter))
            let letter = (own + "abcdefghijklmnopqrstuvwyz").first { !taken.contains($0) } ?? "*"
            names.append((stage.name, letter))
        }
    }

    /// The letter of a stage.
    func letter(of stage: String) -> Character? { names.first { $0.name == stage }?.letter }

    /// The number of a stage, from 0, in the order of their first appearance.
    func index(of letter: Character) -> Int? { names.firstIndex { $0.letter == letter } }
}
