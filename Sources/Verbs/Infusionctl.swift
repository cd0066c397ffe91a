import ArgumentParser
import StrictJSON

/// The command line tool of those who schedule.
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
                name: "Reports and exchange",
                subcommands: [ReportVerbs.self, ForecastVerb.self, ExportVerb.self, ImportVerb.self]),
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
