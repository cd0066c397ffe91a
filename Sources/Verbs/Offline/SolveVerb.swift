import ArgumentParser
import ClinicTime
import Configuration
import Dispatch
internal import Glibc
import Planning
import StrictJSON

/// The verb `infusionctl solve PROBLEM`.
struct SolveVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Plan the courses of a problem file and print the answer file. Needs no daemon.",
        discussion: """
            A course without a plan is an answer, not an error: the answer says what closes its days and what would \
            help. Exit code 1 only where the problem cannot be read.

            In mode batch the courses are placed together by a search that can be stopped at any time: the best \
            answer found is printed, and how far it may be from the best possible is said on standard error. The \
            same seed and steps give the same answer on every machine; --seconds ends the search by the clock.
            """)
    static let examples = [
        (line: "infusionctl solve problem.json > answer.json", does: "Plan."),
        (line: "infusionctl solve problem.json | infusionctl check problem.json -", does: "Plan, and verify at once."),
        (line: "infusionctl solve migration.json --seconds 60 > answer.json", does: "Place all courses together."),
        (
            line: "infusionctl solve problem.json --explain --visit 2 --day 2026-03-10",
            does: "Why is the second visit not on that day?"
        ),
    ]

    @Argument(help: #"The problem file; "-" is standard input."#)
    var problem: String

    @Flag(help: "Say in words why each visit is where it is, or why there is no plan; courses one by one.")
    var explain = false

    @Option(help: ArgumentHelp("With --explain and --day: which course. (default: the first)"))
    var course: String?

    @Option(help: ArgumentHelp("With --explain and --day: the number of a visit.", valueName: "number"))
    var visit: Int?

    @Option(help: ArgumentHelp("With --explain: why is the visit not on this day?", valueName: "day"))
    var day: String?

    @Option(help: ArgumentHelp("In mode batch: where the search's chances begin.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("In mode batch: insertions of a course to try at the most.", valueName: "count"))
    var steps: Int?

    @Option(help: ArgumentHelp("In mode batch: stop after so long.", valueName: "seconds"))
    var seconds: Int?

    @Flag(name: .long, help: .hidden)
    var json = false

    func validate() throws {
        for (name, value) in [("steps", steps), ("seconds", seconds)] {
            guard let value, value < 1 else { continue }
            throw ValidationError("--\(name) takes a whole number of at least 1, not \(value)")
        }
        if (visit == nil) != (day == nil) || !explain && (day != nil || course != nil) {
            throw ValidationError("--visit and --day belong together, and to --explain")
        }
    }

    func run() throws {
        let file = try ProblemFile.read(problem)
        if explain { return try Output.write(lines: try explanation(of: file)) }
        let answer =
            file.problem.mode == .batch
            ? placedTogether(file)
            : file.withDays { calendars throws(NeedsDays) in try solve(file.problem, calendars: calendars) }
        try Output.write(writeAnswer(answer, zone: file.zone))
    }

    private func explanation(of file: ProblemFile) throws -> [String] {
        let explanation = PlanReasons(of: file)
        guard let visit, let day else { return explanation.lines(.standardOutput) }
        guard let day = SpokenTime.day(day, today: file.problem.today) else {
            throw Failure.usage("\(JSONOutput.quoted(day)) is no day", hint: SpokenTime.examples)
        }
        return try explanation.lines(visit: visit, of: course, on: day, .standardOutput)
    }

    private func placedTogether(_ file: ProblemFile) -> Answer {
        let clock = ContinuousClock()
        let end = seconds.map { clock.now + .seconds($0) }
        // By the clock alone there is no need to stop earlier.
        let budget = steps ?? (seconds == nil ? batchStepBudget : Int.max)
        let isWatched = Console.current.isTerminal(.errors)
        let outcome = file.withDays { calendars throws(NeedsDays) in
            try planTogether(
                file.problem, calendars: calendars, seed: seed, stepBudget: budget,
                concurrently: { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) },
                shouldStop: { end.map { clock.now >= $0 } ?? false },
                report: { if isWatched { Output.mutter("\r\u{1B}[K\(SolveVerb.line($0))") } })
        }
        if isWatched { Output.mutter("\r\u{1B}[K") }
        Output.complain([SolveVerb.line(outcome.progress)])
        return outcome.answer
    }

    /// How far a batch has come, in a line.
    private static func line(_ progress: BatchProgress) -> String {
        let best = progress.isProvenBest ? "proven best" : "at most \(progress.gapPercent) % above the best possible"
        return "\(counted(progress.unplaced, "course", "courses")) unplaced (at least \(progress.unplacedBound)), "
            + "cost \(progress.cost) (bound \(progress.bound), \(best)), \(counted(progress.steps, "step", "steps"))"
    }
}

/// The verb `infusionctl generate`.
struct GenerateVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Print a made-up problem file of a family. Needs no daemon.",
        discussion: """
            The same family and seed give the same problem on every machine. Families: \
            \(InstanceFamily.allCases.map(\.rawValue).joined(separator: ", ")).
            """)
    static let examples = [
        (line: "infusionctl generate --family tight --seed 7 > tight-7.json", does: "Make a problem."),
        (line: "infusionctl generate --family small --seed 1 | infusionctl solve -", does: "Make one and solve it."),
    ]

    @Option(help: ArgumentHelp("The family.", valueName: "name"))
    var family: String

    @Option(help: ArgumentHelp("Which of the family.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("How many courses, instead of as many as the family has.", valueName: "count"))
    var courses: Int?

    @Flag(name: .long, help: .hidden)
    var json = false

    func run() throws {
        guard let known = InstanceFamily(rawValue: family) else {
            let names = InstanceFamily.allCases.map(\.rawValue)
            let near = closest(to: family, among: names).map { "did you mean \($0)?" }
            throw Failure.usage(
                "there is no family \"\(family)\"", hint: near ?? "known are \(names.joined(separator: ", "))")
        }
        guard courses.map({ (1...100_000).contains($0) }) ?? true else {
            throw Failure.usage("--courses takes a whole number from 1 to 100000, not \(courses ?? 0)")
        }
        let problem = generate(family: known, seed: seed, courses: courses)
        try Output.write(ClinicJSON.encode(problem, zone: .utc).bytes(pretty: true) + [UInt8(ascii: "\n")])
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

    /// Searches the calendars through a day, or through the last day expected; they grow until the search stays within
    /// them.
    func withDays<Found>(
        through last: Day? = nil, _ search: (DayCalendars) throws(NeedsDays) -> Found
    ) -> Found {
        var through = last ?? lastDayExpected
        while true {
            do throws(NeedsDays) {
                return try search(zone.calendars(from: firstDay, through: through))
            } catch {
                through = max(error.through, through + 7)
            }
        }
    }

    /// The first day that planning looks at.
    var firstDay: Day { problem.courses.reduce(problem.today) { min($0, $1.wish.earliest) } }

    /// The last day that planning probably looks at.
    var lastDayExpected: Day {
        let latest = problem.courses.reduce(problem.today) { max($0, $1.wish.earliest) }
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
