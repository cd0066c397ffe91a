extension ClinicInterface {
    static let methods = """
        # Adds a patient.
        # recordNumber: the clinic's own reference; must be new
        # name, phone: if known
        # request: the caller's request id
        # patient: the new patient's id
        method AddPatient(recordNumber: string, name: ?string, phone: ?string, request: ?string) -> (patient: string)

        # Adds patients whose record number is new, all in one transaction.
        # patients: whom to add
        # request: the caller's request id
        # added: how many were new
        # ids: the patients' ids in the order given, of those known before too
        method ImportPatients(patients: []NewPatient, request: ?string) -> (added: int, ids: []string)

        # Lists patients by id.
        # query: part of a name or of a record number (all)
        # after: the id after which the list goes on
        # limit: how many at most (100; at most 1000)
        # patients: those found
        # more: whether there are more; ask again after the last one's id
        method ListPatients(query: ?string, after: ?string, limit: ?int) -> (patients: []Patient, more: bool)

        # Shows a patient, asked for by id or by record number.
        # patient: the id
        # recordNumber: the clinic's own reference; exactly one of the two
        # found: the patient
        # courses: the patient's courses
        method ShowPatient(patient: ?string, recordNumber: ?string) -> (found: Patient, courses: []CourseSummary)

        # Lists the regimens of the configuration in force.
        # regimens: in the order configured
        method ListRegimens() -> (regimens: []RegimenSummary)

        # Shows a regimen of the configuration in force.
        # regimen: its id
        # found: the regimen
        method ShowRegimen(regimen: string) -> (found: Regimen)

        # Plans a course without booking it: the cheapest plan that keeps every rule, or why there is none. Nothing is
        # recorded; the daemon keeps the last proposals in memory until it restarts.
        # course: what is asked for
        # alternatives: how many other plans are wanted (0; at most 20)
        # proposal: the proposal's id, to be booked; null where there is no plan
        # plan: the plan; null where there is none
        # refusal: why there is none; null where there is one
        # since: the number of the last event that the proposal knows
        # people: names of the staff in the plan, by id
        method ProposeCourse(course: CourseRequest, alternatives: ?int) -> (
          proposal: ?string,
          plan: ?Plan,
          refusal: ?Refusal,
          since: int,
          people: [string]string
        )

        # Books a course: a proposal as it was shown, or the cheapest plan for what is asked for.
        # A proposal is never planned anew: where it no longer fits it is Stale.
        # proposal: the proposal's id
        # alternative: which of the proposal's alternatives, from 1 (the plan itself)
        # course: what is asked for; exactly one of proposal and course
        # request: the caller's request id
        # id: the course's id
        # visits: its visits
        # event: the number of the event that records it
        # people: names of the staff in the visits, by id
        method BookCourse(proposal: ?string, alternative: ?int, course: ?CourseRequest, request: ?string) -> (
          id: string,
          visits: []Visit,
          event: int,
          people: [string]string
        )

        # Lists courses by id.
        # patient: only this patient's
        # status: only of this status: active, onHold, completed or ceased
        # after: the id after which the list goes on
        # limit: how many at most (100; at most 1000)
        # courses: those found
        # more: whether there are more; ask again after the last one's id
        method ListCourses(patient: ?string, status: ?string, after: ?string, limit: ?int) -> (
          courses: []CourseSummary,
          more: bool
        )

        # Shows a course with its visits.
        # course: its id
        # found: the course in short
        # asked: what was asked for
        # usual: the usual time of day kept for its continuation
        # phases: the names of its regimen's phases, in order
        # visits: its visits in order
        # people: names of the staff in the visits, by id
        method ShowCourse(course: string) -> (
          found: CourseSummary,
          asked: CourseRequest,
          usual: ?string,
          phases: []string,
          visits: []Visit,
          people: [string]string
        )

        # Shows a visit.
        # visit: its id
        # found: the visit
        # people: names of the staff in it, by id
        method ShowVisit(visit: string) -> (found: Visit, people: [string]string)

        # Shows a day: chairs, people, visits.
        # day: the day (today)
        # names: whether patients' names are wanted; scheduler and above (false)
        # board: the day
        method Day(day: ?string, names: ?bool) -> (board: Board)

        # Shows days in figures.
        # from: the first day (the Monday of the present week)
        # days: how many days (7; at most 92)
        # summary: one entry a day
        method Week(from: ?string, days: ?int) -> (summary: []DaySummary)

        # Lists free places of a visit type: one for each possible start, soonest first.
        # visit: the visit type's id
        # from: the first day (today)
        # through: the last day (6 days after the first; at most 92)
        # features: what the chair must have, beside the needs of the visit type
        # limit: how many at most (200; at most 2000)
        # places: those found
        # people: names of the staff in them, by id
        method Free(visit: string, from: ?string, through: ?string, features: ?[]string, limit: ?int) -> (
          places: []FreePlace,
          people: [string]string
        )

        # Lists what happened, oldest first.
        # since: only events with a higher number (0)
        # limit: how many at most (100; at most 1000)
        # events: those found
        # last: the number of the last event there is
        method ListEvents(since: ?int, limit: ?int) -> (events: []Event, last: int)

        # Follows what happens.
        # since: begin with events of a higher number (with the next event)
        # event: one event
        # [Requires 'more' flag]
        method Watch(since: ?int) -> (event: Event)

        """
}
