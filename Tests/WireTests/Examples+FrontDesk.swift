import Planning

@testable import Wire

// The front desk's messages with a value in every field.

extension Examples {
    static let recordFact = ClinicInterface.RecordFact(
        visit: "v3", fact: "started", at: instant, number: 1, detail: "full", chair: "chair-2",
        persons: ["nurse": "rn-2"], override: true, yes: true,
        reason: "clinical",
        note: "n", told: true, dryRun: true, seen: 4, request: "r")
    static let recordCall = ClinicInterface.RecordCall(
        call: "v3", outcome: "reached", patient: "p1", cancel: true, makeUp: false, move: true, moveFrom: day,
        moveThrough: day, moveAt: ClockTime(minutes: 600), at: instant, through: day, note: "n", dryRun: true, seen: 4,
        request: "r")
    static let today = ClinicInterface.Today(day: day, names: true)
    static let listCalls = ClinicInterface.ListCalls(through: day, patient: "p1", course: "c1")

    static let recordFactReply = ClinicInterface.RecordFact.Reply(
        recorded: true, event: 9, found: visit,
        following: [
            PushMessage(
                visit: "v4", course: "c2", patient: "p2", start: instant, minutes: 20, chair: "chair-1",
                otherChair: "chair-2", otherAttendants: ["nurse": "rn-2"])
        ], people: ["rn-1": "Nurse 1"], movedFrom: instant, tookBack: .noShow, calledOff: [visit],
        taken: SeatTakenMessage(chair: "chair-1", visit: "v4", patient: "p2", until: instant, free: ["chair-2"]))
    static let correctFact = ClinicInterface.CorrectFact(
        visit: "v3", event: 9, at: instant, note: "n", told: true, dryRun: true, seen: 4, request: "r")
    static let correctFactReply = ClinicInterface.CorrectFact.Reply(
        recorded: true, event: 10, found: visit, following: recordFactReply.following, people: ["rn-1": "Nurse 1"],
        movedFrom: instant, notBackTo: instant)
    static let recordCallReply = ClinicInterface.RecordCall.Reply(
        recorded: true, event: 9, found: visit, others: [visit],
        instead: DeclinedVisitMessage(
            start: instant, chair: "chair-1", cost: 3, notice: "late",
            sameDay: OtherPlaceMessage(start: instant, chair: "chair-1", cost: 3),
            otherDay: OtherPlaceMessage(start: instant, chair: "chair-2", cost: 40)),
        difference: difference,
        people: ["rn-1": "Nurse 1"])
    static let todayReply = ClinicInterface.Today.Reply(
        day: day, now: instant, open: [span], visits: 2, confirmed: 1, first: instant, last: instant,
        lines: [
            SheetLineMessage(
                kind: .escort, visit: "v3", course: "c1", patient: "p1", person: "rn-1", name: "A", start: instant,
                chair: "chair-1", due: day, detail: "d")
        ], reopens: day)
    static let listCallsReply = ClinicInterface.ListCalls.Reply(
        now: instant,
        calls: [
            PhoneCallMessage(
                visit: "v3", course: "c1", patient: "p1", recordNumber: "MRN-1", name: "A", phone: "1",
                purposes: [.changed], due: instant, start: instant, phase: "induction", status: .tentative,
                attempts: 1, lastOutcome: .messageLeft, lastAt: instant,
                reasons: [
                    CallReasonMessage(
                        purpose: .changed, visit: "v3", course: "c1", phase: "induction", status: .tentative,
                        start: instant, told: instant, due: instant, missing: ["escort"], givenAway: true)
                ])
        ], later: 3)
}
