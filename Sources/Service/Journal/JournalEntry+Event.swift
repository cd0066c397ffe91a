internal import Clinic
internal import Planning
internal import Store
internal import Systemd
internal import Wire

/// What the journal is told of an event, in ids and times, most urgent first. Each subject's events have their words in
/// a file of their own, and their texts in the catalogue.
func entries(of recorded: RecordedEvent, _ snapshot: Snapshot) -> [JournalEntry] {
    let text = JournalText(recorded: recorded, snapshot: snapshot)
    return switch recorded.event {
    case .service(let event): text.entries(of: event)
    case .configuration(let event): text.entries(of: event)
    case .course(let event): text.entries(of: event)
    case .visit(let event): text.entries(of: event)
    case .waiting(let event): text.entries(of: event)
    case .alert(let event): text.entries(of: event)
    case .repair(let event): text.entries(of: event)
    case .patient, .availability: []
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
struct JournalText {
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
}
