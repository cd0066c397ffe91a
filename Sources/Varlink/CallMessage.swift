package import StrictJSON

/// A call as it came over the socket, its envelope checked.
package struct CallMessage: Sendable, Hashable {
    /// The full name of the method.
    package var method: String
    /// The parameters; empty where the call has none or null.
    package var parameters: JSONObject
    /// At most one flag is true, so it is one value.
    package var mode: Mode

    /// How the caller wants to be answered.
    package enum Mode: String, Sendable, Hashable, CaseIterable {
        case single
        case oneway
        /// By any number of replies.
        case more
        /// By one reply, after which the connection would speak another protocol.
        case upgrade
    }

    package init(method: String, parameters: JSONObject = [:], mode: Mode = .single) {
        self.method = method
        self.parameters = parameters
        self.mode = mode
    }

    /// Reads a message without its NUL.
    ///
    /// - Throws: why the connection must be closed.
    init(parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(CloseReason) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, limits: limits)
        } catch {
            throw .invalidJSON(error.description)
        }
        guard case .object(let envelope) = value else { throw .notAnObject }
        try self.init(envelope: envelope)
    }

    private init(envelope: JSONObject) throws(CloseReason) {
        var method: String?
        var parameters = JSONObject()
        var mode: Mode?
        for (key, value) in envelope.members {
            switch key {
            case "method":
                guard let name = value.string else { throw .noMethod }
                method = name
            case "parameters":
                if value.isNull { continue }
                guard let object = value.object else { throw .parametersNotAnObject }
                parameters = object
            case "oneway", "more", "upgrade":
                guard let flag = value.bool else { throw .flagNotBoolean(key) }
                if flag {
                    guard mode == nil else { throw .severalFlags }
                    mode = Mode(rawValue: key)
                }
            default:
                guard key.utf8.contains(UInt8(ascii: ".")), value.object != nil else { throw .unknownMember(key) }
            }
        }
        guard let method else { throw .noMethod }
        self.init(method: method, parameters: parameters, mode: mode ?? .single)
    }

    /// The message with its NUL.
    func bytes() -> [UInt8] {
        var envelope: JSONObject = ["method": .string(method)]
        if !parameters.isEmpty { envelope["parameters"] = .object(parameters) }
        if mode != .single { envelope[mode.rawValue] = true }
        return JSONValue.object(envelope).bytes() + [0]
    }
}

/// Why the server ended a connection.
package enum CloseReason: Error, Sendable, Hashable {
    /// The client closed it, or it was answered in full after it ended its side.
    case clientClosed
    case shutdown
    /// The message is not JSON; with the parser's words.
    case invalidJSON(String)
    /// The message is JSON, but no object.
    case notAnObject
    /// The message has no `method`, or it is not a string.
    case noMethod
    /// `parameters` is neither an object nor null.
    case parametersNotAnObject
    /// A member that the protocol does not know, without a dot or not an object.
    case unknownMember(String)
    /// A flag with another value than true and false.
    case flagNotBoolean(String)
    /// More than one flag is true.
    case severalFlags
    /// A message longer than this many bytes.
    case messageTooLong(limit: Int)
    /// There are as many connections as there may be.
    case tooManyConnections(limit: Int)
    /// The peer's user has as many connections as one may have.
    case tooManyConnectionsOfUser(limit: Int)
    /// The peer's credentials could not be read.
    case noCredentials
    /// A message did not end, or none came, within the time limit.
    case unfinished
    /// The client did not read its replies within the time limit.
    case unread
    /// Nothing happened on the connection within the time limit.
    case idle
}
