import ArgumentParser
import Planning
import StrictJSON
import Wire

/// From when until when somebody or something is away.
struct StretchOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("From when on the first day. (default: its beginning; of today, now)", valueName: "time"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("The last day. (default: the first one)", valueName: "day"))
    var through: String?

    @Option(name: .long, help: ArgumentHelp("Until when on the last day. (default: its end)", valueName: "time"))
    var until: String?

    /// The stretch that begins on a day that was said.
    func stretch(from day: String?, _ present: DayParser) throws -> Stretch {
        let first = try present.day(day ?? "today")
        return Stretch(
            from: first, fromTime: try from.map(SpokenTime.time),
            through: try present.lastDay(through, from: first), untilTime: try until.map(SpokenTime.time))
    }
}

/// Days and times on the clock.
struct Stretch {
    let from: Day
    let fromTime: ClockTime?
    let through: Day?
    let untilTime: ClockTime?

    /// In a sentence: Tue 10 March from 07:50; Mon 30 March to Fri 10 April.
    var text: String {
        let times = [fromTime.map { "from \($0.text)" }, untilTime.map { "until \($0.text)" }].compactMap(\.self)
        guard let through, through != from else {
            return ([from.spoken] + times).joined(separator: " ")
        }
        if times.isEmpty { return spokenDays(from, through: through) }
        let begin = fromTime.map { " \($0.text)" } ?? ""
        let end = untilTime.map { " \($0.text)" } ?? ""
        return "\(from.spoken)\(begin) to \(through.spoken)\(end)"
    }
}

extension SpokenTime {
    /// Hours on the clock such as 8:00-12:00.
    ///
    /// - Throws: that it is not understood.
    static func hours(_ text: String) throws -> ClockWindow {
        let ends = text.lowercased().split(separator: "-").map(String.init)
        guard ends.count == 2, let from = clock(ends[0]),
            let until = ends[1] == "24:00" ? 1440 : clock(ends[1]), let hours = Interval(clipping: from, until)
        else {
            throw Failure.usage("\(JSONOutput.quoted(text)) says no hours", hint: "say 8:00-12:00")
        }
        return ClockWindow(hours)
    }
}
