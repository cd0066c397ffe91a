import ArgumentParser
import ClinicTime
import Configuration
import Planning
import StrictJSON

/// `infusionctl solve PROBLEM`
struct SolveVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Plan the courses of a problem file and print the answer file. Needs no daemon.",
        discussion: """
            A course without a plan is an answer, not an error: the answer says what closes its days and what would \
            help. Exit code 1 only where the problem cannot be read or the mode is not supported.
            """)
    static let examples = [
        (line: "infusionctl solve problem.json > answer.json", does: "Plan."),
        (line: "infusionctl solve problem.json | infusionctl check problem.json -", does: "Plan, and verify at once."),
    ]

    @Argument(help: #"The problem file; "-" is standard input."#)
    var problem: String

    @Flag(name: .long, help: .hidden)
    var json = false

    func run() throws {
        let file = try ProblemFile.read(problem)
        try Output.write(writeAnswer(try SolveVerb.answer(to: file), zone: file.zone))
    }

    /// The answer to a problem. Calendars grow until the search stays within them.
    static func answer(to file: ProblemFile) throws -> Answer {
        var through = file.lastDayExpected
        while true {
            let calendars = file.zone.calendars(from: file.firstDay, through: through)
            switch solve(file.problem, calendars: calendars) {
            case .answer(let answer): return answer
            case .needsDays(let day): through = max(day, through + 7)
            case .unsupported(let mode):
                throw Failure.failed(
                    "mode \(mode.rawValue) is not supported yet",
                    hint: "modes \"each\" and \"sequence\" plan one course after the other")
            }
        }
    }
}

/// `infusionctl check PROBLEM ANSWER`
struct CheckVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verify every rule and recompute every cost of an answer file. Needs no daemon.",
        discussion: """
            The rules are written a second time here and share nothing with the search. Exit code 1 where the answer \
            breaks a rule, claims another cost, or contradicts itself.
            """)
    static let examples = [
        (line: "infusionctl check problem.json answer.json", does: "Is this answer allowed, and are its costs right?")
    ]

    @Argument(help: #"The problem file; "-" is standard input."#)
    var problem: String

    @Argument(help: #"The answer file; "-" is standard input."#)
    var answer: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        guard problem != "-" || answer != "-" else {
            throw Failure.usage("problem and answer cannot both be standard input")
        }
        let file = try ProblemFile.read(problem)
        let read: AnswerFile
        do {
            read = try readAnswer(Files.read(answer), file: Files.name(answer), to: file.problem, zone: file.zone)
        } catch let error as ConfigurationError {
            throw Failure(error)
        }
        let findings = Findings(of: read, to: file)
        try output.show(findings.payload)
        guard findings.isSound else {
            throw Failure.failed("\(Files.name(answer)): \(counted(findings.count, "breach", "breaches"))")
        }
    }
}

extension ProblemFile {
    /// Reads a problem file.
    ///
    /// - Throws: all that is wrong with it, as a `Failure`.
    static func read(_ path: String) throws -> ProblemFile {
        do {
            return try readProblem(Files.read(path), file: Files.name(path))
        } catch let error as ConfigurationError {
            throw Failure(error)
        }
    }

    /// The first day that planning looks at.
    var firstDay: Day { problem.courses.reduce(problem.today) { min($0, $1.earliest) } }

    /// The last day that planning probably looks at.
    var lastDayExpected: Day {
        let latest = problem.courses.reduce(problem.today) { max($0, $1.earliest) }
        return latest + problem.facility.planning.horizonDays + 60
    }
}

extension Files {
    /// A file's name in messages.
    static func name(_ path: String) -> String { path == "-" ? "standard input" : path }
}

extension Failure {
    /// All that is wrong with a file.
    init(_ error: ConfigurationError) {
        var remarks: [Remark] = []
        for problem in error.problems {
            let place = problem.position.map { ":\($0.line):\($0.column)" } ?? ""
            let path = problem.path.isEmpty ? "" : " \(problem.path):"
            remarks.append(.error("\(error.file)\(place):\(path) \(problem.message)"))
            if let hint = problem.hint { remarks.append(.hint(hint)) }
        }
        self.init(.failed, remarks: remarks, json: error.json)
    }
}
