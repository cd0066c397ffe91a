import Planning

@testable import Wire

extension Examples {
    static let utilisation = ClinicInterface.ReportUtilisation(from: day, through: day + 27)
    static let adherence = ClinicInterface.ReportAdherence(from: day, through: day + 27)
    static let month = ClinicInterface.ReportMonth(month: "2026-03")
    static let exportVisits = ClinicInterface.ExportVisits(
        from: day, through: day + 9, chair: "chair-1", person: "rn-1", patient: "p1", course: "c1")
    static let stageImport = ClinicInterface.StageImport(upload: "u", part: 3, text: "{")
    static let importFile = ClinicInterface.Import(upload: "u", checksum: "0123", dryRun: true, request: "r")

    static let use = ReportUseMessage(used: 80, available: 360, percent: 22)
    static let reportHour = ReportHourMessage(weekday: "mon", hour: 10, use: use)
    static let role = ReportRoleMessage(role: "nurse", use: use, spreadPercent: 9, hours: [reportHour])

    static let utilisationReply = ClinicInterface.ReportUtilisation.Reply(
        from: day, through: day + 27, openDays: 20,
        chairs: [ReportChairMessage(chair: "chair-1", visits: 7, use: use)], all: use, hours: [reportHour],
        roles: [role],
        staff: [
            ReportPersonMessage(
                person: "rn-1", name: "Nurse 1", roles: ["nurse"], visits: 7, onDutyMinutes: 480, use: use)
        ])

    static let adherenceReply = ClinicInterface.ReportAdherence.Reply(
        from: day, through: day + 27,
        inductions: [
            ReportInductionMessage(
                regimen: "mdd-iv-3x2", name: "Six", phase: "induction", visits: 6, withinDays: 20, begun: 9,
                inWindow: 4, late: 2, running: 1, slipping: 1, ceased: 1, medianDays: 13,
                medianInHand: -2)
        ])

    static let monthReply = ClinicInterface.ReportMonth.Reply(
        month: "2026-03", from: day, through: day + 27, given: 90, givenInPart: 2, open: 3, lost: 7,
        losses: [
            ReportLossMessage(
                kind: .lateCancellation, reason: "patientRequest", visits: 4, chairMinutes: 380, medianDaysBlocked: 9,
                longestDaysBlocked: 30)
        ], firstVisits: 4, medianDaysToFirst: 5, longestDaysToFirst: 12,
        forms: [ReportFormsMessage(name: "form", due: 9, onTime: 5, late: 2, missing: 1, open: 1)], chairs: use,
        roles: [role])

    static let importReply = ClinicInterface.Import.Reply(
        patients: 6, newPatients: 5, courses: 7, visits: 30, planned: 2, availabilities: 3,
        breaches: [BreachMessage(visit: "v1", course: "c1", start: instant, rule: "opening-hours")], event: 40)
}
