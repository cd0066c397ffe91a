import Clinic
import StrictJSON

extension ServiceEvent {
    var payload: JSONValue {
        switch self {
        case .started(let started): started.payload
        case .stopped: [:]
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> ServiceEvent? {
        switch kind {
        case .started: ServiceStarted(payload: payload).map { .started($0) }
        case .stopped: payload.object { _ in .stopped }
        }
    }
}

extension ServiceStarted: Shaped {
    static let shape = Shape<ServiceStarted>(
        ServiceStarted.init,
        Field("version", \.version),
        Field("wasClean", \.wasClean, Bool.json.always))
}
