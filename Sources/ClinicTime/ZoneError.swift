/// Why a time zone cannot be had from the system's tzdata.
package enum ZoneError: Error, Hashable, Sendable {
    /// The name is not one that a zone could have.
    case invalidName(String)
    /// No zone has the name; another that was probably meant.
    case unknown(String, suggestion: String?)
    /// The zone's file cannot be read, and why.
    case unreadable(String, cause: String)
    /// The zone's file is not what tzdata writes, and why.
    case malformed(String, cause: String)

    /// What is wrong, with the name.
    package var message: String {
        switch self {
        case .invalidName(let name): "\"\(name)\" is no name of a time zone"
        case .unknown(let name, _): "time zone \"\(name)\" is unknown"
        case .unreadable(let name, let cause): "time zone \"\(name)\" cannot be read: \(cause)"
        case .malformed(let name, let cause): "time zone \"\(name)\" is damaged: \(cause)"
        }
    }

    /// What would help, where something would.
    package var hint: String? {
        switch self {
        case .invalidName: "an IANA name such as \"America/New_York\""
        case .unknown(_, let suggestion):
            suggestion.map { "did you mean \"\($0)\"?" }
                ?? "an IANA name such as \"America/New_York\"; is the package tzdata installed?"
        case .unreadable, .malformed: "is the package tzdata installed and whole?"
        }
    }
}

extension ZoneError: CustomStringConvertible {
    package var description: String { message }
}
