extension ClinicInterface {
    static let boardTypes = """
        # A stretch of time.
        type Span (
          # Instants.
          from: string,
          # Instants.
          until: string
        )

        # A closure that touches the day.
        type DayClosure (
          # On the clock; null for the whole day.
          hours: ?string,
          # For people.
          reason: ?string
        )

        # A chair's hold: a visit in its place.
        type Hold (
          # The visit.
          visit: Visit,
          # The patient's name, where names were asked for and it is known.
          name: ?string,
          # When the chair is free again, turnover included.
          until: string
        )

        # A chair's day.
        type ChairDay (
          # The chair's id.
          chair: string,
          # What it offers.
          features: []string,
          # When it is out of service.
          outages: []Span,
          # The visits on it, in order.
          holds: []Hold
        )

        # A stretch of even load.
        type Load (
          # Instants.
          from: string,
          # Instants.
          until: string,
          # The load.
          percent: int
        )

        # A member of staff on a day.
        type PersonDay (
          # Their id.
          person: string,
          # Their name.
          name: string,
          # What they may be booked as.
          roles: []string,
          # How much load they carry at once.
          capacityPercent: int,
          # When they are on duty.
          onDuty: []Span,
          # What they carry, stretch by stretch, without the stretches of no load.
          loads: []Load
        )

        # A day at the clinic.
        type Board (
          # The day.
          day: string,
          # The present instant.
          now: string,
          # When the clinic is open.
          open: []Span,
          # What closes it, wholly or for some hours.
          closures: []DayClosure,
          # The chairs in the order configured.
          chairs: []ChairDay,
          # The staff in the order configured.
          people: []PersonDay
        )

        # A day in figures.
        type DaySummary (
          # The day.
          day: string,
          # When the clinic is open.
          open: []Span,
          # How many visits have a place on it.
          visits: int,
          # How many of them are not confirmed.
          tentative: int,
          # The first start and the last end.
          first: ?string,
          # The first start and the last end.
          last: ?string,
          # Minutes for which chairs are taken.
          chairMinutes: int,
          # Minutes of chairs in service while the clinic is open.
          chairMinutesOpen: int
        )

        # A place that a visit could have.
        type FreePlace (
          # Instants.
          start: string,
          # Instants.
          end: string,
          # The chair's id.
          chair: string,
          # Who would fill which label.
          attendants: [string]string,
          # Who would step in while an attendant is off duty.
          covers: []Cover
        )

        """
}
