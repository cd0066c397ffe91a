package import Clinic
package import Planning

// Messages of reports from their figures.

extension ReportUseMessage {
    package init(_ minutes: MinutesOfUse) {
        self.init(used: minutes.used, available: minutes.available, percent: minutes.percent)
    }

    /// Percent times minutes, told as minutes of one person's whole attention.
    package init(hundredths: MinutesOfUse) {
        self.init(
            used: (hundredths.used + 50) / 100, available: (hundredths.available + 50) / 100,
            percent: hundredths.percent)
    }
}

extension ReportChairMessage {
    /// A chair with its use.
    package init(_ chair: ChairID, _ use: ChairUse) {
        self.init(chair: chair.text, visits: use.visits, use: ReportUseMessage(use.minutes))
    }
}

extension ReportPersonMessage {
    /// A person with their use.
    package init(_ person: PersonID, _ use: PersonUse) {
        self.init(
            person: person.text, name: use.name, roles: use.roles.sorted(), visits: use.visits,
            onDutyMinutes: use.onDutyMinutes, use: ReportUseMessage(hundredths: use.load))
    }
}

extension ReportInductionMessage {
    /// The figures of a phase of a regimen.
    package init(_ key: Adherence.Key, _ figures: Adherence.Figures) {
        func count(_ outcome: InductionOutcome) -> Int { figures.outcomes[outcome, default: 0] }
        self.init(
            regimen: key.regimen.text, name: figures.name, phase: key.phase, visits: figures.visits,
            withinDays: figures.withinDays, begun: figures.begun, inWindow: count(.inWindow), late: count(.late),
            running: count(.running), slipping: count(.slipping), ceased: count(.ceased),
            medianDays: figures.medianDays, medianInHand: figures.medianInHand)
    }
}

extension ReportLossMessage {
    /// Visits lost for one reason.
    package init(_ key: MonthFigures.LossKey, _ loss: MonthFigures.Loss) {
        self.init(
            kind: LossCode(key.kind.name), reason: key.reason.isEmpty ? nil : key.reason, visits: loss.visits,
            chairMinutes: loss.chairMinutes, medianDaysBlocked: lowerMedian(loss.daysBlocked),
            longestDaysBlocked: loss.daysBlocked.max())
    }
}

extension ReportFormsMessage {
    /// How the follow-ups of a name stand.
    package init(_ name: String, _ standings: [FormStanding: Int]) {
        func count(_ standing: FormStanding) -> Int { standings[standing, default: 0] }
        self.init(
            name: name, due: standings.values.reduce(0, +), onTime: count(.onTime), late: count(.late),
            missing: count(.missing), open: count(.open))
    }
}

extension ClinicInterface.ReportMonth.Reply {
    /// A month in figures.
    package init(
        _ month: String, _ period: ReportPeriod, _ figures: MonthFigures, chairs: MinutesOfUse,
        roles: [ReportRoleMessage]
    ) {
        self.init(
            month: month, from: period.from, through: period.through, given: figures.given,
            givenInPart: figures.givenInPart, open: figures.open, lost: figures.lost,
            losses: figures.losses.sorted { $0.key < $1.key }.map { ReportLossMessage($0, $1) },
            firstVisits: figures.daysToFirst.count, medianDaysToFirst: lowerMedian(figures.daysToFirst),
            longestDaysToFirst: figures.daysToFirst.max(),
            forms: figures.forms.sorted { $0.key < $1.key }.map { ReportFormsMessage($0, $1) },
            chairs: ReportUseMessage(chairs), roles: roles)
    }
}
