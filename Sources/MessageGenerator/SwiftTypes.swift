/// The table beside a description that says how it is written in Swift.
///
/// A line each: a word that says what is told, a name, `=`, and what it is in Swift. A line that begins with `#` is a
/// comment; above a reply it is the reply's documentation.
struct SwiftTypes {
    /// How a text is written in Swift.
    enum TextType: Hashable {
        /// As a type that reads and writes itself.
        case value(String)
        /// As a String, which when read must be a case of an enumeration.
        case choice(String)
    }

    /// A reply that several methods share.
    struct SharedReply: Hashable {
        /// The name of its type.
        var name: String
        /// Methods that answer what this one answers share it.
        var sample: String
        var documentation: String
        /// Where the table says so.
        var line: Int
    }

    /// An enumeration of the codes that a text may be.
    struct Choice: Hashable {
        /// The name of its type.
        var name: String
        /// The codes in order, as they are sent.
        var codes: [String]
        var documentation: String
        /// Where the table says so first.
        var line: Int
    }

    private struct Entry {
        var type: TextType
        var line: Int
        var isMet = false
    }

    /// Where the table lies.
    let path: String
    /// The Swift type that stands for the interface.
    private(set) var interface = ""
    /// The shared replies in order.
    private(set) var replies: [SharedReply] = []
    /// The enumerations in order.
    private(set) var choices: [Choice] = []
    /// The type of the roles that methods ask for; nil where they ask for none.
    private(set) var role: String?
    /// Types that are written by hand, by their name in the description.
    private var types: [String: (swift: String, line: Int)] = [:]
    /// By what an entry says it holds for: `start`, `Audit.from`, and for parameters alone `(from`.
    private var fields: [String: Entry] = [:]

    /// Reads a table.
    ///
    /// - Throws: all that is wrong with it.
    init(_ source: SourceText) throws(SourceProblems) {
        path = source.path
        var problems: [SourceProblem] = []
        var comment: [Substring] = []
        let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("#") {
                comment.append(line.dropFirst().trimmingPrefix(" "))
                continue
            }
            if !line.allSatisfy(\.isWhitespace), let message = take(line, index + 1, comment) {
                problems.append(SourceProblem(path: path, line: index + 1, message: message))
            }
            comment = []
        }
        if interface.isEmpty {
            let message = "no line says what stands for the interface, such as \"interface = ClinicInterface\""
            problems.append(SourceProblem(path: path, line: 1, message: message))
        }
        guard problems.isEmpty else { throw SourceProblems(all: problems) }
    }

    /// Takes a line of the table; answers what is wrong with it.
    private mutating func take(_ line: Substring, _ number: Int, _ comment: [Substring]) -> String? {
        let sides = line.split(separator: "=", maxSplits: 1).map { $0.split(separator: " ").map(String.init) }
        guard sides.count == 2, let kind = sides[0].first else { return Self.form }
        switch (kind, sides[0].count, sides[1].count) {
        case ("interface", 1, 1):
            guard interface.isEmpty else { return "the interface has a name already" }
            interface = sides[1][0]
        case ("roles", 1, 1):
            guard role == nil else { return "the roles have a type already" }
            role = sides[1][0]
        case ("choice", 2, 1...):
            return takeChoice(sides[0][1], sides[1], number, comment)
        case ("type", 2, 1):
            guard types.updateValue((sides[1][0], number), forKey: sides[0][1]) == nil else {
                return "type \(sides[0][1]) stands twice"
            }
        case ("reply", 2, 1):
            replies.append(
                SharedReply(
                    name: sides[0][1], sample: sides[1][0], documentation: comment.joined(separator: "\n"),
                    line: number))
        case ("field", 2, _), ("parameter", 2, _):
            guard let type = Self.textType(sides[1]) else { return Self.form }
            let name = (kind == "parameter" ? "(" : "") + sides[0][1]
            guard fields.updateValue(Entry(type: type, line: number), forKey: name) == nil else {
                return "\(kind) \(sides[0][1]) stands twice"
            }
        default:
            return Self.form
        }
        return nil
    }

    /// Takes the codes of an enumeration, or more of them.
    private mutating func takeChoice(
        _ name: String, _ codes: [String], _ number: Int, _ comment: [Substring]
    ) -> String? {
        if !choices.contains(where: { $0.name == name }) {
            choices.append(
                Choice(name: name, codes: [], documentation: comment.joined(separator: "\n"), line: number))
        }
        for index in choices.indices where choices[index].name == name {
            for code in codes {
                if code == "unknown" { return "no code may be unknown: that is what newer ones are" }
                if choices[index].codes.contains(code) { return "code \(code) stands twice" }
                choices[index].codes.append(code)
            }
        }
        return nil
    }

    /// The forms of a line.
    static let form = """
        expected "interface = TYPE", "roles = TYPE", "type NAME = TYPE", "choice TYPE = CODE…", \
        "reply TYPE = METHOD", "field NAME = TYPE" or "parameter NAME = TYPE", the last two with "choice" before TYPE \
        or not
        """

    private static func textType(_ words: [String]) -> TextType? {
        if words.count == 1 { return .value(words[0]) }
        return words.count == 2 && words[0] == "choice" ? .choice(words[1]) : nil
    }

    /// The Swift name of a type of the description.
    func name(ofType name: String) -> String { types[name]?.swift ?? name + "Message" }

    /// Whether a type of the description is written by hand.
    func isByHand(_ name: String) -> Bool { types[name] != nil }

    /// How the text of a field is written: the entry for the field of its owner counts first, then that for parameters
    /// of its name, then that for fields of its name.
    mutating func text(of field: String, in owner: Owner) -> TextType {
        let keys = ["\(owner.name).\(field)"] + (owner.isCall ? ["(\(field)"] : []) + [field]
        for key in keys {
            guard let type = fields[key]?.type else { continue }
            fields[key]?.isMet = true
            return type
        }
        return .value("String")
    }

    /// Entries that meet nothing, among those for fields, and types that the description does not have.
    func unmet(types known: [String]) -> [SourceProblem] {
        let lost = types.filter { !known.contains($0.key) }
            .map { ($0.value.line, "the description has no type \($0.key)") }
        let idle = fields.filter { !$0.value.isMet }.map { name, entry in
            let isParameter = name.hasPrefix("(")
            let place = "\(isParameter ? "parameter" : "field") \(isParameter ? String(name.dropFirst()) : name)"
            return (entry.line, "no text of the description is met by \(place)")
        }
        return (lost + idle).sorted { $0.0 < $1.0 }.map { SourceProblem(path: path, line: $0.0, message: $0.1) }
    }
}

/// What has fields: a type, a call, a reply, an error.
struct Owner: Hashable {
    /// Its name, as the table says it: `Visit`, `BookCourse`, `BookCourse.Reply`, `ChangeReply`, `Refused`.
    var name: String
    /// Whether its fields are the parameters of a method.
    var isCall = false
}
