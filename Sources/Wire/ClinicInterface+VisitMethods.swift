extension ClinicInterface {
    static let visitMethods = """
        # Confirms a visit: the patient has agreed to its time.
        method ConfirmVisit(
          # The visit's id.
          visit: string,
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

        # Pins a visit, so that no plan moves it, or unpins it.
        method PinVisit(
          # The visit's id.
          visit: string,
          # Whether it is pinned from now on.
          pinned: bool,
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

        # Calls a visit off. How late that comes is measured in business hours before its start.
        method CancelVisit(
          # The visit's id.
          visit: string,
          # Whether it is made up for where there is a place (true).
          makeUp: ?bool,
          # Whether it is made up for within the window of the phase, where that is possible (false).
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

        # Moves a visit to a given place, or to the best one that it may have; the others stay. What is not said may
        # be anything that is allowed.
        method MoveVisit(
          # The visit's id.
          visit: string,
          # The first day that it may have.
          from: ?string,
          # The last day that it may have.
          through: ?string,
          # When it starts, 10:30.
          at: ?string,
          # The chair's id.
          chair: ?string,
          # Who is to fill which label, by label.
          attendants: ?[string]string,
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

        # Puts a visit off to a day or later. Later visits keep their dates, or are planned anew after it.
        method DeferVisit(
          # The visit's id.
          visit: string,
          # The first day that it may have; later than the one it has.
          until: string,
          # Keep or shift: what becomes of later visits.
          later: string,
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

        # Leaves a visit out of its course for good.
        method OmitVisit(
          # The visit's id.
          visit: string,
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

        # Sets a rule aside for one visit, so that its next move may break it. Chair-free and attendant-capacity
        # never.
        method OverrideRule(
          # The visit's id.
          visit: string,
          # The rule's name.
          rule: string,
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

        # Records that the patient did not come.
        method RecordNoShow(
          # The visit's id.
          visit: string,
          # Whether it is made up for where there is a place (true).
          makeUp: ?bool,
          # Whether it is made up for within the window of the phase, where that is possible (false).
          keepWindow: ?bool,
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

        # Records that the patient came and was not treated.
        method RecordNotTreated(
          # The visit's id.
          visit: string,
          # Ate, noEscort, vitals, unwell or other.
          obstacle: string,
          # Whether it is made up for where there is a place (true).
          makeUp: ?bool,
          # Whether it is made up for within the window of the phase, where that is possible (false).
          keepWindow: ?bool,
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
