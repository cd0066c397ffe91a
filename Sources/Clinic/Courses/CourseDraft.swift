import Planning

/// When and on what something is decided.
struct DecisionContext {
    let state: ClinicState
    private(set) var calendar: PlanningCalendar
    let now: Instant
    let today: Day
    /// Whether a refusal says what closes each day and what would help: that takes longer than to plan.
    let explains: Bool
    /// Whether the patient knows at once what is done; see `Command.told`.
    var isTold = false

    init(
        _ state: ClinicState, _ calendar: PlanningCalendar, _ now: Instant, explains: Bool = true
    ) throws(DecisionFailure) {
        self.explains = explains
        self.state = state
        self.calendar = state.running(on: calendar, now: now)
        self.now = now
        guard let today = calendar.calendars.day(at: now)?.day else {
            throw .needsDays(dayAfter(now))
        }
        self.today = today
    }

    /// The same on a calendar on which some visits are elsewhere.
    func on(_ calendar: PlanningCalendar) -> DecisionContext {
        var context = self
        context.calendar = calendar
        return context
    }

    func day(_ day: Day) throws(DecisionFailure) -> DayCalendar {
        guard let found = calendar.calendars[day] else {
            guard day > calendar.last else { throw .refused(.unchangeable(.breaks([.leadTime]))) }
            throw .needsDays(day)
        }
        return found
    }

    /// The rest of a course as it is planned now, or why it cannot be.
    func plan(
        _ request: CourseRequest, continuing courseVisits: [CourseVisit] = [], on calendar: PlanningCalendar,
        explains: Bool
    ) throws(DecisionFailure) -> Outcome {
        do throws(NeedsDays) {
            return try Planning.plan(
                request, continuing: courseVisits, on: calendar, now: now.minute, today: today, explains: explains)
        } catch {
            throw .needsDays(error.through)
        }
    }
}

/// A day certain to lie after the one of an instant, whatever the zone.
func dayAfter(_ instant: Instant) -> Day { Day(number: instant.minute / 1440 + 2) }

/// A course while it is being changed: a working copy from which its event is made.
struct CourseDraft {
    private(set) var context: DecisionContext
    let reason: Reason.Code
    let original: Course?
    let course: CourseID
    /// Whose it is to be.
    var patient: PatientID
    var template: Template
    var wish: CourseWish
    var status: CourseStatus
    var usual: Int?
    var progress: CourseProgress
    /// Its visits as they are to be.
    var visits: [VisitID: VisitImage] = [:]
    /// New visits of which the patient expects to hear: they make up for others, or are told where they are booked.
    var announced: Set<VisitID> = []
    /// Whether what is planned anew keeps the window of the phase that is under way.
    var keeping = WindowKeeping.never
    /// How that phase stands to its window, where it matters to whoever asked.
    var toldWindow: WindowState?
    /// Why a lost visit was passed over, where one was.
    var unplaced: Refusal?
    /// What the course cost as it was last planned here, without what moving costs.
    var plannedCost = 0
    /// What the next ids are.
    var counters: Counters
    private var derived: Template?

    init(_ id: CourseID, _ reason: Reason.Code, _ context: DecisionContext) throws(DecisionFailure) {
        guard let course = context.state.course(id) else { throw .refused(.unknown(.course, id.text)) }
        self.context = context
        self.reason = reason
        original = course
        self.course = id
        patient = course.patient
        template = course.template
        wish = course.wish
        status = course.status
        usual = course.usual
        progress = course.progress
        counters = context.state.counters
        for visit in context.state.visits(of: course) { visits[visit.id] = visit.image }
    }

    /// A course that is not there yet.
    init(new id: CourseID, _ patient: PatientID, _ template: Template, _ wish: CourseWish, _ context: DecisionContext) {
        self.context = context
        reason = .other
        original = nil
        course = id
        self.patient = patient
        self.template = template
        self.wish = wish
        status = .active
        usual = wish.usual
        progress = CourseProgress()
        counters = context.state.counters
    }

    var state: ClinicState { context.state }

