import Clinic
import StrictJSON

extension ServiceEvent {
    var payload: JSONValue {
        switch self {
        case .started(let started):
            members(("version", .string(started.version)), ("wasClean", .bool(started.wasClean)))
        case .stopped: members()
        }
    }

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: ServiceEvent? =
            switch kind {
            case .started: ServiceStarted(payload: reader).map { .started($0) }
            case .stopped: reader.object { _ in .stopped }
            }
        guard let read else { return nil }
        self = read
    }
}

extension ServiceStarted {
    init?(payload reader: JSONReader) {
        let read: ServiceStarted? = reader.object { fields in
            guard let version = fields.string("version"), let wasClean = fields.bool("wasClean") else { return nil }
            return ServiceStarted(version: version, wasClean: wasClean)
        }
        guard let read else { return nil }
        self = read
    }
}
