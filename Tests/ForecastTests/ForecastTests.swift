import Clinic
import Forecast
import Planning
import TestSupport
import Testing

/// What a forecast says of clinics of which that is known beforehand.
@Suite struct ForecastTests {
    @Test func `where nobody loses a visit and there is room for all, everybody comes the next day and ends in time`()
        throws
    {
        let start = SmallForecast.start(
            SmallForecast.facility(chairs: 6, nurses: 6), SmallForecast.rates(referrals: 500), weeks: 4)
        let forecast = SmallForecast.forecast(start)
        let outlook = forecast.outlooks[0]
        let figures = outlook.figures
        #expect(forecast.outlooks.count == 1 && outlook.name == nil && outlook.differences.isEmpty)
        #expect(figures[.medianWait] == ForecastRange([1]))
        #expect(figures[.waitingLonger] == ForecastRange([0]) && figures[.unplaced] == ForecastRange([0]))
        #expect(figures[.inTime] == ForecastRange([1000]) && figures[.givenUp] == ForecastRange([0]))
        // Five a week for four weeks: the mean of six runs lies well within five of it.
        let referred = try #require(figures[.referred])
        #expect(abs(referred.mean - 20) < 5, "\(referred)")
        #expect(outlook.weeks.count == 4 && outlook.weeks.allSatisfy { $0.wait == 1 })
        #expect(outlook.hours.values.allSatisfy { $0.full.isEmpty } && !outlook.hours.isEmpty)
        // Whoever is referred on the last day begins after it.
        let begun = try #require(figures[.begun])
        #expect(begun.mean <= referred.mean && begun.mean > referred.mean - 3)
    }

    @Test func `what chairs are used for is what the visits held`() throws {
        let start = SmallForecast.start(
            SmallForecast.facility(chairs: 3, nurses: 3), SmallForecast.rates(referrals: 400), weeks: 3)
        var weeks = ForecastWeeks(start, seed: 5)
        while !weeks.isOver { weeks.liveWeek() }
        let figures = weeks.figures
        let clinic = weeks.livingState
        let held = (0..<21).reduce(0) { sum, offset in
            sum + clinic.visits(on: SmallForecast.today + offset).count { $0.status.occupies } * 60
        }
        #expect(figures.allChairs == MinutesOfUse(used: held, available: 21 * 480 * 3))
        #expect(figures.chairs == ["monitor": figures.allChairs])
        let nurses = try #require(figures.roles["nurse"])
        #expect(nurses == MinutesOfUse(used: held / 60 * 50 * 60, available: 21 * 480 * 3 * 100))
    }

    @Test func `the same seed has the same forecast, and another one another`() {
        let start = SmallForecast.start(
            SmallForecast.facility(chairs: 2, nurses: 1), SmallForecast.rates(referrals: 600, losses: 60), weeks: 3)
        func forecast(_ seed: UInt64) -> ForecastOutlook {
            SmallForecast.forecast(start, runs: 3, seed: seed).outlooks[0]
        }
        let (first, again, other) = (forecast(7), forecast(7), forecast(8))
        #expect(first.figures == again.figures && first.weeks == again.weeks && first.hours == again.hours)
        #expect(first.chairs == again.chairs && first.roles == again.roles)
        #expect(first.figures != other.figures)
    }

    @Test func `a run is not begun anew where it is taken forward from a copy`() {
        let start = SmallForecast.start(
            SmallForecast.facility(chairs: 2, nurses: 1), SmallForecast.rates(referrals: 600, losses: 60), weeks: 2)
        let whole = SmallForecast.forecast(start, runs: 2)
        var options = ForecastOptions()
        (options.runs, options.searches) = (2, false)
        var forecast = Forecast(start, changes: [], options: options)
        var steps = 0
        while !forecast.isOver {
            let copy = forecast
            forecast = copy
            forecast.advance()
            steps += 1
            #expect(forecast.done == steps && forecast.total >= forecast.done)
        }
        #expect(steps == 4 && forecast.outlooks[0].figures == whole.outlooks[0].figures)
    }

