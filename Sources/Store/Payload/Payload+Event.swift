import Clinic
import StrictJSON

extension Event {
    /// The version of each kind's payload that is written today. Older ones are read for ever.
    var payloadVersion: Int { 1 }

    /// What is recorded of the event beside its kind.
    var payload: JSONValue {
        switch self {
        case .service(let event): event.payload
        case .configuration(let event): event.payload
        case .patient(let event): event.payload
        case .course(let event): event.payload
        case .visit(let event): event.payload
        case .availability(let event): event.payload
        case .waiting(let event): event.payload
        case .alert(let event): event.payload
        case .repair(let event): event.payload
        }
    }

    /// An event as it was recorded in some version of its kind.
    ///
    /// - Throws: why it cannot be read, in one line.
    init(kind: String, version: Int, payload: [UInt8]) throws(PayloadError) {
        guard let kind = Kind(rawValue: kind) else { throw PayloadError("the kind \(kind) is not known here") }
        guard version == 1 else { throw PayloadError("version \(version) of \(kind.rawValue) is not known here") }
        let value = try storedJSON(payload)
        do {
            self = try value.decode { reader in Event.read(kind, reader) }
        } catch {
            throw PayloadError("\(error)")
        }
    }

    private static func read(_ kind: Kind, _ reader: JSONReader) -> Event? {
        switch kind {
        case .service(let kind): ServiceEvent.read(kind, reader).map { .service($0) }
        case .configuration(let kind): ConfigurationEvent.read(kind, reader).map { .configuration($0) }
        case .patient(let kind): PatientEvent.read(kind, reader).map { .patient($0) }
        case .course(let kind): CourseEvent.read(kind, reader).map { .course($0) }
        case .visit(let kind): VisitEvent.read(kind, reader).map { .visit($0) }
        case .availability(let kind): AvailabilityEvent.read(kind, reader).map { .availability($0) }
        case .waiting(let kind): WaitingEvent.read(kind, reader).map { .waiting($0) }
        case .alert(let kind): AlertEvent.read(kind, reader).map { .alert($0) }
        case .repair(let kind): RepairEvent.read(kind, reader).map { .repair($0) }
        }
    }
}

/// Why a payload cannot be read.
struct PayloadError: Error {
    let why: String

    init(_ why: String) { self.why = why }
}
