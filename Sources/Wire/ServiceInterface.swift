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
        # path: where, as staff[3].shifts[0].hours
        # message: what is wrong, with the value and what is allowed
        # hint: what may have been meant
        type Problem (path: string, message: string, hint: ?string)

        # A booked visit that breaks a rule of the configuration now in force. It stays booked.
        # visit, course: whose it is
        # start: when it starts
        # rule: the first rule that it breaks
        type Breach (visit: string, course: string, start: string, rule: string)

        # How the daemon is. Counts only, nothing about anyone.
        # clinic: the clinic's name
        # version: the daemon's version
        # timeZone: the clinic's time zone
        # now: the present instant by the daemon's clock
        # today: the clinic's day
        # simulated: whether the clock is simulated
        # startedAt: when the daemon started, by its clock
        # role: what the caller may do: viewer, scheduler, clinician or admin
        # lastEvent: the number of the last event
        # patients: how many patients are known
        # coursesActive: how many courses are active
        # visitsAhead: how many visits from today on have a place
        # proposals: how many proposals are kept in memory
        # connections: how many connections are open
        # sqliteVersion: the version of the database library
        # calendarThrough: the last day for which the calendar has been derived
        method Status() -> (
          clinic: string,
          version: string,
          timeZone: string,
          now: string,
          today: string,
          simulated: bool,
          startedAt: string,
          role: string,
          lastEvent: int,
          patients: int,
          coursesActive: int,
          visitsAhead: int,
          proposals: int,
          connections: int,
          sqliteVersion: string,
          calendarThrough: string
        )

        # Checks the database file, rebuilds every table from the events and compares. Takes a while.
        # sound: whether everything agrees
        # events: how many events were read
        # problems: what does not agree; ids only
        method Verify() -> (sound: bool, events: int, problems: []string)

        # Reads the configuration file again. No booked visit changes.
        # changed: whether anything that planning knows is different
        # event: the number of the event that records the new configuration; null where nothing changed
        # retired: ids that vanished from the file but are in use; they are kept, retired
        # breaches: visits that now break a rule
        method Reload() -> (changed: bool, event: ?int, retired: []string, breaches: []Breach)

        # Reads the clock.
        # now: the present instant
        # simulated: whether it moves only when advanced
        method GetClock() -> (now: string, simulated: bool)

        # Moves a simulated clock forward, stopping at every instant at which something is due.
        # until: the instant to move to
        # minutes: by how many minutes to move; exactly one of the two
        # now: the instant reached
        # stops: the due instants on the way, in order
        method AdvanceClock(until: ?string, minutes: ?int) -> (now: string, stops: []string)

        # A parameter has a value that cannot be.
        # field: which parameter
        # message: what is wrong, with what is allowed
        # hint: what may have been meant
        error InvalidValue (field: string, message: string, hint: ?string)

        # The new configuration is refused as a whole; the old one stays in force.
        # problems: all that is wrong with it
        error ConfigurationRefused (problems: []Problem)

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
