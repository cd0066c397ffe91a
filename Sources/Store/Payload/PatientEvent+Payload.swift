import Clinic
import Planning
import StrictJSON

extension PatientEvent {
    var payload: JSONValue {
        switch self {
        case .added(let patient), .detailsChanged(let patient): members(("patient", .string(patient.text)))
        case .imported(let patients): members(("patients", .array(patients.map { .string($0.text) })))
        }
    }

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: PatientEvent? =
            switch kind {
            case .added: reader.patient.map { .added($0) }
            case .imported:
                reader.object { $0.array("patients") { $0.identifier(PatientID.self) } }.map { .imported($0) }
            case .detailsChanged: reader.patient.map { .detailsChanged($0) }
            }
        guard let read else { return nil }
        self = read
    }
}

extension JSONReader {
    fileprivate var patient: PatientID? { object { $0.identifier("patient", PatientID.self) } }
}
