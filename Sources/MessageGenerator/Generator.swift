internal import VarlinkDescription

/// A file of Swift.
struct SwiftFile: Hashable {
    /// Its name with its ending.
    var name: String
    var text: String
}

/// Makes the messages of an interface from its description and the table beside it.
struct Generator {
    private let source: InterfaceSource
    private var table: SwiftTypes
    private var problems: [SourceProblem] = []
    /// What the file of each part declares, and the fields in it.
    private var files: [(lines: Lines, fields: [SwiftField])]
    /// The comments of the fields that are of an enumeration, by its name.
    private var choiceComments: [String: [String]] = [:]

    private init(_ source: InterfaceSource, _ table: SwiftTypes) {
        self.source = source
        self.table = table
        files = Array(repeating: (Lines(), []), count: source.parts.count)
    }

    /// The files: one for the interface, then one for each part of its description. Their names begin with that of the
    /// parts' folder, so that those of several interfaces can lie together.
    ///
    /// - Throws: all that is wrong, with its place.
    static func files(of parts: [SourceText], table: SourceText) throws(SourceProblems) -> [SwiftFile] {
        let source = try InterfaceSource(parts)
        var generator = Generator(source, try SwiftTypes(table))
        let files = generator.generate()
        guard generator.problems.isEmpty else { throw SourceProblems(all: generator.problems) }
        return files
    }

    private mutating func generate() -> [SwiftFile] {
        let description = source.description
        checkReplies()
        for type in description.types where !table.isByHand(type.name) { write(type) }
        for method in description.methods { write(method) }
        let interface = interfaceFile()
        for choice in table.choices { check(choice) }
        problems += table.unmet(types: description.types.map(\.name))
        return [interface]
            + zip(source.parts, files).map { part, file in
                SwiftFile(
                    name: "\(part.folder)-\(part.name).swift",
                    text: Self.fileText("\(part.folder)/\(part.name).varlink", file.lines, file.fields))
            }
    }

    private mutating func write(_ type: TypeDefinition) {
        guard case .structure(let fields) = type.type else {
            problems.append(source.problem(type.line, "type \(type.name) is no structure: write a string"))
            return
        }
        let swift = self.fields(fields, of: Owner(name: type.name))
        let lines = MessageWriter.structure(
            table.name(ofType: type.name), "WireValue", documentation: type.documentation, swift)
        put(lines, swift, atLine: type.line)
    }

    private mutating func write(_ method: MethodDescription) {
        var leading = Lines()
        leading.document("The full name of the method.")
        leading.add("package static let method = \(table.interface).member(\"\(method.name)\")")
        var trailing = Lines()
        var all = fields(method.input, of: Owner(name: method.name, isCall: true))
        let own = all
        if let reply = sharedReply(of: method) {
            leading.document("What it answers.")
            leading.add("package typealias Reply = \(reply.name)")
            if reply.sample == method.name {
                let fields = self.fields(method.output, of: Owner(name: reply.name))
                let lines = MessageWriter.structure(
                    reply.name, "WireValue", documentation: reply.documentation, fields)
                put(lines, fields, atLine: method.line)
            }
        } else {
            let fields = self.fields(method.output, of: Owner(name: method.name + ".Reply"))
            trailing = MessageWriter.structure(
                "Reply", "WireValue", documentation: "What \(method.name) answers.", fields)
            all += fields
        }
        var lines = Lines()
        lines.add("extension \(table.interface) {")
        lines.add(
            MessageWriter.structure(
                method.name, "WireCall", documentation: method.documentation, own, leading: leading,
                trailing: trailing), 1)
        lines.add("}")
        put(lines, all, atLine: method.line)
    }

