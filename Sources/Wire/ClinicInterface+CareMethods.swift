extension ClinicInterface {
    static let careMethods = """
        # Records a score. Gates that it satisfies open, a phase that it stops ends.
        method RecordAssessment(
          # The course's id.
          course: string,
          # What was measured.
          measure: string,
          # The score, 0 to 1000.
          score: int,
          # When it was taken (now).
          at: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other (other).
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run, and where nothing changes.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # What changes; null where nothing does.
          difference: ?PlanDifference,
          # What changes in further courses; null where nothing does.
          others: ?[]PlanDifference,
          # Names of the staff in it, by id.
          people: [string]string
        )

        # Opens the gate of a phase, or does not: then what the regimen says for that follows.
        method DecideGate(
          # The course's id.
          course: string,
          # The phase's name.
          phase: string,
          # Whether it opens.
          opens: bool,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other (other).
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run, and where nothing changes.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # What changes; null where nothing does.
          difference: ?PlanDifference,
          # What changes in further courses; null where nothing does.
          others: ?[]PlanDifference,
          # Names of the staff in it, by id.
          people: [string]string
        )

        # Records a payer's word on a course, new or in place of the one of the same number.
        method AddAuthorisation(
          # The course's id.
          course: string,
          # The payer's word.
          authorisation: Authorisation,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other (other).
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run, and where nothing changes.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # What changes; null where nothing does.
          difference: ?PlanDifference,
          # What changes in further courses; null where nothing does.
          others: ?[]PlanDifference,
          # Names of the staff in it, by id.
          people: [string]string
        )

        # Lists the payer's words on a course, with what is used of them.
        method ListAuthorisations(
          # The course's id.
          course: string
        ) -> (
          # Whether visits need an authorisation before they are confirmed.
          required: bool,
          # In the order in which they were recorded.
          authorisations: []AuthorisationUse,
          # The first visit to come for which none is left.
          uncovered: ?Visit
        )

        # Records that something is in place that visits may not start without.
        method RecordPrerequisite(
          # The course's id.
          course: string,
          # Its name.
          name: string,
          # The visit for which it is in place, where it is asked for every visit.
          visit: ?string,
          # The day from which it holds (today).
          day: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other (other).
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run, and where nothing changes.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # What changes; null where nothing does.
          difference: ?PlanDifference,
          # What changes in further courses; null where nothing does.
          others: ?[]PlanDifference,
          # Names of the staff in it, by id.
          people: [string]string
        )

        # Lists what is to be done for courses and is not done yet, by due day.
        method ListTasks(
          # Only for this course.
          course: ?string,
          # Only what is due by this day.
          through: ?string,
          # How many at most (200; at most 2000).
          limit: ?int
        ) -> (
          # Those found.
          tasks: []Task,
          # Whether there are more.
          more: bool
        )

        # Records that a task is done.
        method FinishTask(
          # The course's id.
          course: string,
          # The task's id, v3/PHQ-9.
          task: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other (other).
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run, and where nothing changes.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # What changes; null where nothing does.
          difference: ?PlanDifference,
          # What changes in further courses; null where nothing does.
          others: ?[]PlanDifference,
          # Names of the staff in it, by id.
          people: [string]string
        )

        # Takes back an event, where nothing has happened since to what it changed.
        method Undo(
          # The event's number.
          event: ?int,
          # The course whose last event it is; exactly one of the two.
          course: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other (other).
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run, and where nothing changes.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # What changes; null where nothing does.
          difference: ?PlanDifference,
          # What changes in further courses; null where nothing does.
          others: ?[]PlanDifference,
          # Names of the staff in it, by id.
          people: [string]string
        )

        """
}
