package import Clinic
package import Planning

/// What the weeks of a forecast begin with: the clinic as it is at one moment, and what is expected.
package struct ForecastBasis: Sendable {
    package let state: ClinicState
    /// That of the state, from today on, with days enough for what is planned in the last of the weeks.
    package let calendar: PlanningCalendar
    package let now: Instant
    /// How many weeks are looked at, from today on.
    package let weeks: Int
    package let rates: ForecastRates

    /// The clinic as it is at a moment, and what is expected of it in some weeks.
    package init(
        state: ClinicState, calendar: PlanningCalendar, now: Instant, weeks: Int, rates: ForecastRates
    ) {
        self.state = state
        self.calendar = calendar
        self.now = now
        self.weeks = weeks
        self.rates = rates
    }

    /// Days after the last of the weeks that a calendar should have: the longest courses, and what lies beyond.
    package static let daysBeyond = 420

    package var today: Day { calendar.calendars.day(at: now)?.day ?? calendar.first }

    package var last: Day { today + (weeks * 7 - 1) }

    /// The same with other rates.
    func with(_ rates: ForecastRates) -> ForecastBasis {
        ForecastBasis(state: state, calendar: calendar, now: now, weeks: weeks, rates: rates)
    }
}

/// Something that would be otherwise: an alternative to the clinic as it is.
package struct ForecastChange: Sendable {
    /// What it is called in the answer.
    package let name: String
    /// What is done on the first day.
    package let commands: [Command]

    /// A change by some commands.
    package init(name: String, commands: [Command]) {
        self.name = name
        self.commands = commands
    }
}

/// A clinic at the beginning of a forecast's weeks, with what would be otherwise done.
package struct ForecastStart: Sendable {
    package let basis: ForecastBasis
    let clinic: LivingClinic

    /// The clinic as it is.
    package init(_ basis: ForecastBasis) {
        self.basis = basis
        clinic = LivingClinic(basis.state, calendar: basis.calendar, now: basis.now, explains: false)
    }

    /// The same clinic with a change. Booked visits that it hits are repaired as the clinic would.
    ///
    /// - Returns: why a command of the change cannot be done, where one cannot.
    package func changed(by change: ForecastChange) throws(NeedsDays) -> Result<ForecastStart, ForecastRefusal> {
        var clinic = clinic
        for command in change.commands {
            let (before, calendar) = (clinic.state, clinic.calendar)
            switch try clinic.attempt(command) {
            case .refused(let refusal, _): return .failure(ForecastRefusal(refusal: refusal))
            case .accepted(let events, _, _):
                let hits = hits(by: events, on: before, calendar: calendar, now: clinic.now)
                let days = Set(hits.compactMap { clinic.state.visit($0.visit)?.day })
                for day in days.sorted() { clinic.mend(day) }
            }
        }
        return .success(ForecastStart(basis: basis, clinic: clinic))
    }

    private init(basis: ForecastBasis, clinic: LivingClinic) {
        self.basis = basis
        self.clinic = clinic
    }

    /// The same start where other rates are expected.
    func with(_ rates: ForecastRates) -> ForecastStart { ForecastStart(basis: basis.with(rates), clinic: clinic) }
}

/// Why a change cannot be done.
package struct ForecastRefusal: Error {
    package let refusal: ClinicRefusal
}

extension LivingClinic {
    /// Has what is hit on a day repaired, as far as that goes within a bounded search.
    mutating func mend(_ day: Day) {
        guard
            case .found(let repair)? = try? proposeRepair(
                day: day, state: state, calendar: calendar, now: now, budget: 2_000),
            !repair.moves.isEmpty
        else { return }
        _ = try? attempt(.repair(.change(repair, .staffing)))
    }
}
