internal import StrictJSON
internal import VarlinkDescription

/// What a service says about itself.
package struct ServiceInfo: Sendable, Hashable {
    package var vendor: String
    package var product: String
    package var version: String
    /// Where it is described.
    package var url: String

    /// A service's account of itself.
    package init(vendor: String, product: String, version: String, url: String) {
        self.vendor = vendor
        self.product = product
        self.version = version
        self.url = url
    }
}

/// The interface that every service has.
enum ServiceInterface {
    static let name = "org.varlink.service"

    /// The interface for a service with these others.
    static func interface(info: ServiceInfo, others: [InterfaceDescription]) -> Interface {
        let description = parsedDescription()
        let descriptions = [description] + others
        let reply: JSONObject = [
            "vendor": .string(info.vendor), "product": .string(info.product), "version": .string(info.version),
            "url": .string(info.url), "interfaces": .array(([name] + others.map(\.name)).map { .string($0) }),
        ]
        return Interface(
            description,
            methods: [
                "GetInfo": .immediate { _ in reply },
                "GetInterfaceDescription": .immediate { call throws(VarlinkError) in
                    let asked = call.parameters["interface"]?.string ?? ""
                    // By bytes, as methods are: this is anybody's to call.
                    guard let found = descriptions.first(where: { $0.name.utf8.elementsEqual(asked.utf8) }) else {
                        throw .interfaceNotFound(shortened(asked, to: 200))
                    }
                    return ["description": .string(found.text)]
                },
            ])
    }

    private static func parsedDescription() -> InterfaceDescription {
        do {
            return try InterfaceDescription(parsing: text)
        } catch {
            preconditionFailure("the description of \(name) does not parse: \(error)")
        }
    }

    static let text = """
        # What every Varlink service answers: who it is and what it can be asked.
        interface org.varlink.service

        # Tells who the service is and which interfaces it has.
        method GetInfo() -> (
          # Who made the service.
          vendor: string,
          # The name of the service.
          product: string,
          # The version of the service.
          version: string,
          # Where the service is described.
          url: string,
          # The names of the interfaces, this one included.
          interfaces: []string
        )

        # Gives the description of an interface.
        method GetInterfaceDescription(
          # The name of the interface.
          interface: string
        ) -> (
          # Its description in the Varlink interface language.
          description: string
        )

        # The service has no such interface.
        error InterfaceNotFound (
          # The name that was asked for.
          interface: string
        )

        # The interface has no such method.
        error MethodNotFound (
          # The full name that was called.
          method: string
        )

        # The interface has the method, the service does not offer it in the way it was called.
        error MethodNotImplemented (
          # The full name that was called.
          method: string
        )

        # A parameter is not declared, missing, of the wrong type, or cannot be used.
        error InvalidParameter (
          # The name of the parameter.
          parameter: string
        )

        # The caller may not do this.
        error PermissionDenied ()

        # The method only answers calls with the flag more.
        error ExpectedMore ()

        """
}
