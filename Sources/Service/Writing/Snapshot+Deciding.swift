internal import Clinic
internal import ClinicTime
internal import Planning
internal import Wire

extension Snapshot {
    /// Days that a question may reach over: a hundred years. No course is planned so far.
    private static let daysMaximum = 36_525

    /// Asks a question of this moment, for which the days that it asks for are got; then it is asked again.
    ///
    /// - Throws: where it asks for days without end.
    mutating func withDays<Answer>(
        _ question: (Snapshot) throws(NeedsDays) -> Answer
    ) throws(ClinicInterface.Failure) -> Answer {
        while true {
            do throws(NeedsDays) {
                return try question(self)
            } catch {
                try supply(error.through)
            }
        }
    }

    /// Gets the days that a decision or search has asked for, so that it can be asked again: each time there are more
    /// of them, and no more than `daysMaximum` in all, so that asking again comes to an end.
    ///
    /// - Throws: where no day would be there that was not there before, or too many would.
    private mutating func supply(_ day: Day) throws(ClinicInterface.Failure) {
        let days = calendar.calendars
        guard max(day, days.last) - min(day, days.first) <= Self.daysMaximum else {
            throw .unforeseen("it would be planned through \(day), more than a hundred years")
        }
        let longer = supplying(day)
        guard longer.calendar.calendars.days.count > days.days.count else {
            throw .unforeseen("it asks for \(day), which is there")
        }
        self = longer
    }

    /// What follows from a command at this moment, for which the days that it asks for are got.
    ///
    /// - Throws: where it asks for days without end.
    mutating func decision(
        on command: Command, now: Instant, explains: Bool = true
    ) throws(ClinicInterface.Failure) -> Decision {
        try withDays { snapshot throws(NeedsDays) in
            try decide(command, state: snapshot.state, calendar: snapshot.calendar, now: now, explains: explains)
        }
    }

    /// A command as it is made at this moment and what follows from it, or why it cannot be made. Courses that are over
    /// and that it names are taken in: each once, since what is there is not taken in again.
    ///
    /// - Parameters:
    ///   - look: what the record knows of patients.
    ///   - record: finds a course that the state does not hold.
    mutating func decision<Failure>(
        of job: CommandJob, at now: Instant, explains: Bool, _ look: RecordLook,
        record: (CourseName) throws(Failure) -> ClosedCourse?
    ) throws(Failure) -> Result<(command: Command, decision: Decision), ClinicInterface.Failure> {
        while true {
            let found: Result<(command: Command, decision: Decision), ClinicInterface.Failure>
            let missing: CourseName?
            do throws(ClinicInterface.Failure) {
                try job.seen?.check(self, look)
                let command = try job.command(self, look)
                let decision = try decision(on: command, now: now, explains: explains)
                missing = decision.missingCourse
                found = .success((command, decision))
            } catch {
                missing = error.missingCourse
                found = .failure(error)
            }
            guard let missing, try admit(missing, from: record) else { return found }
        }
    }

    /// Takes in a course that is over and that somebody has named: it is held by the record alone.
    ///
    /// - Returns: whether what is named is there now, and was not before.
    mutating func admit<Failure>(
        _ name: CourseName, from record: (CourseName) throws(Failure) -> ClosedCourse?
    ) throws(Failure) -> Bool {
        guard !state.holds(name), let closed = try record(name) else { return false }
        state.admit(closed)
        return state.holds(name)
    }
}

extension ClinicInterface.Failure {
    /// What no command should come to, and no caller can do anything about: it fails alone.
    static func unforeseen(_ message: String) -> Self {
        .refused(
            rule: "unforeseen", message: message,
            hint: "nothing has changed; whoever looks after the daemon should be told", violations: [], refusal: nil)
    }

    /// That the database does not give or take what a command needs; other commands go on.
    static func database(_ error: some Error) -> Self {
        .refused(
            rule: "database", message: "\(error)",
            hint: "nothing has changed; infusionctl verify says what is damaged", violations: [], refusal: nil)
    }

    /// Whether it tells of the moment, not of what was asked for: the same request may be answered otherwise when it
    /// comes again, and so it is not kept.
    var isPassing: Bool {
        switch self {
        case .busy, .storageFull, .storageFailed, .recordDamaged, .slowReader: true
        case .refused, .stale, .requestReused, .invalidValue, .noSuchPatient, .recordNumberTaken, .noSuchRegimen,
            .noSuchVisitType, .noSuchCourse, .noSuchVisit, .noSuchProposal, .noSuchChair, .noSuchPerson,
            .importRefused:
            false
        }
    }
}
