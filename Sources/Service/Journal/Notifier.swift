internal import Clinic
internal import Store
internal import Synchronization
package import Systemd
internal import Wire

/// Tells the journal what happened: every event once it is durable, in order, and again where the process ended before
/// it could note how far it had come. Duplicates share the event's number.
package struct Notifier: Sendable {
    private let service: ClinicService
    private let journal: Journal
    /// The name of its cursor.
    static let consumer = "journal"

    /// A notifier of a service's events.
    package init(service: ClinicService, journal: Journal) {
        self.service = service
        self.journal = journal
    }

    /// Sends what has not been sent and goes on with what comes, until the service finishes.
    package func run() async {
        let numbers = service.signal.follow()
        guard var cursor = try? service.store.cursor(of: Self.consumer) else { return }
        await send(from: &cursor)
        for await _ in numbers { await send(from: &cursor) }
    }

    /// Sends what has not been sent, at the end.
    func sendRest() async {
        guard var cursor = try? service.store.cursor(of: Self.consumer) else { return }
        await send(from: &cursor)
    }

    private func send(from cursor: inout Int) async {
        while service.publication.current.state.lastEvent > cursor {
            // A record that cannot be read is told by those who were asked for it; the journal waits for the next.
            guard let events = try? service.store.events(after: cursor, limit: 200), let last = events.last else {
                return
            }
            let snapshot = service.publication.current
            for event in events {
                for entry in entries(of: event, snapshot) { journal.send(entry) }
            }
            cursor = last.number
            service.writer.keep(cursor, of: Self.consumer)
        }
    }
}
