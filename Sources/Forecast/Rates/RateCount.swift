package import Clinic
package import Planning

/// Counts how often what happened in a clinic's record. What has too few cases is as usual.
///
/// - Of the visits whose day lies in the period those count that were given or lost for the patient's sake: called off
///   with a reason that is the patient's, not come to, or come to and not treated. What the clinic called off is left
///   out.
/// - A course is given up where it was ceased and its next phase had no gate to open. The gate decides on the others.
/// - A gate counts where all visits of the phase before were given and it opened, or the course went no further.
/// - Referrals are courses booked on a day of the period and not taken over from elsewhere.
package struct RateCount: Sendable {
    /// Given and lost visits, from which on their rates are counted.
    package static let visitsMinimum = 100
    /// Patients at a gate or a stop, from which on its share is counted.
    package static let gatesMinimum = 20
    /// Days since the first course was booked, from which on referrals are counted.
    package static let daysMinimum = 28
    /// What is usual of a thousand visits.
    package static let usualLosses: [RatedLoss: Int] = [
        .earlyCancellation: 50, .lateCancellation: 20, .noShow: 40, .notTreated: 20, .givenUp: 10,
    ]
    /// For how many of a hundred patients a gate opens as a rule.
    package static let usualResponse = 65
    /// New patients in a hundred weeks of each regimen that has an induction, as a rule.
    package static let usualReferrals = 100
    /// Patients of a regimen whose times are remembered.
    static let timesMaximum = 200

    private let period: ReportPeriod
    private var given = 0
    private var lost: [RatedLoss: Int] = [:]
    private var gates: [RegimenPhase: Share] = [:]
    private var stops: [RegimenPhase: Share] = [:]
    private var booked: [RegimenID: Int] = [:]
    private var times: [RegimenID: [PatientTimes]] = [:]
    private var firstBooked: Day?

    private struct Share: Sendable {
        var met = 0
        var cases = 0

        mutating func note(_ isMet: Bool) {
            cases += 1
            if isMet { met += 1 }
        }
    }

    /// No course yet of a period that ends before today.
    package init(of period: ReportPeriod) { self.period = period }

    /// Takes in a course, with its visits in the order of their numbers and the day on which it was booked.
    package mutating func add(_ course: Course, _ visits: [Visit], booked day: Day) {
        guard course.progress.heldUntil == nil else { return }
        for visit in visits where period.contains(visit.day) { count(visit) }
        let regimen = course.template.regimen
        if period.contains(day), course.progress.adoptedFrom == nil, course.progress.bookedElsewhere == nil {
            booked[regimen.id, default: 0] += 1
            firstBooked = min(firstBooked ?? day, day)
        }
        if times[regimen.id, default: []].count < Self.timesMaximum {
            times[regimen.id, default: []].append(
                PatientTimes(availability: course.wish.availability, preferred: course.wish.preferred))
        }
        guard let last = visits.filter(\.wasGiven).map(\.day).max(), period.contains(last) else { return }
        countPhases(course, visits)
    }

    private mutating func count(_ visit: Visit) {
        if visit.wasGiven {
            given += 1
            return
        }
        guard let found = loss(of: visit) else { return }
        switch (found.kind, visit.status) {
        case (.earlyCancellation, .cancelled(_, let reason)) where reason.isOfPatient:
            lost[.earlyCancellation, default: 0] += 1
        case (.lateCancellation, .cancelled(_, let reason)) where reason.isOfPatient:
            lost[.lateCancellation, default: 0] += 1
        case (.noShow, _): lost[.noShow, default: 0] += 1
        case (.notTreated, _): lost[.notTreated, default: 0] += 1
        case (.earlyCancellation, _), (.lateCancellation, _), (.omitted, _): break
        }
    }

    private mutating func countPhases(_ course: Course, _ visits: [Visit]) {
        let phases = course.template.regimen.phases
        func isWhole(_ phase: Phase) -> Bool {
            let own = visits.filter { $0.phase == phase.name }
            return own.contains(where: \.wasGiven) && !own.contains { $0.status.isOpen }
        }
        let isStanding = course.status != .active
        var isDecided = false
        for index in phases.indices {
            let phase = phases[index]
            let key = RegimenPhase(course.template.regimen.id, phase.name)
            if index > 0, phase.gate != nil, isWhole(phases[index - 1]) {
                let isOpen = course.progress.openGates.contains(phase.name)
                if isOpen || isStanding { gates[key, default: Share()].note(isOpen) }
                if !isOpen, isStanding { isDecided = true }
            }
            if phase.stops != nil, case .between(let least, let most) = phase.count {
                let count = visits.count { $0.phase == phase.name && $0.wasGiven }
                let isOver = isStanding || phases[index...].dropFirst().contains(where: { isBegun($0, visits) })
                if count >= least, isOver { stops[key, default: Share()].note(count < most) }
            }
        }
        if course.status == .ceased, !isDecided { lost[.givenUp, default: 0] += 1 }
    }

    private func isBegun(_ phase: Phase, _ visits: [Visit]) -> Bool {
        visits.contains { $0.phase == phase.name && $0.wasGiven }
    }

    // MARK: Rates

    /// The rates of a clinic: what somebody said, else what was counted, else what is usual.
    package func rates(of facility: Facility, assumed: AssumedRates = AssumedRates()) -> ForecastRates {
        var rates = ForecastRates(times: times)
        let closed = given + RatedLoss.allCases.filter { $0 != .givenUp }.reduce(0) { $0 + lost[$1, default: 0] }
        for loss in RatedLoss.allCases {
            // Whoever gives up does so after a visit that was given.
            let whole = loss == .givenUp ? given : closed
            rates.losses[loss] = rate(
                assumed.losses[loss], lost[loss, default: 0], of: whole, atLeast: Self.visitsMinimum, times: 1000,
                usual: Self.usualLosses[loss] ?? 0)
        }
        for regimen in facility.regimens {
            for phase in regimen.phases {
                let key = RegimenPhase(regimen.id, phase.name)
                if phase.gate != nil { rates.gates[key] = share(gates[key] ?? Share(), assumed.gates[key]) }
                if phase.stops != nil { rates.stops[key] = share(stops[key] ?? Share(), assumed.stops[key]) }
            }
            rates.referrals[regimen.id] = referrals(of: regimen, assumed)
        }
        return rates
    }

    private func referrals(of regimen: Regimen, _ assumed: AssumedRates) -> ForecastRate {
        let cases = booked[regimen.id, default: 0]
        if let said = assumed.referrals { return ForecastRate(said[regimen.id, default: 0], .assumed, cases: cases) }
        let days = firstBooked.map { period.through - max($0, period.from) + 1 } ?? 0
        if days >= Self.daysMinimum { return ForecastRate((cases * 700 + days / 2) / days, .counted, cases: cases) }
        return ForecastRate(regimen.hasInduction ? Self.usualReferrals : 0, .usual, cases: cases)
    }

    private func share(_ share: Share, _ assumed: Int?) -> ForecastRate {
        rate(assumed, share.met, of: share.cases, atLeast: Self.gatesMinimum, times: 100, usual: Self.usualResponse)
    }

    private func rate(
        _ assumed: Int?, _ count: Int, of whole: Int, atLeast minimum: Int, times scale: Int, usual: Int
    ) -> ForecastRate {
        if let assumed { return ForecastRate(assumed, .assumed, cases: whole) }
        guard whole >= minimum else { return ForecastRate(usual, .usual, cases: whole) }
        return ForecastRate((count * scale + whole / 2) / whole, .counted, cases: whole)
    }
}

extension Reason.Code {
    /// Whether a visit that is called off for it is one that its patient loses; else the clinic called it off.
    fileprivate var isOfPatient: Bool {
        switch self {
        case .patientRequest, .patientUnwell, .transport, .payer, .other: true
        case .clinical, .staffing, .equipment, .closure, .weather, .correction: false
        }
    }
}
