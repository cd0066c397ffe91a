import ArgumentParser
import StrictJSON
import Wire

/// `infusionctl course defer COURSE-OR-VISIT DAY --reason REASON`
struct CourseDeferVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "defer", abstract: "Put the next visit of a course off, or a given one, to a day or later.",
        discussion: """
            The later visits keep their dates (--keep), or follow and are planned anew (--shift). With --keep it is \
            refused where the distances to the later ones no longer fit. A day before the one that the visit has \
            brings it forward.
            """)
    static let examples = [
        (
            line: #"infusionctl course defer c42 "next mon" --shift --reason patient-request"#,
            does: "The next visit not before Monday, the rest after it."
        ),
        (
            line: "infusionctl course defer v345 thu --keep --reason transport --dry-run",
            does: "Could this one wait until Thursday and the others stay?"
        ),
    ]

    enum Later: String, EnumerableFlag { case keep, shift }

    @Argument(help: ArgumentHelp("The course's id, or the visit's.", valueName: "course-or-visit"))
    var subject: String

    @Argument(help: "The first day that the visit may have.")
    var day: String

    @Flag(help: "What becomes of the later visits: they keep their dates, or follow.")
    var later: Later

    @OptionGroup var window: WindowOptions
    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let daemon = try change.connection.connect()
        let call = try call(daemon)
        try change.show(
            call, daemon,
            elsewise: [
                "infusionctl visit why \(call.visit) \(call.until) says what closes the day",
                "where it is too far from the visit before, a clinician can set that aside: infusionctl visit override "
                    + "\(call.visit) gap --reason \(kebabCase(why.reason))",
            ])
    }

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.DeferVisit {
        ClinicInterface.DeferVisit(
            visit: try visit(daemon), until: try DayParser(daemon).day(day), later: later.rawValue,
            keepWindow: window.isKept,
            reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }

    private func visit(_ daemon: DaemonConnection) throws -> String {
        guard subject.hasPrefix("c") else { return subject }
        let visits = try daemon.call(ClinicInterface.ShowCourse(course: subject)).visits
        guard let next = visits.first(where: \.isToCome) else {
            throw Failure(
                .refused, "no visit of \(subject) is still to come", hint: "infusionctl course show \(subject)")
        }
        return next.id
    }
}
