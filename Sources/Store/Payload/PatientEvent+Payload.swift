import Clinic
import Planning
import StrictJSON

extension PatientEvent {
    var payload: JSONValue {
        switch self {
        case .added(let patient), .detailsChanged(let patient): Self.one.write(patient)
        case .imported(let patients): Self.several.write(patients)
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> PatientEvent? {
        switch kind {
        case .added: one.read(payload).map { .added($0) }
        case .imported: several.read(payload).map { .imported($0) }
        case .detailsChanged: one.read(payload).map { .detailsChanged($0) }
        }
    }

    private static let one = Shape<PatientID>({ $0 }, Field("patient", \.self))

    private static let several = Shape<[PatientID]>({ $0 }, Field("patients", \.self, PatientID.json.list.always))
}
