package import Planning

/// In what kind of world a year goes by.
package enum YearWorld: String, CaseIterable, Sendable {
    /// What a clinic sees.
    case usual
    /// Of the places of the next day that patients are offered they take 60 in a hundred.
    case nextDay
    /// A quarter of the patients lose a third of their visits.
    case heavyLosses
}

/// Who comes to a clinic in a year, and what happens: the same for every way of booking, since nothing depends on when
/// anybody asks. What happens to a visit depends on its patient and on how many have gone before, not on its day.
package struct YearFates: Sendable {
    /// A patient who is referred.
    package struct Patient: Sendable {
        /// From 0, in the order in which they come.
        package let number: Int
        /// The day of the referral.
        package let referred: Day
        /// Minutes of that day on the clock.
        package let clock: Int
        package let regimen: RegimenID
        /// When they can come; empty for always.
        package let availability: [WeekWindow]
        /// When they would rather come; empty for no wish.
        package let preferred: [WeekWindow]
        /// Whether they get better.
        package let responds: Bool
        /// Whether a payer must agree.
        package let isAuthorised: Bool
    }

    /// What becomes of a visit.
    package typealias Outcome = VisitFate

    /// How often what happens, of a thousand visits.
    package struct Rates: Sendable {
        /// Called off one to six days before.
        package var cancelled = 50
        /// Called off on the day.
        package var cancelledLate = 20
        package var stayedAway = 40
        /// Came and was not treated.
        package var sentHome = 20
        /// The patient gives up the treatment.
        package var last = 10
        /// A person falls ill, of a thousand working days.
        package var ill = 12
        /// A chair breaks, of a thousand days.
        package var broken = 4

        /// What a clinic sees.
        package init() {}

        /// The losses of visits among them.
        var losses: LossRates {
            LossRates(
                earlyCancellation: cancelled, lateCancellation: cancelledLate, noShow: stayedAway, notTreated: sentHome,
                givenUp: last)
        }

        /// What those see who lose a third of their visits: the ways of losing one in the usual proportion.
        static let heavy: Rates = {
            var rates = Rates()
            (rates.cancelled, rates.cancelledLate, rates.stayedAway, rates.sentHome) = (128, 51, 103, 51)
            return rates
        }()
    }

    package let seed: UInt64
    package let world: YearWorld
    /// How often what happens.
    package let rates: Rates
    package let clinic: YearClinic
    /// Who comes, in order.
    package let patients: [Patient]

    /// A year of so many days from a seed.
    package init(
        _ clinic: YearClinic, seed: UInt64, days: Int, world: YearWorld = .usual, rates: Rates = Rates()
    ) {
        self.clinic = clinic
        self.world = world
        self.seed = seed
        self.rates = rates
        var patients: [Patient] = []
        var dice = SplitMix64(seed: seed)
        for offset in 0..<days {
            let day = YearClinic.firstDay + offset
            guard day.weekday != .sat, day.weekday != .sun else { continue }
            var left = clinic.referralsInHundredDays
            while left > 0 {
                if dice.chance(min(left, 100)) { patients.append(Self.patient(patients.count, day, &dice)) }
                left -= 100
            }
        }
        self.patients = patients
    }

    private static func patient(_ number: Int, _ day: Day, _ dice: inout SplitMix64) -> Patient {
        let weekdays: [Weekday] = [.mon, .tue, .wed, .thu, .fri]
        let kind = dice.number(0...99)
        let regimen: RegimenID = kind < 55 ? "esketamine" : kind < 80 ? "iv-3x2" : kind < 92 ? "iv-until" : "booster"
        let hours = dice.pick([Interval(480, 1080), Interval(480, 780), Interval(660, 1200), Interval(480, 900)])
        var availability: [WeekWindow] = []
        switch dice.number(0...9) {
        case 0..<4: break
        case 4..<7: availability = [WeekWindow(days: Set(weekdays), hours: hours)]
        default:
            let missing = dice.pick(weekdays)
            availability = [WeekWindow(days: Set(weekdays.filter { $0 != missing }), hours: hours)]
        }
        let morning = WeekWindow(days: Set(weekdays), hours: Interval(480, 720))
        return Patient(
            number: number, referred: day, clock: dice.number(500...950), regimen: regimen, availability: availability,
            preferred: dice.chance(40) ? [morning] : [], responds: dice.chance(65), isAuthorised: dice.chance(40))
    }

    /// Numbers of their own for a thing that may happen: the same whenever they are asked for.
    package func dice(_ kind: UInt64, _ first: Int, _ second: Int = 0) -> SplitMix64 {
        FateDice(seed: seed).dice(kind, first, second)
    }

    /// What becomes of a patient's visit after so many that were given or lost.
    package func outcome(of patient: Int, after attempts: Int) -> Outcome {
        var dice = dice(1, patient, attempts)
        let rates = losesMany(patient) ? Rates.heavy : self.rates
        return rates.losses.fate(&dice)
    }

    /// For how many days a person falls ill on a day; 0 for well.
    package func daysIll(_ person: Int, _ day: Day) -> Int {
        var dice = dice(2, person, day.number)
        return dice.number(0...999) < rates.ill ? dice.number(1...3) : 0
    }

    /// The clock minute at which a chair breaks on a day, and for how many minutes; nil where it holds.
    package func breakdown(of chair: Int, _ day: Day) -> (clock: Int, minutes: Int)? {
        var dice = dice(3, chair, day.number)
        guard dice.number(0...999) < rates.broken else { return nil }
        return (dice.number(390...960), dice.number(120...1500))
    }

    /// Whether the clinic stays closed on a day, as it turns out in the morning.
    package func isSnowedIn(_ day: Day) -> Bool {
        var dice = dice(4, day.number)
        let isWinter = day < YearClinic.firstDay + 70 || day > YearClinic.firstDay + 320
        return isWinter && dice.number(0...999) < 20
    }

    /// A score of a patient after so many visits that were given.
    package func score(of patient: Patient, after given: Int) -> Int {
        var dice = dice(5, patient.number, given)
        let start = 24 + dice.number(-2...2)
        return max(2, patient.responds ? start - given * 4 : start - given)
    }

    /// Whether a patient is one of those who lose a third of their visits.
    private func losesMany(_ patient: Int) -> Bool {
        guard world == .heavyLosses else { return false }
        var dice = dice(7, patient)
        return dice.chance(25)
    }

    /// After how many days a patient comes back whom the treatment did not help and whose course stands still for that;
    /// nil for whoever leaves.
    package func comesBack(_ patient: Int) -> Int? {
        var dice = dice(8, patient)
        return dice.chance(50) ? dice.number(8...30) : nil
    }

    /// Whether a patient takes a place of the next day, for the visit after so many that were given or lost.
    package func takesNextDay(_ patient: Int, after attempts: Int) -> Bool {
        guard world == .nextDay else { return true }
        var dice = dice(9, patient, attempts)
        return dice.chance(60)
    }

    /// Whether a gate opens for a patient after so many visits that were given.
    package func opens(_ gate: Gate, for patient: Patient, after given: Int) -> Bool {
        switch gate.condition {
        case .decision, .reductionPercent: patient.responds
        case .atMost(_, let most): score(of: patient, after: given) <= most
        }
    }
}
