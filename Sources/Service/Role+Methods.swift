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
        ClinicInterface.PinVisit.method: .scheduler,
        ClinicInterface.DeferVisit.method: .scheduler,
        ClinicInterface.OmitVisit.method: .scheduler,
        ClinicInterface.OverrideRule.method: .clinician,
        ClinicInterface.RecordNoShow.method: .scheduler,
        ClinicInterface.RecordNotTreated.method: .clinician,
        ClinicInterface.ExtendCourse.method: .scheduler,
        ClinicInterface.EndPhase.method: .scheduler,
        ClinicInterface.AdvanceCourse.method: .scheduler,
        ClinicInterface.StepBackCourse.method: .scheduler,
        ClinicInterface.ChangeGaps.method: .scheduler,
        ClinicInterface.ChangeCourse.method: .scheduler,
        ClinicInterface.HoldCourse.method: .scheduler,
        ClinicInterface.ResumeCourse.method: .scheduler,
        ClinicInterface.CeaseCourse.method: .scheduler,
        ClinicInterface.ReplanCourse.method: .scheduler,
        ClinicInterface.AdoptCourse.method: .scheduler,
        ClinicInterface.HoldProposal.method: .scheduler,
        ClinicInterface.BookHeldCourse.method: .scheduler,
        ClinicInterface.ReleaseCourse.method: .scheduler,
        ClinicInterface.RecordAssessment.method: .clinician,
        ClinicInterface.DecideGate.method: .clinician,
        ClinicInterface.AddAuthorisation.method: .scheduler,
        ClinicInterface.ListAuthorisations.method: .viewer,
        ClinicInterface.RecordPrerequisite.method: .scheduler,
        ClinicInterface.ListTasks.method: .viewer,
        ClinicInterface.FinishTask.method: .scheduler,
        ClinicInterface.Undo.method: .scheduler,
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
}
