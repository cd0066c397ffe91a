extension ClinicInterface {
    static let facilityMethods = """
        # Records that a person is away, and says whom that hits.
        method AddTimeOff(
          # Who is away.
          person: string,
          # The first day (today).
          from: ?string,
          # From when on that day (its beginning; of today, now).
          fromTime: ?string,
          # The last day (the first).
          through: ?string,
          # Until when on that day (its end).
          untilTime: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The ids under which it is known; in a dry run they may become others.
          ids: []string,
          # The booked visits that it hits, soonest first.
          hits: []Hit,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Records that a person works on a day beyond their weekly pattern.
        method AddShift(
          # Who works.
          person: string,
          # The day.
          day: string,
          # On the clock, 09:00-13:00.
          hours: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The ids under which it is known; in a dry run they may become others.
          ids: []string,
          # The booked visits that it hits, soonest first.
          hits: []Hit,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Takes a chair, or all chairs of a feature, out of service, and says whom that hits.
        method AddOutage(
          # Which chair.
          chair: ?string,
          # All chairs that have this feature; exactly one of the two.
          feature: ?string,
          # The first day (today).
          from: ?string,
          # From when on that day (its beginning; of today, now).
          fromTime: ?string,
          # The last day (the first).
          through: ?string,
          # Until when on that day (its end).
          untilTime: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The ids under which it is known; in a dry run they may become others.
          ids: []string,
          # The booked visits that it hits, soonest first.
          hits: []Hit,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Closes the clinic for days, or for hours of them, and says whom that hits.
        method AddClosure(
          # The first day.
          from: string,
          # The last day (the first).
          through: ?string,
          # On the clock of each of the days (all day).
          hours: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The ids under which it is known; in a dry run they may become others.
          ids: []string,
          # The booked visits that it hits, soonest first.
          hits: []Hit,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Opens the clinic on a day beyond its weekly hours.
        method AddOpening(
          # The day.
          day: string,
          # On the clock.
          hours: string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The ids under which it is known; in a dry run they may become others.
          ids: []string,
          # The booked visits that it hits, soonest first.
          hits: []Hit,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Takes back absences, extra shifts, outages, closures and openings, all or none, and says whom that hits.
        method TakeBack(
          # Their ids: t5, s4, o2, k1, x1.
          ids: []string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The ids under which it is known; in a dry run they may become others.
          ids: []string,
          # The booked visits that it hits, soonest first.
          hits: []Hit,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Lists staff and chairs, who and what is away or out of service, and when the clinic is closed or opens beyond
        # its weekly hours.
        method ListAvailability(
          # Only what lies on this day or later (today).
          from: ?string
        ) -> (
          # Who works at the clinic, in the order configured.
          staff: []StaffMember,
          # Chairs, beds and rooms, in the order configured.
          chairs: []Chair,
          # Who is away, soonest first.
          timeOff: []TimeOff,
          # Extra shifts, soonest first.
          shifts: []ExtraShift,
          # Chairs out of service, soonest first.
          outages: []Outage,
          # When the clinic is closed, soonest first.
          closures: []Closure,
          # Extra openings, soonest first.
          openings: []Opening
        )

        """
}
