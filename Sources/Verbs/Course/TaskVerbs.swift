import ArgumentParser
import Wire

/// The verbs `infusionctl task …`.
struct TaskVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "See what is to be done for courses, and say that it is done.",
        subcommands: [TaskListVerb.self, TaskDoneVerb.self])
    static let examples = [
        (line: "infusionctl task list", does: "What is to be done, by due day."),
        (line: "infusionctl task done c42 v345/PHQ-9", does: "The score was taken."),
    ]
}

/// The verb `infusionctl task list`.
struct TaskListVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what is to be done for courses: forms, scores, reviews, visits to make up."
    )
    static let examples = [
        (line: "infusionctl task list", does: "Of all courses."),
        (line: "infusionctl task list --course c42", does: "Of one course."),
        (line: "infusionctl task list --through fri", does: "What is due by Friday, and what is overdue."),
    ]

    @Option(name: .long, help: "Only of this course.")
    var course: String?

    @Option(name: .long, help: ArgumentHelp("Only what is due by this day.", valueName: "day"))
    var through: String?

    @Option(name: .long, help: "How many at most.")
    var limit = 200

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let reply = try daemon.call(
            ClinicInterface.ListTasks(course: course, through: try DayParser(daemon).dayIfSaid(through), limit: limit))
        try output.show(
            Payload(reply.json) { style in
                taskTable(reply.tasks, hasCourses: true).lines(style)
                    + (reply.more ? [style.dim("there are more: --limit \(limit * 2)")] : [])
            })
    }
}

/// `infusionctl task done COURSE TASK`
struct TaskDoneVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Say that a task is done; a review may end its course.",
        discussion: """
            After a review the course goes on. With --end it is completed instead, as if its regimen had ended it \
            today: what is to come is called off, and is on the list of calls.
            """)
    static let examples = [
        (line: #"infusionctl task done c42 "v345/monitoring form""#, does: "As task list names it."),
        (line: #"infusionctl task done c42 "v345/review 2" --end"#, does: "The review ends the course."),
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Argument(help: "The task's id, as task list shows it.")
    var task: String

    @Flag(name: .long, help: "The review ends the course: it is completed, and what is to come is called off.")
    var end = false

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.FinishTask {
        ClinicInterface.FinishTask(
            course: course, task: task, ends: end ? true : nil, reason: try why.code(), note: try why.note(),
            told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// The verbs `infusionctl prerequisite …`.
struct PrerequisiteVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "prerequisite", abstract: "Say that what visits may not start without is in place.",
        subcommands: [PrerequisiteDoneVerb.self])
    static let examples = [(line: "infusionctl prerequisite done c42 consent", does: "Signed today.")]
}

/// `infusionctl prerequisite done COURSE NAME`
struct PrerequisiteDoneVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Say that a prerequisite of a course, or of one of its visits, is in place.")
    static let examples = [
        (line: "infusionctl prerequisite done c42 consent", does: "Signed today."),
        (line: "infusionctl prerequisite done c42 \"drug screen\" --visit v345", does: "One asked for every visit."),
        (line: "infusionctl prerequisite done c42 consent --on fri", does: "Signed last Friday."),
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Argument(help: "The prerequisite, as the regimen calls it.")
    var name: String

    @Option(name: .long, help: "The visit, for what is asked for every visit.")
    var visit: String?

    @Option(name: .long, help: ArgumentHelp("The day from which it holds. (default: today)", valueName: "day"))
    var on: String?

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.RecordPrerequisite {
        ClinicInterface.RecordPrerequisite(
            course: course, name: name, visit: visit, day: try on.map(DayParser(daemon).pastDay),
            reason: try why.code(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}
