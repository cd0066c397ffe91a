import Wire

/// A line of figures for each day.
func weekLines(_ days: [DaySummaryMessage], _ style: Style) -> [String] {
    var table = TextTable(
        ("day", .left), ("open", .left), ("visits", .right), ("tentative", .right), ("from", .left), ("until", .left),
        ("chairs taken", .left))
    for day in days {
        let open = day.open.map { "\(clockText($0.from))-\(endText($0.until, of: $0.from))" }.joined(separator: ", ")
        table.add(
            day.day.short, open.isEmpty ? "closed" : open, "\(day.visits)",
            day.tentative == 0 ? "" : "\(day.tentative)",
            day.first.map(clockText) ?? "", day.last.map(clockText) ?? "", shareText(day, style))
    }
    return table.lines(style)
}

/// What the clock shows at the end of a stretch; 24:00 at midnight.
func endText(_ end: ZonedInstant, of start: ZonedInstant) -> String {
    end.clock == 0 && end > start ? "24:00" : clockText(end)
}

private func shareText(_ day: DaySummaryMessage, _ style: Style) -> String {
    guard day.chairMinutesOpen > 0 else { return "" }
    let percent = day.chairMinutes * 100 / day.chairMinutesOpen
    let filled = min(20, percent / 5)
    let bar = String(repeating: style.hasUnicode ? "█" : "#", count: filled)
    return "\(percent)".padded(before: 3) + " % " + bar
}
