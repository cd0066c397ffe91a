extension ClinicInterface {
    static let changeTypes = """
        # A visit before and after a change.
        type VisitChange (
          # The visit's id; in a dry run a new visit may get another one.
          id: string,
          # How it was; null where it is new.
          before: ?Visit,
          # How it is; null where it is no more.
          after: ?Visit
        )

        # How a phase that is under way stands to its window.
        type WindowStanding (
          # The phase.
          phase: string,
          # The last day that it was to have.
          through: string,
          # The day of its last visit as it is planned now.
          ends: string,
          # Why it does not end in time although that was asked for; null where it does, or nobody asked.
          refusal: ?Refusal,
          # The day on which it could end at the nearest, where that is sooner than it ends.
          nearest: ?string
        )

        # What a change does to a course.
        type PlanDifference (
          # What is done: visitMoved, visitCancelled, courseHeld …
          action: string,
          # The course.
          course: string,
          # The patient.
          patient: string,
          # The visit that the call named.
          about: ?string,
          # What else the action is about: a phase, a rule, a measure, a prerequisite, a task.
          detail: ?string,
          # Where the course stood; null where it is new.
          statusBefore: ?string,
          # Where the course stands.
          statusAfter: string,
          # The visits that change.
          visits: []VisitChange,
          # The cost of these visits before, of those that had a place.
          costBefore: int,
          # The cost of these visits after, of those that have a place.
          costAfter: int,
          # What it costs beside that the patient was told other times.
          costOfMoving: int,
          # Visits of which the patient must be told another time, or their end.
          calls: []string,
          # Phases whose gates open.
          gatesOpened: ?[]string,
          # Why a lost visit has no new place, where that is so.
          unplaced: ?Refusal,
          # How the phase that is under way stands to its window; null where that is in order and nobody asked.
          window: ?WindowStanding,
          # Places that are left and for which somebody waits, soonest first; null where there are none.
          freed: ?[]FreedPlace
        )

        """
}
