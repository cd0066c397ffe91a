import Wire

/// A person's day on the board: how much of what they can carry they carry in each cell, at its busiest moment.
struct PersonRow {
    private enum Cell { case off, pause, idle, load(percent: Int) }

    private let cells: [Cell]
    private let capacity: Int

    /// A person's day on a scale.
    init(_ person: PersonDayMessage, scale: BoardScale) {
        capacity = max(1, person.capacityPercent)
        let first = person.onDuty.map(\.from).min()
        let last = person.onDuty.map(\.until).max()
        cells = (0..<scale.cells).map { cell in
            let seconds = scale.seconds(of: cell)
            let peak = person.loads.filter { seconds.overlap($0.from, $0.until) > 0 }.map(\.percent).max() ?? 0
            if peak > 0 { return .load(percent: peak) }
            let half = seconds.count / 2
            if person.onDuty.reduce(0, { $0 + seconds.overlap($1.from, $1.until) }) > half { return .idle }
            guard let first, let last else { return .off }
            return seconds.overlap(first, last) > half ? .pause : .off
        }
    }

    /// The row: blocks of eight heights, or digits of tenths.
    func text(_ style: Style) -> String {
        cells.map { cell in
            switch cell {
            case .off: " "
            case .pause: "-"
            case .idle: style.hasUnicode ? "·" : "."
            case .load(let percent): style.hasUnicode ? block(percent) : digit(percent)
            }
        }.joined()
    }

    private func block(_ percent: Int) -> String {
        let eighths = min(8, max(1, (percent * 8 + capacity - 1) / capacity))
        return ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][eighths - 1]
    }

    private func digit(_ percent: Int) -> String {
        percent >= capacity ? "#" : "\(max(1, percent * 10 / capacity))"
    }
}
