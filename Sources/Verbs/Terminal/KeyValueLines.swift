import Wire

/// Names and values under one another, the values aligned; empty values are left out.
func factLines(_ facts: [(String, String)]) -> [String] {
    let shown = facts.filter { !$0.1.isEmpty }
    let width = shown.reduce(0) { max($0, $1.0.count) }
    return shown.map { name, value in "  \(name.padded(to: width))  \(Names.current.text(value))" }
}

/// What the clock at the clinic shows; with its offset where it has shown the same before that day.
func clockText(_ instant: ZonedInstant) -> String {
    ClockTime(minutes: instant.clock).text + (ClinicClock.current.isLater(instant) ? " (UTC\(instant.offsetText))" : "")
}

/// Day and time for columns: Mon 02 Mar 2026 09:00.
func momentText(_ instant: ZonedInstant) -> String { "\(instant.day.short) \(clockText(instant))" }

/// Who fills which label, in one cell. Where only one label is filled it is not named.
func attendantsText(_ attendants: [String: String]) -> String {
    if attendants.count == 1, let only = attendants.first { return only.value }
    return attendants.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
}

/// Who steps in, in one cell: rn-2 12:00-12:30. What one person covers without a pause is one stretch, whatever stages
/// or labels it is for.
func coversText(_ covers: [CoverMessage]) -> String {
    var stretches: [CoverMessage] = []
    for cover in covers.sorted(by: { ($0.from.second, $0.until.second) < ($1.from.second, $1.until.second) }) {
        let same = stretches.lastIndex { $0.person == cover.person && $0.until.second >= cover.from.second }
        guard let same else { stretches.append(cover); continue }
        if stretches[same].until.second < cover.until.second { stretches[same].until = cover.until }
    }
    return stretches.map { "\($0.person) \(clockText($0.from))-\(clockText($0.until))" }.joined(separator: ", ")
}
