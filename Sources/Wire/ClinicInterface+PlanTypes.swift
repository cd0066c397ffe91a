extension ClinicInterface {
    static let planTypes = """
        # Weighted cost by term.
        type Terms (
          # Days from the course's earliest day to its first visit.
          start: int,
          # Days between the gaps taken and the ideal gaps.
          gap: int,
          # Visits outside of the preferred windows.
          preference: int,
          # Visits more than 30 minutes from the usual time.
          rhythm: int,
          # Changes of the continuity person.
          continuity: int,
          # Other visits in progress at the busiest moment.
          crowding: int,
          # Useless idle stretches left on the chair.
          idle: int,
          # Whole hours of load that the continuity person already carries.
          workload: int
        )

        # Who carries a label while its person is off duty.
        type Cover (
          # The label.
          label: string,
          # Who covers.
          person: string,
          # Instants.
          from: string,
          # Instants.
          until: string
        )

        # A visit of a plan.
        type PlannedVisit (
          # Its number in the course, from 1.
          number: int,
          # The phase's name.
          phase: string,
          # The visit type's id.
          visit: string,
          # Instants; the chair stays taken for the turnover after the end.
          start: string,
          # Instants; the chair stays taken for the turnover after the end.
          end: string,
          # The chair's id.
          chair: string,
          # Who fills which label.
          attendants: [string]string,
          # Who steps in while an attendant is off duty.
          covers: []Cover,
          # The visit's cost.
          terms: Terms
        )

        # Another plan: the cheapest that starts on some other day.
        type Alternative (
          # Its cost.
          cost: int,
          # How much more than the plan it costs.
          difference: int,
          # Its cost by term.
          terms: Terms,
          # Its visits in order.
          visits: []PlannedVisit
        )

        # The cheapest plan that keeps every rule.
        type Plan (
          # Its cost.
          cost: int,
          # The usual time of day by which it was measured; null where no planned visit has rhythm.
          usual: ?string,
          # Its cost by term.
          terms: Terms,
          # Its visits in order.
          visits: []PlannedVisit,
          # Cheapest plans of other first days, cheapest first.
          alternatives: []Alternative
        )

        # A single change with which there is a plan.
        type Remedy (
          # Tolerance, startWindow, availability, features, chair or person.
          kind: string,
          # What is changed.
          target: string,
          # By how much: days, or 1.
          amount: int,
          # The cost of the plan that it makes possible.
          cost: int
        )

        # Why a course has no plan.
        type Refusal (
          # The number of the first visit that cannot be reached, from 1.
          visit: int,
          # Its phase.
          phase: string,
          # The days it could have had.
          days: []ClosedDay,
          # What would help, cheapest first.
          wouldHelp: []Remedy
        )

        # A rule that a visit of a course breaks.
        type Violation (
          # The visit's number in the course, from 1.
          number: int,
          # The rule's name.
          rule: string,
          # When the visit was to start.
          start: string,
          # The visit's id, where it has one; a rule named changed is that it is no longer where it was.
          visit: ?string
        )

        """
}