    /// The shared reply that a method answers: that of a sample which answers the same fields. A name such as
    /// `ShowVisit.Reply` is the sample's own reply.
    private func sharedReply(of method: MethodDescription) -> SwiftTypes.SharedReply? {
        for reply in table.replies where method.name + ".Reply" != reply.name {
            guard let sample = source.description.method(named: reply.sample) else { continue }
            if Self.isPart(method.output, of: sample.output), method.output.count == sample.output.count {
                return table.replies.first { $0.name == reply.name }
            }
        }
        return nil
    }

    /// The samples must be there; and where a reply has several, the first one answers all fields, and the others only
    /// leave out what may be absent.
    private mutating func checkReplies() {
        func problem(_ reply: SwiftTypes.SharedReply, _ message: String) {
            problems.append(SourceProblem(path: table.path, line: reply.line, message: message))
        }
        for reply in table.replies {
            guard let sample = source.description.method(named: reply.sample) else {
                problem(reply, "the description has no method \(reply.sample)")
                continue
            }
            let first = table.replies.first { $0.name == reply.name }?.sample ?? reply.sample
            let all = source.description.method(named: first)?.output ?? []
            if !Self.isPart(sample.output, of: all) {
                problem(reply, "\(reply.sample) does not answer what \(first) does, some that may be absent left out")
            }
        }
    }

    /// Whether fields are those of a whole, or those without some that may be absent.
    private static func isPart(_ fields: [FieldDescription], of whole: [FieldDescription]) -> Bool {
        fields.allSatisfy { field in whole.contains { $0.name == field.name && $0.type == field.type } }
            && whole.allSatisfy { field in field.isNullable || fields.contains { $0.name == field.name } }
    }

    private mutating func put(_ lines: Lines, _ fields: [SwiftField], atLine line: Int) {
        let part = source.part(ofLine: line)
        files[part].lines.space()
        files[part].lines.add(lines)
        files[part].fields += fields
    }

    private static func fileText(
        _ origin: String, _ body: Lines, _ fields: [SwiftField], modules others: Set<String> = []
    ) -> String {
        var lines = Lines()
        lines.add("// Made by MessageGenerator from \(origin).")
        lines.space()
        if body.isEmpty { return lines.text }
        let modules = fields.modules
        for module in modules.types.union(modules.choices).union(others).union(["StrictJSON"]).sorted() {
            let isInside = modules.choices.contains(module) && !modules.types.union(others).contains(module)
            lines.add("\(isInside ? "internal" : "package") import \(module)")
        }
        lines.space()
        lines.add(body)
        return lines.text
    }

    /// The type that stands for the interface, with its errors.
    private mutating func interfaceFile() -> SwiftFile {
        let description = source.description
        var lines = Lines()
        lines.document(description.documentation)
        lines.add("package enum \(table.interface) {")
        lines.document("The interface's name.", 1)
        lines.add("package static let name = \"\(description.name)\"", 1)
        lines.space()
        lines.document("The full name of one of its methods or errors.", 1)
        lines.add("package static func member(_ member: String) -> String { name + \".\" + member }", 1)
        let failures = description.errors.map { error in
            MessageWriter.Failure(
                name: error.name, documentation: error.documentation,
                fields: fields(error.fields, of: Owner(name: error.name)))
        }
        if !failures.isEmpty {
            lines.space()
            lines.add(MessageWriter.failures(of: table.interface, failures), 1)
        }
        lines.add("}")
        lines.space()
        lines.add("extension \(table.interface) {")
        lines.document("The whole description, as callers get it.", 1)
        lines.add("package static let description = \(Self.literal(description.text))", 1)
        lines.add("}")
        if let role = table.role {
            lines.space()
            lines.add(roles(role))
        }
        for choice in table.choices {
            lines.space()
            lines.add(MessageWriter.choice(choice))
        }
        let folder = source.parts.first?.folder ?? description.name
        let modules = table.role.flatMap { SwiftField.module($0) }
        return SwiftFile(
            name: folder + ".swift",
            text: Self.fileText(folder, lines, failures.flatMap(\.fields), modules: modules.map { [$0] } ?? []))
    }

