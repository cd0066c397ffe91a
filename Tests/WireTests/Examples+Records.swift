import Planning

@testable import Wire

// The waiting list, the audit and backups with a value in every field.

extension Examples {
    private static let window = WeekWindow(days: [.tue], hours: Interval(540, 720))

    static let addWaiting = ClinicInterface.AddWaiting(
        course: "c1", visit: "v3", earlier: true, windows: [window], seen: 4, request: "r")
    static let removeWaiting = ClinicInterface.RemoveWaiting(waiting: "w1", seen: 4, request: "r")
    static let matchWaiting = ClinicInterface.MatchWaiting(
        visit: "v3", day: day, at: ClockTime(minutes: 600), chair: "chair-1", minutes: 95)
    static let offerPlace = ClinicInterface.OfferPlace(
        waiting: "w1", visit: "v3", day: day, at: ClockTime(minutes: 600), chair: "chair-1", minutes: 95,
        holdMinutes: 30, seen: 4, request: "r")
    static let acceptOffer = ClinicInterface.AcceptOffer(
        offer: "f1", reason: "patientRequest", note: "n", dryRun: true, seen: 4, request: "r")
    static let declineOffer = ClinicInterface.DeclineOffer(offer: "f1", seen: 4, request: "r")

    static let waiting = WaitingMessage(
        id: "w1", course: "c1", patient: "p1", name: "Ann", phone: "555", visit: "v3", earlier: true,
        windows: [window], since: instant, stands: instant, offer: "f1")
    static let move = OfferMoveMessage(
        visit: "v3", before: instant, start: instant, end: instant, chair: "chair-1", attendants: ["nurse": "rn-1"])
    static let offer = OfferMessage(
        id: "f1", entry: "w1", course: "c1", patient: "p1", name: "Ann", phone: "555", moves: [move], until: instant,
        gain: 40, costSaved: 5, daysEarlier: 7)
    static let freed = FreedPlaceMessage(
        day: day, chair: "chair-1", from: instant, until: instant, visit: "v3", entries: ["w1"],
        matches: [WaitingMatchMessage(entry: waiting, moves: [move], gain: 40, costSaved: 5, daysEarlier: 7)])

    static let audit = ClinicInterface.Audit(
        patient: "p1", course: "c1", visit: "v3", actor: "ann", from: instant, until: instant, reads: true,
        before: "e3-r4", limit: 10)
    static let auditEntry = AuditEntryMessage(
        event: 7, at: instant, uid: 1000, user: "ann", pid: 7, role: "scheduler", action: .visitMoved,
        method: "ShowVisit", patient: "p1", course: "c1", visits: ["v3"], about: "v3", detail: "gap",
        alert: AlertMessage(kind: .visitOverrun, subject: "v3", detail: "infusion", due: instant), reason: "staffing",
        note: "n",
        request: "r", undoes: 3,
        changes: [AuditChangeMessage(subject: "v3", what: "chair", before: "chair-1", after: "chair-2")])
    static let showVisitAsOf = ClinicInterface.ShowVisitAsOf(visit: "v3", asOf: "e7")
    static let backup = ServiceInterface.Backup(path: "/backup", verify: true)
}
