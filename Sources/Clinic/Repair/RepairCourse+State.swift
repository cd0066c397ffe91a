import HashTreeCollections
import Planning

/// The courses of a clinic as a repair sees them, and what is left out of it.
struct RepairCourses {
    /// Every course with a visit that is still to come or under way.
    private(set) var courses: [RepairCourse] = []
    /// The same without what is held for somebody who is still to agree: that is left as it was said to them.
    var free: [RepairCourse] {
        courses.filter { course in context.state.course(course.request.id)?.progress.heldUntil == nil }
    }

    private let context: DecisionContext

    /// The courses of the state that have such visits, or of those named.
    ///
    /// - Parameter isLenient: whether what stands against gaps, windows or wishes is left so.
    init(_ context: DecisionContext, only: Set<CourseID>? = nil, isLenient: Bool = true) throws(DecisionFailure) {
        self.context = context
        var ids = only ?? []
        if only == nil {
            for day in context.state.daysWithVisits where day >= context.today - 2 {
                for visit in context.state.visits(on: day) where visit.status.isOpen { ids.insert(visit.course) }
            }
        }
        for id in ids.sorted(by: { $0.number < $1.number }) {
            if let course = try CourseDraft(id, .other, context).repairCourse(isLenient: isLenient) {
                courses.append(course)
            }
        }
    }
}

extension CourseDraft {
    /// The course as a repair sees it; nil where nothing of it is still to come or under way.
    ///
    /// - Parameter isLenient: whether what stands against its gaps, its window or the patient's wishes is left so: it
    ///   was agreed, or came about.
    func repairCourse(isLenient: Bool) throws(DecisionFailure) -> RepairCourse? {
        let standing = attempts.compactMap { attempt in visit(attempt.current).map { (attempt: attempt, visit: $0) } }
        let isAhead = standing.map { isStillAhead($0.visit) }
        guard isAhead.contains(true) else { return nil }
        var turns = adoptedTurns
        for (index, item) in standing.enumerated() { turns.append(try repairTurn(of: item.attempt, isAhead[index])) }
        let remaining = Dictionary(
            remainingVisits(of: request, continuing: turns, on: context.calendar, today: context.today).map {
                ($0.number, $0)
            }
        ) { first, _ in first }
        let numbers = turnNumbers(turns)
        var result = RepairCourse(
            request: request, usual: usual ?? wish.usual, previous: lastOver(standing.map(\.visit), isAhead),
            visits: [])
        var skipped = (ideal: 0, most: 0)
        for (index, item) in standing.enumerated() {
            guard let number = numbers[index + adoptedTurns.count], let asked = remaining[number] else { continue }
            guard isAhead[index] else {
                // A turn that is still to be made up lies between.
                let rule = asked.gap?.rule(on: item.visit.day)
                skipped.ideal += rule?.ideal ?? 0
                skipped.most += rule?.allowed.upperBound ?? wish.startWithinDays
                continue
            }
            let gap = asked.gap ?? AskedGap(ideal: 0, allowed: 0...max(0, wish.startWithinDays))
            let booking = try booking(of: item.visit)
            if let goal = asked.goal { _ = try context.day((goal.first ?? item.visit.day) + goal.goal.days) }
            result.visits.append(
                RepairVisit(
                    booking: booking, number: item.visit.number, phase: item.visit.phase,
                    gap: gap.adding(ideal: skipped.ideal, maximum: skipped.most), latest: item.visit.latestDay,
                    within: asked.within, goal: asked.goal, rhythm: template.phase(item.visit.phase)?.rhythm ?? false,
                    told: item.visit.told || item.visit.asked == .itself || item.visit.status == .confirmed,
                    pinned: item.visit.pinned,
                    progress: item.visit.repairProgress, overrides: item.visit.rulesPastAsking))
            skipped = (0, 0)
        }
        // Of two on a day the one whose patient is here comes first: what is to come may get another day after it.
        func order(_ visit: RepairVisit) -> (Day, Int, Int) {
            (visit.booking.placement.day, visit.progress == .ahead ? 1 : 0, visit.number)
        }
        result.visits.sort { order($0) < order($1) }
        widenStart(&result)
        if isLenient { leaveStanding(&result) }
        return result.visits.isEmpty ? nil : result
    }

