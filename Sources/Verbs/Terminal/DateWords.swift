import Planning
import Wire

// Days, times and lists as a colleague says them.

extension Day {
    /// In a sentence: Tue 10 March.
    var spoken: String { "\(weekday.fullName.prefix(3)) \(civil.day) \(monthNames[civil.month - 1])" }

    fileprivate var spokenWithoutMonth: String { "\(weekday.fullName.prefix(3)) \(civil.day)" }
}

/// Words in a row: a, b and c.
func listed(_ words: [String], _ last: String = "and") -> String {
    guard let final = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + final
}

/// Days in a sentence, ascending: Wed 4 and Fri 6 March; Mon 9 to Fri 13 March; every Sat and Sun from 7 to 22 March.
func spokenDays(_ days: [Day]) -> String {
    guard let first = days.first, let last = days.last else { return "" }
    let weekdays = Set(days.map(\.weekday))
    let all = (0...(last - first)).map { first + $0 }.filter { weekdays.contains($0.weekday) }
    if days.count > 3, weekdays.count <= 2, all == days {
        let names = Weekday.allCases.filter(weekdays.contains).map { String($0.fullName.prefix(3)) }
        return "every \(listed(names)) from \(spokenRange(first, last, weekday: false))"
    }
    var segments: [(from: Day, through: Day)] = []
    for day in days {
        if let run = segments.last, run.through + 1 == day {
            segments[segments.count - 1].through = day
        } else {
            segments.append((day, day))
        }
    }
    // Two days in a row are named one by one.
    segments = segments.flatMap { run in
        run.through == run.from + 1 ? [(run.from, run.from), (run.through, run.through)] : [run]
    }
    let most = 8
    let shown = segments.count > most ? Array(segments.prefix(most - 1)) : segments
    var words = shown.indices.map { index in
        let run = shown[index]
        let next = index + 1 < shown.count ? shown[index + 1].from : nil
        let sharesMonth = next.map { $0.civil.month == run.through.civil.month } ?? false
        if run.from == run.through { return sharesMonth ? run.from.spokenWithoutMonth : run.from.spoken }
        return spokenRange(run.from, run.through, weekday: true, month: !sharesMonth)
    }
    let left = segments.dropFirst(shown.count).reduce(0) { $0 + ($1.through - $1.from) + 1 }
    if left > 0 { words.append("\(counted(left, "day")) more until \(last.spoken)") }
    return listed(words)
}

private func spokenRange(_ from: Day, _ through: Day, weekday: Bool, month: Bool = true) -> String {
    func text(_ day: Day, _ hasMonth: Bool) -> String {
        (weekday ? day.spokenWithoutMonth : "\(day.civil.day)")
            + (hasMonth ? " \(monthNames[day.civil.month - 1])" : "")
    }
    return "\(text(from, from.civil.month != through.civil.month)) to \(text(through, month))"
}

/// From one day to another, or the one: Tue 3 to Thu 5 March.
func spokenDays(_ from: Day, through: Day) -> String {
    from == through ? from.spoken : spokenRange(from, through, weekday: true)
}

/// A stretch on the clock: 09:00-16:00.
func clockText(_ span: SpanMessage) -> String { "\(clockText(span.from))-\(clockText(span.until))" }

/// Stretches on the clock: 09:00-10:00 and 12:00-16:00.
func clockText(_ spans: [SpanMessage]) -> String { listed(spans.map { clockText($0) }) }

/// A text in lines of a width, the second and later ones indented.
func wrapped(_ text: String, to columns: Int, indent: String = "") -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > columns {
            lines.append(line)
            line = indent + word
        } else {
            line += (line.isEmpty || line == indent ? "" : " ") + word
        }
    }
    return line.isEmpty ? lines : lines + [line]
}
