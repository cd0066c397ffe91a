extension ClinicInterface {
    static let exchangeTypes = """
        # Something that stands in the way of an import.
        type ImportProblem (
          # The line of the file, from 1; null where it concerns the whole.
          line: ?int,
          # Where, as visits[3].start; null where the line says it.
          path: ?string,
          # What is wrong.
          message: string,
          # What may have been meant.
          hint: ?string
        )

        # A visit that breaks a rule where it stands.
        type Breach (
          # The visit.
          visit: string,
          # Its course.
          course: string,
          # Its start.
          start: string,
          # The rule.
          rule: string
        )

        """

    static let exchangeMethods = """
        # Sends the live state of the clinic as an export file: what is configured, patients, open courses and
        # all visits from today on. The texts joined are the file.
        # [Requires 'more' flag]
        method Export() -> (
          # The next part of the file.
          text: string
        )

        # Sends the visits of some days, ascending by start, some at a time. Without names of patients.
        # [Requires 'more' flag]
        method ExportVisits(
          # The first day (today).
          from: ?string,
          # The last day (all there are); at most ten years after the first.
          through: ?string,
          # Only those on this chair.
          chair: ?string,
          # Only those that this person attends or covers.
          person: ?string,
          # Only this patient's.
          patient: ?string,
          # Only this course's.
          course: ?string
        ) -> (
          # The next ones; the last time perhaps none.
          visits: []Visit,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Brings a part of an export file that is to be imported. Parts may come again; the daemon keeps the
        # last two files until it restarts.
        method StageImport(
          # A name for the file, chosen by the caller.
          upload: string,
          # The number of the part, from 0; each but the last of at most 500000 characters.
          part: int,
          # The part.
          text: string
        ) -> (
          # How much of the file has come so far.
          bytes: int
        )

        # Takes in a staged export file, all or nothing: patients, courses and visits as they stand, absences,
        # outages, closures and openings. The configuration in force stays. Patients are known by their record
        # numbers. In a clinic to which nothing has come yet ids stay as they are. A course that was given
        # elsewhere so far and has no visits is planned.
        method Import(
          # The name of the file.
          upload: string,
          # The checksum of the whole file: FNV-1a of 64 bits in hexadecimal digits.
          checksum: string,
          # Whether nothing is to change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Patients of the file.
          patients: int,
          # Those that were not known before.
          newPatients: int,
          # Courses taken in.
          courses: int,
          # Visits taken in.
          visits: int,
          # Visits planned for courses that came without any.
          planned: int,
          # Absences, outages, closures and openings taken in.
          availabilities: int,
          # Visits that stay where they are although they break a rule.
          breaches: []Breach,
          # The number of the last event that records it; null where nothing changed.
          event: ?int
        )

        """
}
