import ArgumentParser
import Planning
import StrictJSON
import Wire

/// `infusionctl course change COURSE --reason REASON`
struct CourseChangeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Change what the patient wishes, or how often the patient comes.",
        discussion: """
            The visits to come are planned anew by it, from a day on or at once; what is not said stays. Either \
            wishes, or the gaps of a phase: one at a time.
            """)
    static let examples = [
        (
            line: "infusionctl course change c42 --weekday tue --from mon --reason patient-request",
            does: "Tuesdays for good, at the same hours."
        ),
        (
            line: #"infusionctl course change c42 --available "mon-fri 8:00-12:00" --reason patient-request --dry-run"#,
            does: "What if only mornings were left?"
        ),
        (
            line: "infusionctl course change c42 --phase maintenance --gaps 7 --tolerance 2/2 --reason clinical",
            does: "Weekly from now on, two days early or late."
        ),
        (line: "infusionctl course change c42 --clear usual --reason other", does: "Any time of day will do."),
    ]

    enum Wish: String, CaseIterable, ExpressibleByArgument { case usual, person, end }

    @Argument(help: "The course's id.")
    var course: String

    @Option(name: .long, help: ArgumentHelp("The weekdays of the visits, tue or tue,thu.", valueName: "days"))
    var weekday: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            #"When the patient can come: "mon,wed 9:00-16:00", or always. May be repeated."#, valueName: "hours"))
    var available: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A day on which the patient cannot come, instead of those known, or none. May be repeated.",
            valueName: "day"))
    var blackout: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(#"When the patient would rather come, or always. May be repeated."#, valueName: "hours"))
    var prefer: [String] = []

    @Option(name: .long, help: ArgumentHelp("The wished time of day, 10:00.", valueName: "time"))
    var usual: String?

    @Option(name: .long, help: "What every chair of the course must have, or none. May be repeated.")
    var feature: [String] = []

    @Option(name: .long, help: ArgumentHelp("Who should take the first visit.", valueName: "staff"))
    var person: String?

    @Option(name: .long, help: ArgumentHelp("No visit after this day.", valueName: "day"))
    var end: String?

    @Option(name: .long, help: ArgumentHelp("What is no longer wished: usual, person or end.", valueName: "wish"))
    var clear: [Wish] = []

    @Option(name: .long, help: "The phase whose gaps change.")
    var phase: String?

    @Option(name: .long, help: ArgumentHelp("Its ideal gaps, 7 or 3,4; repeated.", valueName: "days"))
    var gaps: String?

    @Option(name: .long, help: ArgumentHelp("How many days early/late a visit may be, 1/3.", valueName: "days"))
    var tolerance: String?

    @Option(name: .long, help: ArgumentHelp("Visits before this day stay as they are.", valueName: "day"))
    var from: String?

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    private var hasWishes: Bool {
        weekday != nil || !available.isEmpty || !blackout.isEmpty || !prefer.isEmpty || usual != nil
            || !feature.isEmpty || person != nil || end != nil || !clear.isEmpty
    }

    func validate() throws {
        if (phase == nil) != (gaps == nil) { throw ValidationError("--phase and --gaps belong together") }
        if tolerance != nil, gaps == nil { throw ValidationError("--tolerance belongs to --gaps") }
        if hasWishes == (gaps != nil) {
            throw ValidationError("a change is either of wishes or of the gaps of a phase: one at a time")
        }
        if weekday != nil, !available.isEmpty {
            throw ValidationError("--weekday keeps the hours, --available says others: one or the other")
        }
    }

    func run() throws {
        let daemon = try change.connection.connect()
        if gaps != nil {
            try change.show(gapsCall(daemon), daemon)
        } else {
            try change.show(wishesCall(daemon), daemon)
        }
    }

    private func gapsCall(_ daemon: DaemonConnection) throws -> ClinicInterface.ChangeGaps {
        let gaps = (gaps ?? "").split(separator: ",").map { Int($0) }
        guard !gaps.isEmpty, !gaps.contains(nil) else {
            throw Failure.usage(
                "\(JSONOutput.quoted(self.gaps ?? "")) says no gaps", hint: "say 7, or 3,4 for 3 and 4 in turn")
        }
        let tolerances = try tolerance.map { text in
            let parts = text.split(separator: "/").compactMap { Int($0) }
            guard parts.count == 2 else {
                throw Failure.usage(
                    "\(JSONOutput.quoted(text)) is no tolerance", hint: "say 1/3: a day early, 3 days late")
            }
            return parts
        }
        return ClinicInterface.ChangeGaps(
            course: course, phase: phase ?? "", gaps: gaps.compactMap(\.self), toleranceBefore: tolerances?[0],
            toleranceAfter: tolerances?[1], from: try DayParser(daemon).dayIfSaid(from), reason: try why.code(),
            note: try why.note(), told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen,
            request: change.request.id)
    }

    private func wishesCall(_ daemon: DaemonConnection) throws -> ClinicInterface.ChangeCourse {
        let present = DayParser(daemon)
        return ClinicInterface.ChangeCourse(
            course: course, availability: try availability(daemon),
            blackoutDays: blackout.isEmpty ? nil : try blackout.filter { $0 != "none" }.map(present.day),
            preferred: prefer.isEmpty ? nil : try prefer.filter { $0 != "always" }.map(SpokenWindow.read),
            usual: try usual.map(SpokenTime.time), features: feature.isEmpty ? nil : feature.filter { $0 != "none" },
            preferredPerson: person, endDay: try present.dayIfSaid(end),
            clear: clear.isEmpty ? nil : clear.map(\.field), from: try present.dayIfSaid(from),
            reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }

    /// The hours that are said, or those known on other weekdays.
    private func availability(_ daemon: DaemonConnection) throws -> [WeekWindow]? {
        guard let weekday else {
            return available.isEmpty ? nil : try available.filter { $0 != "always" }.map(SpokenWindow.read)
        }
        guard let days = SpokenWindow.days(weekday.lowercased()), !weekday.isEmpty else {
            throw Failure.usage("\(JSONOutput.quoted(weekday)) names no weekdays", hint: "say tue or tue,thu")
        }
        let known = try daemon.call(ClinicInterface.ShowCourse(course: course)).asked.availability ?? []
        guard !known.isEmpty else { return [WeekWindow(days: days, hours: Interval(0, 1440))] }
        var hours: [Interval] = []
        for window in known where !hours.contains(window.hours) { hours.append(window.hours) }
        return hours.map { WeekWindow(days: days, hours: $0) }
    }
}

extension CourseChangeVerb.Wish {
    /// Its name on the socket.
    fileprivate var field: String {
        switch self {
        case .usual: "usual"
        case .person: "preferredPerson"
        case .end: "endDay"
        }
    }
}
