import Clinic
import ClinicTime
import Forecast
import Planning
import TestSupport
import Testing

/// A small clinic after some months of its year, what a forecast says of the weeks that follow, and what they were.
struct YearForecast {
    static let zone = Result { try ClinicZone(named: "America/New_York") }

    let start: ForecastStart
    let truth: ForecastFigures

    /// The rates by which the year's fates are thrown, said as somebody would who knows them.
    static func rates(of clinic: YearClinic) -> AssumedRates {
        var assumed = AssumedRates()
        assumed.losses = [
            .earlyCancellation: 50, .lateCancellation: 20, .noShow: 40, .notTreated: 20, .givenUp: 10,
        ]
        // So many in a hundred weekdays are five times as many in a hundred weeks.
        let all = clinic.referralsInHundredDays * 5
        assumed.referrals = [
            "esketamine": all * 55 / 100, "iv-3x2": all * 25 / 100, "iv-until": all * 12 / 100,
            "booster": all * 8 / 100,
        ]
        return assumed
    }

    /// The year of a seed: a forecast is made after so many weeks, for so many.
    init(seed: UInt64, after: Int, weeks: Int) throws {
        let zone = try Self.zone.get()
        let days = (after + weeks) * 7
        let fates = YearFates(.small, seed: seed, days: days)
        var year = YearSimulation(fates, zone: zone, days: days, hasWhims: false)
        let today = YearClinic.firstDay + after * 7
        var begun: LivingClinic?
        year.run { if begun == nil, $0.clinic.today >= today { begun = $0.clinic } }
        let clinic = try #require(begun)
        let state = year.clinic.state
        var referred: [(day: Day, course: CourseID?)] = []
        for patient in fates.patients where patient.referred >= today {
            let course = state.courses(of: PatientID("p\(patient.number + 1)"))
                .first { state.visits(of: $0).contains { $0.status.occupies } }
            referred.append((patient.referred, course?.id))
        }
        let gaveUp = state.allCourses.filter { course in
            course.status == .ceased && fates.induction(of: course.patient.number - 1, needed: 60).givesUp
        }
        truth = ForecastFigures(
            LivedWeeks(
                state: state, calendars: clinic.calendar.calendars, first: today, weeks: weeks, referred: referred,
                gaveUp: Set(gaveUp.map(\.id))))
        var count = RateCount(of: ReportPeriod(from: YearClinic.firstDay, through: today - 1))
        for course in clinic.state.allCourses {
            let booked = clinic.calendar.calendars.day(at: course.bookedAt)?.day ?? today
            count.add(course, clinic.state.visits(of: course), booked: booked)
        }
        let rates = count.rates(of: fates.clinic.facility, assumed: Self.rates(of: .small))
        start = ForecastStart(
            ForecastBasis(
                state: clinic.state, calendar: clinic.calendar, now: clinic.now, weeks: weeks, rates: rates))
    }
}
