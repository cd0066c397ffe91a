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
        case .changed(let changed):
            if changed.former != nil { try giveWaiting(of: changed.course, to: changed.patient) }
        case .booked, .refused: break
        }
    }

    /// What waits of a course, and what is offered to it, is its new patient's.
    func giveWaiting(of course: CourseID, to patient: PatientID) throws {
        for table in ["waiting", "offer"] {
            try run("UPDATE \(table) SET patient = ? WHERE course = ?", [patient.text, course.text])
        }
    }
}
