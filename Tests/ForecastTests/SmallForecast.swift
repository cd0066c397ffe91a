import Clinic
import Forecast
import Planning
import TestSupport

/// Clinics of which it can be said beforehand what a forecast must say.
enum SmallForecast {
    static let today = day("2026-03-02")

    static let week = Set(Weekday.allCases)

    static let infusion = VisitType(
        id: "iv", chairFeatures: ["monitor"], turnoverMinutes: 10,
        attendants: [Attendant(label: "nurse", role: "nurse")], stages: [stage(50, ["nurse": 60])])

    /// Three visits, two or three days apart, which are to be over within a week.
    static let regimen = Regimen(
        id: "three",
        phases: [
            Phase(
                name: "induction", visit: "iv", count: .exactly(3), gaps: [2], toleranceAfter: 1, withinDays: 7,
                confirm: .booking)
        ])

    /// Open from nine to five on every day of the week.
    static func facility(chairs: Int, nurses: Int, hours window: String = "09:00-17:00") -> Facility {
        let hours = hours(window)
        return Facility(
            hours: Dictionary(uniqueKeysWithValues: week.map { ($0, [hours]) }),
            chairs: (1...chairs).map { Chair(id: ChairID("c\($0)"), features: ["monitor"]) },
            staff: (1...nurses).map { person(PersonID("n\($0)"), "nurse", hours: window) },
            visitTypes: [infusion], regimens: [regimen])
    }

    /// Rates where nobody loses a visit and so many are referred in a hundred weeks.
    static func rates(referrals: Int, losses: Int = 0) -> ForecastRates {
        ForecastRates(
            losses: [
                .noShow: ForecastRate(losses, .assumed), .earlyCancellation: ForecastRate(losses, .assumed),
            ], referrals: ["three": ForecastRate(referrals, .assumed)])
    }

    /// An empty clinic at six in the morning.
    static func start(_ facility: Facility, _ rates: ForecastRates, weeks: Int) -> ForecastStart {
        let calendars = DayCalendars.utc(from: today - 2, count: weeks * 7 + ForecastBasis.daysBeyond + 4)
        let now = Instant(minute: today.number * 1440 + 360)
        let clinic = LivingClinic(ClinicConfiguration(facility: facility), calendars: calendars, now: now)
        return ForecastStart(
            ForecastBasis(state: clinic.state, calendar: clinic.calendar, now: now, weeks: weeks, rates: rates))
    }

    /// A forecast that has been made.
    static func forecast(
        _ start: ForecastStart, changes: [(name: String, start: ForecastStart)] = [], runs: Int = 6, seed: UInt64 = 1,
        searches: Bool = false
    ) -> Forecast {
        var options = ForecastOptions()
        options.runs = runs
        options.seed = seed
        options.searches = searches
        var forecast = Forecast(start, changes: changes, options: options)
        forecast.finish()
        return forecast
    }
}
