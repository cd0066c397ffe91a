import ArgumentParser
import Planning
import Wire

/// The verb `infusionctl export`.
struct ExportVerb: Verb {
    /// Shapes beside the export file.
    enum Shape: String, EnumerableFlag {
        case ical, fhir, csv, html

        static func help(for value: Shape) -> ArgumentHelp? {
            switch value {
            case .ical: "Visits as an iCalendar file."
            case .fhir: "Regimens, courses and visits as a FHIR R4 bundle in JSON."
            case .csv: "Visits as comma-separated values."
            case .html: "The board of a day (--from, or today) as a page to print."
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the clinic for other programs: the whole of it, or visits as iCalendar, FHIR, CSV, HTML.",
        discussion: """
            Without a shape: the export file, all that is open or ahead with patients' names, which infusionctl check \
            verifies and infusionctl import reads. The other shapes have patients' ids only, and HTML with --names \
            their names.

            A visit keeps its identity in a calendar for ever, so that reading the file again changes what was read \
            before. In FHIR a regimen is a PlanDefinition, a course a CarePlan, a visit an Appointment.
            """)
    static let examples = [
        (line: "infusionctl export > clinic.json", does: "All that is open or ahead, to be kept or checked."),
        (line: "infusionctl export --ical --person rn-1 > rn-1.ics", does: "A nurse's visits for a calendar."),
        (line: "infusionctl export --csv --from 1 mar --through 31 mar", does: "A month's visits for a spreadsheet."),
        (line: "infusionctl export --html --from tomorrow > board.html", does: "Tomorrow's board to print."),
    ]

    @Flag(exclusivity: .exclusive)
    var shape: Shape?

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Only visits from this day on. (default: today)", valueName: "day"))
    var from: [String] = []

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Only visits through this day. (default: all)", valueName: "day"))
    var through: [String] = []

    @Option(name: .long, help: "Only visits on this chair.")
    var chair: String?

    @Option(name: .long, help: ArgumentHelp("Only visits that this person attends or covers.", valueName: "staff"))
    var person: String?

    @Option(
        name: .long, help: ArgumentHelp("Only visits of this patient, by id or record number.", valueName: "patient"))
    var patient: String?

    @Option(name: .long, help: ArgumentHelp("Only visits of this course.", valueName: "course"))
    var course: String?

    @Flag(name: .long, help: "In HTML: patients' names instead of their ids.")
    var names = false

    @Option(
        name: .long, help: ArgumentHelp("In FHIR: where the resources have their addresses.", valueName: "address"))
    var base = "https://infusiond.invalid/fhir"

    @Flag(name: .long, help: .hidden)
    var json = false

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let isChosen =
            !from.isEmpty || !through.isEmpty || chair != nil || person != nil || patient != nil || course != nil
        if shape == nil && isChosen {
            throw Failure.usage(
                "the export file is of the whole clinic", hint: "choose visits with --ical, --csv or --fhir")
        }
        let daemon = try connection.connect()
        switch shape {
        case nil: try daemon.follow(ClinicInterface.Export()) { try Output.write(Array($0.text.utf8)) }
        case .ical: try writeCalendar(daemon)
        case .fhir: try writeBundle(daemon)
        case .csv: try writeRows(daemon)
        case .html: try writeBoard(daemon)
        }
    }

    private func choice(_ daemon: DaemonConnection) throws -> ClinicInterface.ExportVisits {
        let days = try DayParser(daemon).nearestDays(
            from: from.isEmpty ? nil : from.joined(separator: " "),
            through: through.isEmpty ? nil : through.joined(separator: " "))
        return ClinicInterface.ExportVisits(
            from: days.from, through: days.through, chair: chair,
            person: person, patient: try patient.map { try CourseWishes.patientID($0, daemon) }, course: course)
    }

    private func typeNames(_ daemon: DaemonConnection) throws -> [String: String] {
        let types = try daemon.call(ClinicInterface.ListVisitTypes()).visitTypes
        return Dictionary(types.map { ($0.id, $0.name) }) { first, _ in first }.filter { !$0.value.isEmpty }
    }

    private func writeCalendar(_ daemon: DaemonConnection) throws {
        let choice = try choice(daemon)
        let status = try daemon.call(ServiceInterface.Status())
        let calendar = ICalendar(clinic: status.clinic, now: status.now, types: try typeNames(daemon))
        let of = [chair, person, choice.patient, course].compactMap { $0 }
        // Asked first, written later: what fails writes nothing.
        var text = calendar.head(name: ([status.clinic] + of).joined(separator: ", "))
        try daemon.follow(choice) { reply in
            text += reply.visits.map { calendar.event($0, people: reply.people) }.joined()
        }
        try write(text + calendar.tail)
    }

    private func writeBundle(_ daemon: DaemonConnection) throws {
        let choice = try choice(daemon)
        var bundle = FHIRBundle(base: base, types: try typeNames(daemon))
        var text = ""
        text += bundle.head(now: try daemon.call(ServiceInterface.Status()).now)
        for regimen in try daemon.call(ClinicInterface.ListRegimens()).regimens {
            text += bundle.entry(try daemon.call(ClinicInterface.ShowRegimen(regimen: regimen.id)).found)
        }
        var after: String?
        while true {
            let reply = try daemon.call(
                ClinicInterface.ListCourses(patient: choice.patient, after: after, limit: 500))
            for found in reply.courses where course == nil || found.id == course { text += bundle.entry(found) }
            guard reply.more, let last = reply.courses.last else { break }
            after = last.id
        }
        try daemon.follow(choice) { reply in
            for visit in reply.visits { text += bundle.entries(visit, people: reply.people) }
        }
        try write(text + FHIRBundle.tail)
    }

    private func writeRows(_ daemon: DaemonConnection) throws {
        let choice = try choice(daemon)
        var text = CSV.line(VisitCSV.header)
        try daemon.follow(choice) { reply in text += reply.visits.map { CSV.line(VisitCSV.row($0)) }.joined() }
        try write(text)
    }

    private func writeBoard(_ daemon: DaemonConnection) throws {
        let day = try from.isEmpty ? nil : DayParser(daemon).nearestDay(from.joined(separator: " "))
        if !names { Names.current.hide() }
        let reply = try daemon.call(ClinicInterface.Day(day: day, names: names ? true : nil))
        let clinic = try daemon.call(ServiceInterface.Status()).clinic
        try write(BoardHTML(reply.board, clinic: clinic, types: try typeNames(daemon)).text)
    }

    private func write(_ text: String) throws { try Output.write(Array(text.utf8)) }
}