    /// The roles that the methods ask for, as their comments say them.
    private mutating func roles(_ type: String) -> Lines {
        var lines = Lines()
        lines.add("extension \(table.interface) {")
        lines.document("The role that each method asks for, by its bare name.", 1)
        lines.add("package static let roles: [String: \(type)] = [", 1)
        for method in source.description.methods {
            if let role = method.role {
                lines.add("\"\(method.name)\": .\(role),", 2)
            } else {
                problems.append(
                    source.problem(method.line, "no line \"Role: …\" says who may call method \(method.name)"))
            }
        }
        lines.add("]", 1)
        lines.add("}")
        return lines
    }

    /// The description must know an enumeration: some field is of it, and a comment of one names every code. A comment
    /// that goes on with "…" need not name all.
    private mutating func check(_ choice: SwiftTypes.Choice) {
        func problem(_ message: String) {
            problems.append(SourceProblem(path: table.path, line: choice.line, message: message))
        }
        guard let comments = choiceComments[choice.name] else {
            return problem("no text of the description is met by choice \(choice.name)")
        }
        let unnamed = comments.map { comment in
            let words = Set(
                comment.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).lowercased() + $0.dropFirst() })
            let missing = choice.codes.filter { !words.contains($0) }
            return comment.contains("…") && missing.count < choice.codes.count ? [] : missing
        }
        guard let least = unnamed.min(by: { $0.count < $1.count }), !least.isEmpty else { return }
        problem("no comment of a field names all codes of \(choice.name): \(least.joined(separator: ", "))")
    }

    /// A text as a literal that has no escapes and begins at the margin.
    private static func literal(_ text: String) -> String {
        var hashes = "#"
        while text.contains("\"\"\"" + hashes) || text.contains("\\" + hashes) { hashes += "#" }
        return "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)"
    }
}

extension Generator {
    private mutating func fields(_ fields: [FieldDescription], of owner: Owner) -> [SwiftField] {
        fields.map { field($0, of: owner) }
    }

    private mutating func field(_ field: FieldDescription, of owner: Owner) -> SwiftField {
        if Self.wordsOfSwift.contains(field.name) {
            problems.append(source.problem(field.line, "\(field.name) is a word of Swift: choose another name"))
        }
        var type = field.type
        if case .nullable(let inner) = type { type = inner }
        var choice: String?
        var value: String?
        let name = swiftName(type) { table in
            switch table.text(of: field.name, in: owner) {
            case .value(let name):
                value = name
                return name
            case .choice(let name):
                choice = name
                return "String"
            }
        }
        if let value { choiceComments[value, default: []].append(field.documentation) }
        if let name, choice == nil || name == "String" {
            return SwiftField(
                name: field.name, type: name, isOptional: field.isNullable, choice: choice,
                documentation: field.documentation)
        }
        let message =
            choice == nil
            ? "field \(field.name) has a type that messages do not know: only bool, int, string, types by name, and "
                + "lists and maps of these"
            : "field \(field.name) is not one text: a choice must be"
        problems.append(source.problem(field.line, message))
        return SwiftField(
            name: field.name, type: "String", isOptional: field.isNullable, documentation: field.documentation)
    }

    /// The Swift name of a type; nil where messages do not know it.
    private mutating func swiftName(_ type: VarlinkType, text: (inout SwiftTypes) -> String) -> String? {
        switch type {
        case .bool: "Bool"
        case .int: "Int"
        case .string: text(&table)
        case .named(let name): table.name(ofType: name)
        case .array(let element): swiftName(element, text: text).map { "[\($0)]" }
        case .map(let element): swiftName(element, text: text).map { "[String: \($0)]" }
        case .float, .object, .any, .structure, .enumeration, .nullable: nil
        }
    }

    /// Those that may not name a property without further ado.
    static let wordsOfSwift: Set<String> = [
        "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum", "extension",
        "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout",
        "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat", "rethrows", "return",
        "self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias",
        "var", "where", "while",
    ]
}