    /// The same on a calendar on which visits of others are elsewhere.
    func on(_ calendar: PlanningCalendar) -> CourseDraft {
        var draft = self
        draft.context = context.on(calendar)
        return draft
    }

    /// The course as it is asked of the planner.
    var request: CourseRequest {
        var request = CourseRequest(
            id: course, patient: patient, regimen: template.regimen, visitTypes: template.visitTypes, wish: wish)
        request.wish.usual = usual ?? wish.usual
        return request
    }

    func visit(_ id: VisitID) -> Visit? {
        guard let image = visits[id], let type = template.visitType(image.visitType) else { return nil }
        return Visit(id, image, of: course, patient, type)
    }

    mutating func nextVisit() -> VisitID { counters.nextVisit() }

    /// Makes the course follow a changed regimen of its own.
    mutating func follow(_ regimen: Regimen) {
        if regimen == template.regimen { return }
        let made = Template(
            id: derived?.id ?? counters.nextTemplate(), regimen: regimen, visitTypes: template.visitTypes,
            derivedFrom: original?.template.id ?? template.id)
        derived = made
        template = made
    }

    /// Calls off a visit that is to come. Whoever was told of it is to be called.
    mutating func callOff(_ id: VisitID, isForgone: Bool) {
        visits[id]?.status = .cancelled(.early, reason)
        visits[id]?.isForgone = isForgone
    }

    /// The events that make the course as it is here; none where nothing changes.
    ///
    /// - Parameter detail: see `CourseChanged.detail`.
    func events(
        _ action: CourseAction, about: VisitID? = nil, undoes: Int? = nil, detail: String? = nil
    ) -> [Event] {
        var draft = self
        draft.visits = recordedVisits
        draft.takeOverTimes()
        if context.isTold { draft.tellAtOnce(about) }
        return draft.recorded(action, about: about, undoes: undoes, detail: detail)
    }

    private func recorded(
        _ action: CourseAction, about: VisitID?, undoes: Int?, detail: String?
    ) -> [Event] {
        let after = CourseImage(
            template: template.id, wish: wish, status: status, usual: usual, progress: progress)
        let before =
            original.map { course in
                Dictionary(uniqueKeysWithValues: state.visits(of: course).map { ($0.id, $0.image) })
            } ?? [:]
        let former = original.flatMap { $0.patient == patient ? nil : $0.patient }
        // Every visit becomes another patient's with its course.
        let changes = Set(before.keys).union(visits.keys).sorted { $0.number < $1.number }
            .filter { before[$0] != visits[$0] || former != nil }
            .map { CourseChanged.VisitChange(id: $0, before: before[$0], after: visits[$0]) }
        if changes.isEmpty, former == nil, original?.image == after { return [] }
        let changed = CourseChanged(
            action: action, course: course, patient: patient, former: former, about: about, before: original?.image,
            after: after, visits: changes, undoes: undoes, detail: detail, isTold: context.isTold)
        return (derived.map { [.course(.templateRecorded($0))] } ?? []) + [.course(.changed(changed))]
    }
}

/// The attempts at one visit of a course: what was booked for it, lost and made up for.
struct VisitAttempts {
    let phase: String
    /// Its visits, the latest last: all but the last were lost.
    let visits: [VisitID]
    /// The visit that has the turn now: the one that is to be or was given, or the last that was lost.
    let current: VisitID
}

extension VisitAttempts {
    /// A course's turns that were ever booked, phase by phase in order.
    static func attempts(
        of template: Template, _ progress: CourseProgress, _ visits: [VisitID: VisitImage]
    ) -> [VisitAttempts] {
        template.regimen.phases.flatMap { phase in
            let own = visits.filter { $0.value.phase == phase.name && !$0.value.isTakenBack }
            let groups = Dictionary(grouping: own.keys) { own[$0]?.number ?? 0 }
            var attempts = groups.sorted { $0.key < $1.key }.map { _, ids in
                let ids = ids.sorted { $0.number < $1.number }
                let open = ids.last { own[$0]?.status.occupies ?? false }
                return VisitAttempts(phase: phase.name, visits: ids, current: open ?? ids[ids.count - 1])
            }
            // A phase that was ended leaves turns behind that nobody has.
            if case .exactly(let count) = phase.count {
                let adopted = progress.adoptedFrom?.phase == phase.name ? progress.adoptedFrom?.given ?? 0 : 0
                while attempts.count + adopted > count, let last = attempts.last,
                    !(own[last.current]?.status.occupies ?? false)
                {
                    attempts.removeLast()
                }
            }
            return attempts
        }
    }
}