    @Test func `a change that changes nothing differs in nothing, run by run`() throws {
        let start = SmallForecast.start(
            SmallForecast.facility(chairs: 2, nurses: 1), SmallForecast.rates(referrals: 700, losses: 80), weeks: 3)
        let same = try start.changed(by: ForecastChange(name: "nothing", commands: [])).get()
        let outlook = SmallForecast.forecast(start, changes: [("nothing", same)], runs: 3).outlooks[1]
        #expect(outlook.name == "nothing" && outlook.differences.count >= 6)
        #expect(outlook.differences.values.allSatisfy { $0.mean == 0 && $0.low == 0 && $0.high == 0 })
    }

    @Test func `more nurses make nobody wait longer on average, and no induction later`() throws {
        let start = SmallForecast.start(
            SmallForecast.facility(chairs: 4, nurses: 1, hours: "09:00-12:00"),
            SmallForecast.rates(referrals: 900, losses: 60), weeks: 4)
        var configuration = try #require(start.basis.state.configuration)
        configuration.facility.staff.append(person("n2", "nurse", hours: "09:00-12:00"))
        let change = ForecastChange(name: "two nurses", commands: [.configuration(.adopt(configuration))])
        let more = try start.changed(by: change).get()
        let outlooks = SmallForecast.forecast(start, changes: [("two nurses", more)], runs: 6).outlooks
        let differences = outlooks[1].differences
        let wait = try #require(differences[.medianWait])
        let inTime = try #require(differences[.inTime])
        #expect(wait.mean < 0 && wait.high <= 0, "\(wait)")
        #expect(inTime.mean >= 0, "\(inTime)")
        // One nurse cannot begin two at a time: with one it is her attention that is missing, seldom with two.
        func full(_ outlook: ForecastOutlook) -> Int {
            outlook.hours.values.reduce(0) { $0 + ($1.full[.attention(role: "nurse")] ?? 0) }
        }
        #expect(full(outlooks[0]) > 2 * full(outlooks[1]), "\(full(outlooks[0])) and \(full(outlooks[1]))")
    }

    @Test func `an extra shift counts on its day, and of nobody it is refused`() throws {
        let start = SmallForecast.start(
            SmallForecast.facility(chairs: 1, nurses: 1), SmallForecast.rates(referrals: 100), weeks: 2)
        let shift = ExtraShift(person: "nobody", day: SmallForecast.today + 3, hours: Interval(1020, 1200))
        let change = ForecastChange(name: "late", commands: [.availability(.addShift(shift))])
        switch try start.changed(by: change) {
        case .success: Issue.record("somebody who is not there works")
        case .failure(let error): #expect(error.refusal == .unknown(.person, "nobody"))
        }
    }

    @Test func `how many can be taken on is found between what is kept and what is missed`() throws {
        let start = SmallForecast.start(
            SmallForecast.facility(chairs: 1, nurses: 1, hours: "09:00-12:00"), SmallForecast.rates(referrals: 200),
            weeks: 4)
        let capacity = try #require(SmallForecast.forecast(start, runs: 2, searches: true).outlooks[0].capacity)
        let kept = try #require(capacity.mostKept)
        let missed = try #require(capacity.leastMissed)
        // A chair that holds three visits on each of seven days has room for seven inductions of three visits.
        #expect(kept >= 200 && kept < missed && missed <= 1600, "\(capacity)")
        #expect(capacity.trials.first?.inductions == 200 && capacity.trials.count <= 9)
        for trial in capacity.trials where trial.inductions <= kept { #expect(trial.holds(capacity.bar) == true) }
    }

    @Test func `a range is the mean with what ninety of a hundred lie within`() throws {
        let range = try #require(ForecastRange((1...100).map { Double($0) }))
        #expect(range.mean == 50.5 && range.low == 5 && range.high == 96)
        #expect(ForecastRange([]) == nil)
        let one = try #require(ForecastRange([7]))
        #expect(one.low == 7 && one.high == 7)
    }
}
