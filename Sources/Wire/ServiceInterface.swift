/// The description of `io.infusiond.Service`: the daemon itself, not the clinic's work.
package enum ServiceInterface {
    /// The interface's name.
    package static let name = "io.infusiond.Service"

    /// The full name of one of its methods or errors.
    package static func member(_ member: String) -> String { name + "." + member }

    /// The whole description.
    package static let description = """
        # The daemon itself: how it is, its configuration, its storage, its clock.
        interface io.infusiond.Service

        # A problem of a configuration file.
        type Problem (
          # Where, as staff[3].shifts[0].hours.
          path: string,
          # What is wrong, with the value and what is allowed.
          message: string,
          # What may have been meant.
          hint: ?string
        )

        # A booked visit that breaks a rule of the configuration now in force. It stays booked.
        type Breach (
          # Whose it is.
          visit: string,
          # Whose it is.
          course: string,
          # When it starts.
          start: string,
          # The first rule that it breaks.
          rule: string
        )

        # How the daemon is. Counts only, nothing about anyone.
        method Status() -> (
          # The clinic's name.
          clinic: string,
          # The daemon's version.
          version: string,
          # The clinic's time zone.
          timeZone: string,
          # The present instant by the daemon's clock.
          now: string,
          # The clinic's day.
          today: string,
          # Whether the clock is simulated.
          simulated: bool,
          # When the daemon started, by its clock.
          startedAt: string,
          # What the caller may do: viewer, scheduler, clinician or admin.
          role: string,
          # The number of the last event.
          lastEvent: int,
          # The number of the last event that the journal has been told of, if it concerns the journal.
          journalThrough: ?int,
          # How many patients are known.
          patients: int,
          # How many courses are active.
          coursesActive: int,
          # How many visits from today on have a place.
          visitsAhead: int,
          # How many proposals are kept in memory.
          proposals: int,
          # How many connections are open.
          connections: int,
          # The version of the database library.
          sqliteVersion: string,
          # The last day for which the calendar has been derived.
          calendarThrough: string
        )

        # Checks the database file, rebuilds every table from the events and compares. Takes a while.
        method Verify() -> (
          # Whether everything agrees.
          sound: bool,
          # How many events were read.
          events: int,
          # What does not agree; ids only.
          problems: []string
        )

        # Reads the configuration file again. No booked visit changes.
        method Reload() -> (
          # Whether anything that planning knows is different.
          changed: bool,
          # The number of the event that records the new configuration; null where nothing changed.
          event: ?int,
          # Ids that vanished from the file but are in use; they are kept, retired.
          retired: []string,
          # Visits that now break a rule.
          breaches: []Breach
        )

        # Reads the clock.
        method GetClock() -> (
          # The present instant.
          now: string,
          # Whether it moves only when advanced.
          simulated: bool
        )

        # Moves a simulated clock forward, stopping at every instant at which something is due. It goes no further than
        # the 1000th; whoever asked for more asks again.
        method AdvanceClock(
          # The instant to move to.
          until: ?string,
          # By how many minutes to move; exactly one of the two.
          minutes: ?int
        ) -> (
          # The instant reached.
          now: string,
          # The instants on the way at which something fell due, in order.
          stops: []string
        )

        """ + backupMethod + """
            # A parameter has a value that cannot be.
            error InvalidValue (
              # Which parameter.
              field: string,
              # What is wrong, with what is allowed.
              message: string,
              # What may have been meant.
              hint: ?string
            )

            # The new configuration is refused as a whole; the old one stays in force.
            error ConfigurationRefused (
              # All that is wrong with it.
              problems: []Problem
            )

            # The clock is the system's.
            error NotSimulated ()

            # Too much is waiting to be written. Nothing has changed; try again.
            error Busy ()

            # The disk is full. Nothing has changed; reading goes on, and writing when there is room.
            error StorageFull ()

            # Writing failed in a way that leaves the outcome unknown until the daemon has restarted.
            error StorageFailed ()

            """
}
