import Clinic
import Planning
import StrictJSON

extension RepairEvent {
    var payload: JSONValue {
        switch self {
        case .proposed(let proposed): proposed.payload
        case .changed(let made): made.payload
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> RepairEvent? {
        switch kind {
        case .proposed: RepairProposed(payload: payload).map { .proposed($0) }
        case .changed: ScheduleChanged(payload: payload).map { .changed($0) }
        }
    }
}

extension ClinicState {
    /// Why an event about a repair cannot follow on the state; nil where it can.
    func obstacle(to event: RepairEvent) -> String? {
        switch event {
        case .proposed: nil
        case .changed(let made): made.changes.lazy.compactMap { obstacle(to: $0) }.first
        }
    }
}

extension ScheduleChange.Purpose: JSONCoded {}

extension ScheduleChanged: Shaped {
    static let shape = Shape<ScheduleChanged>(
        ScheduleChanged.init,
        Field("purpose", \.purpose),
        Field("day", \.day),
        Field("courses", \.changes),
        Field("proposed", \.proposed))
}
