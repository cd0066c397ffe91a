internal import Clinic
internal import Planning
internal import Store
internal import Synchronization
package import Systemd

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
        .outageAdded, .outageRemoved, .closureAdded, .closureRemoved, .openingAdded, .openingRemoved, .shiftAdded,
        .shiftRemoved,
        .visitsRetimed, .courseChanged, .alertRaised:
        return nil
    }
}
