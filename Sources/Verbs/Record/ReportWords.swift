import Planning
import Wire

/// Percent of what there was by hour and weekday, a dot where there was nothing.
struct HourTable {
    private let hours: [ReportHourMessage]

    init(_ hours: [ReportHourMessage]) { self.hours = hours }

    /// The lines: hours under one another, weekdays side by side.
    func lines(_ style: Style) -> [String] {
        guard let first = hours.map(\.hour).min(), let last = hours.map(\.hour).max() else { return [] }
        let weekdays = Weekday.allCases.filter { weekday in hours.contains { $0.weekday == weekday.name } }
        let head = "hour".padded(to: 7) + weekdays.map { $0.name.padded(before: 6) }.joined()
        return [style.bold(head)]
            + (first...last).map { hour in
                let cells = weekdays.map { weekday -> String in
                    let found = hours.first { $0.weekday == weekday.name && $0.hour == hour }
                    return (found?.use.percent.map { "\($0)" } ?? "·").padded(before: 6)
                }
                return ClockTime(minutes: hour * 60).text.padded(to: 7) + cells.joined()
            }
    }
}

/// The days of a report: 2 March to 29 March 2026.
func periodText(_ from: Day, _ through: Day) -> String {
    func text(_ day: Day) -> String { "\(day.civil.day) \(monthNames[day.civil.month - 1])" }
    let year = from.civil.year == through.civil.year ? "" : " \(from.civil.year)"
    return from == through
        ? "\(text(from)) \(from.civil.year)" : "\(text(from))\(year) to \(text(through)) \(through.civil.year)"
}

/// A month of a year: March 2026.
func monthText(_ day: Day) -> String { "\(monthNames[day.civil.month - 1]) \(day.civil.year)" }

/// Minutes as hours: 12:30 h.
func hoursText(_ minutes: Int) -> String { "\(minutes / 60):\(padded(minutes % 60, 2)) h" }

/// Percent of what there was; a dash where there was nothing.
func percentText(_ use: ReportUseMessage) -> String { use.percent.map { "\($0) %" } ?? "-" }

/// A count with its share: 6 (75 %).
func share(_ count: Int, of all: Int) -> String {
    all == 0 ? "\(count)" : "\(count) (\((200 * count + all) / (2 * all)) %)"
}

/// A median with the most: median 12 days, at most 20.
func spanText(_ median: Int?, _ longest: Int?) -> String {
    guard let median, let longest else { return "" }
    return longest > median ? "median \(counted(median, "day")), at most \(longest)" : counted(median, "day")
}

/// Why visits were lost, as people say it.
func lossText(_ kind: LossCode) -> String {
    switch kind {
    case .noShow: "no-show"
    case .lateCancellation: "cancelled late"
    case .earlyCancellation: "cancelled early"
    case .notTreated: "not treated"
    case .omitted, .unknown: kind.code
    }
}
