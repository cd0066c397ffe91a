extension ClinicInterface {
    static let recordTypes = """
        # A patient, for those who may see names.
        type Patient (
          # The patient's id.
          id: string,
          # The clinic's own reference.
          recordNumber: string,
          # If known.
          name: ?string,
          # If known.
          phone: ?string
        )

        # A patient to be added.
        type NewPatient (
          # The clinic's own reference; must be new.
          recordNumber: string,
          # If known.
          name: ?string,
          # If known.
          phone: ?string
        )

        # A course in a list.
        type CourseSummary (
          # The course's id.
          id: string,
          # The patient's id.
          patient: string,
          # The regimen's id.
          regimen: string,
          # Active, onHold, completed or ceased.
          status: string,
          # How many visits it has, lost ones included.
          visits: int,
          # How many were given.
          given: int,
          # When the next visit that is still to come starts.
          next: ?string,
          # Until when it is held for somebody; null where it is booked.
          heldUntil: ?string
        )

        # A stage of a visit at its planned time.
        type Stage (
          # The stage's name.
          name: string,
          # Instants.
          start: string,
          # Instants.
          end: string
        )

        # A rule that was set aside for a visit.
        type Override (
          # The rule's name.
          rule: string,
          # Why.
          reason: string
        )

        # Something that happened on a visit's day.
        type Fact (
          # Arrived, escortConfirmed, checkMet, started, stageBegun, paused, continued, delayed, discharged or
          # overridden.
          kind: string,
          # When.
          at: string,
          # The stage from 0, or minutes of delay.
          number: ?int,
          # The check met, full or partial, or what was overridden.
          detail: ?string
        )

        # A visit as it stands.
        type Visit (
          # The visit's id.
          id: string,
          # Whose it is.
          course: string,
          # Whose it is.
          patient: string,
          # Its number in the course, from 1.
          number: int,
          # The phase's name.
          phase: string,
          # The visit type's id.
          visit: string,
          # Tentative, confirmed, arrived, inProgress, completed, noShow, notTreated, cancelled or omitted.
          status: string,
          # Whether the patient knows the time.
          told: bool,
          # Whether it may not be moved by re-planning.
          pinned: bool,
          # Instants as planned.
          start: string,
          # Instants as planned.
          end: string,
          # The chair's id.
          chair: string,
          # Who fills which label.
          attendants: [string]string,
          # Who steps in while an attendant is off duty.
          covers: []Cover,
          # The stages at their planned times.
          stages: []Stage,
          # Whether somebody must still tell the patient its time.
          needsCall: ?bool,
          # More of the status: the stage from 0 of one in progress; full or partial; early or late of one cancelled;
          # why one was not treated.
          detail: ?string,
          # Why it was cancelled.
          reason: ?string,
          # Whether its turn stays empty: it was lost and is not made up.
          forgone: ?bool,
          # Rules that were set aside for it.
          overrides: ?[]Override,
          # Its cost as it was planned.
          cost: ?int,
          # What happened on its day, in the order in which it was recorded.
          facts: ?[]Fact
        )

        # Something that fell due.
        type Alert (
          # What: visitReminder, visitToConfirm, escortMissing …
          kind: string,
          # The id of the visit, course or member of staff that it is about.
          subject: string,
          # Which of several: the hours before a visit, a stage, a phase, a task, a prerequisite, a credential.
          detail: ?string,
          # When it fell due; it may have been told later.
          due: string
        )

        # Something that happened. It names things by their ids only.
        type Event (
          # Its number.
          number: int,
          # What happened.
          kind: string,
          # When it was recorded.
          at: string,
          # Who asked for it; null where the daemon acted by itself.
          uid: ?int,
          # Who asked for it; null where the daemon acted by itself.
          user: ?string,
          # Who asked for it; null where the daemon acted by itself.
          pid: ?int,
          # The caller's request id.
          request: ?string,
          # What it is about.
          patient: ?string,
          # What it is about.
          course: ?string,
          # What it is about.
          visits: []string,
          # What fell due, where that is what happened.
          alert: ?Alert
        )

        """
}
