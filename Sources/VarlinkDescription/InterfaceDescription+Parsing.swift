extension InterfaceDescription {
    /// Reads a description in the Varlink interface language.
    ///
    /// - Throws: the first error, with its line.
    package init(parsing text: String) throws(InterfaceSyntaxError) {
        var parser = DescriptionParser(text)
        self = try parser.interface(text: text)
    }
}

/// Why a text is no interface description.
package struct InterfaceSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1.
    package var line: Int
    /// What is wrong there.
    package var message: String

    package var description: String { "line \(line): \(message)" }
}

/// Splits the text into words and signs; remembers the comments passed over.
private struct DescriptionScanner {
    private let text: [UInt8]
    private var at = 0
    private(set) var line = 1
    private var comments: [String] = []

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    /// The comment lines since the last token, without their `#`.
    mutating func takeComments() -> String {
        skip()
        defer { comments = [] }
        return comments.joined(separator: "\n")
    }

    private mutating func skip() {
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "\n"):
                line += 1
                at += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                at += 1
            case UInt8(ascii: "#"):
                let end = text[at...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
                var words = text[(at + 1)..<end]
                if words.first == UInt8(ascii: " ") { words.removeFirst() }
                comments.append(String(decoding: words, as: UTF8.self))
                at = end
            default:
                return
            }
        }
    }

    /// The next token without taking it: a word, `->`, a sign, or nothing at the end.
    mutating func peek() -> String {
        skip()
        return String(decoding: text[at..<endOfToken()], as: UTF8.self)
    }

    /// Takes the next token and moves on behind it.
    mutating func take() -> String {
        let token = peek()
        at += token.utf8.count
        comments = []
        return token
    }

    private func endOfToken() -> Int {
        guard at < text.count else { return at }
        if text[at...].starts(with: "->".utf8) { return at + 2 }
        if Self.isWordByte(text[at]) {
            return text[at...].firstIndex { !Self.isWordByte($0) } ?? text.count
        }
        let character = String(decoding: text[at...].prefix(4), as: UTF8.self).first
        return at + (character?.utf8.count ?? 1)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default:
            false
        }
    }
}

private struct DescriptionParser {
    /// Types may lie that deep in one another.
    private static let depthMaximum = 32

    private var scanner: DescriptionScanner
    private var named: [(name: String, line: Int)] = []

    init(_ text: String) {
        scanner = DescriptionScanner(text)
    }

    mutating func interface(text: String) throws(InterfaceSyntaxError) -> InterfaceDescription {
        let documentation = scanner.takeComments()
        try expect("interface")
        let name = try interfaceName()
        var types: [TypeDefinition] = []
        var methods: [MethodDescription] = []
        var errors: [ErrorDescription] = []
        var members: Set<String> = []
        while !scanner.peek().isEmpty {
            let documentation = scanner.takeComments()
            let keyword = scanner.take()
            let line = scanner.line
            guard ["type", "method", "error"].contains(keyword) else {
                throw failure("expected type, method or error, found \(quoted(keyword))")
            }
            let name = try memberName()
            guard members.insert(name).inserted else { throw failure("\(name) is defined twice") }
            if keyword == "type" {
                let type = try body(depth: 0)
                types.append(TypeDefinition(name: name, type: type, documentation: documentation, line: line))
            } else if keyword == "method" {
                let input = try fields(depth: 0)
                try expect("->")
                let output = try fields(depth: 0)
                methods.append(
                    MethodDescription(
                        name: name, input: input, output: output, documentation: documentation, line: line))
            } else {
                let fields = scanner.peek() == "(" ? try fields(depth: 0) : []
                errors.append(ErrorDescription(name: name, fields: fields, documentation: documentation, line: line))
            }
        }
        for (name, line) in named where !types.contains(where: { $0.name == name }) {
            throw InterfaceSyntaxError(line: line, message: "type \(name) is not defined")
        }
        return InterfaceDescription(
            name: name, text: text, documentation: documentation, types: types, methods: methods, errors: errors)
    }

    private func failure(_ message: String) -> InterfaceSyntaxError {
        InterfaceSyntaxError(line: scanner.line, message: message)
    }

    private func quoted(_ token: String) -> String {
        token.isEmpty ? "the end of the text" : "\"\(token)\""
    }

    private mutating func expect(_ token: String) throws(InterfaceSyntaxError) {
        let found = scanner.peek()
        guard found == token else { throw failure("expected \"\(token)\", found \(quoted(found))") }
        _ = scanner.take()
    }

