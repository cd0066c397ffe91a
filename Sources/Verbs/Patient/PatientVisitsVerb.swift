import ArgumentParser
import Wire

/// `infusionctl patient visits PATIENT [--from DAY] [--through DAY]`
struct PatientVisitsVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "visits", abstract: "List a patient's visits, whatever their courses.")
    static let examples = [
        (line: "infusionctl patient visits p17", does: "When does the patient come next, and then?"),
        (line: "infusionctl patient visits MRN-4711 --through fri", does: "Only until Friday."),
        (line: "infusionctl patient visits p17 --from 1 jan", does: "What was since January, too."),
    ]

    @Argument(help: "The patient's id or record number.")
    var patient: String

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Only visits from this day on. (default: today)", valueName: "day"))
    var from: [String] = []

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Only visits through this day. (default: all)", valueName: "day"))
    var through: [String] = []

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let days = try DayParser(daemon).nearestDays(
            from: from.isEmpty ? nil : from.joined(separator: " "),
            through: through.isEmpty ? nil : through.joined(separator: " "))
        let id = try PatientText.id(patient, daemon)
        let reply = try daemon.call(
            ClinicInterface.ListVisits(
                patient: id, recordNumber: id == nil ? patient : nil, from: days.from, through: days.through))
        try output.show(Payload(reply.json) { style in lines(reply, style) })
    }

    private func lines(_ reply: ClinicInterface.ListVisits.Reply, _ style: Style) -> [String] {
        guard !reply.visits.isEmpty else { return ["\(reply.patient) has no visits on these days"] }
        var table = TextTable(
            ("visit", .left), ("start", .left), ("end", .left), ("course", .left), ("phase", .left), ("chair", .left),
            ("with", .left), ("status", .left))
        for visit in reply.visits {
            table.add(
                visit.id, momentText(visit.start), clockText(visit.end), visit.course, visit.turnText, visit.chair,
                attendantsText(visit.attendants), standingText(visit))
        }
        return [style.bold(reply.patient)] + table.lines(style) + peopleLines(reply.people, style)
    }
}
