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

    /// By the full name's bytes. A name comes from anybody, and texts are equal and hashed as Unicode normalises them,
    /// which takes time in the square of what somebody made to be normalised.
    private let entries: [[UInt8]: Entry]
    private let interfaces: Set<[UInt8]>
    /// The bytes of the longest full name: a longer one is not looked for.
    private let nameBytesMaximum: Int
    private let authorise: Server.Authorise
    private let checksReplies: Bool

    init(
        _ interfaces: [Interface], checksReplies: Bool, authorise: @escaping Server.Authorise
    ) {
        var entries: [[UInt8]: Entry] = [:]
        for interface in interfaces {
            for method in interface.description.methods {
                entries[Array((interface.description.name + "." + method.name).utf8)] = Entry(
                    interface: interface, method: method, code: interface.methods[method.name])
            }
        }
        self.entries = entries
        self.interfaces = Set(interfaces.map { Array($0.description.name.utf8) })
        nameBytesMaximum = entries.keys.map(\.count).max() ?? 0
        self.authorise = authorise
        self.checksReplies = checksReplies
    }

    func route(_ message: CallMessage, of peer: Peer) throws(VarlinkError) -> Route {
        let entry = try entry(ofName: message.method)
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

    private func entry(ofName name: String) throws(VarlinkError) -> Entry {
        let isShort = name.utf8.count <= nameBytesMaximum
        if isShort, let entry = entries[Array(name.utf8)] { return entry }
        let end = name.utf8.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
        let isOfInterface = interfaces.contains { $0.elementsEqual(name.utf8[..<end]) }
        throw isOfInterface
            ? .methodNotFound(shortened(name, to: 200)) : .interfaceNotFound(shortened(String(name[..<end]), to: 200))
    }
}
