import Clinic
import Planning
import StrictJSON

extension PatientEvent {
    var payload: JSONValue {
        switch self {
        case .added(let patient), .detailsChanged(let patient): Self.one.write(patient)
        case .imported(let patients): Self.several.write(patients)
        case .merged(let merge), .separated(let merge): merge.payload
        case .closed(let patient, let reason): Self.closing.write(Closing(patient: patient, reason: reason))
        case .reopened(let patient): Self.one.write(patient)
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> PatientEvent? {
        switch kind {
        case .added: one.read(payload).map { .added($0) }
        case .imported: several.read(payload).map { .imported($0) }
        case .detailsChanged: one.read(payload).map { .detailsChanged($0) }
        case .merged: PatientMerge(payload: payload).map { .merged($0) }
        case .separated: PatientMerge(payload: payload).map { .separated($0) }
        case .closed: closing.read(payload).map { .closed($0.patient, $0.reason) }
        case .reopened: one.read(payload).map { .reopened($0) }
        }
    }

    private static let one = Shape<PatientID>({ $0 }, Field("patient", \.self))

    private static let several = Shape<[PatientID]>({ $0 }, Field("patients", \.self, PatientID.json.list.always))

    private struct Closing {
        let patient: PatientID
        let reason: ClosingReason
    }

    private static let closing = Shape<Closing>(
        { Closing(patient: $0, reason: $1) }, Field("patient", \.patient), Field("why", \.reason))
}

extension ClosingReason: JSONCoded {}

extension PatientMerge: Shaped {
    static let shape = Shape<PatientMerge>(
        { PatientMerge(from: $0, into: $1, courses: $2, visits: $3) },
        Field("from", \.from),
        Field("into", \.into),
        Field("courses", \.courses),
        Field("visits", \.visits))
}
