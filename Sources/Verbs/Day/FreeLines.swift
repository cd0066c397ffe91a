import Planning
import Wire

/// Free starts, a day a line; starts that follow one another at the same distance are joined.
func freeLines(_ places: [FreePlaceMessage], _ style: Style) -> [String] {
    let step = zip(places, places.dropFirst()).map { $1.start.minute - $0.start.minute }.filter { $0 > 0 }.min() ?? 0
    var table = TextTable(("day", .left), ("free", .right), ("starts", .left))
    let byDay = Dictionary(grouping: places, by: \.start.day)
    for day in byDay.keys.sorted() {
        let starts = (byDay[day] ?? []).map(\.start).sorted()
        table.add(day.short, "\(starts.count)", runs(starts, step: step).joined(separator: ", "))
    }
    return table.lines(style)
}

private func runs(_ starts: [ZonedInstant], step: Int) -> [String] {
    var runs: [(from: ZonedInstant, through: ZonedInstant)] = []
    for start in starts {
        if let last = runs.last, start.minute - last.through.minute == step {
            runs[runs.count - 1].through = start
        } else {
            runs.append((start, start))
        }
    }
    return runs.map { $0.from == $0.through ? clockText($0.from) : "\(clockText($0.from))-\(clockText($0.through))" }
}

/// Free places with chair and staff.
func placeTable(_ places: [FreePlaceMessage]) -> TextTable {
    var table = TextTable(("start", .left), ("end", .left), ("chair", .left), ("with", .left), ("covered by", .left))
    for place in places {
        table.add(
            momentText(place.start), clockText(place.end), place.chair, attendantsText(place.attendants),
            coversText(place.covers))
    }
    return table
}
