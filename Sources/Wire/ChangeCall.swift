package import Clinic

// What calls of the clinic's interface have in common, beside their replies.

/// A call that changes something and answers the difference.
package protocol ChangeCall: WireCall where Reply == ChangeReply {
    /// Why it is asked for.
    var because: Reason { get }
    /// Whether only to say what would change.
    var dryRun: Bool? { get }
    /// Whether the patient knows at once what becomes of the visits that change.
    var told: Bool? { get }
    /// The caller's request id.
    var request: String? { get }
}

extension ChangeCall {
    /// Not known: the call has no such field.
    package var told: Bool? { nil }
}

/// A change that nobody may ask for without saying why.
package protocol ReasonedChange: ChangeCall {
    /// Why: the name of a kind of reason.
    var reason: String { get }
    /// More about why, in somebody's own words.
    var note: String? { get }
}

extension ReasonedChange {
    /// Why it is asked for.
    package var because: Reason { Reason(named: reason, note: note) }
}

/// A change that says why it is asked for, or not.
package protocol ExplicableChange: ChangeCall {
    /// Why: the name of a kind of reason.
    var reason: String? { get }
    /// More about why, in somebody's own words.
    var note: String? { get }
}

extension ExplicableChange {
    /// Why it is asked for: another reason where none is given.
    package var because: Reason { Reason(named: reason, note: note) }
}

extension ClinicInterface.CancelVisit: ReasonedChange {}
extension ClinicInterface.MoveVisit: ReasonedChange {}
extension ClinicInterface.DeferVisit: ReasonedChange {}
extension ClinicInterface.OmitVisit: ReasonedChange {}
extension ClinicInterface.OverrideRule: ReasonedChange {}
extension ClinicInterface.ExtendCourse: ReasonedChange {}
extension ClinicInterface.EndPhase: ReasonedChange {}
extension ClinicInterface.AdvanceCourse: ReasonedChange {}
extension ClinicInterface.StepBackCourse: ReasonedChange {}
extension ClinicInterface.ChangeCourse: ReasonedChange {}
extension ClinicInterface.ChangeGaps: ReasonedChange {}
extension ClinicInterface.HoldCourse: ReasonedChange {}
extension ClinicInterface.ResumeCourse: ReasonedChange {}
extension ClinicInterface.CeaseCourse: ReasonedChange {}
extension ClinicInterface.ReplanCourse: ReasonedChange {}
extension ClinicInterface.CatchUpCourse: ReasonedChange {}
extension ClinicInterface.AdoptCourse: ReasonedChange {}
extension ClinicInterface.GiveCourse: ReasonedChange {}

extension ClinicInterface.ConfirmVisit: ExplicableChange {}
extension ClinicInterface.PinVisit: ExplicableChange {}
extension ClinicInterface.RecordNoShow: ExplicableChange {}
extension ClinicInterface.RecordNotTreated: ExplicableChange {}
extension ClinicInterface.BookHeldCourse: ExplicableChange {}
extension ClinicInterface.ReleaseCourse: ExplicableChange {}
extension ClinicInterface.RecordAssessment: ExplicableChange {}
extension ClinicInterface.DecideGate: ExplicableChange {}
extension ClinicInterface.AddAuthorisation: ExplicableChange {}
extension ClinicInterface.RecordPrerequisite: ExplicableChange {}
extension ClinicInterface.FinishTask: ExplicableChange {}
extension ClinicInterface.Undo: ExplicableChange {}
extension ClinicInterface.ChangePatient: ExplicableChange {}
extension ClinicInterface.MergePatients: ExplicableChange {}
extension ClinicInterface.ReopenPatient: ExplicableChange {}

extension ClinicInterface.ClosePatient: ChangeCall {
    /// Why what is booked is called off; why the patient is closed is told beside it.
    package var because: Reason { Reason(.other, note: note) }
}

extension ClinicInterface.AcceptOffer: ChangeCall {
    /// Why it is asked for: the patient's wish where nothing else is said.
    package var because: Reason { Reason(named: reason ?? Reason.Code.patientRequest.rawValue, note: note) }
}

/// A call that changes staff, chairs or hours.
package protocol AvailabilityCall: WireCall where Reply == AvailabilityReply {
    /// Why: the name of a kind of reason.
    var reason: String? { get }
    /// More about why, in somebody's own words.
    var note: String? { get }
    /// Whether only to say what would change.
    var dryRun: Bool? { get }
    /// The caller's request id.
    var request: String? { get }
}

extension ClinicInterface.AddTimeOff: AvailabilityCall {}
extension ClinicInterface.AddShift: AvailabilityCall {}
extension ClinicInterface.AddOutage: AvailabilityCall {}
extension ClinicInterface.AddClosure: AvailabilityCall {}
extension ClinicInterface.AddOpening: AvailabilityCall {}
extension ClinicInterface.TakeBack: AvailabilityCall {}

/// A call that makes changes that belong together.
package protocol RearrangementCall: WireCall where Reply == RearrangementReply {
    /// The id of what was proposed; nil to seek and make them in one go.
    var proposal: String? { get }
    /// Why: the name of a kind of reason.
    var reason: String? { get }
    /// More about why, in somebody's own words.
    var note: String? { get }
    /// The caller's request id.
    var request: String? { get }
}

extension ClinicInterface.ApplyRepair: RearrangementCall {}
extension ClinicInterface.ApplyImprovement: RearrangementCall {}
