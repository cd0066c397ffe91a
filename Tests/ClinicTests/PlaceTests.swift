import Clinic
import Planning
import Testing

@Suite struct PlaceTests {
    /// 2026-11-01 in New York: at 02:00 the clocks go back to 01:00.
    static let autumn = DayCalendar(
        day: Day("2026-11-01")!, firstMinute: Day("2026-11-01")!.number * 1440 + 240, length: 1500,
        segments: [.init(elapsed: 0, clock: 0), .init(elapsed: 120, clock: 60)])

    /// 2026-03-08 in New York: at 02:00 the clocks go forward to 03:00.
    static let spring = DayCalendar(
        day: Day("2026-03-08")!, firstMinute: Day("2026-03-08")!.number * 1440 + 300, length: 1380,
        segments: [.init(elapsed: 0, clock: 0), .init(elapsed: 120, clock: 180)])

    @Test func everyMinuteOfADayIsPromisedAndFoundAgain() {
        for calendar in [PlaceTests.autumn, PlaceTests.spring] {
            for elapsed in 0..<calendar.length {
                let promised = PromisedTime(elapsed: elapsed, of: calendar)
                #expect(promised.elapsed(of: calendar) == elapsed)
            }
        }
    }

    @Test func onlyTheSecondOfTwoEqualClockTimesIsLater() {
        #expect(PromisedTime(elapsed: 90, of: PlaceTests.autumn) == PromisedTime(day: PlaceTests.autumn.day, clock: 90))
        #expect(
            PromisedTime(elapsed: 150, of: PlaceTests.autumn)
                == PromisedTime(day: PlaceTests.autumn.day, clock: 90, isLater: true))
        #expect(!PromisedTime(elapsed: 180, of: PlaceTests.autumn).isLater)
    }

    @Test func aPromiseThatTheDaySkipsFallsOnTheFirstMinuteAfterTheGap() {
        #expect(PromisedTime(day: PlaceTests.spring.day, clock: 150).elapsed(of: PlaceTests.spring) == 120)
    }

    @Test func aPlacementSurvivesTheWayIntoAPlaceAndBack() {
        let placement = Placement(
            day: PlaceTests.autumn.day, start: 600, chair: "chair-1", persons: ["rn-1"],
            covers: [Cover(label: "nurse", person: "rn-2", interval: Interval(660, 690))])
        let place = Place(placement, on: PlaceTests.autumn)
        #expect(place.minute == PlaceTests.autumn.firstMinute + 600 && place.start.clock == 540)
        #expect(place.handovers == [Handover(label: "nurse", person: "rn-2", stretch: Interval(60, 90))])
        #expect(place.placement(on: PlaceTests.autumn) == placement)
    }

    @Test func aChangeOfTheLawMovesInstantsAndNoPromise() throws {
        var world = World()
        world.book()
        let before = world.state
        let first = try #require(before.daysWithVisits.first)
        let calendars = world.calendar.calendars
        let changed = DayCalendars(
            first: calendars.first,
            days: calendars.days.map { day in
                DayCalendar(day: day.day, firstMinute: day.firstMinute + (day.day > first ? 60 : 0))
            })
        world.calendar = planningCalendar(of: world.state, calendars: changed)
        #expect(world.accept(.visit(.retime)) == .retimed(3))
        for id in try #require(before.course("c1")).visits {
            let (old, new) = (try #require(before.visit(id)), try #require(world.state.visit(id)))
            #expect(new.place.start == old.place.start)
            #expect(new.place.minute == old.place.minute + (old.day > first ? 60 : 0))
        }
        #expect(world.accept(.visit(.retime)) == .retimed(0))
    }

    @Test func aPersonCarriesALabelExceptWhileACoverDoes() {
        let visit = visit([Handover(label: "nurse", person: "rn-2", stretch: Interval(30, 60))])
        let runs = visit.loadRuns.map { run in
            "\(run.person) \(run.load) \(run.interval.from) \(run.interval.until) \(run.isCover)"
        }
        #expect(
            runs == [
                "rn-1 60 1000 1015 false", "rn-1 20 1015 1030 false", "rn-2 20 1030 1060 true",
                "rn-1 20 1060 1070 false",
            ])
    }

    @Test func coversOfSuccessiveStagesJoinWhereOnePersonCarriesTheSameLoad() {
        let visit = visit([
            Handover(label: "nurse", person: "rn-2", stretch: Interval(40, 55)),
            Handover(label: "nurse", person: "rn-2", stretch: Interval(55, 70)),
        ])
        #expect(visit.loadRuns.map(\.interval) == [Interval(1000, 1015), Interval(1015, 1040), Interval(1040, 1070)])
        #expect(visit.holdInterval == Interval(1000, 1080))
    }

    private func visit(_ handovers: [Handover]) -> Visit {
        Visit(
            "v1",
            VisitImage(
                number: 1, phase: "induction", visitType: "iv", status: .tentative,
                place: Place(
                    start: PromisedTime(day: Sample.monday, clock: 600), minute: 1000, chair: "chair-1",
                    persons: ["rn-1"], handovers: handovers),
                heard: nil),
            of: "c1", "p1", Sample.infusion)
    }
}
