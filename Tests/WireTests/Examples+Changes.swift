import Planning

@testable import Wire

// Changes with a value in every field.

extension Examples {
    static let difference = PlanDifferenceMessage(
        action: "visitMoved", course: "c1", patient: "p1", about: "v3", statusBefore: "active", statusAfter: "onHold",
        visits: [VisitChangeMessage(id: "v3", before: visit, after: visit)], costBefore: 12, costAfter: 20,
        costOfMoving: 40, calls: ["v3"], unplaced: refusal)

    static let changeReply = ChangeReply(
        recorded: true, event: 12, difference: difference, people: ["rn-1": "Nurse 1"])

    static let confirmVisit = ClinicInterface.ConfirmVisit(
        visit: "v3", reason: "other", note: "n", dryRun: true, request: "r")
    static let cancelVisit = ClinicInterface.CancelVisit(
        visit: "v3", makeUp: true, reason: "transport", note: "n", dryRun: true, request: "r")
    static let moveVisit = ClinicInterface.MoveVisit(
        visit: "v3", from: day, through: day + 1, at: ClockTime(minutes: 600), chair: "chair-1",
        attendants: ["nurse": "rn-1"], reason: "patientRequest", note: "n", dryRun: true, request: "r")
}
