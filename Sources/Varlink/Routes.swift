internal import StrictJSON
internal import VarlinkDescription

/// Finds the code for a call, after everything that can be wrong with it has been looked at.
struct Routes: Sendable {
    /// The code to run.
    struct Route: Sendable {
        var call: Call
        var method: Method
        /// Looks at each reply, where the server is built to.
        var checker: ReplyChecker?
        /// The error of a series whose client does not read.
        var slowReader: VarlinkError
    }

    private struct Entry: Sendable {
        var interface: Interface
        var method: MethodDescription
        var code: Method?
    }

    private let entries: [String: Entry]
    private let interfaces: Set<String>
    private let authorise: Server.Authorise
    private let checksReplies: Bool

    init(
        _ interfaces: [Interface], checksReplies: Bool, authorise: @escaping Server.Authorise
    ) {
        var entries: [String: Entry] = [:]
        for interface in interfaces {
            for method in interface.description.methods {
                entries[interface.description.name + "." + method.name] = Entry(
                    interface: interface, method: method, code: interface.methods[method.name])
            }
        }
        self.entries = entries
        self.interfaces = Set(interfaces.map(\.description.name))
        self.authorise = authorise
        self.checksReplies = checksReplies
    }

    func route(_ message: CallMessage, of peer: Peer) throws(VarlinkError) -> Route {
        guard let entry = entries[message.method] else {
            let interface = message.method.lastIndex(of: ".").map { String(message.method[..<$0]) } ?? message.method
            throw interfaces.contains(interface) ? .methodNotFound(message.method) : .interfaceNotFound(interface)
        }
        let description = entry.interface.description
        if description.name != ServiceInterface.name,
            let denial = authorise(peer, description.name, entry.method.name)
        {
            throw denial
        }
        guard let code = entry.code, message.mode != .upgrade else { throw .methodNotImplemented(message.method) }
        if let mismatch = description.mismatch(of: message.parameters, with: entry.method.input) {
            throw .invalidParameter(mismatch.field)
        }
        if case .series(once: nil, _) = code, message.mode != .more { throw .expectedMore }
        let call = Call(
            interface: description.name, method: entry.method.name, parameters: message.parameters,
            mode: message.mode, peer: peer)
        let checker = checksReplies ? ReplyChecker(interface: entry.interface, method: entry.method) : nil
        return Route(call: call, method: code, checker: checker, slowReader: entry.interface.slowReader)
    }
}
