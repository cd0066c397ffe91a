internal import NIOCore
internal import Synchronization

/// The connections of a server, counted in all and by user, and the tasks that still work for them.
final class ConnectionRegister: Sendable {
    struct Entry: Sendable {
        var channel: any Channel
        var loop: any EventLoop
        var connection: NIOLoopBound<Connection>
    }

    struct Listener: Sendable {
        var channel: any Channel
        var socket: ListeningSocket
    }

    private struct State {
        var isClosed = false
        var tasks = 0
        var waiting: [@Sendable () -> Void] = []
        var admitted = 0
        var count = 0
        var countByUser: [UInt32: Int] = [:]
        var entries: [Int: Entry] = [:]
        var listeners: [Listener] = []

        var isDone: Bool { isClosed && count == 0 && tasks == 0 }
    }

    private let limits: ServerLimits
    private let state = Mutex(State())

    init(limits: ServerLimits) {
        self.limits = limits
    }

    var count: Int { state.withLock { $0.count } }

    /// Counts a connection and gives it a number.
    func admit(_ peer: Peer) throws(CloseReason) -> Int {
        let result: Result<Int, CloseReason> = state.withLock { state in
            if state.isClosed { return .failure(.shutdown) }
            if state.count >= limits.connections {
                return .failure(.tooManyConnections(limit: limits.connections))
            }
            if state.countByUser[peer.uid, default: 0] >= limits.connectionsPerUser {
                return .failure(.tooManyConnectionsOfUser(limit: limits.connectionsPerUser))
            }
            state.admitted += 1
            state.count += 1
            state.countByUser[peer.uid, default: 0] += 1
            return .success(state.admitted)
        }
        return try result.get()
    }

    /// Keeps an admitted connection; false when the server stops.
    func add(_ entry: Entry, number: Int) -> Bool {
        state.withLock { state in
            state.entries[number] = entry
            return !state.isClosed
        }
    }

    func add(listener channel: any Channel, _ socket: ListeningSocket) {
        state.withLock { $0.listeners.append(Listener(channel: channel, socket: socket)) }
    }

    func remove(_ number: Int, of peer: Peer) {
        state.withLock { state in
            state.entries[number] = nil
            state.count -= 1
            let rest = state.countByUser[peer.uid, default: 1] - 1
            state.countByUser[peer.uid] = rest == 0 ? nil : rest
        }
        tellWhenDone()
    }

    func beginTask() {
        state.withLock { $0.tasks += 1 }
    }

    func endTask() {
        state.withLock { $0.tasks -= 1 }
        tellWhenDone()
    }

    /// Whether the server stops and neither connections nor tasks are left.
    var isDone: Bool { state.withLock { $0.isDone } }

    /// Runs the function when the server has stopped and neither connections nor tasks are left.
    func whenDone(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.waiting.append(body) }
        tellWhenDone()
    }

    private func tellWhenDone() {
        let bodies: [@Sendable () -> Void] = state.withLock { state in
            guard state.isDone else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for body in bodies { body() }
    }

    /// Treats the time limit of all connections that wait for this as passed. Tests use it in place of time.
    func expire(_ waiting: Connection.Waiting) {
        for entry in state.withLock({ Array($0.entries.values) }) {
            entry.loop.execute { entry.connection.value.expire(waiting) }
        }
    }

    /// Admits no more, and gives what there is.
    func close() -> (listeners: [Listener], entries: [Entry]) {
        state.withLock { state in
            state.isClosed = true
            defer { state.listeners = [] }
            return (state.listeners, Array(state.entries.values))
        }
    }
}
