internal import Clinic
internal import Planning
internal import Wire

extension ClinicInterface.Failure {
    /// That a patient has a course by the regimen that is asked for: which, where it stands, and what to do instead.
    static func hasCourse(_ id: CourseID, _ snapshot: Snapshot) -> Self {
        func refused(_ standing: String, _ hint: String) -> Self {
            let course = snapshot.state.course(id)
            let whose = course.map { "\($0.patient) has \($0.template.regimen.id) already" } ?? "there is one already"
            return .refused(
                rule: "again", message: "\(whose): \(id), \(standing)",
                hint: hint + "; --again with a reason takes a second one", violations: [], refusal: nil)
        }
        guard let course = snapshot.state.course(id) else {
            return refused("not over", "infusionctl course show \(id)")
        }
        if let until = course.progress.heldUntil {
            return refused("held until \(snapshot.moment(until))", "infusionctl course book \(id) books it")
        }
        let given = snapshot.state.visits(of: course).count(where: \.wasGiven)
        let ahead = snapshot.state.visits(of: course).count { $0.status.isOpen }
        let standing = course.status == .onHold ? "on hold, " : ""
        return refused(
            "\(standing)booked \(snapshot.moment(course.bookedAt)), \(counted(given, "visit")) given, \(ahead) to come",
            "infusionctl course show \(id) shows it")
    }
}
