package import StrictJSON

/// An error reply: a name such as `io.example.Clinic.NoSuchVisit` and its parameters.
package struct VarlinkError: Error, Sendable, Hashable {
    /// The interface, a dot, and the error in it.
    package var name: String
    /// The parameters that the interface declares for it.
    package var parameters: JSONObject

    /// An error with these parameters.
    package init(_ name: String, _ parameters: JSONObject = [:]) {
        self.name = name
        self.parameters = parameters
    }
}

/// An error that every service has, under `org.varlink.service`.
package enum ServiceError: Error, Sendable, Hashable {
    /// The service has no such interface.
    case interfaceNotFound(String)
    /// The interface has no method of this full name.
    case methodNotFound(String)
    /// The interface declares the method of this full name, the service does not offer it, or not in this way.
    case methodNotImplemented(String)
    /// A parameter, named by its bare field name, is undeclared, missing, of the wrong type, or cannot be used.
    case invalidParameter(String)
    /// The peer may not call this.
    case permissionDenied
    /// The method answers only calls with the `more` flag.
    case expectedMore

    /// The error as it was sent; nil for any other. What a stranger leaves out is empty.
    package init?(_ error: VarlinkError) {
        guard error.name.hasPrefix(Self.prefix) else { return nil }
        func parameter(_ name: String) -> String { error.parameters[name]?.string ?? "" }
        switch error.name.dropFirst(Self.prefix.count) {
        case "InterfaceNotFound": self = .interfaceNotFound(parameter("interface"))
        case "MethodNotFound": self = .methodNotFound(parameter("method"))
        case "MethodNotImplemented": self = .methodNotImplemented(parameter("method"))
        case "InvalidParameter": self = .invalidParameter(parameter("parameter"))
        case "PermissionDenied": self = .permissionDenied
        case "ExpectedMore": self = .expectedMore
        default: return nil
        }
    }

    fileprivate static let prefix = "org.varlink.service."
}

extension VarlinkError {
    /// An error that every service has, as it is sent.
    package init(_ error: ServiceError) {
        let (name, parameters): (String, JSONObject) =
            switch error {
            case .interfaceNotFound(let interface): ("InterfaceNotFound", ["interface": .string(interface)])
            case .methodNotFound(let method): ("MethodNotFound", ["method": .string(method)])
            case .methodNotImplemented(let method): ("MethodNotImplemented", ["method": .string(method)])
            case .invalidParameter(let field): ("InvalidParameter", ["parameter": .string(field)])
            case .permissionDenied: ("PermissionDenied", [:])
            case .expectedMore: ("ExpectedMore", [:])
            }
        self.init(ServiceError.prefix + name, parameters)
    }

    /// The service has no such interface.
    package static func interfaceNotFound(_ interface: String) -> VarlinkError {
        VarlinkError(.interfaceNotFound(interface))
    }

    /// The interface has no method of this full name.
    package static func methodNotFound(_ method: String) -> VarlinkError { VarlinkError(.methodNotFound(method)) }

    /// The interface declares the method of this full name, the service does not offer it, or not in this way.
    package static func methodNotImplemented(_ method: String) -> VarlinkError {
        VarlinkError(.methodNotImplemented(method))
    }

    /// A parameter, named by its bare field name, is undeclared, missing, of the wrong type, or cannot be used.
    package static func invalidParameter(_ field: String) -> VarlinkError { VarlinkError(.invalidParameter(field)) }

    /// The peer may not call this.
    package static let permissionDenied = VarlinkError(.permissionDenied)

    /// The method answers only calls with the `more` flag.
    package static let expectedMore = VarlinkError(.expectedMore)

    /// The error as the members of a reply have it.
    package var object: JSONObject { ["error": .string(name), "parameters": .object(parameters)] }
}
