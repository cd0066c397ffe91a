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

// The errors that every service has.
extension VarlinkError {
    /// The service has no such interface.
    package static func interfaceNotFound(_ interface: String) -> VarlinkError {
        VarlinkError("org.varlink.service.InterfaceNotFound", ["interface": .string(interface)])
    }

    /// The interface has no method of this full name.
    package static func methodNotFound(_ method: String) -> VarlinkError {
        VarlinkError("org.varlink.service.MethodNotFound", ["method": .string(method)])
    }

    /// The interface declares the method of this full name, the service does not offer it, or not in this way.
    package static func methodNotImplemented(_ method: String) -> VarlinkError {
        VarlinkError("org.varlink.service.MethodNotImplemented", ["method": .string(method)])
    }

    /// A parameter, named by its bare field name, is undeclared, missing, of the wrong type, or cannot be used.
    package static func invalidParameter(_ field: String) -> VarlinkError {
        VarlinkError("org.varlink.service.InvalidParameter", ["parameter": .string(field)])
    }

    /// The peer may not call this.
    package static let permissionDenied = VarlinkError("org.varlink.service.PermissionDenied")

    /// The method answers only calls with the `more` flag.
    package static let expectedMore = VarlinkError("org.varlink.service.ExpectedMore")
}
