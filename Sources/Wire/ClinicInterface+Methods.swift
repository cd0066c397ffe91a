extension ClinicInterface {
    static let methods = """
        # Adds a patient.
        method AddPatient(
          # The clinic's own reference; must be new.
          recordNumber: string,
          # If known.
          name: ?string,
          # If known.
          phone: ?string,
          # The caller's request id.
          request: ?string
        ) -> (
          # The new patient's id.
          patient: string
        )

        # Adds patients whose record number is new, all in one transaction.
        method ImportPatients(
          # Whom to add.
          patients: []NewPatient,
          # The caller's request id.
          request: ?string
        ) -> (
          # How many were new.
          added: int,
          # The patients' ids in the order given, of those known before too.
          ids: []string
        )

        # Lists patients by id.
        method ListPatients(
          # Part of a name or of a record number (all).
          query: ?string,
          # The id after which the list goes on.
          after: ?string,
          # How many at most (100; at most 1000).
          limit: ?int
        ) -> (
          # Those found.
          patients: []Patient,
          # Whether there are more; ask again after the last one's id.
          more: bool
        )

        # Shows a patient, asked for by id or by record number.
        method ShowPatient(
          # The id.
          patient: ?string,
          # The clinic's own reference; exactly one of the two.
          recordNumber: ?string
        ) -> (
          # The patient.
          found: Patient,
          # The patient's courses.
          courses: []CourseSummary
        )

        # Lists the regimens of the configuration in force.
        method ListRegimens() -> (
          # In the order configured.
          regimens: []RegimenSummary
        )

        # Shows a regimen of the configuration in force.
        method ShowRegimen(
          # Its id.
          regimen: string
        ) -> (
          # The regimen.
          found: Regimen
        )

        # Lists the kinds of visit of the configuration in force.
        method ListVisitTypes() -> (
          # In the order configured.
          visitTypes: []VisitType
        )

        # Plans a course without booking it: the cheapest plan that keeps every rule, or why there is none. Nothing is
        # recorded; the daemon keeps the last proposals in memory until it restarts.
        method ProposeCourse(
          # What is asked for.
          course: CourseRequest,
          # How many other plans are wanted (0; at most 20).
          alternatives: ?int,
          # Whether it is wanted why each visit is where it is (false).
          explain: ?bool
        ) -> (
          # The proposal's id, to be booked; null where there is no plan.
          proposal: ?string,
          # The plan; null where there is none.
          plan: ?Plan,
          # Why there is none; null where there is one.
          refusal: ?Refusal,
          # The number of the last event that the proposal knows.
          since: int,
          # Names of the staff in the plan and in what closes days, by id.
          people: [string]string,
          # Why each visit is where it is; null unless it was wanted and there is a plan.
          reasons: ?[]VisitReason,
          # How many days after the earliest the course might start: what was asked for, or the configuration's.
          startWithinDays: ?int
        )

        # Says why a visit is not on a day: what closes the day, or what it would cost there. Of a proposal the cheapest
        # plan with the visit on the day; of a booked course the visit alone, the others staying where they are.
        method ExplainVisit(
          # The booked visit's id.
          visit: ?string,
          # The proposal's id; exactly one of visit and proposal.
          proposal: ?string,
          # The number of the proposal's visit, from 1; with a proposal only.
          number: ?int,
          # The day asked about; at most two years from today.
          day: string
        ) -> (
          # The answer.
          found: DayAnswer,
          # The visit where it is now.
          present: PlannedVisit,
          # Names of the staff named, by id.
          people: [string]string
        )

        # Books a course: a proposal as it was shown, or the cheapest plan for what is asked for. A proposal is never
        # planned anew: where it no longer fits it is Stale.
        method BookCourse(
          # The proposal's id.
          proposal: ?string,
          # Which of the proposal's alternatives, from 1 (the plan itself).
          alternative: ?int,
          # What is asked for; exactly one of proposal and course.
          course: ?CourseRequest,
          # The caller's request id.
          request: ?string
        ) -> (
          # The course's id.
          id: string,
          # Its visits.
          visits: []Visit,
          # The number of the event that records it.
          event: int,
          # Names of the staff in the visits, by id.
          people: [string]string
        )

        # Lists courses by id.
        method ListCourses(
          # Only this patient's.
          patient: ?string,
          # Only of this status: active, onHold, completed or ceased.
          status: ?string,
          # The id after which the list goes on.
          after: ?string,
          # How many at most (100; at most 1000).
          limit: ?int
        ) -> (
          # Those found.
          courses: []CourseSummary,
          # Whether there are more; ask again after the last one's id.
          more: bool
        )

        # Shows a course with its visits.
        method ShowCourse(
          # Its id.
          course: string,
          # An earlier moment to be shown as it was then: an instant, or an event such as e9120 (now).
          asOf: ?string
        ) -> (
          # The course in short.
          found: CourseSummary,
          # What was asked for.
          asked: CourseRequest,
          # The usual time of day kept for its continuation.
          usual: ?string,
          # The names of its regimen's phases, in order.
          phases: []string,
          # Its visits in order.
          visits: []Visit,
          # Names of the staff in the visits, by id.
          people: [string]string,
          # Where it stands beside its visits.
          standing: ?CourseStanding
        )

        # Shows a visit.
        method ShowVisit(
          # Its id.
          visit: string
        ) -> (
          # The visit.
          found: Visit,
          # Names of the staff in it, by id.
          people: [string]string,
          # The phase whose gate must open before it can be confirmed; null where none must.
          closedGate: ?string,
          # What it may not start without and is not in place.
          missing: ?[]string,
          # What is to be done that follows from it.
          tasks: ?[]Task
        )

        # Shows a day: chairs, people, visits.
        method Day(
          # The day (today).
          day: ?string,
          # Whether patients' names are wanted; scheduler and above (false).
          names: ?bool,
          # An earlier moment to be shown as it was then: an instant, or an event such as e9120 (now).
          asOf: ?string
        ) -> (
          # The day.
          board: Board
        )

        # Shows days in figures.
        method Week(
          # The first day (the Monday of the present week).
          from: ?string,
          # How many days (7; at most 92).
          days: ?int
        ) -> (
          # One entry a day.
          summary: []DaySummary
        )

        # Lists free places of a visit type: one for each possible start, soonest first.
        method Free(
          # The visit type's id.
          visit: string,
          # The first day (today).
          from: ?string,
          # The last day (6 days after the first; at most 92).
          through: ?string,
          # What the chair must have, beside the needs of the visit type.
          features: ?[]string,
          # How many at most (200; at most 2000).
          limit: ?int
        ) -> (
          # Those found.
          places: []FreePlace,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Lists what happened, oldest first.
        method ListEvents(
          # Only events with a higher number (0).
          since: ?int,
          # How many at most (100; at most 1000).
          limit: ?int
        ) -> (
          # Those found.
          events: []Event,
          # The number of the last event there is.
          last: int
        )

        # Follows what happens.
        # [Requires 'more' flag]
        method Watch(
          # Begin with events of a higher number (with the next event).
          since: ?int
        ) -> (
          # One event.
          event: Event
        )

        """
}
