internal import Clinic
internal import Planning

extension LivingClinic {
    /// What the service does by itself after midnight: open-ended courses are planned on; where the configuration says
    /// so, courses that would miss a goal are planned to it, and where no free place reaches it visits of others make
    /// room. What needs days beyond the calendar is left.
    package mutating func passMidnight() {
        for course in state.coursesToRoll { order(.rollHorizon, of: course) }
        let seeks = calendar.facility.planning.seeksGoals
        if seeks == .propose { return }
        for (course, _) in state.coursesAtRisk { order(.seekGoal, of: course) }
        for (course, _) in state.coursesAtRisk { makeRoom(for: course, mayCall: seeks == .all) }
    }

    private mutating func order(_ lifecycle: LifecycleAlteration, of course: CourseID) {
        _ = try? attempt(.course(.alter(course, .lifecycle(lifecycle), .other)))
    }

    private mutating func makeRoom(for course: CourseID, mayCall: Bool) {
        guard case .found(let change)? = try? proposeYielding(for: course, state: state, calendar: calendar, now: now),
            !change.isEmpty
        else { return }
        let command = Command.repair(.change(change, .clinical))
        guard
            case .accepted(_, _, .scheduleChanged(let differences, by: _))? = try? decide(
                command, state: state, calendar: calendar, now: now, explains: false),
            mayCall || differences.allSatisfy(\.calls.isEmpty)
        else { return }
        _ = try? attempt(command)
    }
}
