extension ClinicInterface {
    static let errors = """
        # A rule of the clinic forbids it. Nothing has changed.
        error Refused (
          # The first rule broken, by its name (chair-free, one-visit-a-day, course-status …).
          rule: string,
          # What is refused, with the value and the limit; lower case, no full stop.
          message: string,
          # What could be done about it.
          hint: ?string,
          # Every rule that a visit of the course would break.
          violations: []Violation,
          # Why a course asked for in the same call has no plan.
          refusal: ?Refusal
        )

        # The proposal no longer fits what has been booked since. Propose again.
        error Stale (
          # The number of the last event that the proposal knew.
          since: int,
          # Which of its visits break which rule now.
          changed: []Violation
        )

        # The request id was used by the same caller with other parameters.
        error RequestReused (
          # The request id.
          request: string
        )

        # A parameter has a value that cannot be.
        error InvalidValue (
          # Where, as a path: course.availability[0].hours.
          field: string,
          # What is wrong, with what is allowed.
          message: string,
          # What may have been meant.
          hint: ?string
        )

        # There is no such patient.
        error NoSuchPatient (
          # The id asked for; empty where it was asked for by record number.
          patient: string
        )

        # Another patient has this record number.
        error RecordNumberTaken (
          # Whose it is.
          patient: string
        )

        # There is no such regimen in the configuration in force.
        error NoSuchRegimen (
          # The id asked for.
          regimen: string,
          # The id that may have been meant.
          hint: ?string
        )

        # There is no such visit type in the configuration in force.
        error NoSuchVisitType (
          # The id asked for.
          visit: string,
          # The id that may have been meant.
          hint: ?string
        )

        # There is no such course.
        error NoSuchCourse (
          # The id asked for.
          course: string
        )

        # There is no such visit.
        error NoSuchVisit (
          # The id asked for.
          visit: string
        )

        # There is no such proposal: it never was, it has expired, or the daemon was restarted. Propose again.
        error NoSuchProposal (
          # The id asked for.
          proposal: string
        )

        # There is no such chair.
        error NoSuchChair (
          # The id asked for.
          chair: string
        )

        # There is no such member of staff.
        error NoSuchPerson (
          # The id asked for.
          person: string
        )

        # The file cannot be imported, or was not staged whole. Nothing has changed.
        error ImportRefused (
          # All that stands in the way, by line.
          problems: []ImportProblem
        )

        # Too much is waiting to be planned or written. Nothing has changed; try again.
        error Busy ()

        # The disk is full. Nothing has changed; reading goes on, and writing when there is room.
        error StorageFull ()

        # Writing failed in a way that leaves the outcome unknown until the daemon has restarted. Repeat the call with
        # the same request id.
        error StorageFailed ()

        # The client does not read what it follows. Follow again from the last event that was read.
        error SlowReader ()

        """
}
