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

    static let forecast = ClinicInterface.ForecastClinic(
        weeks: 8, runs: 20, seed: 3, waitDays: 10, inTimePercent: 85, searches: true,
        assumed: [ForecastAssumptionMessage(rate: .gate, regimen: "mdd-iv-3x2", phase: "weekly", value: 60)],
        changes: [
            ForecastChangeMessage(
                name: "more", shifts: [ForecastShiftMessage(person: "rn-1", day: day, hours: window)],
                openings: [ForecastOpeningMessage(day: day, hours: window)], configuration: "{}")
        ])

    private static let window = ClockWindow(Interval(480, 780))

    private static let outlook = ForecastOutlookMessage(
        change: "more",
        figures: [
            ForecastFigureMessage(
                figure: .inTime, mean: 930, low: 880, high: 1000, difference: 12, differenceLow: -4, differenceHigh: 28)
        ], weeks: [ForecastWeekMessage(day: day, referred: 21, wait: 52, chairs: 450)],
        chairs: [ForecastUseMessage(name: "bed", mean: 300, low: 250, high: 350)],
        roles: [ForecastUseMessage(name: "nurse", mean: 600, low: 550, high: 650)],
        fullHours: [
            ForecastHourMessage(
                weekday: "thu", hour: 9, visit: "iv-40", cause: .attention, role: "nurse", days: 40, fullDays: 30)
        ], mostKept: 325, leastMissed: 350,
        trials: [
            ForecastTrialMessage(inductions: 325, stayed: 40, inTime: 38, referred: 60, waiting: 3, kept: true)
        ])

    static let forecastReply = ClinicInterface.ForecastClinic.Reply(
        done: 100, total: 120,
        forecast: ForecastAnswerMessage(
            from: day, through: day + 55, weeks: 8, runs: 20, seed: 3, waitDays: 10, inTimePercent: 85,
            waitingPercent: 10,
            rates: [
                ForecastRateMessage(
                    rate: .gate, regimen: "mdd-iv-3x2", phase: "weekly", value: 60, source: .assumed, cases: 4)
            ], outlooks: [outlook]))
}
