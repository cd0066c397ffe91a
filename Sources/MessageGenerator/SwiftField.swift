internal import VarlinkDescription

/// A field as it is written in Swift.
struct SwiftField: Hashable {
    /// Its name, in the description and in Swift.
    var name: String
    /// Its type, `?` aside.
    var type: String
    /// Whether it may be nil.
    var isOptional: Bool
    /// The enumeration whose case its text must be when it is read.
    var choice: String?
    var documentation: String

    var declared: String { isOptional ? type + "?" : type }

    /// As a parameter of a function.
    var parameter: String { "\(name): \(declared)" + (isOptional ? " = nil" : "") }

    /// As a member of an object that is sent.
    var member: String { "(\"\(name)\", \(name)\(isOptional ? "?" : "").json)" }

    /// The module with which the name of a type begins; nil where it has none.
    static func module(_ type: String) -> String? {
        let name = type.drop { !$0.isLetter }
        let end = name.firstIndex { !$0.isLetter && !$0.isNumber }
        guard let end, name[end] == "." else { return nil }
        return String(name[..<end])
    }

    /// The statement that reads it from `fields`: a nil means that it is absent, or wrong.
    var reading: String {
        switch (choice, isOptional) {
        case (nil, true): "let \(name): \(type)? = fields.nullable(\"\(name)\")"
        case (nil, false): "let \(name): \(type)? = fields.required(\"\(name)\")"
        case (let choice?, true):
            "let \(name) = fields.optional(\"\(name)\") { $0.choice(of: \(choice).self) }?.rawValue"
        case (let choice?, false): "let \(name) = fields.choice(\"\(name)\", of: \(choice).self)?.rawValue"
        }
    }
}

extension [SwiftField] {
    /// The statements that read them all, and leave with nil where one that must be there is not.
    func reading() -> Lines {
        var lines = Lines()
        for field in self { lines.add(field.reading) }
        let required = filter { !$0.isOptional }.map { "let \($0.name)" }
        if !required.isEmpty { lines.add("guard ", list: required, " else { return nil }") }
        return lines
    }

    /// Their names and values, as a call is given them.
    var arguments: [String] { map { "\($0.name): \($0.name)" } }

    /// The modules whose types they have, and whose enumerations they are checked by. A type with a dot begins with its
    /// module.
    var modules: (types: Set<String>, choices: Set<String>) {
        (
            Set(compactMap { SwiftField.module($0.type) }),
            Set(compactMap { $0.choice.flatMap { SwiftField.module($0) } })
        )
    }
}