    private mutating func interfaceName() throws(InterfaceSyntaxError) -> String {
        let name = scanner.peek()
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let isValid =
            parts.count >= 2
            && parts.allSatisfy { part in
                part.first?.isLetter == true && part.last != "-" && part.allSatisfy { $0.isASCII && $0 != "_" }
            }
        guard isValid else {
            throw failure("expected an interface name such as \"io.example.Name\", found \(quoted(name))")
        }
        return scanner.take()
    }

    private mutating func memberName() throws(InterfaceSyntaxError) -> String {
        let name = scanner.peek()
        let isValid = name.first?.isUppercase == true && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard isValid else { throw failure("expected a name with a capital first letter, found \(quoted(name))") }
        return scanner.take()
    }

    private mutating func fieldName() throws(InterfaceSyntaxError) -> String {
        let name = scanner.peek()
        let isValid =
            name.first?.isLetter == true && name.last != "_" && !name.contains("__")
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard isValid else { throw failure("expected a field name, found \(quoted(name))") }
        return scanner.take()
    }

    /// The fields of a structure in parentheses.
    private mutating func fields(depth: Int) throws(InterfaceSyntaxError) -> [FieldDescription] {
        guard case .structure(let fields) = try body(depth: depth, onlyStructure: true) else { return [] }
        return fields
    }

    /// A structure or an enumeration in parentheses.
    private mutating func body(
        depth: Int, onlyStructure: Bool = false
    ) throws(InterfaceSyntaxError) -> VarlinkType {
        guard depth < Self.depthMaximum else { throw failure("types lie more than \(Self.depthMaximum) deep") }
        try expect("(")
        if scanner.peek() == ")" {
            _ = scanner.take()
            return .structure([])
        }
        var fields: [FieldDescription] = []
        var words: [String] = []
        repeat {
            let documentation = scanner.takeComments()
            let name = try fieldName()
            let line = scanner.line
            guard !words.contains(name) else { throw failure("field \(name) stands twice") }
            words.append(name)
            if scanner.peek() == ":" {
                _ = scanner.take()
                let type = try type(depth: depth + 1)
                fields.append(try field(name, type, documentation, line))
            } else if onlyStructure || !fields.isEmpty {
                throw failure("expected \":\" after \(name), found \(quoted(scanner.peek()))")
            }
            guard fields.isEmpty || fields.count == words.count else {
                throw failure("words and fields are mixed at \(name)")
            }
        } while try takesComma()
        return fields.isEmpty ? .enumeration(words) : .structure(fields)
    }

    private func field(
        _ name: String, _ type: VarlinkType, _ documentation: String, _ line: Int
    ) throws(InterfaceSyntaxError) -> FieldDescription {
        do throws(FieldBounds.Malformed) {
            let bounds = try FieldBounds(of: type, documentation: documentation)
            return FieldDescription(name: name, type: type, documentation: documentation, bounds: bounds, line: line)
        } catch {
            throw InterfaceSyntaxError(line: line, message: "field \(name): [\(error.text)] says no bounds of it")
        }
    }

    /// Takes a comma, or the closing parenthesis.
    private mutating func takesComma() throws(InterfaceSyntaxError) -> Bool {
        let sign = scanner.peek()
        guard sign == "," || sign == ")" else { throw failure("expected \",\" or \")\", found \(quoted(sign))") }
        _ = scanner.take()
        return sign == ","
    }

    private mutating func type(depth: Int) throws(InterfaceSyntaxError) -> VarlinkType {
        guard depth < Self.depthMaximum else { throw failure("types lie more than \(Self.depthMaximum) deep") }
        switch scanner.peek() {
        case "?":
            _ = scanner.take()
            guard scanner.peek() != "?" else { throw failure("a type is nullable twice") }
            return .nullable(try type(depth: depth + 1))
        case "[":
            _ = scanner.take()
            let isMap = scanner.peek() == "string"
            if isMap { _ = scanner.take() }
            try expect("]")
            let element = try type(depth: depth + 1)
            return isMap ? .map(element) : .array(element)
        case "(":
            return try body(depth: depth)
        default:
            return try simpleType()
        }
    }

    private mutating func simpleType() throws(InterfaceSyntaxError) -> VarlinkType {
        switch scanner.peek() {
        case "bool": _ = scanner.take(); return .bool
        case "int": _ = scanner.take(); return .int
        case "float": _ = scanner.take(); return .float
        case "string": _ = scanner.take(); return .string
        case "object": _ = scanner.take(); return .object
        case "any": _ = scanner.take(); return .any
        case let word where word.first?.isUppercase == true:
            let name = try memberName()
            named.append((name, scanner.line))
            return .named(name)
        case let word:
            throw failure("expected a type, found \(quoted(word))")
        }
    }
}
