extension ClinicInterface {
    static let regimenTypes = """
        # A regimen in a list.
        type RegimenSummary (
          # The regimen's id.
          id: string,
          # Its name for people.
          name: string,
          # Where its shape comes from.
          source: string,
          # How many phases it has.
          phases: int,
          # How many visits at most; null where it is open-ended.
          visits: ?int
        )

        # What must hold before a phase opens. Exactly one of decision, reductionPercent and atMost is set.
        type Gate (
          # The question that a clinician decides.
          decision: ?string,
          # What is measured.
          measure: ?string,
          # It has fallen by so many percent.
          reductionPercent: ?int,
          # It is at most so much.
          atMost: ?int,
          # Days after the previous phase's last visit.
          dueDays: int,
          # Hold, extend or cease.
          otherwise: string,
          # By how many visits the previous phase is extended.
          visits: ?int
        )

        # An assessment asked for after a visit of a phase.
        type Check (
          # The visit's number in the phase, from 1.
          afterVisit: int,
          # What is measured.
          measure: string
        )

        # A phase of a regimen.
        type Phase (
          # Its name.
          name: string,
          # The visit type's id.
          visit: string,
          # How many visits at least and at most; both null in an open-ended phase.
          min: ?int,
          # How many visits at least and at most; both null in an open-ended phase.
          max: ?int,
          # Days from the previous phase's last visit; null where gaps hold for it too.
          gapIdeal: ?int,
          # Days from the previous phase's last visit; null where gaps hold for it too.
          gapMin: ?int,
          # Days from the previous phase's last visit; null where gaps hold for it too.
          gapMax: ?int,
          # Ideal days between successive visits, repeated cyclically.
          gaps: []int,
          # Days that a gap may be shorter or longer.
          toleranceBefore: int,
          # Days that a gap may be shorter or longer.
          toleranceAfter: int,
          # Last visit's day minus first visit's day, at most.
          withinDays: ?int,
          # Beyond so many days the phase is slipping.
          alarmDays: ?int,
          # Whether starts near the usual time are wished for.
          rhythm: bool,
          # Booking where the patient knows the times when booked, call otherwise.
          confirm: string,
          # What must hold before the phase opens.
          gate: ?Gate,
          # Assessments asked for.
          checks: []Check,
          # A score that ends the phase early.
          stopMeasure: ?string,
          # A score that ends the phase early.
          stopAtMost: ?int,
          # A review falls due every so many days.
          reviewEveryDays: ?int,
          # The phase ends so many days after its first visit.
          endsAfterDays: ?int
        )

        # What must be in place before a visit starts.
        type Prerequisite (
          # Its name.
          name: string,
          # Course or visit.
          per: string,
          # How many days it stays valid; null for no end.
          validDays: ?int
        )

        # A course template.
        type Regimen (
          # Its id.
          id: string,
          # Its name for people.
          name: string,
          # Where its shape comes from.
          source: string,
          # What must be in place before visits.
          prerequisites: []Prerequisite,
          # The phases in order.
          phases: []Phase
        )

        # A kind of visit.
        type VisitType (
          # Its id.
          id: string,
          # For people.
          name: string,
          # How long it takes.
          minutes: int,
          # How long the chair stays taken afterwards.
          turnoverMinutes: int,
          # What the chair must have.
          features: []string,
          # The roles of those who attend it, presences too, in the order of its labels.
          roles: []string
        )

        """
}
