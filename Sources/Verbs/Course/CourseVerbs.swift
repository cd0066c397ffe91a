import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verbs `infusionctl course …`.
struct CourseVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "course", abstract: "Propose, book, see and change courses.",
        subcommands: [
            CourseProposeVerb.self, CourseBookVerb.self, CourseReleaseVerb.self, CourseAdoptVerb.self,
            CourseListVerb.self, CourseShowVerb.self, CourseWhyVerb.self, CourseDeferVerb.self, CourseChangeVerb.self,
            CourseReplanVerb.self, CourseExtendVerb.self, CourseEndPhaseVerb.self, CourseAdvanceVerb.self,
            CourseStepBackVerb.self, CourseGateVerb.self, CourseHoldVerb.self, CourseResumeVerb.self,
            CourseCatchUpVerb.self, CourseGiveVerb.self,
            CourseCeaseVerb.self,
        ])
    static let examples = [
        (line: "infusionctl course propose p17 mdd-iv-3x2 --earliest mon", does: "Plan; nothing is booked."),
        (line: "infusionctl course book pr4", does: "Book what was proposed."),
    ]
}

/// `infusionctl course propose PATIENT REGIMEN`
struct CourseProposeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Plan a whole course without booking it, or say why there is no plan.",
        discussion: """
            The plan is the cheapest that keeps every rule. Exit code 2 where there is none: what closes each day is \
            said, and what would help.
            """)
    static let examples = [
        (line: "infusionctl course propose p17 mdd-iv-3x2", does: "From today on."),
        (
            line: #"infusionctl course propose p17 crps-10d --earliest "next mon" --available "mon-fri 9:00-15:00""#,
            does: "With the patient's hours."
        ),
        (
            line: "infusionctl course propose MRN-4711 trd-esketamine --usual 10:00 --alternatives 3 --explain",
            does: "By record number; other first days beside the best, and the reasons of each visit."
        ),
        (
            line: "infusionctl course propose p17 mdd-iv-3x2 --hold 15m",
            does: "Keep the places while the patient makes up their mind."
        ),
    ]

    @Argument(help: "The patient's id or record number.")
    var patient: String

    @Argument(help: "The regimen's id.")
    var regimen: String

    @OptionGroup var wishes: CourseWishes

    @Option(name: .long, help: ArgumentHelp("How many other plans to show, at most 20.", valueName: "count"))
    var alternatives = 2

    @Flag(name: .long, help: "Say for each visit why it is where it is.")
    var explain = false

    @OptionGroup var hold: HoldOptions
    @OptionGroup var again: AgainOptions
    @OptionGroup var seen: SeenOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let asked = try wishes.message(patient: patient, regimen: regimen, daemon)
        let reply = try daemon.call(
            ClinicInterface.ProposeCourse(course: asked, alternatives: alternatives, explain: explain ? true : nil))
        if let refusal = reply.refusal {
            if output.json { try output.show(Payload(reply.json) { _ in [] }) }
            let line = ProposeLine(asked, startWithinDays: reply.startWithinDays)
            throw Failure.noPlan(refusal, asked: line, names: reply.people, isInJSON: output.json)
        }
        if let held = try hold.call(reply.proposal, again: again, seen: seen, request: request) {
            let hold = try daemon.call(held)
            var shown = reply
            shown.proposal = nil
            return try output.show(
                Payload(hold.json) { style in proposalLines(shown, asked: asked, style) + heldLines(hold, style) })
        }
        try output.show(
            Payload(reply.json) { style in
                proposalLines(reply, asked: asked, style)
            })
    }
}

