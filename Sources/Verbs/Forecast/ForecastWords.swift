import ArgumentParser
import Planning
import StrictJSON
import Wire

/// Reads what a forecast's `--with` says: command lines of infusionctl, with a semicolon between them.
struct ForecastWords {
    let today: Day
    let weeks: Int
    let present: DayParser

    /// The change that a text says.
    func change(_ text: String) throws -> ForecastChangeMessage {
        var shifts: [ForecastShiftMessage] = []
        var openings: [ForecastOpeningMessage] = []
        for line in text.split(separator: ";") where !line.allSatisfy(\.isWhitespace) {
            switch try command(String(line)) {
            case let verb as StaffOnVerb:
                guard let day = verb.day, let hours = verb.hours else {
                    throw Failure.usage(
                        "\(JSONOutput.quoted(String(line).trimmed)) says no extra shift",
                        hint: "a shift has a day and hours: staff on rn-2 tue 8:00-16:00")
                }
                let window = try SpokenTime.hours(hours)
                shifts += try days(day).map { ForecastShiftMessage(person: verb.person, day: $0, hours: window) }
            case let verb as OpeningAddVerb:
                let window = try SpokenTime.hours(verb.hours)
                openings += try days(verb.day).map { ForecastOpeningMessage(day: $0, hours: window) }
            default:
                throw Failure.usage(
                    "\(JSONOutput.quoted(String(line).trimmed)) cannot be forecast",
                    hint: "say staff on or opening add; --with-config FILE takes any other clinic")
            }
        }
        if shifts.isEmpty && openings.isEmpty {
            throw Failure.usage("--with says nothing", hint: #"say --with "staff on rn-2 tue 8:00-16:00""#)
        }
        return ForecastChangeMessage(
            name: text.trimmed, shifts: shifts.isEmpty ? nil : shifts, openings: openings.isEmpty ? nil : openings)
    }

    private func command(_ line: String) throws -> any ParsableCommand {
        do {
            return try Infusionctl.parseAsRoot(words(line))
        } catch {
            throw Failure.usage(
                "\(JSONOutput.quoted(line.trimmed)) is no command: \(Infusionctl.message(for: error))",
                hint: #"say --with "staff on rn-2 tue 8:00-16:00""#)
        }
    }

    /// The words of a line; what stands in double quotes is one.
    private func words(_ line: String) -> [String] {
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
            index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
        }
    }

    /// Each such day of the weeks where a weekday is said, else the one day.
    private func days(_ text: String) throws -> [Day] {
        let said = text.lowercased()
        let weekday = Weekday.allCases.first { said.count >= 3 && $0.fullName.lowercased().hasPrefix(said) }
        guard let weekday else { return [try present.day(text)] }
        return (0..<(weeks * 7)).map { today + $0 }.filter { $0.weekday == weekday }
    }
}
