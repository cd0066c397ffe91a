import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verbs `infusionctl staff …`.
struct StaffVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "Who works when: absences and extra shifts.",
        subcommands: [StaffOffVerb.self, StaffOnVerb.self, StaffListVerb.self])
    static let examples = [
        (line: "infusionctl staff off rn-2", does: "Off for the rest of today: whom does that hit?"),
        (line: "infusionctl staff on rn-2 sat 8:00-13:00", does: "An extra shift, and whom it could help."),
    ]
}

/// `infusionctl staff off PERSON [DAY]`
struct StaffOffVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "off", abstract: "Record that somebody is away, and see whom that hits.",
        discussion: """
            Without a day it is today, from now on. Nothing is moved: infusionctl repair proposes what could be done. \
            Illness, holiday and training are reasons of staffing. An extra shift is taken back by its id.
            """)
    static let examples = [
        (line: "infusionctl staff off rn-2 --reason illness", does: "Ill: off from now until the end of today."),
        (line: "infusionctl staff off rn-2 tomorrow --from 12:00 --dry-run", does: "Whom would half a day hit?"),
        (line: #"infusionctl staff off md-1 "30 mar" --through "10 apr""#, does: "A holiday."),
        (line: "infusionctl staff off s4", does: "Take back an extra shift."),
    ]

    @Argument(help: ArgumentHelp("Who is away; or the id of an extra shift, s4.", valueName: "person"))
    var person: String

    @Argument(help: "The first day. (default: today)")
    var day: String?

    @OptionGroup var when: StretchOptions
    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    /// What is said of somebody who is away; the record knows it as staffing.
    static let absences = ["illness", "ill", "sick", "sickness", "holiday", "vacation", "leave", "training"]

    /// The code of the reason, if one is given.
    private func reason() throws -> String? {
        if let word = why.reason, Self.absences.contains(word.lowercased()) { return "staffing" }
        return try why.code()
    }

    func run() throws {
        let daemon = try change.connection.connect()
        if day == nil, isID(person, "s") {
            try change.takeBack([person], "extra shift \(person) is taken back", why, daemon)
            return
        }
        let stretch = try when.stretch(from: day, DayParser(daemon))
        let call = ClinicInterface.AddTimeOff(
            person: person, from: stretch.from, fromTime: stretch.fromTime, through: stretch.through,
            untilTime: stretch.untilTime, reason: try reason(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
        try change.make(call, "\(person) is off \(stretch.text)", daemon)
    }
}

/// `infusionctl staff on PERSON [DAY HOURS]`
struct StaffOnVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "on", abstract: "Record an extra shift, or that somebody is back.",
        discussion: """
            With a day and hours it is a shift beyond the weekly pattern, and the visits that it could help are \
            listed. Without, an absence is taken back: the one of an id, or the only one that the person has.
            """)
    static let examples = [
        (line: "infusionctl staff on rn-2 sat 8:00-13:00", does: "An extra shift."),
        (line: "infusionctl staff on rn-2", does: "Back again: the absence is taken back."),
        (line: "infusionctl staff on t5", does: "Take back a certain absence."),
    ]

    @Argument(help: ArgumentHelp("Who works; or the id of an absence, t5.", valueName: "person"))
    var person: String

    @Argument(help: "The day of an extra shift.")
    var day: String?

    @Argument(help: "Its hours, 8:00-13:00.")
    var hours: String?

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func validate() throws {
        if day != nil, hours == nil { throw ValidationError("a shift has hours: say 8:00-13:00 after the day") }
    }

    func run() throws {
        let daemon = try change.connection.connect()
        if let day, let hours {
            let day = try DayParser(daemon).day(day)
            let hours = try SpokenTime.hours(hours)
            let call = ClinicInterface.AddShift(
                person: person, day: day, hours: hours, reason: try why.code(), note: try why.note(),
                dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
            try change.make(call, "\(person) works \(day.spoken) \(hours.text)", gains: day, daemon)
            return
        }
        if isID(person, "t") {
            try change.takeBack([person], "absence \(person) is taken back", why, daemon)
            return
        }
        let away = try daemon.call(ClinicInterface.ListAvailability()).timeOff.filter { $0.person == person }
        guard away.count == 1, let only = away.first else { throw unclear(away) }
        try change.takeBack([only.id], "\(person) is back", why, daemon)
    }

    private func unclear(_ away: [TimeOffMessage]) -> Failure {
        guard !away.isEmpty else {
            return .failed(
                "\(person) has no absence to be taken back",
                hint: "an extra shift has a day and hours: infusionctl staff on \(person) sat 8:00-13:00")
        }
        let ids = away.map { "\($0.id) from \(momentText($0.from))" }
        return .failed(
            "\(person) has \(away.count) absences: \(listed(ids))",
            hint: "say which: infusionctl staff on \(away[0].id)")
    }
}

/// `infusionctl staff list [DAY]`
struct StaffListVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List who works on a day, and all absences and extra shifts from it on.")
    static let examples = [
        (line: "infusionctl staff list", does: "Today."), (line: "infusionctl staff list mon", does: "On Monday."),
    ]

    @Argument(help: "The day. (default: today)")
    var day: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let day = try DayParser(daemon).day(day ?? "today")
        let reply = try daemon.call(ClinicInterface.ListAvailability(from: day))
        try output.show(Payload(.object(reply.ofStaff)) { style in staffLines(reply, on: day, style) })
    }
}
