package import Planning

/// Something that somebody wants done. `decide` answers what follows from it. Each subject has its commands, with who
/// decides on each, in a file of its own.
package indirect enum Command: Hashable, Sendable {
    /// The service begins or ends.
    case service(ServiceCommand)
    case configuration(ConfigurationCommand)
    /// Patients and their details.
    case patient(PatientCommand)
    case course(CourseCommand)
    /// One visit, or what became of it.
    case visit(VisitCommand)
    /// Staff, chairs and hours.
    case availability(AvailabilityCommand)
    case waiting(WaitingCommand)
    case alert(AlertCommand)
    /// Visits of several courses together.
    case repair(RepairCommand)
    /// Take in what an export file says. Patients known here are given by record number.
    case importClinic(ClinicExport, known: [String: PatientID])
    /// Take an event back. `standing` is the last event about its course where that is another one: those since the
    /// event cancel each other out.
    case undo(RecordedEvent, standing: Int? = nil)
    /// A command whose patient is here or on the line: they know at once what it does to their visits.
    case told(Command)
}

/// A plan for a course as it was proposed to somebody: all that is needed to book it without planning again.
package struct Proposal: Hashable, Sendable {
    package var order: CourseOrder
    /// What was asked of the planner; its course's id is a placeholder.
    package let request: CourseRequest
    /// The plan with its alternatives.
    package let plan: Plan
    /// The last event of the state that was planned on.
    package let basis: Int

    /// A plan for an order, made on the state after an event.
    package init(order: CourseOrder, request: CourseRequest, plan: Plan, basis: Int) {
        self.order = order
        self.request = request
        self.plan = plan
        self.basis = basis
    }

    /// The visits of the plan, or of the alternative of an index; nil where there is no such alternative.
    package func visits(alternative: Int?) -> [PlannedVisit]? {
        guard let alternative else { return plan.visits }
        return plan.alternatives.indices.contains(alternative) ? plan.alternatives[alternative].visits : nil
    }
}

/// What follows from a command.
package enum Decision: Hashable, Sendable {
    /// It is done by recording the events, with the details that stand beside them.
    case accepted([Event], PrivateDetails, Reply)
    /// It is not done; the events record that it was asked, and change nothing.
    case refused(ClinicRefusal, [Event])
}

/// The answer to a command that was done.
package enum Reply: Hashable, Sendable {
    case done
    /// A patient became known under this id.
    case patient(PatientID)
    /// Patients became known under these ids, in the order given.
    case patients([PatientID])
    /// A course was booked.
    case course(BookedCourse)
    /// An absence became known under this id.
    case absence(AbsenceID)
    /// An outage became known under this id.
    case outage(OutageID)
    /// A closure became known under this id.
    case closure(ClosureID)
    /// An extra opening became known under this id.
    case opening(OpeningID)
    /// An extra shift became known under this id.
    case shift(ShiftID)
    /// So many visits were retimed.
    case retimed(Int)
    case changed(PlanDifference)
    /// Outages became known under these ids.
    case outages([OutageID])
    /// Somebody waits under this id.
    case waiting(WaitingID)
    /// A place is held for somebody of the waiting list.
    case offer(Offer)
    /// Visits of several courses changed: what each course's visits were and are.
    case scheduleChanged([PlanDifference], by: ScheduleChange)
    /// What an export file said was taken in.
    case imported(ImportedClinic)
    /// Something about a patient changed, and with it courses.
    case patientChanged(PatientID, [PlanDifference])
}

/// A course that was booked, as it is answered.
package struct BookedCourse: Hashable, Sendable {
    /// Its plan, under the course's id.
    package let plan: Plan
    /// Its visits' ids, in the order of the plan.
    package let visits: [VisitID]

    /// A booked plan with the ids of its visits.
    package init(plan: Plan, visits: [VisitID]) {
        self.plan = plan
        self.visits = visits
    }
}

/// Why a command is not done: a value, not an error.
package enum ClinicRefusal: Hashable, Sendable {
    /// A kind of thing that a command may name. The raw value is its name everywhere.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case patient, course, visit, regimen, chair, person, feature, absence, outage, closure, opening, shift,
            alternative
        case phase, prerequisite, task, waiting, offer
    }

    /// No configuration is in force yet.
    case notConfigured
    /// There is no such thing.
    case unknown(Kind, String)
    /// The course cannot be placed, and what would help.
    case noPlan(Refusal)
    /// What was proposed no longer fits.
    case stale(Stale)
    /// A figure that stays fixed once a visit exists was to change.
    case fixed(key: String, from: String, to: String)
    /// A patient's record number is missing or not of 1 to 64 characters.
    case recordNumber
    /// A patient's record number has the form of an id, so that it could mean another patient; its index from 0 among
    /// those added.
    case recordNumberLikeID(index: Int)
    /// Two of the imported patients have the same record number; their indices from 0.
    case sameRecordNumber(first: Int, second: Int)
    /// A stretch of time or days that ends before it starts.
    case endsBeforeStart
    /// The course or visit cannot be changed so.
    case unchangeable(Unchangeable)
    /// Changes that were proposed together no longer fit.
    case conflicts(ChangeConflicts)
    /// What an export file says cannot stand here; ascending by line, never empty.
    case unimportable([ImportProblem])
}

/// Why a proposal no longer fits.
package struct Stale: Hashable, Sendable {
    /// The last event of the state it was made on.
    package let since: Int
    /// What it would break now.
    package let changed: [Change]

    /// A visit of the proposal and the rule that it would break.
    package struct Change: Hashable, Sendable {
        /// The visit's number in the course, from 1.
        package let visit: Int
        package let rule: Rule

        /// A visit and the rule that it would break.
        package init(visit: Int, rule: Rule) {
            self.visit = visit
            self.rule = rule
        }
    }

    /// What a proposal made after an event would break now.
    package init(since: Int, changed: [Change]) {
        self.since = since
        self.changed = changed
    }
}
