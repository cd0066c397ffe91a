/// A Varlink interface: what its methods take and give, and the errors it knows.
package struct InterfaceDescription: Sendable, Hashable {
    /// The name in reverse-domain notation.
    package let name: String
    /// The text it was read from, as foreign clients get it.
    package let text: String
    /// The comment above the interface.
    package let documentation: String
    /// The types that have a name, in order.
    package let types: [TypeDefinition]
    /// The methods, in order.
    package let methods: [MethodDescription]
    /// The errors, in order.
    package let errors: [ErrorDescription]

    private let typesByName: [String: VarlinkType]

    init(
        name: String, text: String, documentation: String, types: [TypeDefinition], methods: [MethodDescription],
        errors: [ErrorDescription]
    ) {
        self.name = name
        self.text = text
        self.documentation = documentation
        self.types = types
        self.methods = methods
        self.errors = errors
        typesByName = Dictionary(types.map { ($0.name, $0.type) }) { first, _ in first }
    }

    /// A type by its name; the parser has checked that every name used is defined.
    package func type(named name: String) -> VarlinkType {
        guard let type = typesByName[name] else { preconditionFailure("type \(name) is not defined") }
        return type
    }

    /// A method by its bare name.
    package func method(named name: String) -> MethodDescription? {
        methods.first { $0.name == name }
    }

    /// An error by its bare name.
    package func error(named name: String) -> ErrorDescription? {
        errors.first { $0.name == name }
    }
}

/// A type of the interface language.
package indirect enum VarlinkType: Sendable, Hashable {
    case bool
    /// A whole number of 64 bits.
    case int
    case float
    case string
    /// An object of any members.
    case object
    /// Any value; old parsers do not know it.
    case any
    /// A type defined elsewhere in the interface.
    case named(String)
    /// An object of these members.
    case structure([FieldDescription])
    /// One of these words.
    case enumeration([String])
    case array(VarlinkType)
    /// An object whose keys are any strings.
    case map(VarlinkType)
    /// The type, or null, or absent.
    case nullable(VarlinkType)
}

/// A type with a name.
package struct TypeDefinition: Sendable, Hashable {
    /// The name, with a capital first letter.
    package let name: String
    /// A structure or an enumeration.
    package let type: VarlinkType
    /// The comment above it.
    package let documentation: String
    /// The line on which it begins, from 1.
    package let line: Int
}

/// A field of a structure, of parameters or of an error.
package struct FieldDescription: Sendable, Hashable {
    package let name: String
    package let type: VarlinkType
    /// The comment above it.
    package let documentation: String
    /// What its value may be at most and at least, as the comment says it.
    package let bounds: FieldBounds
    /// The line of its name, from 1.
    package let line: Int

    /// Whether it may be absent or null.
    package var isNullable: Bool {
        if case .nullable = type { true } else { false }
    }
}

/// A method of an interface as described.
package struct MethodDescription: Sendable, Hashable {
    /// The name without the interface.
    package let name: String
    /// The parameters of a call.
    package let input: [FieldDescription]
    /// The parameters of a reply.
    package let output: [FieldDescription]
    /// The comment above it.
    package let documentation: String
    /// The line on which it begins, from 1.
    package let line: Int

    /// Whether the comment says that calls need the `more` flag.
    package var requiresMore: Bool { documentation.contains("[Requires 'more' flag]") }

    /// Whether the comment says that calls may have the `more` flag.
    package var supportsMore: Bool { documentation.contains("[Supports 'more' flag]") }

    /// The role that a caller needs, where a line of the comment says it, as "Role: viewer." does.
    package var role: String? {
        documentation.split(separator: "\n").lazy.compactMap { line in
            guard line.hasPrefix("Role: "), line.hasSuffix(".") else { return nil }
            return String(line.dropFirst(6).dropLast())
        }.first
    }
}

/// An error of an interface as described.
package struct ErrorDescription: Sendable, Hashable {
    /// The name without the interface.
    package let name: String
    package let fields: [FieldDescription]
    /// The comment above it.
    package let documentation: String
    /// The line on which it begins, from 1.
    package let line: Int
}
