import Planning
import Testing

@testable import Clinic

/// Figures of reports, each at its limits.
@Suite struct ReportingTests {
    private let monday = Sample.monday

    private func visit(
        _ number: Int = 1, on day: Day, at clock: Int = 600, chair: ChairID = "chair-1", person: PersonID = "rn-1",
        phase: String = "induction", type: VisitType = Sample.infusion, _ status: VisitStatus = .completed(.full)
    ) -> Visit {
        Visit(
            VisitID("v\(number)"),
            VisitImage(
                number: number, phase: phase, visitType: type.id, status: status,
                place: Place(
                    start: PromisedTime(day: day, clock: clock), minute: day.number * 1440 + clock, chair: chair,
                    persons: [person]), heard: nil),
            of: "c1", "p1", type)
    }

    private func day(_ visits: [Visit], outages: [Outage] = [], timeOff: [TimeOff] = []) -> ReportedDay {
        ReportedDay(
            calendar: DayCalendar(day: monday, firstMinute: monday.number * 1440), facility: Sample.facility(),
            timeOff: timeOff, outages: outages, visits: visits)
    }

    private func use(_ days: ReportedDay...) -> Utilisation {
        var utilisation = Utilisation()
        for day in days { utilisation.add(day) }
        return utilisation
    }

    private let ten = WeekHour(weekday: .mon, hour: 10)

    @Test("a chair is used by the hour in which it is held, turnover included, of the hours in service")
    func chairs() {
        let found = use(day([visit(on: monday)]))
        #expect(found.chairHours[WeekHour(weekday: .mon, hour: 9)] == MinutesOfUse(used: 0, available: 120))
        #expect(found.chairHours[ten] == MinutesOfUse(used: 60, available: 120))
        #expect(found.chairHours[WeekHour(weekday: .mon, hour: 11)] == MinutesOfUse(used: 20, available: 120))
        #expect(found.chairHours[WeekHour(weekday: .mon, hour: 12)] == nil)
        #expect(found.chairs["chair-1"]?.minutes == MinutesOfUse(used: 80, available: 180))
        #expect(found.allChairs == MinutesOfUse(used: 80, available: 360))
        #expect(found.allChairs.percent == 22)
        #expect(found.openDays == 1)
    }

    @Test("a turnover after closing and an outage count neither as used nor as available")
    func edges() {
        let midnight = monday.number * 1440
        let late = visit(on: monday, at: 650)
        let found = use(day([late], outages: [Outage(chair: "chair-2", interval: Interval(midnight, midnight + 600))]))
        #expect(found.chairs["chair-1"]?.minutes == MinutesOfUse(used: 70, available: 180))
        #expect(found.chairs["chair-2"]?.minutes == MinutesOfUse(used: 0, available: 120))
    }

