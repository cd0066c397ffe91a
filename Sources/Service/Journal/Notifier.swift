internal import Clinic
internal import Store
internal import Synchronization
package import Systemd
internal import Wire

/// Tells the journal what happened: every event once it is durable, in order and as the clinic was then, and again
/// where the process ended before it could note how far it had come. Duplicates share the event's number.
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
        var place = Place()
        await send(from: &place)
        for await _ in numbers { await send(from: &place) }
    }

    /// Sends what has not been sent, at the end.
    func sendRest() async {
        var place = Place()
        await send(from: &place)
    }

    /// How far it has come, and what last kept it from going on.
    private struct Place {
        /// The last event sent; nil before it is known.
        var cursor: Int?
        var failure: StoreError?
    }

    /// What cannot be read is told once, and tried again with the next event. An event that is damaged is told and left
    /// out: the journal must not end with it.
    private func send(from place: inout Place) async {
        do throws(StoreError) {
            if place.cursor == nil { place.cursor = try start() }
            var cursor = place.cursor ?? 0
            while service.publication.current.state.lastEvent > cursor {
                let events = try service.store.readableEvents(after: cursor, limit: 200)
                guard let last = events.last else { return }
                for (number, event) in events { send(event, service.publication.moment(after: number)) }
                cursor = last.number
                service.publication.forgetMoments(through: cursor)
                place = Place(cursor: cursor)
                service.writer.keep(cursor, of: Self.consumer)
            }
        } catch {
            if place.failure != error { service.dependencies.storageFailed(error, false) }
            place.failure = error
        }
    }

    /// Where to go on. A cursor that is damaged is told; what is new from now on is sent, what was before may be
    /// missing.
    private func start() throws(StoreError) -> Int {
        let last = service.publication.current.state.lastEvent
        do throws(StoreError) {
            let cursor = try service.store.cursor(of: Self.consumer)
            guard cursor > last else { return cursor }
            throw .unreadableRow(
                table: "consumer", key: Self.consumer, why: "event is \(cursor), and the last event is \(last)")
        } catch {
            guard case .unreadableRow = error else { throw error }
            service.dependencies.storageFailed(error, false)
            service.writer.keep(last, of: Self.consumer)
            return last
        }
    }

    private func send(_ event: Result<RecordedEvent, StoreError>, _ snapshot: Snapshot) {
        switch event {
        case .success(let event): for entry in entries(of: event, snapshot) { journal.send(entry) }
        case .failure(let error): service.dependencies.storageFailed(error, false)
        }
    }
}