    /// Whether a visit is still to come or under way. One whose time has passed without anybody recording what became
    /// of it is over.
    private func isStillAhead(_ visit: Visit) -> Bool {
        switch visit.status {
        case .arrived, .inProgress: true
        case .tentative, .confirmed: visit.interval.until > context.now.minute
        case .completed, .noShow, .notTreated, .cancelled, .omitted: false
        }
    }

    private func repairTurn(of attempt: VisitAttempts, _ isAhead: Bool) throws(DecisionFailure) -> CourseVisit {
        guard let visit = visit(attempt.current) else { preconditionFailure("attempts has a visit") }
        if isAhead {
            let place = visit.place.placement(on: try context.day(visit.day))
            return CourseVisit(phase: attempt.phase, status: .booked(place, told: visit.told), latest: visit.latestDay)
        }
        if visit.status.occupies {
            return CourseVisit(phase: attempt.phase, status: .kept(visit.day, visit.continuityAttendant))
        }
        return try turn(of: attempt)
    }

    private func booking(of visit: Visit) throws(DecisionFailure) -> Booking {
        let grid = context.calendar.facility.gridMinutes
        guard let booking = visit.booking(on: try context.day(visit.day), at: context.now, gridMinutes: grid) else {
            preconditionFailure("what is still ahead has a place")
        }
        return booking
    }

    /// The number of each turn in the course, by the turn's index; turns of phases that are no more have none.
    private func turnNumbers(_ turns: [CourseVisit]) -> [Int: Int] {
        let counts = plannedCounts(
            of: request, continuing: turns, today: context.today, planning: context.calendar.facility.planning)
        var numbers: [Int: Int] = [:]
        var base = 0
        for (phase, count) in zip(template.regimen.phases, counts) {
            let own = turns.indices.filter { turns[$0].phase == phase.name }
            for (position, turn) in own.enumerated() where position < count { numbers[turn] = base + position + 1 }
            base += count
        }
        return numbers
    }

    /// The visit of the latest day among those that are over, whatever its place in the course.
    private func lastOver(_ visits: [Visit], _ isAhead: [Bool]) -> Booking? {
        let over = zip(visits, isAhead).filter { !$1 && $0.status.occupies }.map(\.0)
        if let visit = over.max(by: { ($0.day, $0.number) < ($1.day, $1.number) }) {
            // Its day may lie before the calendar; what matters is the date and who it was.
            let placement = Placement(
                day: visit.day, start: visit.place.start.clock, chair: visit.place.chair, persons: visit.place.persons)
            return Booking(
                id: visit.id, patient: patient, visitType: visit.visitType, placement: placement, confirmed: true)
        }
        return progress.adoptedFrom.map { adopted in
            Booking(
                id: VisitID("elsewhere"), patient: patient,
                visitType: VisitType(id: VisitTypeID("elsewhere"), attendants: [], stages: []),
                placement: Placement(day: adopted.lastDay, start: 0, chair: ChairID("elsewhere"), persons: []),
                confirmed: true)
        }
    }

    /// A first visit that was made up may lie beyond the start window.
    private func widenStart(_ course: inout RepairCourse) {
        guard let first = course.visits.first, course.previous == nil else { return }
        let days = first.booking.placement.day - course.request.wish.earliest
        guard days > course.request.wish.startWithinDays else { return }
        course.request.wish.startWithinDays = days + context.calendar.facility.planning.makeUpDays
    }

    private func leaveStanding(_ course: inout RepairCourse) {
        for index in course.visits.indices {
            let broken = brokenRules(of: course, visit: index, on: context.calendar, now: context.now.minute)
            course.visits[index].overrides.formUnion(Rule.ofCourse.intersection(broken))
        }
    }
}

extension Rule {
    /// Rules that no disruption of the clinic breaks: they are between a course and its patient.
    static let ofCourse: Set<Rule> = [.gap, .phaseWindow, .patientAvailable, .courseEnd]
}

extension Visit {
    /// Rules that no repair of it asks about: those set aside, and of one that is under way the opening hours, since it
    /// has begun before they did, or lasts longer, and somebody must look after it all the same.
    fileprivate var rulesPastAsking: Set<Rule> {
        Set(overrides.keys).union(status.isInProgress ? [.openingHours] : [])
    }

    fileprivate var repairProgress: RepairVisit.Progress {
        switch status {
        case .arrived: .arrived
        case .inProgress: .inProgress
        case .completed: .completed
        case .tentative, .confirmed, .noShow, .notTreated, .cancelled, .omitted: .ahead
        }
    }
}
