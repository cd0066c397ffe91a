import Foundation

/// A story as it stands in a file of Week: paragraphs, and steps with what they show. `WeekTests` tells the form.
struct Transcript {
    /// What a story does.
    enum Step: Equatable {
        /// Runs infusionctl, perhaps with standard input, perhaps with its standard output into a file.
        case command(arguments: [String], input: String, outputFile: String?)
        /// What the journal has been told since the last such step.
        case journal
        /// The daemon ends in good order and starts again.
        case restart
        /// The daemon is cut off as if the power had failed, and starts again.
        case powerCut
        /// A file of the daemon's folder is saved as a spreadsheet of Windows saves it.
        case windowsFile(String, text: String)
        /// The daemon's configuration file becomes another one, beside the story.
        case configuration(String)
    }

    private enum Part {
        case paragraph([String])
        case step(line: String)
    }

    /// The configuration file, beside the story.
    private(set) var configuration = ""
    /// The instant from which the clock is simulated.
    private(set) var simulatedFrom = ""
    private var parts: [Part] = []

    /// What is wrong with a story.
    struct Misread: Error, Equatable {
        let line: String
    }

    /// Reads a story; what its steps showed when it was written is left out.
    ///
    /// - Throws: a line that cannot be understood, or that the header is not whole.
    init(_ text: String) throws(Misread) {
        var paragraph: [String] = []
        func ended(_ parts: inout [Part]) {
            if !paragraph.isEmpty { parts.append(.paragraph(paragraph)) }
            paragraph = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let bare = line.hasPrefix(Self.indent) ? String(line.dropFirst(Self.indent.count)) : line
            if bare.hasPrefix("$ ") || bare.hasPrefix("! ") {
                ended(&parts)
                _ = try Self.step(bare)
                parts.append(.step(line: bare))
            } else if line.isEmpty {
                ended(&parts)
            } else if !line.hasPrefix(Self.indent) {
                paragraph.append(line)
                if let value = Self.value("clinic", line) { configuration = value }
                if let value = Self.value("simulate-from", line) { simulatedFrom = value }
            }
        }
        ended(&parts)
        if configuration.isEmpty { throw Misread(line: "clinic: FILE is missing in the header") }
        if simulatedFrom.isEmpty { throw Misread(line: "simulate-from: INSTANT is missing in the header") }
    }

    private static let indent = "    "

    private static func value(_ name: String, _ line: String) -> String? {
        line.hasPrefix(name + ": ") ? String(line.dropFirst(name.count + 2)) : nil
    }

    /// The whole story, each step with what it shows now.
    func told(_ show: (Step) throws -> String) throws -> String {
        var text = ""
        var isAfterSilence = false
        for part in parts {
            switch part {
            case .paragraph(let lines):
                text += (text.isEmpty ? "" : "\n") + lines.joined(separator: "\n") + "\n"
                isAfterSilence = false
            case .step(let line):
                var lines = try show(Self.step(line)).split(separator: "\n", omittingEmptySubsequences: false)
                while lines.last?.isEmpty == true { lines.removeLast() }
                text += (isAfterSilence ? "" : "\n") + Self.indent + line + "\n"
                text += lines.map { $0.isEmpty ? "\n" : Self.indent + $0 + "\n" }.joined()
                isAfterSilence = lines.isEmpty
            }
        }
        return text
    }

    private static func step(_ line: String) throws(Misread) -> Step {
        switch line {
        case "! journal": return .journal
        case "! restart": return .restart
        case "! power cut": return .powerCut
        default: break
        }
        if line.hasPrefix("! windows-1252 ") {
            var name = String(line.dropFirst("! windows-1252 ".count))
            guard let text = split(&name, at: " < ") else { throw Misread(line: line) }
            return .windowsFile(name, text: text.replacingOccurrences(of: "\\n", with: "\n"))
        }
        if line.hasPrefix("! configuration ") {
            return .configuration(String(line.dropFirst("! configuration ".count)))
        }
        guard line.hasPrefix("$ infusionctl ") else { throw Misread(line: line) }
        var command = String(line.dropFirst("$ infusionctl ".count))
        let input = split(&command, at: " < ")?.replacingOccurrences(of: "\\n", with: "\n") ?? ""
        let file = split(&command, at: " > ")
        return .command(arguments: words(command), input: input, outputFile: file)
    }

    /// Cuts off what stands behind a separator outside of quotes.
    private static func split(_ command: inout String, at separator: String) -> String? {
        var from = command.startIndex
        while let range = command.range(of: separator, range: from..<command.endIndex) {
            if command[..<range.lowerBound].count(where: { $0 == "\"" }).isMultiple(of: 2) {
                defer { command = String(command[..<range.lowerBound]) }
                return String(command[range.upperBound...])
            }
            from = range.upperBound
        }
        return nil
    }

    /// Words of a line, those in double quotes together.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
                word = word ?? ""
            } else if character == " ", !isQuoted {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
