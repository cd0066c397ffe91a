package import Clinic
internal import Wire

/// The role that each method asks for: one table, so that nothing is open by being forgotten. A method that is not
/// listed is refused to everybody.
package let methodRoles: [String: Role] = [
    ClinicInterface.AddPatient.method: .scheduler,
    ClinicInterface.ImportPatients.method: .scheduler,
    ClinicInterface.ListPatients.method: .scheduler,
    ClinicInterface.ShowPatient.method: .scheduler,
    ClinicInterface.ListRegimens.method: .viewer,
    ClinicInterface.ShowRegimen.method: .viewer,
    ClinicInterface.ProposeCourse.method: .scheduler,
    ClinicInterface.BookCourse.method: .scheduler,
    ClinicInterface.ListCourses.method: .viewer,
    ClinicInterface.ShowCourse.method: .viewer,
    ClinicInterface.ShowVisit.method: .viewer,
    ClinicInterface.Day.method: .viewer,
    ClinicInterface.Week.method: .viewer,
    ClinicInterface.Free.method: .viewer,
    ClinicInterface.ListEvents.method: .viewer,
    ClinicInterface.Watch.method: .viewer,
    ServiceInterface.Status.method: .viewer,
    ServiceInterface.GetClock.method: .viewer,
    ServiceInterface.Verify.method: .admin,
    ServiceInterface.Reload.method: .admin,
    ServiceInterface.AdvanceClock.method: .admin,
]
