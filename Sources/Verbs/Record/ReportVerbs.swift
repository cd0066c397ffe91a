import ArgumentParser
import Planning
import Wire

/// The verbs `infusionctl report …`.
struct ReportVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "See how the clinic did: use of chairs and staff, inductions, a month.",
        discussion: "Reports name no patients.",
        subcommands: [UtilisationVerb.self, AdherenceVerb.self, MonthVerb.self])
    static let examples = [
        (line: "infusionctl report month", does: "The present month in figures."),
        (line: "infusionctl report utilisation --from 1 mar --through 31 mar", does: "How full were the chairs?"),
    ]
}

/// How a report is wanted.
struct ReportShape: ParsableArguments {
    @Flag(name: .long, help: "Print the result as comma-separated values.")
    var csv = false

    @Flag(name: .long, help: "Say what each figure counts.")
    var explain = false
}

/// The days of a report, and how it is wanted.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("The first day. (default: 28 days before today)", valueName: "day"))
    var from: [String] = []

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("The last day. (default: yesterday)", valueName: "day"))
    var through: [String] = []

    @OptionGroup var shape: ReportShape

    /// The days as they were said; a date without a year and a weekday are the last such.
    func days(_ daemon: DaemonConnection) throws -> (from: Day?, through: Day?) {
        let present = DayParser(daemon)
        let first = try day(from, present)
        let last = through.joined(separator: " ")
        // A date without a year that ends a stretch is the one that comes next after its beginning.
        if let first, SpokenTime.isYearless(last) { return (first, SpokenTime.day(last, today: first)) }
        return (first, try day(through, present))
    }

    private func day(_ words: [String], _ present: DayParser) throws -> Day? {
        guard !words.isEmpty else { return nil }
        let text = words.joined(separator: " ")
        let day = try present.day(text)
        guard SpokenTime.absoluteDay(text) == nil, day > (try present.status().today) else { return day }
        return SpokenTime.lastSuch(day, said: text)
    }
}

extension SpokenTime {
    /// The last day that was perhaps meant, where a text that looks back names the next such day: a weekday a week
    /// before, a date without a year a year before. What says the future outright stays.
    static func lastSuch(_ day: Day, said text: String) -> Day {
        let words = text.lowercased().split(separator: " ")
        if words.count == 1, Weekday.allCases.contains(where: { $0.fullName.lowercased().hasPrefix(words[0]) }) {
            return day - 7
        }
        let namesMonth = words.contains { word in
            word.count >= 3 && monthNames.contains { $0.lowercased().hasPrefix(word) }
        }
        guard namesMonth, words.count == 2 else { return day }
        let (year, month, number) = day.civil
        // A leap day comes again after eight years at the latest.
        return (1...8).lazy.compactMap { Day(year: year - $0, month: month, day: number) }.first ?? day
    }
}

extension OutputOptions {
    /// Writes a report as it was asked for: CSV, JSON or lines for people.
    func show(
        _ payload: Payload, csv rows: [[String]], _ shape: ReportShape, _ definitions: ReportDefinitions
    ) throws {
        if json && shape.csv { throw Failure.usage("--json and --csv exclude one another") }
        if shape.explain && shape.csv { throw Failure.usage("--explain and --csv exclude one another") }
        guard shape.csv else { return try show(payload.explained(shape.explain ? definitions : nil)) }
        try Output.write(Array(rows.map(CSV.line).joined().utf8))
    }
}

/// The verb `infusionctl report utilisation`.
struct UtilisationVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "utilisation",
        abstract: "How chairs and staff were used, by hour and weekday, and how work was shared.",
        discussion: """
            A chair is used while a visit that has its place holds it, turnover included, of the minutes in which it \
            is in service and the clinic is open. Staff carry the percentages of their labels and covers, of what \
            they can carry while on duty. Days are measured by the configuration that was in force on them.
            """)
    static let examples = [
        (line: "infusionctl report utilisation", does: "The last four weeks."),
        (
            line: "infusionctl report utilisation --from 1 mar --through 31 mar --csv",
            does: "A month for a spreadsheet."
        ),
    ]

    @OptionGroup var report: ReportOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let days = try report.days(daemon)
        let reply = try daemon.call(ClinicInterface.ReportUtilisation(from: days.from, through: days.through))
        try output.show(
            Payload(reply.json) { utilisationLines(reply, $0) }, csv: utilisationRows(reply), report.shape,
            .utilisation)
    }
}

/// The verb `infusionctl report adherence`.
struct AdherenceVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "adherence",
        abstract: "What became of inductions: complete in their window, late, running, slipping, ceased.",
        discussion: """
            An induction is a phase that is to be given within a window (withinDays). Those count whose first visit \
            was given on one of the days; a visit given in part is given. Of one to twelve visits those are to be \
            given that were planned, or that the phase was ended with on purpose. Slipping: visits are still to come, \
            and the window is over or a planned visit lies beyond it. The median is the lower one, of days from the \
            first to the last visit of those given whole.
            """)
    static let examples = [
        (line: "infusionctl report adherence", does: "Inductions begun in the last four weeks."),
        (line: "infusionctl report adherence --from -26w", does: "Those of half a year."),
    ]

    @OptionGroup var report: ReportOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let days = try report.days(daemon)
        let reply = try daemon.call(ClinicInterface.ReportAdherence(from: days.from, through: days.through))
        try output.show(
            Payload(reply.json) { adherenceLines(reply, $0) }, csv: adherenceRows(reply), report.shape, .adherence)
    }
}

/// `infusionctl report month [MONTH]`
struct MonthVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "month",
        abstract: "A month in figures: visits given and lost, days to the first visit, forms on time.",
        discussion: """
            A place is blocked from when a visit was given it until the visit was lost: for so long nobody else could \
            have it. Days to the first visit are counted from the referral (course book --referred), or else from the \
            booking of the course. Forms are the follow-ups of \
            given visits whose day lies in the month.
            """)
    static let examples = [
        (line: "infusionctl report month", does: "The present month so far, and what is booked of it."),
        (line: "infusionctl report month 2026-03 --csv", does: "March for a spreadsheet."),
        (line: "infusionctl report month mar", does: "The last March."),
    ]

    @Argument(help: "The month, as 2026-03 or by its name. (default: the present one)")
    var month: String?

    @OptionGroup var shape: ReportShape
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let reply = try daemon.call(ClinicInterface.ReportMonth(month: try month.map { try named($0, daemon) }))
        try output.show(Payload(reply.json) { monthLines(reply, $0) }, csv: monthRows(reply), shape, .month)
    }

    /// A month said by its name is the last such month, the present one included.
    private func named(_ text: String, _ daemon: DaemonConnection) throws -> String {
        guard text.count >= 3,
            let index = monthNames.firstIndex(where: { $0.lowercased().hasPrefix(text.lowercased()) })
        else { return text }
        let today = try DayParser(daemon).status().today.civil
        let year = index + 1 <= today.month ? today.year : today.year - 1
        return "\(year)-\(padded(index + 1, 2))"
    }
}
