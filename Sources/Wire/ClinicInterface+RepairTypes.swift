extension ClinicInterface {
    static let repairTypes = """
        # A visit that loses its place.
        type Unplaced (
          # The visit where it is.
          visit: Visit,
          # The days that it could have had, and what closes each.
          days: []ClosedDay
        )

        # Changes of visits of several courses that belong together.
        type Rearrangement (
          # What for: repair or improvement.
          purpose: string,
          # The day whose visits are repaired; null for all that is still to come.
          day: ?string,
          # The visits that break rules where they are, soonest first.
          broken: []Hit,
          # What changes in each course.
          differences: []PlanDifference,
          # Visits for which there is no place.
          unplaced: []Unplaced,
          # Visits that stay against a rule: nobody can take over what is in progress, or the visit is held for
          # somebody.
          unresolved: []Hit,
          # Whether it is known that nothing better exists.
          best: bool,
          # Of a repair, how far that is known: nothing, unplaced (no fewer visits without a place are possible), calls
          # (nor fewer told visits at other times), moves (nor fewer others), best (nor is any cheaper).
          proven: ?string,
          # By how much the visits cost less, of an improvement.
          gain: ?int
        )

        # A visit that could have a place on certain days and would be better for it.
        type Gain (
          # Why it would be better: lost (not made up for yet), slipping (its phase takes too long) or
          # waiting (it is on the waiting list).
          kind: string,
          # The course.
          course: string,
          # The patient.
          patient: string,
          # The visit's id; of a lost one its own.
          visit: string,
          # Its number in the course.
          number: int,
          # Its phase.
          phase: string,
          # When it could start.
          start: string,
          # When it would end.
          end: string,
          # The chair that it could have.
          chair: string,
          # Who would fill which label.
          attendants: [string]string,
          # When it starts now; null where it has no place.
          instead: ?string
        )

        """
}
