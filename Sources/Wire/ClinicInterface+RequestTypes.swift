extension ClinicInterface {
    static let requestTypes = """
        # Hours of certain weekdays, on the clock.
        type WeekWindow (
          # Mon, tue, wed, thu, fri, sat, sun.
          days: []string,
          # 09:00-16:00.
          hours: string
        )

        # A payer's word on visits of a course.
        type Authorisation (
          # The payer's number.
          number: string,
          # Requested, approved or denied.
          status: string,
          # The day on which it was asked for.
          requestedOn: ?string,
          # How many visits it covers.
          visits: int,
          # The visit types it covers.
          visitTypes: []string,
          # The first and the last day it covers.
          from: string,
          # The first and the last day it covers.
          through: string
        )

        # What is asked of the planner: a course for a patient.
        type CourseRequest (
          # The patient's id.
          patient: string,
          # The regimen's id; the course keeps it as it is now.
          regimen: string,
          # The first day on which the course may start; at most two years from today.
          earliest: string,
          # How many days later it may start (planning.startWithinDays of the configuration).
          startWithinDays: ?int,
          # When the patient can come (always).
          availability: ?[]WeekWindow,
          # Days on which the patient cannot come.
          blackoutDays: ?[]string,
          # When the patient would rather come.
          preferred: ?[]WeekWindow,
          # The wished time of day, 10:00 (chosen by the planner).
          usual: ?string,
          # What every chair of the course must have, beside the needs of its visit types.
          features: ?[]string,
          # Who should take the first visit.
          preferredPerson: ?string,
          # Who pays; free text.
          payer: ?string,
          # Whether visits need an authorisation before they are confirmed.
          requiresAuthorisation: ?bool,
          # What the payer has been asked for and has granted.
          authorisations: ?[]Authorisation,
          # No visit after this day.
          endDay: ?string,
          # Whether its phases are to end within their alarm days too (false).
          inTime: ?bool
        )

        """
}
