import Clinic
import Planning
import StrictJSON

extension RepairEvent {
    var payload: JSONValue {
        switch self {
        case .proposed(let proposed): proposed.payload
        case .rearranged(let rearranged): rearranged.payload
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> RepairEvent? {
        switch kind {
        case .proposed: RepairProposed(payload: payload).map { .proposed($0) }
        case .rearranged: VisitsRearranged(payload: payload).map { .rearranged($0) }
        }
    }
}

extension ClinicState {
    /// Why an event about a repair cannot follow on the state; nil where it can.
    func obstacle(to event: RepairEvent) -> String? {
        switch event {
        case .proposed: nil
        case .rearranged(let rearranged): rearranged.changes.lazy.compactMap { obstacle(to: $0) }.first
        }
    }
}

extension Rearrangement.Purpose: JSONCoded {}

extension VisitsRearranged: Shaped {
    static let shape = Shape<VisitsRearranged>(
        VisitsRearranged.init,
        Field("purpose", \.purpose),
        Field("day", \.day),
        Field("courses", \.changes),
        Field("proposed", \.proposed))
}
