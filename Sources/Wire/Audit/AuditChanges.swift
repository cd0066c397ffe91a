import Clinic
import Planning

/// Brings what an event changed into words: properties before and after. Each subject's events have theirs in a file of
/// their own.
struct AuditChanges {
    let offsets: ClockOffsets

    init(_ offsets: ClockOffsets) { self.offsets = offsets }

    func of(_ event: Event) -> [AuditChangeMessage] {
        switch event {
        case .course(let event): of(event)
        case .visit(let event): of(event)
        case .availability(let event): of(event)
        case .waiting(let event): of(event)
        case .alert(let event): of(event)
        case .repair(let event): of(event)
        case .patient(let event): of(event)
        case .service, .configuration: []
        }
    }

    // MARK: Words

    func change(_ subject: String, _ what: String, _ before: String?, _ after: String?) -> AuditChangeMessage {
        AuditChangeMessage(subject: subject, what: what, before: before, after: after)
    }

    func start(_ place: Place) -> String { "\(place.day) \(ClockTime(minutes: place.start.clock).text)" }

    func staff(_ place: Place) -> String {
        var covered: [String] = []
        for handover in place.handovers {
            let text = "\(handover.label) covered by \(handover.person)"
            if !covered.contains(text) { covered.append(text) }
        }
        return (place.persons.map(\.text) + covered).joined(separator: ", ")
    }

    func list(_ words: Set<String>) -> String? {
        words.isEmpty ? nil : words.sorted().joined(separator: ", ")
    }

    func instant(_ second: Int) -> String {
        offsets.text(second: second)
    }
}
