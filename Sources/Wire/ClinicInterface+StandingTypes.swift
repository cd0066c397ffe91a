extension ClinicInterface {
    static let standingTypes = """
        # A payer's word on a course, with what is used of it.
        type AuthorisationUse (
          # The payer's word.
          authorisation: Authorisation,
          # How many confirmed or given visits use it.
          used: int
        )

        # Something to be done for a course.
        type Task (
          # Its id, by which it is said to be done: v3/PHQ-9.
          id: string,
          # The course.
          course: string,
          # The patient.
          patient: string,
          # The visit that it follows from.
          visit: string,
          # FollowUp, check, makeUp, call or review.
          kind: string,
          # What is to be done: the follow-up's name or the measure; the kind otherwise.
          name: string,
          # The day by which it is due.
          due: string,
          # Whether that day is over.
          overdue: bool
        )

        # How far a course is in a phase.
        type PhaseStanding (
          # The phase's name.
          name: string,
          # The visit type's id.
          visit: string,
          # How many visits it has; null where it is open-ended.
          planned: ?int,
          # How many were given, those elsewhere too.
          given: int,
          # How many are still to come and have a place.
          booked: int,
          # Open or closed; null where it has no gate.
          gate: ?string,
          # What the gate asks; null where it has none.
          asks: ?Gate
        )

        # Something that visits may not start without.
        type PrerequisiteStanding (
          # Its name.
          name: string,
          # Course or visit.
          per: string,
          # The day from which it is in place, the latest; null where it is not.
          day: ?string,
          # Visits to come for which it is not in place, or no longer.
          missing: []string
        )

        # A score that was taken.
        type Assessment (
          # What was measured.
          measure: string,
          # The score.
          score: int,
          # When.
          at: string
        )

        # What is known of a course that began elsewhere.
        type Adoption (
          # The phase that it had reached.
          phase: string,
          # Visits of the phase that were given.
          given: int,
          # The day of the last one.
          lastDay: string
        )

        # Where a course stands beside its visits.
        type CourseStanding (
          # The phase that it has reached.
          phase: ?string,
          # Its phases, in order.
          phases: []PhaseStanding,
          # What is to be done, by due day.
          tasks: []Task,
          # What its visits may not start without.
          prerequisites: []PrerequisiteStanding,
          # The payer's words, in the order in which they were recorded.
          authorisations: []AuthorisationUse,
          # The first visit to come for which no authorisation is left, where one is needed.
          uncovered: ?string,
          # Scores, oldest first.
          assessments: []Assessment,
          # What was given elsewhere.
          adopted: ?Adoption,
          # Until when it is held for somebody; null where it is booked.
          heldUntil: ?string
        )

        """
}
