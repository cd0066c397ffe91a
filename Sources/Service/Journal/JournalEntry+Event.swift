internal import Clinic
internal import Planning
internal import Store
internal import Systemd
internal import Wire

/// What the journal is told of an event, in ids and times, most urgent first. A kind of event is added here, its words
/// beside, and its text in the catalogue.
func entries(of recorded: RecordedEvent, _ snapshot: Snapshot) -> [JournalEntry] {
    let telling = Telling(recorded: recorded, snapshot: snapshot)
    switch recorded.event {
    case .courseBooked(let booked): return [telling.entry(of: booked)]
    case .courseRefused(let refused): return [telling.entry(of: refused)]
    case .courseChanged(let changed): return telling.entries(of: changed)
    case .alertRaised(let alert): return [telling.entry(of: alert)]
    case .visitsHit(let hit): return [telling.entry(of: hit)]
    case .visitsRearranged(let rearranged): return telling.entries(of: rearranged)
    case .repairProposed(let proposed): return [telling.entry(of: proposed)]
    case .placesFreed(let freed): return telling.entry(of: freed).map { [$0] } ?? []
    case .offerMade(let offer): return [telling.entry(of: offer)]
    case .offerClosed(let closed): return telling.entry(of: closed).map { [$0] } ?? []
    case .serviceStarted(let started):
        let after = started.wasClean ? "" : " after an unclean stop"
        return [telling.entry(.serviceStarted, "infusiond \(started.version) started\(after)")]
    case .serviceStopped: return [telling.entry(.serviceStopped, "infusiond stopped in good order")]
    case .configurationAdopted(let adopted):
        let facility = adopted.configuration.facility
        return [
            telling.entry(
                .configurationReloaded,
                "configuration in force: \(counted(facility.chairs.count, "chair")), \(facility.staff.count) staff, "
                    + counted(facility.regimens.count, "regimen"))
        ]
    case .patientAdded, .patientsImported, .patientDetailsChanged, .templateRecorded, .timeOffAdded, .timeOffRemoved,
        .outageAdded, .outageRemoved, .closureAdded, .closureRemoved, .openingAdded, .openingRemoved, .shiftAdded,
        .shiftRemoved, .visitsRetimed, .waitingAdded, .waitingRemoved:
        return []
    }
}

extension JournalEntry {
    /// That the database failed and the service ends.
    static func storageFailed(_ error: StoreError) -> JournalEntry {
        JournalEntry(.storageFailed, "storage failed: \(error)", fields: [.code(error.code)])
    }

    /// That a configuration was refused, with how many problems it has and where the first is.
    static func configurationRefused(_ count: Int, firstAt path: String) -> JournalEntry {
        JournalEntry(
            .configurationRefused, "configuration refused: \(counted(count, "problem")), the first at \(path)",
            fields: [.count(count)])
    }
}

/// An event on its way to the journal, with the state by which it is told.
struct Telling {
    let recorded: RecordedEvent
    let snapshot: Snapshot

    /// An entry of a kind with the event's number and author.
    func entry(_ kind: MessageKind, _ message: String, fields: [JournalField] = []) -> JournalEntry {
        JournalEntry(kind, message, fields: common + fields)
    }

    private var common: [JournalField] { [.event("e\(recorded.number)"), .actor(recorded.caller.user)] }

    /// An instant by the clinic's clock: 2026-03-02 09:00; the later of two with its offset.
    func text(_ instant: Instant) -> String {
        snapshot.offsets.text(second: instant.seconds)
    }

    /// An instant of minutes since 1970 UTC by the clinic's clock.
    func text(minute: Int) -> String { text(Instant(minute: minute)) }

    fileprivate func entry(of booked: CourseBooked) -> JournalEntry {
        let first = booked.visits.first.map { " from \($0.place.day)" } ?? ""
        let visits = counted(booked.visits.count, "visit")
        return entry(
            .courseBooked, "course \(booked.course) booked for patient \(booked.patient): \(visits)\(first)",
            fields: [.course(booked.course.text), .patient(booked.patient.text), .count(booked.visits.count)])
    }

    fileprivate func entry(of refused: CourseRefused) -> JournalEntry {
        let rules = refused.rules.isEmpty ? "several" : refused.rules.map(\.rawValue).joined(separator: ", ")
        let visit = refused.visit.map { " at visit \($0)" } ?? ""
        return entry(
            .courseRefused, "course by \(refused.regimen) refused for patient \(refused.patient)\(visit): \(rules)",
            fields: [.patient(refused.patient.text)] + (refused.rules.first.map { [.rule($0.rawValue)] } ?? []))
    }
}
