internal import Synchronization
internal import Varlink

/// How many connections are open, counted from what the server tells.
final class ConnectionCount: Sendable {
    private let open = Atomic<Int>(0)

    /// How many connections are open.
    var value: Int { open.load(ordering: .relaxed) }

    /// Counts a connection that opens or closes.
    func count(_ event: Server.Event) {
        switch event {
        case .opened: open.add(1, ordering: .relaxed)
        case .closed(_, .noCredentials), .closed(_, .tooManyConnections), .closed(_, .tooManyConnectionsOfUser):
            break  // they were never open
        case .closed: open.subtract(1, ordering: .relaxed)
        }
    }
}
