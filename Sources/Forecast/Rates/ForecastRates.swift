internal import Clinic
package import Planning

/// Where a rate comes from.
package enum RateSource: String, CaseIterable, Hashable, Sendable {
    /// The clinic's own record.
    case counted
    /// Said by whoever asks.
    case assumed
    /// What is usual, since the record has too few cases.
    case usual
}

/// A rate, with where it comes from.
package struct ForecastRate: Hashable, Sendable {
    package let value: Int
    package let source: RateSource
    /// How many cases the record has, whether they were enough or not.
    package let cases: Int

    /// A rate with where it comes from.
    package init(_ value: Int, _ source: RateSource, cases: Int = 0) {
        self.value = value
        self.source = source
        self.cases = cases
    }
}

/// A phase of a regimen.
package struct RegimenPhase: Hashable, Comparable, Sendable {
    package let regimen: RegimenID
    package let phase: String

    /// A phase of a regimen, by its name.
    package init(_ regimen: RegimenID, _ phase: String) {
        self.regimen = regimen
        self.phase = phase
    }

    package static func < (left: RegimenPhase, right: RegimenPhase) -> Bool {
        (left.regimen.text, left.phase) < (right.regimen.text, right.phase)
    }
}

/// A way in which a visit or a course is lost, of a thousand visits. The raw value is its name everywhere.
package enum RatedLoss: String, CaseIterable, Hashable, Sendable {
    case earlyCancellation, lateCancellation, noShow, notTreated
    /// The patient gives up the treatment after the visit.
    case givenUp
}

/// When the patients of a regimen can come, as one of them said it.
package struct PatientTimes: Hashable, Sendable {
    /// When the patient can come; empty for always.
    package let availability: [WeekWindow]
    /// When they would rather come; empty for no wish.
    package let preferred: [WeekWindow]

    /// The times of a patient.
    package init(availability: [WeekWindow] = [], preferred: [WeekWindow] = []) {
        self.availability = availability
        self.preferred = preferred
    }
}

/// What a forecast expects to happen, and how often.
package struct ForecastRates: Hashable, Sendable {
    /// Of a thousand visits.
    package var losses: [RatedLoss: ForecastRate]
    /// Of a hundred patients who reach the gate of a phase, for how many it opens.
    package var gates: [RegimenPhase: ForecastRate]
    /// Of a hundred patients who have a phase's least number of visits, for how many a score ends it then.
    package var stops: [RegimenPhase: ForecastRate]
    /// New patients in a hundred weeks, by regimen.
    package var referrals: [RegimenID: ForecastRate]
    /// When patients of a regimen can come: a new one is as one of these.
    package var times: [RegimenID: [PatientTimes]]

    /// Rates of a clinic; what has none does not happen.
    package init(
        losses: [RatedLoss: ForecastRate] = [:], gates: [RegimenPhase: ForecastRate] = [:],
        stops: [RegimenPhase: ForecastRate] = [:], referrals: [RegimenID: ForecastRate] = [:],
        times: [RegimenID: [PatientTimes]] = [:]
    ) {
        self.losses = losses
        self.gates = gates
        self.stops = stops
        self.referrals = referrals
        self.times = times
    }

    /// The losses as dice are thrown for them.
    var lossRates: LossRates {
        func rate(_ loss: RatedLoss) -> Int { losses[loss]?.value ?? 0 }
        return LossRates(
            earlyCancellation: rate(.earlyCancellation), lateCancellation: rate(.lateCancellation),
            noShow: rate(.noShow), notTreated: rate(.notTreated), givenUp: rate(.givenUp))
    }

    /// New patients in a hundred weeks whose regimen has a phase that is to be given within a window.
    package func inductions(in facility: Facility) -> Int {
        referrals.reduce(0) { sum, item in
            facility.regimen(item.key)?.hasInduction ?? false ? sum + item.value.value : sum
        }
    }

    /// The same with every regimen's referrals multiplied by `part` / `whole`.
    func scaled(_ part: Int, _ whole: Int) -> ForecastRates {
        var scaled = self
        guard whole > 0 else { return self }
        scaled.referrals = referrals.mapValues { rate in
            ForecastRate((rate.value * part + whole / 2) / whole, rate.source, cases: rate.cases)
        }
        return scaled
    }
}

extension Regimen {
    /// Whether a phase of it is to be given within a window.
    package var hasInduction: Bool { phases.contains { $0.windowDays != nil } }
}

/// Rates that somebody says, in place of counted ones. What is not said is counted.
package struct AssumedRates: Hashable, Sendable {
    /// Of a thousand visits.
    package var losses: [RatedLoss: Int] = [:]
    /// Of a hundred patients who reach a phase's gate.
    package var gates: [RegimenPhase: Int] = [:]
    /// Of a hundred patients who have a phase's least number of visits.
    package var stops: [RegimenPhase: Int] = [:]
    /// New patients in a hundred weeks; a regimen that is not named has none, where any is named.
    package var referrals: [RegimenID: Int]?

    package init() {}
}
