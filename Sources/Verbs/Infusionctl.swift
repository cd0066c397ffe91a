import ArgumentParser
internal import Glibc
import StrictJSON

/// The schedulers' tool.
struct Infusionctl: Verb {
    static let configuration = CommandConfiguration(
        commandName: "infusionctl",
        abstract: "Plans and books courses of infusion visits: the schedulers' tool of infusiond.",
        discussion: """
            Exit codes: 0 done, 1 failed, 2 refused, 64 usage, 69 daemon not reachable, 75 try again, 77 not permitted.
            """,
        version: "infusionctl 0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Day",
                subcommands: [
                    TodayVerb.self, CallsVerb.self, DayVerb.self, WeekVerb.self, BoardVerb.self, FreeVerb.self,
                    WatchVerb.self,
                ]),
            CommandGroup(
                name: "Staff, chairs and hours",
                subcommands: [
                    StaffVerbs.self, ChairVerbs.self, ClosureVerbs.self, OpeningVerbs.self, RepairVerb.self,
                    OptimizeVerb.self,
                ]),
            CommandGroup(
                name: "Patient and course",
                subcommands: [
                    PatientVerbs.self, RegimenVerbs.self, CourseVerbs.self, VisitVerbs.self, VisitTypeVerbs.self,
                    AssessVerb.self, AuthorisationVerbs.self, PrerequisiteVerbs.self, TaskVerbs.self, UndoVerb.self,
                    WaitlistVerbs.self,
                ]),
            CommandGroup(name: "Record", subcommands: [AuditVerb.self, AsOfVerb.self]),
            CommandGroup(
                name: "Reports and exchange", subcommands: [ReportVerbs.self, ExportVerb.self, ImportVerb.self]),
            CommandGroup(
                name: "Daemon",
                subcommands: [
                    StatusVerb.self, VerifyVerb.self, BackupVerb.self, ReloadVerb.self, ClockVerbs.self, CallVerb.self,
                ]),
            CommandGroup(
                name: "Offline",
                subcommands: [
                    SolveVerb.self, CheckVerb.self, GenerateVerb.self, ConfigVerbs.self, DemoVerb.self,
                ]),
        ])

    static let examples = [
        ("infusionctl demo", "See a clinic plan and book its courses, without installing anything."),
        ("infusionctl day tomorrow", "The board of tomorrow: chairs, stages, loads."),
        ("infusionctl course propose p17 mdd-iv-3x2 --earliest mon", "Plan a course without booking it."),
    ].map { (line: $0.0, does: $0.1) }
}

/// The program.
@main
enum Program {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        exit(status(of: Array(CommandLine.arguments.dropFirst())))
    }

    private static func status(of arguments: [String]) -> Int32 {
        var usage: String?
        do {
            let invocation = try Invocation(arguments, root: Infusionctl.self)
            if invocation.asksHelp {
                try Output.write(lines: invocation.help(columns: Style.of(descriptor: STDOUT_FILENO).columns))
                return 0
            }
            usage = Infusionctl.usageString(for: invocation.path[invocation.path.count - 1])
            var command = try Infusionctl.parseAsRoot(invocation.arguments)
            try command.run()
            return 0
        } catch let failure as Failure {
            return report(failure, asJSON: arguments.contains("--json"))
        } catch {
            guard Infusionctl.exitCode(for: error) != .success else {
                try? Output.write(lines: [Infusionctl.fullMessage(for: error)])
                return 0
            }
            return report(misunderstood(Infusionctl.message(for: error), usage: usage), asJSON: false)
        }
    }

    private static func report(_ failure: Failure, asJSON: Bool) -> Int32 {
        if asJSON, let json = failure.json {
            try? Output.write(json.bytes(pretty: true) + [UInt8(ascii: "\n")])
        }
        Output.complain(failure.lines(Style.of(descriptor: STDERR_FILENO)))
        return failure.status.rawValue
    }

    /// What the argument parser found wrong, in the house's form.
    private static func misunderstood(_ message: String, usage: String?) -> Failure {
        var text = message
        var hint = usage?.split(separator: "\n").first.map { "usage: \($0.trimmingPrefix("Usage: "))" }
        if let question = text.firstRange(of: "Did you mean") {
            hint = "did you mean" + text[question.upperBound...]
            text = String(text[..<question.lowerBound]).trimmed
        }
        if text.hasSuffix(".") { text.removeLast() }
        return .usage(text.prefix(1).lowercased() + text.dropFirst(), hint: hint)
    }
}
