package import Planning

/// That a course is to end a phase by its goal, of changes that make room for it.
package struct GoalSought: Hashable, Sendable {
    package let course: CourseID
    package let phase: String
    /// The goal's last day.
    package let through: Day
    /// The day of the phase's last visit as it stands; nil where one has no place.
    package let ends: Day?
    /// How the course would be; nil where no way was found, or none is needed.
    package let plan: CourseChanged?

    /// A course's goal, with the change that reaches it.
    package init(course: CourseID, phase: String, through: Day, ends: Day?, plan: CourseChanged?) {
        self.ends = ends
        self.course = course
        self.phase = phase
        self.through = through
        self.plan = plan
    }
}

/// How many visits of other courses could make room for one that cannot end in time otherwise.
package struct RoomFound: Hashable, Sendable {
    /// The course that they would make room for.
    package let course: CourseID
    /// Visits that would yield their places, at least 1.
    package let visits: Int
    /// Those of them whose patients know another time, and would have to be called.
    package let told: Int
}

/// The least that visits of other courses must yield for a course to end its phase by its goal
/// (docs/contract/planning.md section 6); no moves where none need to, or none can. Proposes, and changes nothing.
///
/// - Parameters:
///   - course: the one that would miss its goal.
///   - calendar: that of the state, as far as visits may go.
///   - budget: the steps after which the best way found so far is the answer.
/// - Throws: where the calendar must reach further; then the same question again.
package func proposeYielding(
    for course: CourseID, state: ClinicState, calendar: PlanningCalendar, now: Instant, budget: Int = 300_000
) throws(NeedsDays) -> ScheduleChangeResult {
    do throws(DecisionFailure) {
        let context = try DecisionContext(state, calendar, now, explains: false)
        let draft = try CourseDraft(course, .clinical, context)
        try draft.requireBooked()
        try draft.requireOpenCourse()
        guard let window = draft.phaseWindow, draft.hasGoal(window) else {
            throw .unchangeable(.noWindow(course))
        }
        return .found(try draft.yielding(to: window, budget: budget))
    } catch {
        return .refused(try error.refusal)
    }
}

/// How many patients would have to be called about changes that belong together; nil where they cannot be made.
func patientsCalled(about change: ScheduleChange, _ basis: Basis) throws(NeedsDays) -> Int? {
    guard
        case .accepted(_, _, .scheduleChanged(let differences, by: _)) = try decideAlone(
            .repair(.change(change, .clinical)), basis)
    else { return nil }
    return Set(differences.filter { !$0.calls.isEmpty }.map(\.patient)).count
}

extension CourseDraft {
    fileprivate func hasGoal(_ window: PhaseWindow) -> Bool { template.phase(window.phase)?.goal != nil }

    /// How many visits of others could make room for the phase under way, where it has a goal.
    func room(for window: PhaseWindow) throws(DecisionFailure) -> RoomFound? {
        guard status == .active, hasGoal(window), let way = try ways(to: window, budget: 300_000).outcome.best,
            way.score.displaced > 0
        else { return nil }
        return RoomFound(course: course, visits: way.score.displaced, told: way.score.told)
    }

    private func ways(
        to window: PhaseWindow, budget: Int
    ) throws(DecisionFailure) -> (outcome: YieldingOutcome, seeking: CourseDraft) {
        var seeking = self
        seeking.toldWindow = nil
        var asked = Replanning(declined: declinedDays).unexplained
        asked.phaseEnds[window.phase] = window.through
        let rest = try seeking.rest(asked)
        let visits = try state.yieldingVisits(to: course, through: window.through, context)
        do throws(NeedsDays) {
            let outcome = try makeRoom(
                for: SeekingCourse(request: rest.request, visits: rest.turns), by: visits, on: rest.calendar,
                now: context.now.minute, today: context.today, budget: budget)
            return (outcome, seeking)
        } catch {
            throw .needsDays(error.through)
        }
    }

