package import Clinic
package import Planning

// Where courses stand, from values of Clinic.

extension TaskMessage {
    /// Something to be done for a course.
    package init(_ task: ClinicTask, of course: Course, today: Day) {
        self.init(
            id: task.id, course: course.id.text, patient: course.patient.text, visit: task.visit.text,
            kind: TaskCode(task.kind), name: task.name, due: task.due, overdue: task.due < today)
    }
}

extension AdoptionMessage {
    /// What was given elsewhere.
    package init(_ adopted: CourseProgress.Adopted) {
        self.init(phase: adopted.phase, given: adopted.given, lastDay: adopted.lastDay)
    }
}

extension CourseStandingMessage {
    /// Where a course stands.
    ///
    /// - Parameters:
    ///   - visits: the course's visits in order.
    ///   - goals: how its phases stand to their goals.
    package init(
        _ course: Course, visits: [Visit], goals: [GoalStanding], tasks: [ClinicTask], today: Day,
        _ offsets: ClockOffsets
    ) {
        let progress = course.progress
        self.init(
            phase: course.reachedPhase(visits), phases: PhaseStandingMessage.phases(of: course, visits, goals),
            tasks: tasks.map { TaskMessage($0, of: course, today: today) },
            prerequisites: PrerequisiteStandingMessage.prerequisites(of: course, visits),
            authorisations: AuthorisationUseMessage.authorisations(of: course, visits),
            uncovered: course.firstUnauthorised(visits)?.id.text,
            assessments: progress.assessments.map {
                AssessmentMessage(measure: $0.measure, score: $0.score, at: offsets.instant(second: $0.at.seconds))
            }, adopted: progress.adoptedFrom.map { AdoptionMessage($0) },
            heldUntil: progress.heldUntil.map { offsets.instant(second: $0.seconds) })
    }
}

extension GoalStandingMessage {
    /// How a phase stands to its goal.
    package init(_ standing: GoalStanding) {
        self.init(
            phase: standing.phase, through: standing.through, ends: standing.ends, daysInHand: standing.daysInHand)
    }
}

extension AuthorisationUseMessage {
    /// The payer's authorisations of a course, with what is used of them.
    ///
    /// - Parameter visits: the course's visits in order.
    package static func authorisations(of course: Course, _ visits: [Visit]) -> [AuthorisationUseMessage] {
        zip(course.wish.authorisations, course.authorisationUse(visits)).map {
            AuthorisationUseMessage(authorisation: $0, used: $1)
        }
    }
}

extension PhaseStandingMessage {
    fileprivate static func phases(
        of course: Course, _ visits: [Visit], _ goals: [GoalStanding]
    ) -> [PhaseStandingMessage] {
        let phases = course.template.regimen.phases
        let adopted = course.progress.adoptedFrom
        let reached = phases.firstIndex { $0.name == adopted?.phase }
        return phases.enumerated().map { index, phase in
            let own = visits.filter { $0.phase == phase.name }
            var given = own.count { if case .completed = $0.status { true } else { false } }
            // What lies before the phase that a course had reached elsewhere was given there.
            if let adopted, let reached {
                if index == reached { given += adopted.given }
                if index < reached { given = phase.plannedCount ?? given }
            }
            return PhaseStandingMessage(
                name: phase.name, visit: phase.visit.text, planned: phase.plannedCount, given: given,
                booked: own.count { $0.status.isOpen },
                gate: phase.gate.map { _ in course.progress.openGates.contains(phase.name) ? .open : .closed },
                asks: phase.gate.map { GateMessage($0) },
                goal: goals.first { $0.phase == phase.name }.map { GoalStandingMessage($0) })
        }
    }
}

extension PrerequisiteStandingMessage {
    fileprivate static func prerequisites(of course: Course, _ visits: [Visit]) -> [PrerequisiteStandingMessage] {
        let missing = visits.filter(\.status.isOpen).map { (visit: $0, names: course.missingPrerequisites(of: $0)) }
        return course.template.regimen.prerequisites.map { prerequisite in
            PrerequisiteStandingMessage(
                name: prerequisite.name, per: ScopeCode(prerequisite.scope),
                day: course.progress.prerequisites.filter { $0.name == prerequisite.name }.map(\.day).max(),
                missing: missing.filter { $0.names.contains(prerequisite.name) }.map(\.visit.id.text))
        }
    }
}