    @Test("visits that lost their place use nothing, planned ones do")
    func statuses() {
        for lost in [
            VisitStatus.noShow, .notTreated(.ate), .cancelled(.late, .patientRequest), .omitted,
        ] { #expect(use(day([visit(on: monday, lost)])).allChairs.used == 0) }
        for held in [VisitStatus.tentative, .confirmed, .arrived, .inProgress(stage: 0), .completed(.partial)] {
            #expect(use(day([visit(on: monday, held)])).allChairs.used == 80)
        }
    }

    @Test("staff carry percent times minutes of their capacity while on duty; covers are the cover's")
    func staff() {
        var covered = visit(on: monday)
        var image = covered.image
        image.status = .confirmed
        image.place = Place(
            start: covered.place.start, minute: covered.place.minute, chair: "chair-1", persons: ["rn-1"],
            handovers: [Handover(label: "nurse", person: "rn-2", stretch: Interval(15, 25))])
        covered = Visit(covered.id, image, of: "c1", "p1", Sample.infusion)
        let found = use(day([covered]))
        #expect(found.staff["rn-1"]?.load == MinutesOfUse(used: 15 * 60 + 45 * 20, available: 18_000))
        #expect(found.staff["rn-2"]?.load == MinutesOfUse(used: 200, available: 18_000))
        #expect(found.staff["rn-2"]?.visits == 1)
        #expect(found.total(of: "nurse") == MinutesOfUse(used: 2_000, available: 36_000))
        #expect(found.roleHours["nurse"]?[ten] == MinutesOfUse(used: 1_800, available: 12_000))
        #expect(found.spread(of: "nurse") == 9)
        #expect(found.spread(of: "provider") == nil)
    }

    @Test("who is off all day has no load that could be compared")
    func absent() {
        let midnight = monday.number * 1440
        let off = TimeOff(person: "rn-2", interval: Interval(midnight, midnight + 1440))
        let found = use(day([visit(on: monday)], timeOff: [off]))
        #expect(found.staff["rn-2"]?.onDutyMinutes == 0)
        #expect(found.staff["rn-2"]?.load.percent == nil)
        #expect(found.spread(of: "nurse") == nil)
    }

    // MARK: Inductions

    private func course(_ status: CourseStatus = .active, adopted: String? = nil) -> (Course, Phase) {
        var phase = Sample.induction()
        phase.withinDays = 10
        let regimen = Sample.regimen("mdd", [Sample.evaluation, phase, Sample.maintenance])
        var progress = CourseProgress()
        if let adopted { progress.adoptedFrom = CourseProgress.Adopted(phase: adopted, given: 1, lastDay: monday) }
        let course = Course(
            id: "c1", patient: "p1",
            template: Template(id: "r1", regimen: regimen, visitTypes: [Sample.talk, Sample.infusion]),
            wish: CourseWish(earliest: monday), status: status, visits: [], usual: nil, bookedBy: 1,
            bookedAt: Sample.now, progress: progress)
        return (course, phase)
    }

    private func outcome(
        _ days: [Int], ahead: [Int] = [], _ status: CourseStatus = .active, today: Int = 8, adopted: String? = nil,
        later: Int? = nil
    ) -> Induction? {
        let (course, phase) = course(status, adopted: adopted)
        var visits = days.enumerated().map { visit($0 + 1, on: monday + $1, .completed($0 == 0 ? .partial : .full)) }
        visits += ahead.enumerated().map { visit(days.count + $0 + 1, on: monday + $1, .confirmed) }
        if let later { visits.append(visit(9, on: monday + later, phase: "maintenance")) }
        return induction(of: phase, in: course, visits, today: monday + today)
    }

    @Test("an induction is whole in its window on its last day, and late the day after")
    func window() {
        #expect(outcome([0, 5, 10]) == Induction(first: monday, outcome: .inWindow, days: 10, daysInHand: 0))
        #expect(outcome([0, 5, 11]) == Induction(first: monday, outcome: .late, days: 11, daysInHand: -1))
    }

    @Test("it runs while what is planned lies within the window, and slips beyond it or when the window is over")
    func running() {
        #expect(outcome([0, 5], ahead: [10])?.outcome == .running)
        #expect(outcome([0, 5], ahead: [11])?.outcome == .slipping)
        #expect(outcome([0, 5], today: 10)?.outcome == .running)
        #expect(outcome([0, 5], today: 11)?.outcome == .slipping)
    }

    @Test("it ceased where the course ended or went on without it")
    func ceased() {
        #expect(outcome([0, 5], .ceased)?.outcome == .ceased)
        #expect(outcome([0, 5], .completed)?.outcome == .ceased)
        #expect(outcome([0, 5], later: 8)?.outcome == .ceased)
        #expect(outcome([0, 5], ahead: [9], later: 8)?.outcome == .running)
        #expect(outcome([0, 5], .onHold)?.outcome == .running)
    }

    @Test("of one to twelve visits those are wanted that were planned; one that was ended on purpose is whole")
    func between() {
        func outcome(
            _ count: Phase.Count, given: Int, ahead: Int, omitted: Int = 0, _ status: CourseStatus = .active
        ) -> InductionOutcome? {
            var (course, phase) = course(status)
            phase.count = count
            let visits =
                (0..<given).map { visit($0 + 1, on: monday + $0) }
                + (0..<omitted).map { visit(given + $0 + 1, on: monday + given + $0, .omitted) }
                + (0..<ahead).map { visit(given + omitted + $0 + 1, on: monday + given + omitted + $0, .confirmed) }
            course.status = status
            return induction(of: phase, in: course, visits, today: monday + given)?.outcome
        }
        #expect(outcome(.between(minimum: 1, maximum: 8), given: 1, ahead: 7) == .running)
        #expect(outcome(.between(minimum: 1, maximum: 8), given: 7, ahead: 1) == .running)
        #expect(outcome(.between(minimum: 1, maximum: 8), given: 8, ahead: 0) == .inWindow)
        #expect(outcome(.between(minimum: 1, maximum: 8), given: 5, ahead: 0, omitted: 3) == .inWindow)
        #expect(outcome(.between(minimum: 6, maximum: 8), given: 5, ahead: 0, omitted: 3) == .running)
        #expect(outcome(.exactly(2), given: 2, ahead: 0) == .inWindow)
    }

    @Test("the wait is measured from the referral, and else from the booking")
    func referral() {
        var (course, _) = course()
        let given = [visit(on: monday + 9)]
        #expect(daysToFirstVisit(course, given, booked: monday)?.days == 9)
        course.wish.referred = monday - 20
        #expect(daysToFirstVisit(course, given, booked: monday)?.days == 29)
    }

    @Test("one that has not begun, or began elsewhere, or has no window does not count")
    func notCounted() {
        #expect(outcome([]) == nil)
        #expect(outcome([0, 5, 10], adopted: "induction") == nil)
        #expect(outcome([0, 5, 10], adopted: "evaluation") != nil)
        let (course, _) = course()
        #expect(induction(of: Sample.induction(), in: course, [visit(on: monday)], today: monday) == nil)
    }

    @Test("inductions count that began on a day of the period, and their medians are the lower ones")
    func adherence() {
        let (course, _) = course()
        var figures = Adherence(of: ReportPeriod(from: monday, through: monday + 6), today: monday + 30)
        for (first, days) in [(-1, 4), (0, 4), (3, 8), (6, 10), (6, 12), (7, 4)] {
            figures.add(
                course, [0, 1, days].enumerated().map { visit($0 + 1, on: monday + first + $1) })
        }
        let found = figures.figures.values.first
        #expect(found?.begun == 4)
        #expect(found?.outcomes == [.inWindow: 3, .late: 1])
        #expect(found?.medianDays == 8)
        #expect(found?.visits == 3)
    }

    // MARK: Losses, forms, first visits

    private func recorded(_ number: Int, at days: Int, _ event: Event) -> RecordedEvent {
        RecordedEvent(
            number: number, at: Instant(seconds: Sample.now.seconds + days * 86_400), caller: Sample.caller,
            reason: nil, request: nil, event: event)
    }

    private func change(
        _ action: CourseAction, _ before: Visit?, _ after: Visit?,
        done: (before: Set<String>, after: Set<String>) = ([], [])
    ) -> Event {
        func image(_ done: Set<String>) -> CourseImage {
            var progress = CourseProgress()
            progress.doneTasks = done
            return CourseImage(
                template: "r1", wish: CourseWish(earliest: monday), status: .active, usual: nil, progress: progress)
        }
        return .course(
            .changed(
                CourseChanged(
                    action: action, course: "c1", patient: "p1", before: image(done.before), after: image(done.after),
                    visits: before == nil && after == nil
                        ? [] : [CourseChanged.VisitChange(id: "v1", before: before?.image, after: after?.image)])))
    }

    private func booked(_ visit: Visit) -> Event {
        .course(
            .booked(
                CourseBooked(
                    course: "c1", patient: "p1", template: "r1", wish: CourseWish(earliest: monday), usual: nil,
                    visits: [
                        CourseBooked.BookedVisit(
                            id: visit.id,
                            image: VisitImage(
                                number: 1, phase: "induction", visitType: "iv", status: .tentative, place: visit.place,
                                heard: nil))
                    ])))
    }

    @Test("a place is blocked from when the visit was given it until the visit was lost")
    func blocked() {
        let planned = visit(on: monday + 20, .tentative)
        let agreed = visit(on: monday + 20, .confirmed)
        let moved = visit(on: monday + 22, .confirmed)
        let lost = visit(on: monday + 22, .noShow)
        let history = [
            recorded(1, at: 0, booked(planned)), recorded(2, at: 2, change(.visitConfirmed, planned, agreed)),
            recorded(3, at: 5, change(.visitMoved, agreed, moved)),
            recorded(4, at: 25, change(.visitNotShown, moved, lost)),
        ]
        #expect(daysBlocked(by: "v1", in: history) == 20)
        #expect(daysBlocked(by: "v1", in: Array(history.prefix(3))) == nil)
        #expect(daysBlocked(by: "v2", in: history) == nil)
        let called = [history[0], history[1], recorded(3, at: 9, change(.visitNotShown, agreed, lost))]
        #expect(daysBlocked(by: "v1", in: called) == 9)
    }

    @Test("a form is on time on its day, late the day after, missing when its day is over")
    func forms() {
        let form = ClinicTask(kind: .followUp, visit: "v1", name: "form", due: monday + 7)
        #expect(standing(of: form, done: monday + 7, today: monday + 9) == .onTime)
        #expect(standing(of: form, done: monday + 8, today: monday + 9) == .late)
        #expect(standing(of: form, done: nil, today: monday + 7) == .open)
        #expect(standing(of: form, done: nil, today: monday + 8) == .missing)
        let history = [
            recorded(1, at: 0, change(.taskDone, nil, nil, done: ([], ["v1/form"]))),
            recorded(2, at: 1, change(.undone, nil, nil, done: (["v1/form"], []))),
            recorded(3, at: 4, change(.taskDone, nil, nil, done: ([], ["v1/form"]))),
        ]
        #expect(timesTasksWereDone(in: Array(history.prefix(2))) == [:])
        #expect(timesTasksWereDone(in: history)["v1/form"] == history[2].at)
    }

    @Test("a month counts visits of its days, lost ones by reason, first visits and forms due in it")
    func month() {
        let (course, _) = course()
        var type = Sample.infusion
        type.tasks = [FollowUp(name: "form", dueDays: 7)]
        var figures = MonthFigures(of: ReportPeriod(from: monday, through: monday + 29), today: monday + 10)
        let visits = [
            visit(1, on: monday, type: type), visit(2, on: monday + 2, type: type, .completed(.partial)),
            visit(3, on: monday + 4, type: type, .noShow), visit(3, on: monday + 6, type: type, .confirmed),
            visit(4, on: monday + 30, type: type),
        ]
        figures.add(course, visits, booked: monday - 3, day: { Day(number: $0.minute / 1440) }) { [] }
        #expect((figures.given, figures.givenInPart, figures.open, figures.lost) == (2, 1, 1, 1))
        let loss = figures.losses[MonthFigures.LossKey(kind: .noShow, reason: "")]
        #expect(loss == MonthFigures.Loss(visits: 1, chairMinutes: 80))
        #expect(figures.daysToFirst == [3])
        #expect(figures.forms["form"] == [.missing: 2])
    }

    @Test("a month knows its days, February of a leap year too")
    func months() {
        #expect(ReportPeriod(year: 2028, month: 2)?.count == 29)
        #expect(ReportPeriod(year: 2026, month: 12)?.through == Day("2026-12-31")!)
        #expect(ReportPeriod(year: 2026, month: 13) == nil)
        #expect(lowerMedian([]) == nil)
        #expect(lowerMedian([3, 1, 2, 9]) == 2)
    }
}