    /// What brings the phase under way to its goal, visits of others having made room.
    fileprivate func yielding(to window: PhaseWindow, budget: Int) throws(DecisionFailure) -> ScheduleChange {
        func change(_ moves: [ScheduleChange.Move], _ plan: CourseChanged?, isBest: Bool) -> ScheduleChange {
            ScheduleChange(
                purpose: .goal, basis: state.lastEvent, moves: moves, isBest: isBest,
                goal: GoalSought(
                    course: course, phase: window.phase, through: window.through, ends: end(of: window.phase),
                    plan: plan))
        }
        guard isSlipping(window.phase) else { return change([], nil, isBest: true) }
        let (outcome, seeking) = try ways(to: window, budget: budget)
        guard let best = outcome.best else { return change([], nil, isBest: outcome.isExhaustive) }
        var calendar = context.calendar
        var moves: [ScheduleChange.Move] = []
        for move in best.moves {
            guard let visit = state.visit(move.visit) else { continue }
            moves.append(
                ScheduleChange.Move(
                    visit: visit.id, course: visit.course, from: visit.place,
                    to: Place(move.after, on: try context.day(move.after.day))))
            calendar.remove(visit.id, on: visit.day)
            calendar.add(
                Booking(
                    id: visit.id, patient: visit.patient, visitType: visit.visitType, placement: move.after,
                    confirmed: visit.status != .tentative))
        }
        var planned = seeking.on(calendar)
        guard try planned.seekGoal(), case .course(.changed(let plan))? = planned.events(.courseCaughtUp).last else {
            return change([], nil, isBest: outcome.isExhaustive)
        }
        return change(moves, plan, isBest: outcome.isExhaustive)
    }
}

extension ClinicState {
    /// The visits that may yield to a course: of phases without a goal that say so, on a day up to a last one, neither
    /// pinned nor begun nor near, with no rule set aside, held for nobody, and making up for no loss; by course.
    fileprivate func yieldingVisits(
        to seeking: CourseID, through: Day, _ context: DecisionContext
    ) throws(DecisionFailure) -> [YieldingVisit] {
        let offered = Set(openOffers.flatMap(\.moves).map(\.visit))
        var byCourse: [CourseID: [VisitID]] = [:]
        for day in daysWithVisits where context.today <= day && day <= through {
            for visit in visits(on: day) where visit.course != seeking && !offered.contains(visit.id) {
                if mayYield(visit) { byCourse[visit.course, default: []].append(visit.id) }
            }
        }
        var result: [YieldingVisit] = []
        for (id, own) in byCourse.sorted(by: { $0.key.number < $1.key.number }) {
            let draft = try CourseDraft(id, .clinical, context)
            guard draft.status == .active, draft.progress.heldUntil == nil,
                var course = try draft.repairCourse(isLenient: true)
            else { continue }
            course.request.wish.blackoutDays.formUnion(draft.declinedDays)
            for index in course.visits.indices {
                let visit = course.visits[index].booking.id
                guard own.contains(visit), let image = draft.visits[visit], !draft.isKept(image) else { continue }
                course.visits[index].told = course.visits[index].told || image.asked != nil
                result.append(YieldingVisit(course: course, index: index))
            }
        }
        return result
    }
}

extension ClinicState {
    /// Whether a visit may yield as far as it tells by itself and by its phase.
    func mayYield(_ visit: Visit) -> Bool {
        guard visit.status == .tentative || visit.status == .confirmed, !visit.pinned, visit.overrides.isEmpty,
            visit.latestDay == nil, let phase = course(visit.course)?.template.phase(visit.phase), phase.goal == nil
        else { return false }
        let isKnown = visit.told || visit.asked != nil || visit.status == .confirmed
        switch phase.yields {
        case .never: return false
        case .untold: return !isKnown
        case .told: return true
        }
    }
}
