package import Clinic
internal import Wire

extension Role {
    /// The role that a method asks for; nil for a method that is not listed, which is refused to everybody.
    package static func needed(for method: String) -> Role? { table[method] }

    /// The methods that are listed: one table, so that nothing is open by being forgotten.
    package static var listedMethods: [String] { table.keys.sorted() }

    private static let table: [String: Role] = [
        ClinicInterface.AddPatient.method: .scheduler,
        ClinicInterface.ImportPatients.method: .scheduler,
        ClinicInterface.ListPatients.method: .scheduler,
        ClinicInterface.ShowPatient.method: .scheduler,
        ClinicInterface.ListRegimens.method: .viewer,
        ClinicInterface.ShowRegimen.method: .viewer,
        ClinicInterface.ListVisitTypes.method: .viewer,
        ClinicInterface.ProposeCourse.method: .scheduler,
        ClinicInterface.ExplainVisit.method: .scheduler,
        ClinicInterface.BookCourse.method: .scheduler,
        ClinicInterface.ListCourses.method: .viewer,
        ClinicInterface.ShowCourse.method: .viewer,
        ClinicInterface.ShowVisit.method: .viewer,
        ClinicInterface.ConfirmVisit.method: .scheduler,
        ClinicInterface.CancelVisit.method: .scheduler,
        ClinicInterface.MoveVisit.method: .scheduler,
        ClinicInterface.Day.method: .viewer,
        ClinicInterface.Week.method: .viewer,
        ClinicInterface.Free.method: .viewer,
        ClinicInterface.ListEvents.method: .viewer,
        ClinicInterface.Watch.method: .viewer,
        ClinicInterface.AddTimeOff.method: .scheduler,
        ClinicInterface.AddShift.method: .scheduler,
        ClinicInterface.AddOutage.method: .scheduler,
        ClinicInterface.AddClosure.method: .scheduler,
        ClinicInterface.AddOpening.method: .scheduler,
        ClinicInterface.TakeBack.method: .scheduler,
        ClinicInterface.ListAvailability.method: .viewer,
        ClinicInterface.ProposeRepair.method: .scheduler,
        ClinicInterface.ApplyRepair.method: .scheduler,
        ClinicInterface.ProposeImprovement.method: .scheduler,
        ClinicInterface.ApplyImprovement.method: .scheduler,
        ClinicInterface.FindGains.method: .scheduler,
        ServiceInterface.Status.method: .viewer,
        ServiceInterface.GetClock.method: .viewer,
        ServiceInterface.Verify.method: .admin,
        ServiceInterface.Reload.method: .admin,
        ServiceInterface.AdvanceClock.method: .admin,
    ]
}
