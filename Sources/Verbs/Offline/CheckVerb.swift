import ArgumentParser
import Configuration

/// `infusionctl check PROBLEM ANSWER`, `infusionctl check EXPORT`
struct CheckVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verify every rule and cost of an answer file, or every booking of an export. Needs no daemon.",
        discussion: """
            The rules are written a second time here and share nothing with the search. Exit code 1 where the answer \
            breaks a rule, claims another cost, or contradicts itself.

            With an export alone, the bookings from its day on are verified: chairs and staff, opening hours, \
            patients, authorisations, each less what was overridden. What is over is only read.
            """)
    static let examples = [
        (line: "infusionctl check problem.json answer.json", does: "Is this answer allowed, and are its costs right?"),
        (line: "infusionctl export | infusionctl check -", does: "Does every booking of the clinic keep every rule?"),
    ]

    @Argument(help: #"The problem or export file; "-" is standard input."#)
    var file: String

    @Argument(help: #"The answer file to a problem; "-" is standard input."#)
    var answer: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        if let answer { try check(answer, to: file) } else { try checkExport() }
    }

    private func check(_ answer: String, to problem: String) throws {
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
        try show(CheckReport(of: read, to: file), of: answer)
    }

    private func checkExport() throws {
        let read: ExportFile
        do {
            read = try readExport(Files.read(file), file: Files.name(file))
        } catch let error as ConfigurationError {
            throw Failure(error)
        }
        try show(CheckReport(of: read), of: file)
    }

    private func show(_ findings: CheckReport, of file: String) throws {
        try output.show(findings.payload)
        guard findings.isSound else {
            throw Failure.failed("\(Files.name(file)): \(counted(findings.count, "breach", "breaches"))")
        }
    }
}
