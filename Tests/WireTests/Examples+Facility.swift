import Planning

@testable import Wire

// Staff, chairs, hours and repairs with a value in every field.

extension Examples {
    static let hours = ClockWindow(Interval(480, 720))
    static let hit = HitMessage(visit: visit, rules: ["attendant-on-duty"])
    static let availabilityReply = AvailabilityReply(
        recorded: true, event: 41, ids: ["t1"], known: ["t1"], hits: [hit], people: ["rn-1": "Nurse 1"])
    static let addTimeOff = ClinicInterface.AddTimeOff(
        person: "rn-1", from: day, fromTime: ClockTime(minutes: 470), through: day + 1,
        untilTime: ClockTime(minutes: 720), reason: "staffing", note: "n", dryRun: true, seen: 4, request: "r")
    static let addShift = ClinicInterface.AddShift(
        person: "rn-1", day: day, hours: hours, reason: "staffing", note: "n", dryRun: true, seen: 4, request: "r")
    static let addOutage = ClinicInterface.AddOutage(
        chair: "chair-1", feature: "monitor", from: day, fromTime: ClockTime(minutes: 470), through: day + 1,
        untilTime: ClockTime(minutes: 720), reason: "equipment", note: "n", dryRun: true, seen: 4, request: "r")
    static let addClosure = ClinicInterface.AddClosure(
        from: day, through: day + 1, hours: hours, reason: "closure", note: "n", dryRun: true, seen: 4, request: "r")
    static let addOpening = ClinicInterface.AddOpening(
        day: day, hours: hours, reason: "other", note: "n", dryRun: true, seen: 4, request: "r")
    static let takeBack = ClinicInterface.TakeBack(
        ids: ["t1", "o2"], reason: "other", note: "n", dryRun: true, seen: 4, request: "r")
    static let listAvailability = ClinicInterface.ListAvailability(from: day)
    static let availability = ClinicInterface.ListAvailability.Reply(
        staff: [
            StaffMemberMessage(person: "rn-1", name: "Nurse 1", roles: ["nurse"], capacityPercent: 80, onDuty: [hours])
        ], chairs: [ChairMessage(chair: "chair-1", features: ["monitor"])],
        timeOff: [TimeOffMessage(id: "t1", person: "rn-1", from: instant, until: instant)],
        shifts: [ExtraShiftMessage(id: "s1", person: "rn-1", day: day, hours: hours)],
        outages: [OutageMessage(id: "o1", chair: "chair-1", from: instant, until: instant)],
        closures: [ClosureMessage(id: "k1", from: day, through: day, hours: hours, reason: "half day")],
        openings: [OpeningMessage(id: "x1", day: day, hours: hours, reason: "Saturday")])

    static let rearrangement = RearrangementMessage(
        purpose: .repair, day: day, broken: [hit], differences: [difference],
        unplaced: [UnplacedMessage(visit: visit, days: [ClosedDayMessage(day: day, closedBy: .openingHours)])],
        unresolved: [hit], best: true, proven: .best, gain: 12, course: "c1", phase: "induction",
        through: day, ends: day)
    static let rearrangementReply = RearrangementReply(
        proposal: "rp1", recorded: true, event: 42, found: rearrangement, people: ["rn-1": "Nurse 1"])
    static let proposeRepair = ClinicInterface.ProposeRepair(day: day, course: "c1")
    static let applyRepair = ClinicInterface.ApplyRepair(
        proposal: "rp1", day: day, course: "c1", reason: "staffing", note: "n", request: "r")
    static let proposeImprovement = ClinicInterface.ProposeImprovement(weeks: 4)
    static let applyImprovement = ClinicInterface.ApplyImprovement(
        proposal: "rp1", weeks: 4, reason: "other", note: "n", request: "r")
    static let findGains = ClinicInterface.FindGains(from: day, through: day + 1)
    static let gains = ClinicInterface.FindGains.Reply(
        gains: [
            GainMessage(
                kind: .slipping, course: "c1", patient: "p1", visit: "v3", number: 2, phase: "induction",
                start: instant, end: instant, chair: "chair-1", attendants: ["nurse": "rn-1"], instead: instant)
        ], people: ["rn-1": "Nurse 1"])
}
