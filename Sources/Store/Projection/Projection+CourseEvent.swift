import Clinic
import GRDB
import Planning

extension Projection {
    /// Writes what an event about a course changes beside the course and its visits.
    func write(_ event: CourseEvent, _ number: Int) throws {
        switch event {
        case .templateRecorded(let template):
            try run(
                "INSERT INTO template (id, regimen, name, event) VALUES (?, ?, ?, ?)",
                [template.id.text, template.regimen.id.text, template.regimen.name, number])
        case .booked, .refused, .changed: break
        }
    }
}
