import Wire

/// A chair's day on the board: a row of stages and a row of whom they are for.
struct ChairRow {
    private var marks: [Character]
    private var texts: [(cell: Int, text: String, isTentative: Bool)] = []
    private let letters: StageLetters

    /// A chair's day on a scale.
    init(_ chair: ChairDayMessage, open: [SpanMessage], scale: BoardScale, letters: StageLetters) {
        self.letters = letters
        marks = (0..<scale.cells).map { cell in
            let seconds = scale.seconds(of: cell)
            let half = seconds.count / 2
            if chair.outages.contains(where: { seconds.overlap($0.from, $0.until) >= half }) { return "x" }
            let isOpen = open.contains { seconds.overlap($0.from, $0.until) >= half }
            return isOpen && scale.beginsHour(cell) ? ChairRow.free : " "
        }
        for hold in chair.holds { draw(hold, scale) }
    }

    private static let free: Character = "."

    private mutating func draw(_ hold: HoldMessage, _ scale: BoardScale) {
        let visit = hold.visit
        var parts = visit.stages.map { (letters.letter(of: $0.name) ?? "*", $0.start, $0.end) }
        if hold.until > visit.end { parts.append(("~", visit.end, hold.until)) }
        var isSeen = parts.map { _ in false }
        for cell in scale.cells(from: visit.start, until: hold.until) {
            let seconds = scale.seconds(of: cell)
            let shares = parts.map { seconds.overlap($0.1, $0.2) }
            // A part that would be seen nowhere gets the last cell that it touches.
            let last = parts.indices.first { shares[$0] > 0 && !isSeen[$0] && parts[$0].2.second <= seconds.upperBound }
            guard let shown = last ?? parts.indices.max(by: { shares[$0] < shares[$1] }), shares[shown] > 0 else {
                continue
            }
            isSeen[shown] = true
            marks[cell] = parts[shown].0
        }
        let cells = scale.cells(from: visit.start, until: hold.until)
        texts.append((cells.lowerBound, text(hold, width: cells.count), visit.status == .tentative))
    }

    /// As much of patient, status and staff as there is room for, with a space after it.
    private func text(_ hold: HoldMessage, width: Int) -> String {
        let who = Names.current.short(hold.visit.patient) ?? hold.visit.patient
        let mark = hold.visit.status == .tentative ? "?" : ""
        let staff = hold.visit.attendants.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
        let whole = "\(who)\(mark) \(staff)"
        if whole.count < width { return whole }
        if who.count + mark.count <= width { return who + mark }
        return String(who.prefix(max(0, width - mark.count))) + mark
    }

    /// The row of stages.
    func stageText(_ style: Style) -> String {
        var text = ""
        var index = 0
        while index < marks.count {
            let mark = marks[index]
            let run = marks[index...].prefix { $0 == mark }
            let shown = mark == ChairRow.free ? (style.hasUnicode ? "·" : ".") : String(run)
            if mark == ChairRow.free {
                text += style.dim(shown)
                index += 1
                continue
            }
            if let stage = letters.index(of: mark) {
                text += style.coloured(shown, ["30;46", "30;42", "30;43", "30;45", "30;44", "30;47"][stage % 6])
            } else {
                text += mark == " " ? shown : style.dim(shown)
            }
            index += run.count
        }
        return text
    }

    /// The row of whom the visits are for; empty where there is none.
    func nameText(_ style: Style) -> String {
        var text = ""
        var width = 0
        for entry in texts.sorted(by: { $0.cell < $1.cell }) {
            text += String(repeating: " ", count: max(0, entry.cell - width))
            text += entry.isTentative ? style.yellow(entry.text) : entry.text
            width = max(width, entry.cell) + entry.text.count
        }
        return text
    }
}
