internal import Clinic
internal import Planning
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
                if let entry = entry(of: event, snapshot) { journal.send(entry) }
            }
            cursor = last.number
            service.writer.keep(cursor, of: Self.consumer)
        }
    }
}

/// What the journal is told of an event, in ids and times; nil where it is told nothing.
func entry(of recorded: RecordedEvent, _ snapshot: Snapshot) -> JournalEntry? {
    let fields = [JournalField.event("e\(recorded.number)"), .actor(recorded.caller.user)]
    switch recorded.event {
    case .courseBooked(let booked):
        let first = booked.visits.first.map { " from \($0.place.day)" } ?? ""
        return JournalEntry(
            .courseBooked,
            "course \(booked.course) booked for patient \(booked.patient): \(booked.visits.count) visits\(first)",
            fields: fields + [
                .course(booked.course.text), .patient(booked.patient.text), .count(booked.visits.count),
            ])
    case .courseRefused(let refused):
        let rules = refused.rules.isEmpty ? "several" : refused.rules.map(\.rawValue).joined(separator: ", ")
        let visit = refused.visit.map { " at visit \($0)" } ?? ""
        return JournalEntry(
            .courseRefused, "course by \(refused.regimen) refused for patient \(refused.patient)\(visit): \(rules)",
            fields: fields + [.patient(refused.patient.text)]
                + (refused.rules.first.map { [.rule($0.rawValue)] } ?? []))
    case .serviceStarted(let started):
        let after = started.wasClean ? "" : " after an unclean stop"
        return JournalEntry(.serviceStarted, "infusiond \(started.version) started\(after)", fields: fields)
    case .serviceStopped:
        return JournalEntry(.serviceStopped, "infusiond stopped in good order", fields: fields)
    case .configurationAdopted(let adopted):
        let facility = adopted.configuration.facility
        return JournalEntry(
            .configurationReloaded,
            "configuration in force: \(facility.chairs.count) chairs, \(facility.staff.count) staff, "
                + "\(facility.regimens.count) regimens", fields: fields)
    case .visitsHit(let hit): return entry(of: hit, fields: fields, snapshot)
    case .visitsRearranged(let rearranged): return entry(of: rearranged, fields: fields)
    case .patientAdded, .patientsImported, .patientDetailsChanged, .templateRecorded, .timeOffAdded, .timeOffRemoved,
        .outageAdded, .outageRemoved, .closureAdded, .closureRemoved, .openingAdded, .openingRemoved, .visitsRetimed,
        .courseChanged, .alertRaised, .waitingAdded, .waitingRemoved, .shiftAdded, .shiftRemoved:
        return nil
    case .placesFreed(let freed): return entry(of: freed, snapshot, fields)
    case .offerMade(let offer):
        let due = snapshot.text(offer.until)
        return JournalEntry(
            .waitlistMatch, "a place is offered to \(offer.entry) of the waiting list until \(due): offer \(offer.id)",
            fields: fields + [
                .course(offer.course.text), .visit(offer.moves[0].visit.text), .patient(offer.patient.text), .due(due),
            ])
    case .offerClosed(let closed):
        guard closed.outcome == .expired || closed.outcome == .withdrawn else { return nil }
        let offer = closed.offer
        return JournalEntry(
            .placeFreed, "offer \(offer.id) to \(offer.entry) of the waiting list \(closed.outcome.rawValue)",
            fields: fields + [
                .chair(offer.moves[0].to.chair.text), .due(snapshot.text(Instant(minute: offer.moves[0].to.minute))),
            ])
    }
}

/// What the journal is told of places that became free: the first, and who may want it.
private func entry(of freed: PlacesFreed, _ snapshot: Snapshot, _ fields: [JournalField]) -> JournalEntry? {
    guard let first = freed.places.first else { return nil }
    let due = snapshot.text(Instant(minute: first.place.interval.from))
    let entries = first.entries.map(\.text).joined(separator: ", ")
    let more = freed.places.count > 1 ? ", and \(freed.places.count - 1) later" : ""
    return JournalEntry(
        .placeFreed, "free on \(first.place.chair) at \(due)\(more): \(entries) of the waiting list may want it",
        fields: fields + [.chair(first.place.chair.text), .due(due), .count(freed.places.count)]
            + (first.place.visit.map { [.visit($0.text)] } ?? []))
}

extension Snapshot {
    /// A moment on the clinic's clock, for the journal.
    fileprivate func text(_ instant: Instant) -> String {
        let moment = offsets.instant(second: instant.seconds)
        return "\(moment.day) \(ClockTime(minutes: moment.clock).text)"
    }
}
