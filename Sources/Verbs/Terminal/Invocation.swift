import ArgumentParser
import StrictJSON

/// A verb of the tool. Its help ends with examples.
protocol Verb: ParsableCommand {
    /// Command lines with what they do, one each.
    static var examples: [(line: String, does: String)] { get }
}

/// The command line, divided into the verb and what is said to it.
struct Invocation {
    /// The verbs' types from the root on.
    private(set) var path: [any ParsableCommand.Type]
    /// The arguments in the order in which they are parsed: verbs, options that stood before them, the rest.
    private(set) var arguments: [String]
    /// Whether help is asked for.
    private(set) var asksHelp = false

    /// Finds the verb.
    ///
    /// - Throws: that there is no such verb, with the one that was probably meant.
    init(_ given: [String], root: any ParsableCommand.Type) throws {
        path = [root]
        var verbs: [String] = []
        var options: [String] = []
        var rest = given[...]
        while let word = rest.first {
            let children = path[path.count - 1].configuration.subcommands
            if children.isEmpty { break }
            // A group that does something by itself takes what is no verb of it.
            if path[path.count - 1].configuration.defaultSubcommand != nil,
                !children.contains(where: { $0._commandName == word })
            {
                break
            }
            if word.hasPrefix("-") {
                rest.removeFirst()
                options.append(word)
                if Invocation.optionsWithValue.contains(word), let value = rest.popFirst() { options.append(value) }
            } else if word == "help", path.count == 1 {
                rest.removeFirst()
                asksHelp = true
            } else if let child = children.first(where: { $0._commandName == word }) {
                rest.removeFirst()
                verbs.append(word)
                path.append(child)
            } else {
                throw Invocation.unknown(word, after: verbs, among: children.map { $0._commandName })
            }
        }
        let own = rest.prefix { $0 != "--" }
        asksHelp = asksHelp || (options + own).contains { $0 == "--help" || $0 == "-h" }
        arguments = verbs + options + Invocation.attached(Array(rest))
        // A group without a verb says what there is.
        let last = path[path.count - 1].configuration
        asksHelp = asksHelp || (options.isEmpty && !last.subcommands.isEmpty && last.defaultSubcommand == nil)
    }

    /// What may stand before the verb and takes a value.
    private static let optionsWithValue = ["--socket", "--timeout", "--generate-completion-script"]

    /// What takes a day or a moment, and so perhaps one that has passed.
    private static let optionsWithTime = ["--from", "--through", "--until", "--at"]

    /// The words with a stretch back in time, as in `--from -4w`, attached to its option: it is no option itself.
    private static func attached(_ words: [String]) -> [String] {
        words.reduce(into: []) { result, word in
            let isBack = word.hasPrefix("-") && word.dropFirst().first?.isNumber ?? false
            if isBack, let option = result.last, Invocation.optionsWithTime.contains(option) {
                result[result.count - 1] = option + "=" + word
            } else {
                result.append(word)
            }
        }
    }

    private static func unknown(_ word: String, after verbs: [String], among names: [String]) -> Failure {
        let line = (["infusionctl"] + verbs).joined(separator: " ")
        let meant = closest(to: word, among: names)
        return .usage(
            "unknown verb \(JSONOutput.quoted(word))",
            hint: meant.map { "did you mean \(line) \($0)?" } ?? "\(line) --help lists what there is")
    }

    /// The help of the verb, which ends with examples.
    func help(columns: Int) -> [String] {
        let verb = path[path.count - 1]
        var lines = path[0].helpMessage(for: verb, columns: min(columns, 100)).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard let examples = (verb as? any Verb.Type)?.examples, !examples.isEmpty else { return lines }
        lines += ["", "EXAMPLES:"]
        for (line, does) in examples { lines += ["  \(line)", "      \(does)"] }
        return lines
    }
}
