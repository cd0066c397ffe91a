package import StrictJSON
package import VarlinkDescription

/// A call for which a method is run.
package struct Call: Sendable {
    package var interface: String
    /// The method, without the interface.
    package var method: String
    /// The parameters; they fit what the interface declares.
    package var parameters: JSONObject
    /// How the caller wants to be answered.
    package var mode: CallMessage.Mode
    package var peer: Peer
    /// What has been noted of the call while it is answered.
    package let noted = CallNotes()

    package init(
        interface: String, method: String, parameters: JSONObject, mode: CallMessage.Mode = .single, peer: Peer
    ) {
        self.interface = interface
        self.method = method
        self.parameters = parameters
        self.mode = mode
        self.peer = peer
    }
}

/// What a method does. The error it throws is the reply.
package enum Method: Sendable {
    /// Runs on the event loop and must be done in microseconds: reads from memory.
    case immediate(@Sendable (Call) throws(VarlinkError) -> JSONObject)
    /// Runs on the event loop where the answer lies in memory; where it returns nil, it runs in a task of its own.
    case remembered(
        @Sendable (Call) throws(VarlinkError) -> JSONObject?,
        otherwise: @Sendable (Call) async throws(VarlinkError) -> JSONObject)
    /// Runs in a task of its own. It is not cancelled when the client goes: what was accepted is done.
    case asynchronous(@Sendable (Call) async throws(VarlinkError) -> JSONObject)
    /// Sends any number of replies and returns the last one. Its task is cancelled when the client goes and when the
    /// service stops. Calls without the `more` flag go to `once`; where that is nil they get `ExpectedMore`.
    case series(
        once: (@Sendable (Call) async throws(VarlinkError) -> JSONObject)? = nil,
        @Sendable (Call, ReplySeries) async throws(VarlinkError) -> JSONObject)
}

extension Method {
    /// The same method, run only with values within the bounds of their fields.
    fileprivate func bounded(by description: InterfaceDescription, _ declared: MethodDescription) -> Method {
        let check: @Sendable (Call) throws(VarlinkError) -> Void = { call throws(VarlinkError) in
            guard let found = description.outOfBounds(in: call.parameters, declared.input) else { return }
            throw description.refusal(of: found)
        }
        switch self {
        case .immediate(let body):
            return .immediate { call throws(VarlinkError) in
                try check(call)
                return try body(call)
            }
        case .remembered(let body, let otherwise):
            return .remembered(
                { call throws(VarlinkError) in
                    try check(call)
                    return try body(call)
                }, otherwise: otherwise)
        case .asynchronous(let body):
            return .asynchronous { call async throws(VarlinkError) in
                try check(call)
                return try await body(call)
            }
        case .series(nil, let body):
            return .series { call, series async throws(VarlinkError) in
                try check(call)
                return try await body(call, series)
            }
        case .series(.some(let once), let body):
            return .series(
                once: { call async throws(VarlinkError) in
                    try check(call)
                    return try await once(call)
                },
                { call, series async throws(VarlinkError) in
                    try check(call)
                    return try await body(call, series)
                })
        }
    }
}

extension InterfaceDescription {
    /// Whether its callers are told of values beyond their bounds: it declares the error for that.
    fileprivate var isBounded: Bool {
        error(named: "InvalidValue")?.fields.prefix(2).map(\.name) == ["field", "message"]
    }

    /// The error of a value beyond its bounds.
    fileprivate func refusal(of found: OutOfBounds) -> VarlinkError {
        VarlinkError(name + ".InvalidValue", ["field": .string(found.path), "message": .string(found.message)])
    }
}

/// An interface with the code of its methods.
package struct Interface: Sendable {
    package let description: InterfaceDescription
    /// The code by bare method name.
    package let methods: [String: Method]

    /// The error that ends a series whose client does not read, `SlowReader` of the interface.
    var slowReader: VarlinkError { VarlinkError(description.name + ".SlowReader") }

    /// An interface. Methods that are declared and have no code are answered `MethodNotImplemented`.
    ///
    /// Where it declares `error InvalidValue (field: string, message: string, …)`, no code is run with a value beyond
    /// the bounds that the description gives its field: that error is answered.
    ///
    /// All code must be declared. A series must carry `[Requires 'more' flag]` or `[Supports 'more' flag]` in its
    /// comment, others must not; and an interface with a series must declare `error SlowReader ()`.
    package init(_ description: InterfaceDescription, methods: [String: Method]) {
        self.description = description
        var bounded = methods
        for (name, method) in methods where description.isBounded {
            bounded[name] = description.method(named: name).map { method.bounded(by: description, $0) }
        }
        self.methods = bounded
        for (name, method) in methods {
            guard let declared = description.method(named: name) else {
                preconditionFailure("method \(name) is not declared in \(description.name)")
            }
            switch method {
            case .immediate, .remembered, .asynchronous:
                precondition(!declared.requiresMore && !declared.supportsMore, "method \(name) gives no series")
            case .series(let once, _):
                precondition(declared.requiresMore == (once == nil), "method \(name) and its comment differ on more")
                precondition(declared.supportsMore == (once != nil), "method \(name) and its comment differ on more")
                let slowReader = description.error(named: "SlowReader")
                precondition(slowReader?.fields == [], "\(description.name) needs error SlowReader () for its series")
            }
        }
    }

    /// The reason why a reply is not what the interface declares, or nil.
    func mismatch(of reply: Result<JSONObject, VarlinkError>, to method: MethodDescription) -> ParameterMismatch? {
        switch reply {
        case .success(let parameters):
            return description.mismatch(of: parameters, with: method.output)
        case .failure(let error):
            let prefix = description.name + "."
            guard error.name.hasPrefix(prefix) else {
                let isCommon = error.name.hasPrefix("org.varlink.service.")
                return isCommon ? nil : ParameterMismatch(field: error.name, reason: .undeclared)
            }
            guard let declared = description.error(named: String(error.name.dropFirst(prefix.count))) else {
                return ParameterMismatch(field: error.name, reason: .undeclared)
            }
            return description.mismatch(of: error.parameters, with: declared.fields)
        }
    }
}
