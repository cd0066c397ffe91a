import ClinicTime
import Configuration
import Planning
import Wire

/// Why the courses of a problem are planned as they are, in words. Needs no daemon.
struct PlanReasons {
    private let file: ProblemFile

    /// The explanation of a problem file; of modes, courses are taken one by one.
    init(of file: ProblemFile) { self.file = file }

    private var problem: Problem { file.problem }

    private var names: [String: String] {
        Dictionary(problem.facility.staff.map { ($0.id.text, $0.name) }) { first, _ in first }
    }

    /// Every course: its plan with the reasons of each visit, or why there is none.
    func lines(_ style: Style) -> [String] {
        problem.courses.flatMap { request -> [String] in
            let (outcome, calendar) = planned(request)
            let head = "\(request.id) for \(request.patient): "
            switch outcome {
            case .refusal(let refusal):
                let known = closings(
                    behind: refusal, of: request, on: calendar, now: problem.now, today: problem.today)
                let message = RefusalMessage(refusal, known, in: calendar.calendars)
                let what = "no plan, visit \(refusal.visit) (\(refusal.phase)) finds no place"
                return [style.bold(head + what)]
                    + refusalLines(message, names: names, columns: min(style.columns, 100)) + [""]
            case .plan(let plan):
                let message = PlanMessage(plan, in: calendar.calendars)
                let why = reasons(of: plan, for: request, on: calendar, now: problem.now, today: problem.today)
                return [style.bold(head + "\(counted(plan.visits.count, "visit")), cost \(plan.cost)"), ""]
                    + planTable(message.visits).lines(style)
                    + reasonLines(
                        message, why.map { VisitReasonMessage($0, in: calendar.calendars) }, names: names, style)
                    + alternativeLines(message, style) + [""]
            }
        }
    }

    /// Why a visit is not on a day.
    func lines(visit number: Int, of course: String?, on day: Day, _ style: Style) throws -> [String] {
        guard let request = problem.courses.first(where: { course == nil || $0.id.text == course }) else {
            throw Failure.failed("there is no course \(course ?? "") in the problem")
        }
        let (outcome, calendar) = planned(request)
        guard case .plan(let plan) = outcome, let visit = plan.visits.first(where: { $0.number == number }) else {
            throw Failure.failed("\(request.id) has no visit \(number) in a plan", hint: "--explain alone says more")
        }
        let (answer, days) = file.withDays(through: calendar.last) { days throws(NeedsDays) in
            let answer = try explainDay(
                day, ofVisit: number, in: plan, for: request, on: self.calendar(over: days), now: problem.now,
                today: problem.today)
            return (answer, days)
        }
        guard let answer else { throw Failure.failed("\(request.id) has no visit \(number)") }
        return whyLines(
            DayAnswerMessage(answer, in: days), present: PlannedVisitMessage(visit, in: days), names: names, style)
    }

    private func planned(_ request: CourseRequest) -> (outcome: Outcome, calendar: PlanningCalendar) {
        file.withDays { days throws(NeedsDays) in
            let calendar = calendar(over: days)
            return (try plan(request, on: calendar, now: problem.now, today: problem.today), calendar)
        }
    }

    private func calendar(over days: DayCalendars) -> PlanningCalendar {
        PlanningCalendar(
            facility: problem.facility, calendars: days, timeOff: problem.timeOff, outages: problem.outages,
            bookings: problem.bookings)
    }
}
