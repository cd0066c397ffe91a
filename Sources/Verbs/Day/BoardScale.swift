import Wire

/// How instants of a day become columns of the board. Cells divide the quarters of the hour, or hold whole quarters.
struct BoardScale {
    /// The first instant shown, a whole hour on the clock; seconds since 1970 UTC.
    let first: Int
    /// What the clock shows then, minutes from 00:00.
    let firstClock: Int
    /// Columns of an hour: 12, 8, 4, 2 or 1.
    let cellsPerHour: Int
    let cells: Int
    /// Whether the clock goes on evenly: it is not put forward or back in between.
    let isEven: Bool

    /// The scale on which everything of a board is seen in so many columns; nil where there is nothing to show.
    init?(_ board: BoardMessage, columns: Int) {
        let holds = board.chairs.flatMap(\.holds)
        let froms = board.open.map(\.from) + holds.map(\.visit.start)
        let untils = board.open.map(\.until) + holds.map(\.until)
        guard let from = froms.min(), let until = untils.max() else { return nil }
        firstClock = from.clock / 60 * 60
        first = from.second - (from.clock - firstClock) * 60
        let hours = (until.second - first + 3599) / 3600
        let fitting = [12, 8, 4, 2].first { $0 * hours <= columns } ?? 1
        cellsPerHour = fitting
        cells = hours * fitting
        isEven = Set((froms + untils).map(\.offset)).count == 1
    }

    /// What the clock shows where the hour of an index begins, minutes from 00:00.
    func clock(ofHour hour: Int) -> Int {
        let even = (firstClock + hour * 60) % 1440
        return isEven ? even : ClinicClock.current.clock(at: first + hour * 3600) ?? even
    }

    /// Seconds of a cell.
    var secondsPerCell: Int { 3600 / cellsPerHour }

    /// The first and the last second, and one more, of a cell.
    func seconds(of cell: Int) -> Range<Int> {
        let from = first + cell * secondsPerCell
        return from..<(from + secondsPerCell)
    }

    /// The cell of an instant; nil outside.
    func cell(of instant: ZonedInstant) -> Int? {
        let cell = (instant.second - first) / secondsPerCell
        return instant.second >= first && cell < cells ? cell : nil
    }

    /// Whether a cell begins an hour.
    func beginsHour(_ cell: Int) -> Bool { cell % cellsPerHour == 0 }

    /// The cells that a stretch touches.
    func cells(from: ZonedInstant, until: ZonedInstant) -> Range<Int> {
        let start = max(0, (from.second - first) / secondsPerCell)
        let end = min(cells, (until.second - first + secondsPerCell - 1) / secondsPerCell)
        return start..<max(start, end)
    }
}

extension Range<Int> {
    /// Seconds shared with a stretch.
    func overlap(_ from: ZonedInstant, _ until: ZonedInstant) -> Int {
        Swift.max(0, Swift.min(upperBound, until.second) - Swift.max(lowerBound, from.second))
    }
}
