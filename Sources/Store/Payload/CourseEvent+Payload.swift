import Clinic
import StrictJSON

extension CourseEvent {
    var payload: JSONValue {
        switch self {
        case .templateRecorded(let template): template.payload
        case .booked(let booked): booked.payload
        case .refused(let refused): refused.payload
        case .changed(let changed): changed.payload
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> CourseEvent? {
        switch kind {
        case .templateRecorded: Template(payload: payload).map { .templateRecorded($0) }
        case .booked: CourseBooked(payload: payload).map { .booked($0) }
        case .refused: CourseRefused(payload: payload).map { .refused($0) }
        case .changed: CourseChanged(payload: payload).map { .changed($0) }
        }
    }
}

extension ClinicState {
    /// Why an event about a course cannot follow on the state; nil where it can.
    func obstacle(to event: CourseEvent) -> String? {
        switch event {
        case .templateRecorded(let template): template.isWhole ? nil : "a visit type of the template is not whole"
        case .booked(let booked):
            obstacle(
                booked.template, booked.visits.map { ($0.image.visitType, $0.image.place) }, booked.wish,
                CourseProgress())
        case .refused: nil
        case .changed(let changed): obstacle(to: changed)
        }
    }
}
