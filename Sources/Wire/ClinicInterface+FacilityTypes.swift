extension ClinicInterface {
    static let facilityTypes = """
        # A booked visit that a loss of staff, chairs or hours hits.
        type Hit (
          # The visit at its place.
          visit: Visit,
          # The rules that the place breaks.
          rules: []string
        )

        # A stretch in which a person is away.
        type TimeOff (
          # The absence's id, t5.
          id: string,
          # Who.
          person: string,
          # Since when.
          from: string,
          # Until when.
          until: string
        )

        # A day on which a person works beyond their weekly pattern.
        type ExtraShift (
          # The shift's id, s4.
          id: string,
          # Who.
          person: string,
          # The day.
          day: string,
          # On the clock, 09:00-13:00.
          hours: string
        )

        # A stretch in which a chair is out of service.
        type Outage (
          # The outage's id, o2.
          id: string,
          # Which.
          chair: string,
          # Since when.
          from: string,
          # Until when.
          until: string
        )

        # Days, or hours of them, on which the clinic is closed.
        type Closure (
          # Its id, k1; null for one that is configured.
          id: ?string,
          # The first day.
          from: string,
          # The last day.
          through: string,
          # On the clock of each of the days; null for all day.
          hours: ?string,
          # Why, as configured.
          reason: ?string
        )

        # A day on which the clinic opens beyond its weekly hours.
        type Opening (
          # Its id, x1; null for one that is configured.
          id: ?string,
          # The day.
          day: string,
          # On the clock.
          hours: string,
          # Why, as configured.
          reason: ?string
        )

        # Somebody who works at the clinic.
        type StaffMember (
          # Their id.
          person: string,
          # Their name.
          name: string,
          # What they may be booked as.
          roles: []string,
          # How much load they carry at once.
          capacityPercent: int,
          # When they work today, on the clock.
          onDuty: []string
        )

        # A chair, bed or room.
        type Chair (
          # Its id.
          chair: string,
          # What it offers.
          features: []string
        )

        """
}
