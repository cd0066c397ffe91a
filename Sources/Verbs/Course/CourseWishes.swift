import ArgumentParser
import Planning
import StrictJSON
import Wire

/// What is wished for a course, beside patient and regimen.
struct CourseWishes: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The first day on which it may start. (default: today)", valueName: "day"))
    var earliest: String?

    @Option(name: .long, help: ArgumentHelp("How many days later it may start.", valueName: "days"))
    var startWithin: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(#"When the patient can come: "mon,wed 9:00-16:00". May be repeated."#, valueName: "hours"))
    var available: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("A day on which the patient cannot come. May be repeated.", valueName: "day"))
    var blackout: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            #"When the patient would rather come: "mon-fri 9:00-12:00". May be repeated."#, valueName: "hours"))
    var prefer: [String] = []

    @Option(name: .long, help: ArgumentHelp("The wished time of day, 10:00.", valueName: "time"))
    var usual: String?

    @Option(name: .long, help: "What chairs must have, for visits that some chair can serve so. May be repeated.")
    var feature: [String] = []

    @Option(name: .long, help: ArgumentHelp("Who should take the visits.", valueName: "staff"))
    var person: String?

    @Option(name: .long, help: ArgumentHelp("No visit after this day.", valueName: "day"))
    var end: String?

    @Option(
        name: .long,
        help: ArgumentHelp("When the patient was referred. (default: the day of the booking)", valueName: "day"))
    var referred: String?

    @Flag(name: .long, help: "Every phase ends by its goal, else within its alarm days, not only within its window.")
    var inTime = false

    @Flag(name: .long, help: "Visits need a payer's authorisation before they are confirmed.")
    var needsAuthorisation = false

    @Option(
        name: .long,
        help: #"The wishes as a JSON object, as CourseRequest of the socket has them; "-" is standard input."#)
    var file: String?

    /// Whether nothing is wished.
    var isEmpty: Bool {
        earliest == nil && startWithin == nil && available.isEmpty && blackout.isEmpty && prefer.isEmpty && usual == nil
            && feature.isEmpty && person == nil && end == nil && file == nil && !needsAuthorisation && !inTime
            && referred == nil
    }

    /// The wish for a course as it is sent. What the arguments say goes before what the file says.
    func message(patient: String, regimen: String, _ daemon: DaemonConnection) throws -> CourseRequestMessage {
        let present = DayParser(daemon)
        var object: JSONObject = [:]
        if let file { object = try JSONOutput.object(Files.read(file), name: Files.name(file)) }
        var message: CourseRequestMessage
        do {
            message = try CourseRequestMessage(
                object, patient: Self.patientID(patient, daemon), regimen: regimen,
                earliest: earliest.map(present.day)
            ) { try present.day("today") }
        } catch let error as JSONInvalid {
            let name = file.map(Files.name) ?? "the wish"
            throw Failure(.usage, remarks: error.problems.map { .error("\(name): \($0.description)") })
        }
        if let startWithin { message.startWithinDays = startWithin }
        if !available.isEmpty { message.availability = try available.map(SpokenWindow.read) }
        if !prefer.isEmpty { message.preferred = try prefer.map(SpokenWindow.read) }
        if !blackout.isEmpty { message.blackoutDays = try blackout.map(present.day) }
        if !feature.isEmpty { message.features = feature }
        if let person { message.preferredPerson = person }
        if needsAuthorisation { message.requiresAuthorisation = true }
        if inTime { message.inTime = true }
        if let end { message.endDay = try present.day(end) }
        if let referred { message.referred = try present.pastDay(referred) }
        message.usual = try usual.map(SpokenTime.time) ?? message.usual
        return message
    }

    /// The id of a patient said by id or record number.
    static func patientID(_ text: String, _ daemon: DaemonConnection) throws -> String {
        try PatientText.id(text, daemon) ?? daemon.call(PatientText.lookUp(text, daemon)).found.id
    }
}

/// Hours of weekdays as people say them: mon,wed 9:00-16:00; mon-fri 9:00-12:00; 9:00-12:00 for every day.
enum SpokenWindow {
    /// The window that a text says.
    ///
    /// - Throws: that it is not understood.
    static func read(_ text: String) throws -> WeekWindow {
        let words = text.lowercased().split(separator: " ")
        guard let last = words.last, let hours = hours(last),
            let days = days(words.dropLast().joined(separator: ","))
        else {
            throw Failure.usage("\(JSONOutput.quoted(text)) says no hours", hint: #"say "mon,wed 9:00-16:00""#)
        }
        return WeekWindow(days: days, hours: hours)
    }

    private static func hours(_ word: Substring) -> Interval? {
        let ends = word.split(separator: "-")
        guard ends.count == 2, let from = SpokenTime.clock(String(ends[0])) else { return nil }
        let until = ends[1] == "24:00" ? 1440 : SpokenTime.clock(String(ends[1]))
        return until.flatMap { Interval(clipping: from, $0) }
    }

    /// The weekdays that a text names; all where it is empty, nil where it is not understood.
    static func days(_ text: String) -> Set<Weekday>? {
        var days: Set<Weekday> = []
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-").map { Weekday(name: $0.prefix(3)) }
            guard let from = ends.first ?? nil, let until = ends.last ?? nil, ends.count <= 2 else { return nil }
            let length = (until.rawValue - from.rawValue + 7) % 7
            days.formUnion((0...length).compactMap { Weekday(rawValue: (from.rawValue + $0) % 7) })
        }
        return text.isEmpty ? Set(Weekday.allCases) : days
    }
}