/// `infusionctl course book PROPOSAL`, or PATIENT REGIMEN
struct CourseBookVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "book",
        abstract: "Book a proposal as it was shown, or the cheapest plan of a course at once.",
        discussion: """
            A proposal is never planned anew: where it no longer fits, it is refused with what changed, and exit code \
            2. All visits are booked, or none. A course that is held is booked by its own id.
            """)
    static let examples = [
        (line: "infusionctl course book pr4", does: "The proposal as it was shown."),
        (line: "infusionctl course book pr4 --alternative 2", does: "Its second plan."),
        (line: "infusionctl course book pr4 --hold 1h", does: "Only hold it for an hour."),
        (line: "infusionctl course book c42", does: "A course that is held."),
        (line: "infusionctl course book p17 mdd-iv-3x2 --earliest mon", does: "Plan and book in one step."),
        (line: "infusionctl course book p17 mdd-iv-3x2 --dry-run", does: "What would be booked?"),
        (
            line: "infusionctl course book p17 mdd-iv-3x2 --now --reason patient-request",
            does: "The patient is here: the next start, without the lead time."
        ),
    ]

    @Argument(
        help: ArgumentHelp(
            "The id of a proposal or of a course that is held; or the patient's id or record number.",
            valueName: "proposal-or-patient"))
    var proposalOrPatient: String

    @Argument(help: "The regimen's id, after a patient.")
    var regimen: String?

    @Option(name: .long, help: ArgumentHelp("Which plan of the proposal; 1 is the cheapest.", valueName: "number"))
    var alternative: Int?

    @Flag(name: .long, help: "The patient is here: the first visit needs no lead time. Asks for a reason.")
    var now = false

    @OptionGroup var hold: HoldOptions
    @OptionGroup var wishes: CourseWishes
    @OptionGroup var again: AgainOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    private var request: RequestOptions { change.request }
    private var output: OutputOptions { change.output }

    /// Whether a course that is held is meant.
    private var isHeldCourse: Bool {
        regimen == nil && proposalOrPatient.hasPrefix("c") && Int(proposalOrPatient.dropFirst()) != nil
    }

    private func check() throws {
        if regimen == nil, !wishes.isEmpty {
            throw Failure.usage("a proposal is booked as it was shown", hint: "propose again with other wishes")
        }
        if now, regimen == nil {
            throw Failure.usage(
                "--now belongs to a patient and a regimen", hint: "infusionctl course book PATIENT REGIMEN --now")
        }
        if now, again.why.reason == nil {
            throw Failure.usage("--now asks for a reason", hint: "say --reason patient-request")
        }
        if again.why.reason != nil, !now, !again.again {
            throw Failure.usage("--reason belongs to --now or --again")
        }
        if regimen != nil, alternative != nil {
            throw Failure.usage("--alternative belongs to a proposal, not to a patient")
        }
        if regimen != nil || isHeldCourse, hold.hold != nil {
            throw Failure.usage("--hold belongs to a proposal", hint: "propose the course with --hold")
        }
        if isHeldCourse, !again.isEmpty {
            throw Failure.usage("--again and its reason belong to a proposal or a patient")
        }
        if hold.hold != nil, change.dryRun {
            throw Failure.usage("--dry-run does not go with --hold", hint: "course propose holds nothing")
        }
    }

    func run() throws {
        try check()
        let daemon = try change.connection.connect()
        if isHeldCourse {
            let call = ClinicInterface.BookHeldCourse(
                course: proposalOrPatient, told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen,
                request: request.id)
            return try change.show(call, daemon)
        }
        let held = try hold.call(
            proposalOrPatient, alternative: alternative, again: again, seen: change.seen, request: request)
        if let held {
            let reply = try daemon.call(held)
            return try output.show(
                Payload(reply.json) { style in visitTable(reply.visits).lines(style) + heldLines(reply, style) })
        }
        var call = ClinicInterface.BookCourse(
            again: again.isAgain, reason: try again.why.code(), note: try again.why.note(), told: told.isTold,
            dryRun: change.isDryRun, seen: change.seen.seen, request: request.id)
        if let regimen {
            call.course = try wishes.message(patient: proposalOrPatient, regimen: regimen, daemon)
            if now { call.course?.walkIn = try again.why.code() }
        } else {
            call.proposal = proposalOrPatient
            call.alternative = alternative
        }
        let reply: ClinicInterface.BookCourse.Reply
        do {
            reply = try daemon.call(call)
        } catch let failure as Failure where failure.status == .refused && !output.json {
            throw inWords(failure, call.course)
        }
        let count = counted(reply.visits.count, "visit")
        try output.show(
            Payload(reply.json) { style in
                let head =
                    change.dryRun
                    ? [
                        style.yellow("dry run: nothing is recorded"),
                        style.bold("\(count) would be booked\(forWhom(reply.visits))"), "",
                    ]
                    : [style.bold("booked \(reply.id)\(forWhom(reply.visits))") + " (\(count), e\(reply.event))", ""]
                return head + visitTable(reply.visits, isRecorded: !change.dryRun).lines(style)
            })
    }

    /// A refusal of a course that has no plan, with what is known of each day; others as they are.
    private func inWords(_ failure: Failure, _ course: CourseRequestMessage?) -> Failure {
        guard let course, let refusal = failure.refusal else { return failure }
        let line = ProposeLine(course, startWithinDays: refusal.startWithinDays)
        return .noPlan(refusal, asked: line, names: refusal.people ?? [:], isInJSON: false)
    }
}

/// The verb `infusionctl course list`.
struct CourseListVerb: Verb {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List courses.")
    static let examples = [
        (line: "infusionctl course list", does: "The first hundred, by id."),
        (line: "infusionctl course list --patient p17", does: "A patient's."),
        (line: "infusionctl course list --status onHold", does: "Those on hold."),
    ]

    @Option(name: .long, help: "Only this patient's, by id or record number.")
    var patient: String?

    @Option(name: .long, help: "Only active, onHold, completed or ceased ones.")
    var status: String?

    @Option(name: .long, help: ArgumentHelp("Go on after this course.", valueName: "course"))
    var after: String?

    @Option(name: .long, help: "How many at most.")
    var limit = 100

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let id = try patient.map { try CourseWishes.patientID($0, daemon) }
        let reply = try daemon.call(
            ClinicInterface.ListCourses(patient: id, status: status, after: after, limit: limit))
        try output.show(
            Payload(reply.json) { style in
                courseTable(reply.courses).lines(style) + moreLines(reply.more, after: reply.courses.last?.id, style)
            })
    }
}

/// `infusionctl course show COURSE`
struct CourseShowVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a course with its visits.")
    static let examples = [(line: "infusionctl course show c42", does: "Every visit with its place and status.")]

    @Argument(help: "The course's id.")
    var course: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ShowCourse(course: course))
        try output.show(Payload(reply.json) { style in courseLines(reply, style) })
    }
}

/// `infusionctl course why PROPOSAL NUMBER DAY`
struct CourseWhyVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say why a proposal's visit is not on a day: what closes the day, or what the plan would cost then.")
    static let examples = [
        (line: "infusionctl course why pr4 3 tue", does: "Why not the third visit on Tuesday?")
    ]

    @Argument(help: "The proposal's id.")
    var proposal: String

    @Argument(help: "The visit's number in it.")
    var number: Int

    @Argument(help: "The day.")
    var day: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let day = try DayParser(daemon).day(day)
        let reply = try daemon.call(
            ClinicInterface.ExplainVisit(proposal: proposal, number: number, day: day))
        try output.show(
            Payload(reply.json) { style in
                whyLines(reply.found, present: reply.present, names: reply.people, style)
            })
    }
}
