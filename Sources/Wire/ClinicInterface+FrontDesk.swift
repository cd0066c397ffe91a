extension ClinicInterface {
    static let frontDeskTypes = """
        # A later visit of the day that another one pushes.
        type Push (
          # The later visit's id.
          visit: string,
          # Its course.
          course: string,
          # Its patient.
          patient: string,
          # When it is to begin.
          start: string,
          # By how many minutes it would begin later; null where it would not fit on the day any more.
          minutes: ?int,
          # Its chair.
          chair: string,
          # The chair on which it could begin as planned; null where no swap is needed there or none helps.
          otherChair: ?string,
          # Who would then fill which label, those who change; null where nobody does.
          otherAttendants: ?[string]string
        )

        # A line of the morning sheet.
        type SheetLine (
          # Staffing, prerequisite, escort, unauthorised, unrecorded, unconfirmed, firstVisit, lastAuthorised,
          # score, task, review, makeUp or slipping.
          kind: string,
          # The visit.
          visit: string,
          # Its course.
          course: string,
          # Its patient.
          patient: string,
          # The patient's name, where names were asked for and it is known.
          name: ?string,
          # When the visit begins, of one of the day's.
          start: ?string,
          # Its chair, of one of the day's.
          chair: ?string,
          # By which day, of what is due; of slipping the last day that the phase was to have.
          due: ?string,
          # The rules that are broken, what is missing, the measure, the task, the phase.
          detail: ?string
        )

        # A patient to be called about a visit.
        type PhoneCall (
          # The visit that it is about; the call goes by its id.
          visit: string,
          # Its course.
          course: string,
          # Whom to call.
          patient: string,
          # Their record number.
          recordNumber: ?string,
          # Their name, if known.
          name: ?string,
          # Their telephone number, if known.
          phone: ?string,
          # Why, most urgent first: late, newTime, moved, confirm, escort, reminder or makeUp.
          purposes: []string,
          # By when.
          due: string,
          # The visit's start; that of the lost visit for makeUp.
          start: string,
          # The visit's phase.
          phase: string,
          # Where the visit stands.
          status: string,
          # How often somebody has called about the visit at its present time.
          attempts: int,
          # What came of the last call: reached, messageLeft or declined.
          lastOutcome: ?string,
          # When that was.
          lastAt: ?string
        )

        """

    static let frontDeskMethods = """
        # Records what happened on a visit's day, beside the plan, which stays. It is refused only where it lies in the
        # future, or is a start for which something is missing. Answers which later visits it pushes, and by what swap
        # they could begin as planned.
        method RecordFact(
          # The visit's id.
          visit: string,
          # What happened: arrived, escortConfirmed, checkMet, started, stageBegun, paused, continued, delayed or
          # discharged.
          fact: string,
          # When (now); not in the future.
          at: ?string,
          # The stage that began, from 0 (the next one); by how many minutes it will be later than planned.
          number: ?int,
          # Which arrival check is met; full or partial for a discharge (full).
          detail: ?string,
          # Whether a start goes on although something is missing (false); for clinicians, with a reason.
          override: ?bool,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other (other).
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would follow (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The visit as it stands.
          found: Visit,
          # Later visits of the day that it pushes, by start.
          following: []Push,
          # Names of the staff, by id.
          people: [string]string
        )

        # Records what came of a call about a visit. Whoever was reached knows the time and has agreed to it; whoever
        # declined needs another.
        method RecordCall(
          # The call, by the id of its visit.
          call: string,
          # What came of it: reached, messageLeft or declined.
          outcome: string,
          # When (now); not in the future.
          at: ?string,
          # More about it, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would follow (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The visit as it stands.
          found: Visit,
          # Names of the staff, by id.
          people: [string]string
        )

        # The morning sheet of a day: who comes for the first time, what is missing, what is due, where staff is short.
        method Today(
          # Which day (today).
          day: ?string,
          # Whether patients' names are wanted (false); they are for schedulers.
          names: ?bool
        ) -> (
          # The day.
          day: string,
          # The present instant.
          now: string,
          # When the clinic is open.
          open: []Span,
          # How many visits have a place on it.
          visits: int,
          # How many of them are agreed, under way or given.
          confirmed: int,
          # The first start.
          first: ?string,
          # The last end.
          last: ?string,
          # What somebody should know or do, most urgent first.
          lines: []SheetLine
        )

        # Lists whom to call, why and by when. With names and telephone numbers: for schedulers.
        method ListCalls(
          # The last day of what is due (three days on).
          through: ?string
        ) -> (
          # The present instant.
          now: string,
          # Whom to call, most urgent first.
          calls: []PhoneCall,
          # How many more are due later.
          later: int
        )

        """
}
