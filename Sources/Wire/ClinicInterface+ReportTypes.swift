extension ClinicInterface {
    static let reportTypes = """
        # Minutes that were used of minutes that there were.
        type ReportUse (
          # Minutes.
          used: int,
          # Minutes.
          available: int,
          # The one of the other; null where there were none.
          percent: ?int
        )

        # An hour of a weekday by the clock, over all days of a report.
        type ReportHour (
          # Mon to sun.
          weekday: string,
          # What the clock shows, 0 to 23.
          hour: int,
          # Minutes.
          use: ReportUse
        )

        # How a chair was used.
        type ReportChair (
          # Its id.
          chair: string,
          # Visits that held it.
          visits: int,
          # Minutes held while it was in service, of minutes in service while the clinic was open.
          use: ReportUse
        )

        # How much those of a role carried.
        type ReportRole (
          # The role.
          role: string,
          # Load times minutes, of what those who have the role can carry while on duty.
          use: ReportUse,
          # By how many percent the most and the least loaded differ; null where there were not two.
          spreadPercent: ?int,
          # Hour by hour of the week; those with any minutes.
          hours: ?[]ReportHour
        )

        # How much a person carried.
        type ReportPerson (
          # Their id.
          person: string,
          # Their name.
          name: string,
          # Their roles.
          roles: []string,
          # Visits they attended, covers included.
          visits: int,
          # Minutes on duty.
          onDutyMinutes: int,
          # Load times minutes, of what they can carry while on duty.
          use: ReportUse
        )

        # What became of the inductions by one phase of a regimen that has a window.
        type ReportInduction (
          # The regimen's id.
          regimen: string,
          # The regimen's name.
          name: string,
          # The phase.
          phase: string,
          # Its visits, where their number is fixed.
          visits: ?int,
          # Days within which they are to be given.
          withinDays: int,
          # How many began.
          begun: int,
          # All visits given within the window.
          inWindow: int,
          # All visits given, the last after the window.
          late: int,
          # Visits still to come, all within the window.
          running: int,
          # Visits still to come after the window.
          slipping: int,
          # Ended, or gone on, before all visits were given.
          ceased: int,
          # Lower median of days from first to last visit of those given whole.
          medianDays: ?int
        )

        # Visits lost for one reason.
        type ReportLoss (
          # NoShow, lateCancellation, earlyCancellation, notTreated or omitted.
          kind: string,
          # The particular reason, where there is one.
          reason: ?string,
          # How many.
          visits: int,
          # Minutes for which they would have held their chairs.
          chairMinutes: int,
          # Lower median of the days for which their places were kept from others.
          medianDaysBlocked: ?int,
          # The most of them.
          longestDaysBlocked: ?int
        )

        # How follow-ups of one name stand.
        type ReportForms (
          # The follow-up.
          name: string,
          # How many fell or fall due.
          due: int,
          # Done by their day.
          onTime: int,
          # Done after their day.
          late: int,
          # Not done, and their day is over.
          missing: int,
          # Not done, and their day is not over.
          open: int
        )

        """

    static let reportMethods = """
        # Tells how chairs and staff were used. A chair is used while a visit that has its place holds it,
        # turnover included, and available while it is in service and the clinic is open. Staff carry the load
        # of their labels and covers; they can carry their capacity while on duty. Days are told by the
        # configuration that was in force on them.
        method ReportUtilisation(
          # The first day (28 days before today).
          from: ?string,
          # The last day (yesterday); at most 366 days.
          through: ?string
        ) -> (
          # The first day.
          from: string,
          # The last day.
          through: string,
          # Days on which the clinic was open.
          openDays: int,
          # In the order configured.
          chairs: []ReportChair,
          # All chairs.
          all: ReportUse,
          # All chairs, hour by hour of the week; those with any minutes.
          hours: []ReportHour,
          # By name.
          roles: []ReportRole,
          # In the order configured.
          staff: []ReportPerson
        )

        # Tells what became of inductions: the phases that are to be given within a window. Those count whose
        # first visit was given on one of the days. A visit given in part is given.
        method ReportAdherence(
          # The first day (28 days before today).
          from: ?string,
          # The last day (yesterday); at most 366 days.
          through: ?string
        ) -> (
          # The first day.
          from: string,
          # The last day.
          through: string,
          # By regimen and phase.
          inductions: []ReportInduction
        )

        # Tells a month in figures: visits given and lost, days from booking to the first visit, follow-ups on
        # time.
        method ReportMonth(
          # The month, such as 2026-03 (the present one).
          month: ?string
        ) -> (
          # The month.
          month: string,
          # The first day.
          from: string,
          # The last day.
          through: string,
          # Visits given, in full or in part.
          given: int,
          # Visits given in part.
          givenInPart: int,
          # Visits that still have their place.
          open: int,
          # Visits lost.
          lost: int,
          # By kind and reason.
          losses: []ReportLoss,
          # Courses whose first visit was given in the month.
          firstVisits: int,
          # Lower median of the days from booking to it.
          medianDaysToFirst: ?int,
          # The most of them.
          longestDaysToFirst: ?int,
          # Follow-ups whose day lies in the month, by name.
          forms: []ReportForms,
          # All chairs.
          chairs: ReportUse,
          # By name, without hours.
          roles: []ReportRole
        )

        """
}
