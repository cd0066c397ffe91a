import Clinic
import ClinicTime
import Foundation
import Planning
import TestSupport
import Testing

/// A year of a clinic from printed seeds: with INFUSION_YEAR=each a whole one, and every hard rule is asked of all
/// visits to come after each thing that happens; without it four months, and they are asked of the days that changed,
/// and of all days once a week.
@Suite struct YearTests {
    static let isThorough = ProcessInfo.processInfo.environment["INFUSION_YEAR"] == "each"

    @Test(arguments: seeds(1))
    func `every rule holds through a year, nothing falls due unheard or twice, and no course is stuck`(
        seed: UInt64
    ) throws {
        let days = YearTests.isThorough ? 364 : 126
        let fates = YearFates(.small, seed: seed, days: days)
        var year = YearSimulation(fates, zone: try ClinicZone(named: "America/New_York"), days: days)
        var watch = Watch()
        year.run { watch.look(at: $0, seed: seed) }
        var folded = ClinicState()
        for event in year.clinic.events { apply(event, to: &folded) }
        #expect(folded == year.clinic.state, "seed \(seed): the events do not give the state")

        var recount = AlertRecount(calendars: year.clinic.calendar.calendars)
        for event in year.clinic.events { recount.follow(event) }
        let problems = recount.problems(through: year.clinic.now)
        for problem in problems.prefix(10) { Issue.record("seed \(seed): \(problem)") }

        let given = year.clinic.state.allCourses.flatMap { year.clinic.state.visits(of: $0) }
            .count { if case .completed = $0.status { true } else { false } }
        #expect(given > days, "seed \(seed): \(given) visits were given")
        #expect(year.repairs > 3, "seed \(seed): \(year.repairs) repairs were made")
        #expect(recount.expectedKinds.count > 12, "seed \(seed): \(recount.expectedKinds)")
    }

    /// What is looked at while the year goes by.
    private struct Watch {
        private var event = 0
        private var day: Day?
        private var isBroken = false

        mutating func look(at year: borrowing YearSimulation, seed: UInt64) {
            let touched = year.daysTouched(since: event).filter { $0 >= year.clinic.today }
            event = year.clinic.state.lastEvent
            guard !isBroken else { return }
            let isNewWeek = year.clinic.today != day && year.clinic.today.weekday == .mon
            let isNewDay = year.clinic.today != day
            day = year.clinic.today
            let isWhole = YearTests.isThorough || isNewWeek
            var problems = isWhole || !touched.isEmpty ? year.breaches(on: isWhole ? nil : touched) : []
            problems += year.calendarDiffers(on: touched)
            if isNewDay { problems += year.stuckCourses() }
            for problem in problems {
                isBroken = true
                let at = "\(year.clinic.today), event \(event), after \(year.last)"
                Issue.record("seed \(seed), \(at): \(problem)")
            }
        }
    }
}
