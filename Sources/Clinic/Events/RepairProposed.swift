import HashTreeCollections
package import Planning

/// Somebody was shown how visits that a loss has hit could be held after all. Nothing has changed by it; applying it
/// names this event.
package struct RepairProposed: Hashable, Sendable {
    /// What is proposed for one course.
    package struct OfCourse: Hashable, Sendable {
        package let course: CourseID
        package let patient: PatientID
        /// Whether the patient would have to be called.
        package let isCalled: Bool
        /// The ways of its visits, as in the proposal; without what closes the days of those that find no place.
        package let moves: [ScheduleChange.Move]

        /// What is proposed for a course of a patient.
        package init(course: CourseID, patient: PatientID, isCalled: Bool, moves: [ScheduleChange.Move]) {
            self.course = course
            self.patient = patient
            self.isCalled = isCalled
            self.moves = moves
        }
    }

    /// The proposal's id, `rp3`, by which it can be applied while the service runs.
    package let proposal: String
    /// The day whose visits it is to repair; nil for all.
    package let day: Day?
    /// Persons and chairs whose loss hits visits that it names, and the clinic where its hours do; each once.
    package let lost: [Subject]
    /// What is proposed, by course.
    package let courses: [OfCourse]
    /// Visits that would stay against a rule.
    package let unresolved: [VisitID]
    /// Whether nothing better exists.
    package let isBest: Bool

    /// A proposal under an id.
    package init(
        proposal: String, day: Day?, lost: [Subject], courses: [OfCourse], unresolved: [VisitID], isBest: Bool
    ) {
        self.proposal = proposal
        self.day = day
        self.lost = lost
        self.courses = courses
        self.unresolved = unresolved
        self.isBest = isBest
    }

    /// A repair as it was shown to somebody.
    ///
    /// - Parameters:
    ///   - differences: what it comes to, by course.
    ///   - state: the state that it was sought on.
    package init(
        _ change: ScheduleChange, _ differences: [PlanDifference], proposal: String, state: ClinicState
    ) {
        let moves = Dictionary(grouping: change.moves, by: \.course)
        self.init(
            proposal: proposal, day: change.day, lost: change.moves.flatMap(state.losses).unique,
            courses: differences.map { difference in
                OfCourse(
                    course: difference.course, patient: difference.patient, isCalled: !difference.calls.isEmpty,
                    moves: (moves[difference.course] ?? []).map(\.withoutReasons))
            },
            unresolved: change.unresolved.map(\.visit), isBest: change.isBest)
    }

    /// The ways of all visits that would change.
    package var moves: [ScheduleChange.Move] { courses.flatMap(\.moves) }

    /// The visits that break rules where they are.
    package var broken: [ScheduleChange.Move] { moves.filter { !$0.rules.isEmpty } }

    /// How many visits would have another day or time.
    package var movedCount: Int { moves.count { $0.to != nil && $0.changesTime } }

    /// The visits that would lose their place.
    package var unplaced: [VisitID] { moves.filter(\.isUnplaced).map(\.visit) }

    /// The patients who would have to be called, each once.
    package var calls: Set<PatientID> { Set(courses.filter(\.isCalled).map(\.patient)) }

    /// Whether it says the same for the same days, under whatever id.
    package func isRepetition(of other: RepairProposed) -> Bool {
        day == other.day && courses == other.courses && unresolved == other.unresolved
    }
}

extension ScheduleChange.Move {
    fileprivate var withoutReasons: ScheduleChange.Move {
        ScheduleChange.Move(visit: visit, course: course, from: from, to: to, madeUp: madeUp, rules: rules)
    }
}

extension ClinicState {
    /// Who or what is not there, of what a visit that is to move had.
    fileprivate func losses(of move: ScheduleChange.Move) -> [Subject] {
        guard let visit = visit(move.visit) else { return [] }
        let interval = visit.interval
        return move.rules.flatMap { rule -> [Subject] in
            switch rule {
            case .openingHours: [.clinic]
            case .chairInService: [.chair(move.from.chair)]
            case .attendantOnDuty:
                (move.from.persons + move.from.handovers.map(\.person)).filter { person in
                    absences.values.contains { $0.timeOff.person == person && $0.timeOff.interval.overlaps(interval) }
                }.map { .person($0) }
            case .chairFeatures, .chairFree, .attendantQualified, .attendantCapacity, .gap, .phaseWindow,
                .patientAvailable, .oneVisitADay, .leadTime, .courseEnd, .authorisation:
                []
            }
        }
    }
}
