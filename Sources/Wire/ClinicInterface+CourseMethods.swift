extension ClinicInterface {
    static let courseMethods = """
        # Gives a phase more visits.
        method ExtendCourse(
          # The course's id.
          course: string,
          # The phase's name (the last one).
          phase: ?string,
          # How many more, 1 to 100.
          visits: int,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Ends a phase with the visits that it has had.
        method EndPhase(
          # The course's id.
          course: string,
          # The phase's name.
          phase: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Ends the present phase and goes on to the next.
        method AdvanceCourse(
          # The course's id.
          course: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Goes back to the phase before for some visits, then on with the present one.
        method StepBackCourse(
          # The course's id.
          course: string,
          # How many visits of the phase before, 1 to 100.
          visits: int,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Changes what the patient wishes, and plans the visits to come by it. What is not said stays.
        method ChangeCourse(
          # The course's id.
          course: string,
          # When the patient can come; empty for always.
          availability: ?[]WeekWindow,
          # Days on which the patient cannot come; empty for none.
          blackoutDays: ?[]string,
          # When the patient would rather come; empty for no wish.
          preferred: ?[]WeekWindow,
          # The wished time of day, 10:00.
          usual: ?string,
          # What every chair of the course must have, beside the needs of its visit types.
          features: ?[]string,
          # Who should take the first visit.
          preferredPerson: ?string,
          # No visit after this day.
          endDay: ?string,
          # What is no longer wished: usual, preferredPerson, endDay.
          clear: ?[]string,
          # Visits before this day stay as they are (none).
          from: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Changes the rhythm of days of what is left of a phase.
        method ChangeGaps(
          # The course's id.
          course: string,
          # The phase's name.
          phase: string,
          # Ideal days between successive visits, repeated; each 1 to 366.
          gaps: []int,
          # How many days earlier a visit may be (as it is).
          toleranceBefore: ?int,
          # How many days later a visit may be (as it is).
          toleranceAfter: ?int,
          # Visits before this day stay as they are (none).
          from: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Puts a course on hold: what is to come is called off.
        method HoldCourse(
          # The course's id.
          course: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Goes on with a course that is on hold.
        method ResumeCourse(
          # The course's id.
          course: string,
          # The first day on which it may go on.
          from: string,
          # Whether what is planned anew keeps the window of the phase that is under way (false).
          keepWindow: ?bool,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Ends a course early.
        method CeaseCourse(
          # The course's id.
          course: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Plans the visits to come anew: lost visits that have no other place yet get one.
        method ReplanCourse(
          # The course's id.
          course: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Plans the rest of the phase that is under way so that it ends in time: within its alarm, else its window.
        # What that cannot be done for is refused, with what comes nearest.
        method CatchUpCourse(
          # The course's id.
          course: string,
          # Within so many days from the phase's first visit to its last, 1 to 366 (its alarm, else its window).
          within: ?int,
          # Whether the nearest end will do where it cannot end in time (false).
          nearest: ?bool,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Takes over a course that is running elsewhere: what is left of it is planned and booked.
        method AdoptCourse(
          # What is asked for; the earliest day is the first on which it may go on.
          course: CourseRequest,
          # The phase that it has reached.
          phase: string,
          # How many visits of the phase were given, from 1.
          given: int,
          # The day of the last one.
          lastDay: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: string,
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

        # Holds a proposal for somebody: it takes its places like a booked course until it is booked, is given up, or
        # its time is over.
        method HoldProposal(
          # The proposal's id.
          proposal: string,
          # Which of the proposal's alternatives, from 1 (the plan itself).
          alternative: ?int,
          # For how long, 1 to 1440.
          minutes: int,
          # The caller's request id.
          request: ?string
        ) -> (
          # The course's id.
          id: string,
          # Until when it is held.
          until: string,
          # Its visits.
          visits: []Visit,
          # The number of the event that records it.
          event: int,
          # Names of the staff in the visits, by id.
          people: [string]string
        )

        # Books a course that is held.
        method BookHeldCourse(
          # The course's id.
          course: string,
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

        # Gives up a course that is held.
        method ReleaseCourse(
          # The course's id.
          course: string,
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