extension CourseDraft {
    /// The course's turns that were ever booked, phase by phase in order.
    var attempts: [VisitAttempts] { VisitAttempts.attempts(of: template, progress, visits) }

    /// Whether a visit can no longer be moved: given, under way, or too near.
    func isKept(_ image: VisitImage) -> Bool {
        switch image.status {
        case .arrived, .inProgress, .completed: true
        case .tentative, .confirmed:
            image.place.minute < context.now.minute + context.calendar.facility.planning.leadTimeMinutes
        case .noShow, .notTreated, .cancelled, .omitted: false
        }
    }

    /// The day of the visit that one makes up for, where it is after it: it stays so.
    private func madeUpAfter(_ image: VisitImage, in attempt: VisitAttempts) -> Day? {
        guard image.latestDay != nil else { return nil }
        let lost = attempt.visits.compactMap { visits[$0] }.filter { !$0.status.occupies }.map(\.place.day).max()
        return lost.flatMap { $0 < image.place.day ? $0 : nil }
    }

    /// A visit with its attempts, as the planner is told of it.
    func turn(of attempt: VisitAttempts) throws(DecisionFailure) -> CourseVisit {
        guard let visit = visit(attempt.current), let image = visits[attempt.current] else {
            preconditionFailure("attempts has a visit")
        }
        var turn = CourseVisit(
            phase: attempt.phase, status: .open, ignoresGap: image.overrides[.gap] != nil,
            ignoresWindow: image.overrides[.phaseWindow] != nil, lastDay: image.place.day)
        switch image.status {
        case .omitted: turn.status = .omitted
        case .noShow, .notTreated, .cancelled:
            turn.status = image.isForgone ? .omitted : .lost(image.place.day)
            // Whoever could not come is not asked to come earlier.
            turn.after = image.isForgone ? nil : image.place.day
        case .tentative, .confirmed, .arrived, .inProgress, .completed:
            if isKept(image) {
                turn.status = .kept(image.place.day, visit.continuityAttendant)
            } else {
                let place = image.place.placement(on: try context.day(image.place.day))
                let stays = image.pinned || !image.overrides.isEmpty
                turn.status = stays ? .pinned(place) : .booked(place, told: image.told || image.asked != nil)
                turn.latest = image.latestDay
                turn.after = madeUpAfter(image, in: attempt)
            }
        }
        return turn
    }
}

extension Visit {
    /// Who attends it as its continuity attendant, if its type has one.
    var continuityAttendant: ContinuityAttendant? {
        guard let index = visitType.filledLabels.firstIndex(where: \.continuity), index < place.persons.count
        else { return nil }
        return ContinuityAttendant(role: visitType.filledLabels[index].role, person: place.persons[index])
    }
}

extension ClinicState {
    /// The visit that has each turn of a course now: the one that is to be or was given, or the last that was lost.
    package func currentVisits(_ course: Course) -> [Visit] {
        let own = visits(of: course)
        let images = Dictionary(own.map { ($0.id, $0.image) }) { first, _ in first }
        let current = VisitAttempts.attempts(of: course.template, course.progress, images).map(\.current)
        let byID = Dictionary(own.map { ($0.id, $0) }) { first, _ in first }
        return current.compactMap { byID[$0] }
    }

    /// The visits of a course that have its turns, in the order of their numbers: all but those that an ended phase
    /// left behind, whose numbers others have.
    package func visitsOfTurns(_ course: Course) -> [Visit] {
        let own = visits(of: course)
        let images = Dictionary(own.map { ($0.id, $0.image) }) { first, _ in first }
        let turns = VisitAttempts.attempts(of: course.template, course.progress, images)
        let ids = Set(turns.flatMap(\.visits))
        return own.filter { ids.contains($0.id) }
    }
}
