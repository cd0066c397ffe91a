import ArgumentParser
import StrictJSON

/// The tool as a function of its command line.
package enum CommandLineTool {
    /// Runs a command as the process's own.
    ///
    /// - Parameter arguments: the words behind the program's name.
    /// - Returns: the exit code.
    package static func run(_ arguments: [String]) -> Int32 { status(of: arguments) }

    /// Runs a command on a console of its own, with a clock of its own to ask.
    ///
    /// - Parameter arguments: the words behind the program's name.
    /// - Returns: the exit code.
    package static func run(_ arguments: [String], on console: Console) -> Int32 {
        Console.$current.withValue(console) {
            ClinicClock.$current.withValue(ClinicClock()) {
                Names.$current.withValue(Names()) { status(of: arguments) }
            }
        }
    }

    /// Every verb, groups before what they hold, as the words that are typed; the first is the tool itself.
    package static var verbs: [[String]] { verbs(below: Infusionctl.self, path: []) }

    private static func verbs(below command: any ParsableCommand.Type, path: [String]) -> [[String]] {
        [path]
            + command.configuration.subcommands.flatMap { verbs(below: $0, path: path + [$0._commandName]) }
    }

    private static func status(of arguments: [String]) -> Int32 {
        var usage: String?
        do {
            let invocation = try Invocation(arguments, root: Infusionctl.self)
            if invocation.asksHelp {
                try Output.write(lines: invocation.help(columns: Style.standardOutput.columns))
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
        Output.complain(failure.lines(Style.of(.errors)))
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
