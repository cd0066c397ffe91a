import Clinic
import Planning
import StrictJSON

extension PatientEvent {
    var payload: JSONValue {
        switch self {
        case .added(let patient), .detailsChanged(let patient): members(("patient", .string(patient.text)))
        case .imported(let patients): members(("patients", .array(patients.map { .string($0.text) })))
        case .merged(let merge), .separated(let merge): merge.payload
        case .closed(let patient, let reason):
            members(("patient", .string(patient.text)), ("why", .string(reason.rawValue)))
        case .reopened(let patient): members(("patient", .string(patient.text)))
        }
    }

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: PatientEvent? =
            switch kind {
            case .added: reader.patient.map { .added($0) }
            case .imported:
                reader.object { $0.array("patients") { $0.identifier(PatientID.self) } }.map { .imported($0) }
            case .detailsChanged: reader.patient.map { .detailsChanged($0) }
            case .merged: PatientMerge(payload: reader).map { .merged($0) }
            case .separated: PatientMerge(payload: reader).map { .separated($0) }
            case .closed:
                reader.object { fields -> PatientEvent? in
                    guard let patient = fields.identifier("patient", PatientID.self),
                        let why = fields.choice("why", of: ClosingReason.self)
                    else { return nil }
                    return .closed(patient, why)
                }
            case .reopened: reader.patient.map { .reopened($0) }
            }
        guard let read else { return nil }
        self = read
    }
}

extension JSONReader {
    fileprivate var patient: PatientID? { object { $0.identifier("patient", PatientID.self) } }
}

extension PatientMerge {
    fileprivate var payload: JSONValue {
        members(
            ("from", .string(from.text)), ("into", .string(into.text)),
            ("courses", list(courses.map { .string($0.text) })), ("visits", list(visits.map { .string($0.text) })))
    }

    fileprivate init?(payload reader: JSONReader) {
        let read: PatientMerge? = reader.object { fields in
            guard let from = fields.identifier("from", PatientID.self),
                let into = fields.identifier("into", PatientID.self)
            else { return nil }
            return PatientMerge(
                from: from, into: into,
                courses: fields.array("courses", default: []) { $0.identifier(CourseID.self) },
                visits: fields.array("visits", default: []) { $0.identifier(VisitID.self) })
        }
        guard let read else { return nil }
        self = read
    }
}
