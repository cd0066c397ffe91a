/// Writes the structures of messages and the enumeration of errors.
enum MessageWriter {
    /// A structure that is read from an object and written as one.
    ///
    /// - Parameters:
    ///   - leading: what stands before its fields.
    ///   - trailing: what stands after all else.
    static func structure(
        _ name: String, _ conformance: String, documentation: String, _ fields: [SwiftField],
        leading: Lines = Lines(), trailing: Lines = Lines()
    ) -> Lines {
        var lines = Lines()
        lines.document(documentation)
        lines.add("package struct \(name): \(conformance) {")
        if !leading.isEmpty {
            lines.add(leading, 1)
            lines.space()
        }
        for field in fields {
            lines.document(field.documentation, 1)
            lines.add("package var \(field.name): \(field.declared)", 1)
        }
        if !fields.isEmpty { lines.space() }
        lines.add(initialiser(fields), 1)
        lines.space()
        lines.document("Reads the fields; nil after recording what is wrong.", 1)
        lines.add("package init?(fields: JSONFields) {", 1)
        lines.add(fields.reading(), 2)
        lines.add("self.init(", list: fields.arguments, ")", 2)
        lines.add("}", 1)
        lines.space()
        lines.document("The object as it is sent.", 1)
        lines.add("package var object: JSONObject {", 1)
        lines.add(object(fields), 2)
        lines.add("}", 1)
        if !trailing.isEmpty {
            lines.space()
            lines.add(trailing, 1)
        }
        lines.add("}")
        return lines
    }

    private static func initialiser(_ fields: [SwiftField]) -> Lines {
        var lines = Lines()
        lines.document("The values of its fields.")
        lines.add("package init(", list: fields.map(\.parameter), ") {")
        for field in fields { lines.add("self.\(field.name) = \(field.name)", 1) }
        lines.add("}")
        return lines
    }

    /// The expression of an object with these members.
    private static func object(_ fields: [SwiftField]) -> Lines {
        var lines = Lines()
        guard !fields.isEmpty else {
            lines.add("JSONObject()")
            return lines
        }
        lines.add(".present([")
        for field in fields { lines.add(field.member + ",", 1) }
        lines.add("])")
        return lines
    }

    /// An error of an interface.
    struct Failure {
        /// Its name in the description.
        var name: String
        var documentation: String
        var fields: [SwiftField]

        var caseName: String { name.prefix(1).lowercased() + name.dropFirst() }
    }

    /// The enumeration of an interface's errors.
    static func failures(of interface: String, _ failures: [Failure]) -> Lines {
        var lines = Lines()
        lines.document("The errors of the interface, with their parameters.")
        lines.add("package enum Failure: Error, Hashable, Sendable {")
        for failure in failures {
            lines.document(failure.documentation, 1)
            let parameters = failure.fields.map { "\($0.name): \($0.declared)" }.joined(separator: ", ")
            lines.add("case \(failure.caseName)" + (parameters.isEmpty ? "" : "(\(parameters))"), 1)
        }
        lines.space()
        lines.document("The full name of the error.", 1)
        lines.add("package var name: String {", 1)
        lines.add("switch self {", 2)
        for failure in failures {
            lines.add("case .\(failure.caseName): \(interface).member(\"\(failure.name)\")", 2)
        }
        lines.add("}", 2)
        lines.add("}", 1)
        lines.space()
        lines.document("The parameters of the error.", 1)
        lines.add("package var parameters: JSONObject {", 1)
        lines.add("switch self {", 2)
        for failure in failures {
            let values = failure.fields.map { "let \($0.name)" }.joined(separator: ", ")
            lines.add("case .\(failure.caseName)" + (values.isEmpty ? ":" : "(\(values)):"), 2)
            lines.add(object(failure.fields), 3)
        }
        lines.add("}", 2)
        lines.add("}", 1)
        lines.space()
        lines.add(reading(of: interface, failures), 1)
        lines.add("}")
        return lines
    }

    private static func reading(of interface: String, _ failures: [Failure]) -> Lines {
        var lines = Lines()
        lines.document("The error of a full name with its parameters; nil where either is not known.")
        lines.add("package init?(name: String, parameters: JSONObject) {")
        lines.add("let read: ((JSONFields) -> Failure?)? =", 1)
        lines.add("switch name {", 2)
        for failure in failures {
            let read = failure.fields.isEmpty ? "{ _ in .\(failure.caseName) }" : "Self.read\(failure.name)"
            lines.add("case \(interface).member(\"\(failure.name)\"): \(read)", 2)
        }
        lines.add("default: nil", 2)
        lines.add("}", 2)
        lines.add("guard let read else { return nil }", 1)
        lines.add("guard let failure = try? JSONValue.object(parameters).decode({ $0.object(read) }) else {", 1)
        lines.add("return nil", 2)
        lines.add("}", 1)
        lines.add("self = failure", 1)
        lines.add("}")
        for failure in failures where !failure.fields.isEmpty {
            lines.space()
            lines.add("private static func read\(failure.name)(_ fields: JSONFields) -> Self? {")
            lines.add(failure.fields.reading(), 1)
            lines.add("return .\(failure.caseName)(", list: failure.fields.arguments, ")", 1)
            lines.add("}")
        }
        return lines
    }

    /// The enumeration of the codes that a text may be. A code that is none of them is kept as unknown.
    static func choice(_ choice: SwiftTypes.Choice) -> Lines {
        let cases = choice.codes.map { (code: $0, name: Generator.wordsOfSwift.contains($0) ? "`\($0)`" : $0) }
        var lines = Lines()
        lines.document(choice.documentation)
        lines.add("package enum \(choice.name): WireCode {")
        for (_, name) in cases { lines.add("case \(name)", 1) }
        lines.document("A code that is not among these, as a newer version may send it.", 1)
        lines.add("case unknown(String)", 1)
        lines.space()
        lines.document("Those that have a name here, in order.", 1)
        lines.add("package static let known: [Self] = [", list: cases.map { ".\($0.name)" }, "]", 1)
        lines.space()
        lines.document("The case of a code.", 1)
        lines.add("package init(_ code: String) {", 1)
        lines.add("self =", 2)
        lines.add("switch code {", 3)
        for (code, name) in cases { lines.add("case \"\(code)\": .\(name)", 3) }
        lines.add("default: .unknown(code)", 3)
        lines.add("}", 3)
        lines.add("}", 1)
        lines.space()
        lines.document("The code as it is sent.", 1)
        lines.add("package var code: String {", 1)
        lines.add("switch self {", 2)
        for (code, name) in cases { lines.add("case .\(name): \"\(code)\"", 2) }
        lines.add("case .unknown(let code): code", 2)
        lines.add("}", 2)
        lines.add("}", 1)
        lines.add("}")
        return lines
    }
}
