extension ClinicInterface {
    static let repairMethods = """
        # Seeks the least disruptive changes after which all hard rules hold again: persons and chairs are swapped
        # before anybody is called. Nothing changes; that it was proposed is recorded, the same proposal once.
        method ProposeRepair(
          # Only the visits of this day (all that are still to come).
          day: ?string
        ) -> (
          # The proposal's id, to be applied; null where nothing is to be done or it is done.
          proposal: ?string,
          # Whether it was recorded.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The changes.
          found: Rearrangement,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Makes a repair, all of it or nothing: a proposal as it was shown, or the best one now. A proposal is Stale
        # where one of its changes no longer fits. Whoever knew another time is to be called; a visit without a place
        # is called off and owed.
        method ApplyRepair(
          # The proposal's id; without one the changes are sought and made in one go.
          proposal: ?string,
          # Only the visits of this day (all that are still to come).
          day: ?string,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # The caller's request id.
          request: ?string
        ) -> (
          # The proposal's id, to be applied; null where nothing is to be done or it is done.
          proposal: ?string,
          # Whether it was recorded.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The changes.
          found: Rearrangement,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Seeks better places for visits of which nobody was told yet and that are not pinned. Nothing is recorded.
        method ProposeImprovement(
          # Visits of so many weeks from today (4; at most 26).
          weeks: ?int
        ) -> (
          # The proposal's id, to be applied; null where nothing is to be done or it is done.
          proposal: ?string,
          # Whether it was recorded.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The changes.
          found: Rearrangement,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Makes an improvement, all of it or nothing: a proposal as it was shown, or the best one now.
        method ApplyImprovement(
          # The proposal's id; without one the changes are sought and made in one go.
          proposal: ?string,
          # Visits of so many weeks from today (4; at most 26).
          weeks: ?int,
          # Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
          # correction or other.
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # The caller's request id.
          request: ?string
        ) -> (
          # The proposal's id, to be applied; null where nothing is to be done or it is done.
          proposal: ?string,
          # Whether it was recorded.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # The changes.
          found: Rearrangement,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Lists visits that could have a place on certain days and would be better for it: lost ones that are not made
        # up for, and those of phases that take too long. For whom an opening or a shift is a help.
        method FindGains(
          # The first day.
          from: string,
          # The last day (the first; at most 31 days).
          through: ?string
        ) -> (
          # The visits, those without a place first.
          gains: []Gain,
          # Names of the staff in them, by id.
          people: [string]string
        )

        """
}
