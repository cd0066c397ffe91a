extension ClinicInterface {
    static let explanationTypes = """
        # A stretch in which a person is not there.
        type Absence (
          # Instants.
          from: string,
          # Instants.
          until: string,
          # Break, away or noShift.
          reason: string
        )

        # What a person is doing in a span of a day, as far as a label is concerned.
        type PersonFinding (
          # The person's id.
          person: string,
          # Free, unqualified, absent, limited or busy.
          state: string,
          # Credentials that the person never held; where unqualified.
          lacks: ?[]string,
          # Credentials that are no longer valid; where unqualified.
          lapsed: ?[]string,
          # When the person is not there; where absent.
          absences: ?[]Absence,
          # Whether the person is not there during any of the span; where absent.
          allAway: ?bool,
          # What the person carries at most; where limited.
          capacityPercent: ?int,
          # Visits in the span that ask more than 50 percent of the person; where busy.
          starting: ?int,
          # Other visits that the person watches at a time, at most; where busy.
          watching: ?int
        )

        # What is the matter with a chair in a span of a day.
        type ChairFinding (
          # The chair's id.
          chair: string,
          # Features that it lacks.
          lacks: []string,
          # When it is out of service.
          out: []Span,
          # When it is held, turnover included.
          held: []Span
        )

        # What a rule found in the way of a visit on a day. Fields that say nothing about the rule are null.
        type Hindrance (
          # The rule's name.
          rule: string,
          # The first start that the visit could have had but for the rule.
          from: ?string,
          # The end of the last visit that could have been but for the rule.
          until: ?string,
          # First and last starts in a row that the rule leaves; where several rules close the day only together.
          leaves: ?[]Span,
          # When the clinic is open, a presence is there, or the patient can come.
          hours: ?[]Span,
          # How many minutes the visit takes.
          minutes: ?int,
          # Why the clinic is closed, as somebody said it.
          reason: ?string,
          # What a chair must have.
          features: ?[]string,
          # The chairs.
          chairs: ?[]ChairFinding,
          # The label to be filled.
          label: ?string,
          # The role that fills it.
          role: ?string,
          # The most that the label asks of a person, percent.
          load: ?int,
          # Everybody of the role.
          persons: ?[]PersonFinding,
          # The patient's other visit that day.
          visit: ?string,
          # The number of the other visit of the course from which the gap is counted.
          number: ?int,
          # The allowed gap from that visit, or to it; days.
          daysMinimum: ?int,
          # The allowed gap from that visit, or to it; or the most days that the phase may take.
          daysMaximum: ?int,
          # The first day of that visit, of the start window, or of the first visit of the phase.
          dayFrom: ?string,
          # The last such day.
          dayThrough: ?string,
          # Whether it is a day on which the patient cannot come at all.
          blackout: ?bool,
          # The first start that is not too soon.
          earliest: ?string,
          # The course's last day.
          lastDay: ?string
        )

        # A day that a visit could have had, and what closes it.
        type ClosedDay (
          # The day.
          day: string,
          # The first rule whose absence alone would open the day, or several.
          closedBy: string,
          # What the rule found, or where several close the day each of them; null where it was not looked up.
          hindrances: ?[]Hindrance
        )

        # Another day on which a visit could be.
        type NearDay (
          # The day.
          day: string,
          # How much more the visits would cost.
          difference: int
        )

        # One more of something on a day.
        type OneMore (
          # Chair or person.
          kind: string,
          # The chair that it is like, or the role.
          target: string
        )

        # Why a visit is not on a day, or what it would cost there.
        type DayAnswer (
          # The visit's number in its course.
          number: int,
          # The day asked about.
          day: string,
          # Chosen (it is there), closed, blocksLater (a later visit would have no day) or costs (it could be there).
          outcome: string,
          # What closes the day; where closed.
          closing: ?ClosedDay,
          # The number of the later visit; where blocksLater.
          laterVisit: ?int,
          # Its phase.
          laterPhase: ?string,
          # The days it could have had then.
          laterDays: ?[]ClosedDay,
          # The visits as they would be; of a booked course this one and the next. Where costs.
          visits: ?[]PlannedVisit,
          # How much more they would cost than they do now; where costs.
          difference: ?int,
          # The same by term; where costs.
          terms: ?Terms,
          # The numbers of other visits that would have another day or start; where costs.
          moved: ?[]int,
          # The nearest other days on which the visit could be.
          nearest: ?[]NearDay,
          # What would open the day.
          wouldHelp: ?[]OneMore
        )

        # Why a visit of a plan is where it is.
        type VisitReason (
          # The visit's number in its course.
          number: int,
          # The day at the ideal distance from the visit before, or the course's earliest day.
          idealDay: string,
          # Why it is not there; null where it is.
          instead: ?DayAnswer
        )

        """
}
