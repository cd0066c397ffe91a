extension ClinicInterface {
    static let waitingTypes = """
        # Somebody who would come to a place that is freed.
        type Waiting (
          # The entry's id.
          id: string,
          # The course that waits.
          course: string,
          # Whose it is.
          patient: string,
          # The patient's name, if known.
          name: ?string,
          # Where to call, if known.
          phone: ?string,
          # The visit that waits; null for any of the course.
          visit: ?string,
          # Whether only an earlier place will do.
          earlier: bool,
          # The days and hours that will do; empty for any.
          windows: []WeekWindow,
          # Since when they wait.
          since: string,
          # When the visit is now: the one that waits, or the course's next.
          stands: ?string,
          # The open offer to them.
          offer: ?string
        )

        # A visit that would go to another place.
        type OfferMove (
          # The visit's id.
          visit: string,
          # When it starts now.
          before: string,
          # When it would start.
          start: string,
          # When it would end.
          end: string,
          # The chair that it would have.
          chair: string,
          # Who would fill which label.
          attendants: [string]string
        )

        # Somebody who gains by a freed place.
        type WaitingMatch (
          # Who.
          entry: Waiting,
          # The visits that would move: first the one that takes the place, then those that give way.
          moves: []OfferMove,
          # What it gains in all: the cost saved, and for each day earlier that was wished for what a day's later
          # start costs.
          gain: int,
          # By how much the course costs less, without what moving costs; negative where it costs more.
          costSaved: int,
          # By how many days the visit comes earlier; negative where it comes later.
          daysEarlier: int
        )

        # A stretch of a chair that somebody has left.
        type FreedPlace (
          # The day.
          day: string,
          # The chair's id.
          chair: string,
          # From when the chair is free.
          from: string,
          # Until when, turnover included.
          until: string,
          # The visit that left it, where that is known.
          visit: ?string,
          # The entries of the waiting list that may want it.
          entries: []string,
          # Those who gain by it, best first; null where it was not asked.
          matches: ?[]WaitingMatch
        )

        # A place that is held for somebody until they answer.
        type Offer (
          # The offer's id.
          id: string,
          # The entry of the waiting list.
          entry: string,
          # The course.
          course: string,
          # Whom to ask.
          patient: string,
          # The patient's name, if known.
          name: ?string,
          # Where to call, if known.
          phone: ?string,
          # The visits that would move: first the one that takes the place, then those that give way.
          moves: []OfferMove,
          # How long the places are held.
          until: string,
          # What it gains in all: the cost saved, and for each day earlier that was wished for what a day's later
          # start costs.
          gain: int,
          # By how much the course costs less, without what moving costs; negative where it costs more.
          costSaved: int,
          # By how many days the visit comes earlier; negative where it comes later.
          daysEarlier: int
        )

        """

    static let waitingMethods = """
        # Puts a course or one of its visits on the waiting list.
        method AddWaiting(
          # The course; any of its visits will do.
          course: ?string,
          # The visit; exactly one of the two.
          visit: ?string,
          # Whether only an earlier place will do (false).
          earlier: ?bool,
          # The days and hours that will do (any).
          windows: ?[]WeekWindow,
          # The caller's request id.
          request: ?string
        ) -> (
          # The entry.
          waiting: Waiting,
          # The number of the event that records it.
          event: int
        )

        # Lists who waits, in the order in which they came, and the open offers.
        method ListWaiting() -> (
          # Who waits.
          waiting: []Waiting,
          # The open offers.
          offers: []Offer,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Takes an entry off the waiting list; an open offer to it is withdrawn.
        method RemoveWaiting(
          # The entry's id.
          waiting: string,
          # The caller's request id.
          request: ?string
        ) -> (
          # The number of the event that records it.
          event: int
        )

        # Says who of the waiting list gains by a place, best first. Nothing is recorded but that it was read.
        method MatchWaiting(
          # The visit that left the place, by id.
          visit: ?string,
          # The day of the place; instead of the visit, with at and chair.
          day: ?string,
          # From when the chair is free.
          at: ?string,
          # The chair's id.
          chair: ?string,
          # For how long (60; 5 to 1440).
          minutes: ?int
        ) -> (
          # The place, with those who gain by it.
          place: FreedPlace,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Offers a place to somebody of the waiting list: it is held for them until they answer or the time is over.
        method OfferPlace(
          # The entry's id.
          waiting: string,
          # The visit that left the place, by id.
          visit: ?string,
          # The day of the place; instead of the visit, with at and chair.
          day: ?string,
          # From when the chair is free.
          at: ?string,
          # The chair's id.
          chair: ?string,
          # For how long (60; 5 to 1440).
          minutes: ?int,
          # How long it is held (60; 1 to 10080).
          holdMinutes: ?int,
          # The caller's request id.
          request: ?string
        ) -> (
          # The offer.
          offer: Offer,
          # The number of the event that records it.
          event: int,
          # Names of the staff in them, by id.
          people: [string]string
        )

        # Records that the patient would rather not. The place is free again and is not offered to this entry again.
        method DeclineOffer(
          # The offer's id.
          offer: string,
          # The caller's request id.
          request: ?string
        ) -> (
          # The number of the event that records it.
          event: int
        )

        # Records that the patient takes an offer: the visits go to the places that were held, in one transaction.
        # Where they no longer fit, nothing changes.
        method AcceptOffer(
          # The offer's id.
          offer: string,
          # Why (patientRequest).
          reason: ?string,
          # More about why, in somebody's own words; kept apart from what is recorded.
          note: ?string,
          # Whether only to say what would change (false).
          dryRun: ?bool,
          # The caller's request id.
          request: ?string
        ) -> (
          # Whether it was recorded; false in a dry run, and where nothing changes.
          recorded: bool,
          # The number of the event that records it.
          event: ?int,
          # What changes; null where nothing does.
          difference: ?PlanDifference,
          # Names of the staff in it, by id.
          people: [string]string
        )

        """
}
