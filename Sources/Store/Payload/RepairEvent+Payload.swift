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

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: RepairEvent? =
            switch kind {
            case .proposed: RepairProposed(payload: reader).map { .proposed($0) }
            case .changed: ScheduleChanged(payload: reader).map { .changed($0) }
            }
        guard let read else { return nil }
        self = read
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

extension ScheduleChanged {
    var payload: JSONValue {
        members(
            ("purpose", .string(purpose.rawValue)), ("day", text(day?.description)),
            ("courses", list(changes.map(\.payload))), ("proposed", number(proposed)))
    }

    init?(payload reader: JSONReader) {
        let read: ScheduleChanged? = reader.object { fields in
            guard let purpose = fields.choice("purpose", of: ScheduleChange.Purpose.self) else { return nil }
            return ScheduleChanged(
                purpose: purpose, day: fields.optionalDay("day"),
                changes: fields.array("courses", default: [], of: CourseChanged.init(payload:)),
                proposed: fields.optionalCount("proposed"))
        }
        guard let read else { return nil }
        self = read
    }
}
