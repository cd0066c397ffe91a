import HashTreeCollections
package import Planning

/// Marks ids of entries of the waiting list.
package enum WaitingKind {}
/// Marks ids of offers.
package enum OfferKind {}

/// An entry's id in the waiting list, `w3`.
package typealias WaitingID = Identifier<WaitingKind>
/// An offer's id, `f4`.
package typealias OfferID = Identifier<OfferKind>

/// Somebody who would come to a place that is freed.
package struct WaitingEntry: Hashable, Sendable {
    package let id: WaitingID
    package let course: CourseID
    package let patient: PatientID
    /// The visit that waits; nil for any of the course.
    package let visit: VisitID?
    /// Whether coming earlier is wished for by itself: only earlier places will do, and each day earlier is a gain.
    package let earlier: Bool
    /// The days and hours that will do; empty for any.
    package let windows: [WeekWindow]
    /// Since when they wait.
    package let since: Instant
    /// The places that were offered and not taken, minutes since 1970 UTC; they are not offered again.
    package internal(set) var declined: [Interval]

    package init(
        id: WaitingID, course: CourseID, patient: PatientID, visit: VisitID?, earlier: Bool, windows: [WeekWindow],
        since: Instant, declined: [Interval] = []
    ) {
        self.id = id
        self.course = course
        self.patient = patient
        self.visit = visit
        self.earlier = earlier
        self.windows = windows
        self.since = since
        self.declined = declined
    }
}

/// What somebody waits for, as it is asked for.
package struct WaitingWish: Hashable, Sendable {
    /// What is to come to a freed place.
    package enum Whose: Hashable, Sendable {
        /// Any visit of a course.
        case course(CourseID)
        case visit(VisitID)
    }

    /// What is to come to a freed place.
    package var whose: Whose
    /// Whether coming earlier is wished for.
    package var earlier: Bool
    /// The days and hours that will do; empty for any.
    package var windows: [WeekWindow]

    package init(_ whose: Whose, earlier: Bool = false, windows: [WeekWindow] = []) {
        self.whose = whose
        self.earlier = earlier
        self.windows = windows
    }
}

/// A stretch of a chair that somebody has left.
package struct FreedPlace: Hashable, Sendable {
    package let day: Day
    package let chair: ChairID
    /// [start, end) of the hold, turnover included, minutes since 1970 UTC.
    package let interval: Interval
    /// The visit that left it; nil where that is not known.
    package let visit: VisitID?

    /// A stretch of a chair on a day.
    package init(day: Day, chair: ChairID, interval: Interval, visit: VisitID? = nil) {
        self.day = day
        self.chair = chair
        self.interval = interval
        self.visit = visit
    }
}

/// A place that is held for somebody of the waiting list until they answer, with all that would change in the course.
package struct Offer: Hashable, Sendable {
    /// A visit that would go to another place.
    package struct Move: Hashable, Sendable {
        package let visit: VisitID
        /// What kind of visit it is; the course's template has it.
        package let visitType: VisitTypeID
        package let from: Place
        /// Where it would be.
        package let to: Place
        /// How long it holds the chair, turnover included; minutes.
        package let hold: Int

        /// A visit that would go from one place to another.
        package init(visit: VisitID, visitType: VisitTypeID, from: Place, to: Place, hold: Int) {
            self.visit = visit
            self.visitType = visitType
            self.from = from
            self.to = to
            self.hold = hold
        }

        /// [start, end) of its hold of the chair where it would be, minutes since 1970 UTC.
        package var interval: Interval { Interval(to.minute, to.minute + hold) }
    }

    package let id: OfferID
    /// Whom it is made to.
    package let entry: WaitingID
    package let course: CourseID
    package let patient: PatientID
    /// The visits that would move: first the one that takes the freed place, then those that give way to it, ascending
    /// by the number in their id; at least one. All their places are held.
    package let moves: [Move]
    /// How long the place is held.
    package let until: Instant
    package let gain: OfferGain

    package init(
        id: OfferID, entry: WaitingID, course: CourseID, patient: PatientID, moves: [Move], until: Instant,
        gain: OfferGain
    ) {
        self.id = id
        self.entry = entry
        self.course = course
        self.patient = patient
        precondition(!moves.isEmpty, "an offer moves a visit")
        self.moves = moves
        self.until = until
        self.gain = gain
    }
}

/// What a course gains by a move.
package struct OfferGain: Hashable, Sendable {
    /// By how much the whole course costs less, without what moving costs; negative where it costs more.
    package let costSaved: Int
    /// By how many days the visit comes earlier; negative where it comes later.
    package let daysEarlier: Int
    /// The cost saved, and two more sums. Where the patient wishes to come earlier, each day earlier counts what a
    /// course's later start costs a day (the weight `start`). Where their present place is not within the days and
    /// hours that will do, a visit outside of preferred hours is counted (the weight `preference`). At least 1.
    package let total: Int

    /// A gain of its parts.
    package init(costSaved: Int, daysEarlier: Int, total: Int) {
        self.costSaved = costSaved
        self.daysEarlier = daysEarlier
        self.total = total
    }
}

/// How an offer came to its end.
package struct OfferClosed: Hashable, Sendable {
    /// What became of it. The raw value is its name everywhere.
    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        /// The visits went to the places offered; the entry is served and leaves the list.
        case accepted
        /// The patient would rather not; the entry stays, and this place is not offered to it again.
        case declined
        /// Nobody answered in time; as if declined.
        case expired
        /// What it rests on is no more: the course or the entry changed.
        case withdrawn
    }

    /// The offer as it was made.
    package let offer: Offer
    /// What became of it.
    package let outcome: Outcome

    /// An offer and what became of it.
    package init(offer: Offer, outcome: Outcome) {
        self.offer = offer
        self.outcome = outcome
    }
}

/// That places became free for which somebody waits.
package struct PlacesFreed: Hashable, Sendable {
    package let course: CourseID
    /// The places, soonest first, each with the entries that may want it: whether they can take it is not planned yet.
    package let places: [Freed]

    /// A place with those who may want it.
    package struct Freed: Hashable, Sendable {
        package let place: FreedPlace
        /// Who may want it, in the order in which they came.
        package let entries: [WaitingID]

        /// A place with those who may want it.
        package init(place: FreedPlace, entries: [WaitingID]) {
            self.place = place
            self.entries = entries
        }
    }

    /// Places that a course left.
    package init(course: CourseID, places: [Freed]) {
        self.course = course
        self.places = places
    }
}

extension ClinicState {
    /// An entry of the waiting list, by id.
    package func waiting(_ id: WaitingID) -> WaitingEntry? { waiting[id] }

    /// An open offer, by id.
    package func offer(_ id: OfferID) -> Offer? { offers[id] }

    /// The waiting list, in the order in which they came.
    package var waitingList: [WaitingEntry] { waiting.values.sorted { $0.id.number < $1.id.number } }

    /// The offers that are open, in the order in which they were made.
    package var openOffers: [Offer] { offers.values.sorted { $0.id.number < $1.id.number } }

    /// The open offer to an entry.
    package func offer(to entry: WaitingID) -> Offer? { offers.values.first { $0.entry == entry } }

    /// Whether an entry can still be served: its course is active, and its visit is still to come.
    package func isLive(_ entry: WaitingEntry) -> Bool {
        guard let course = courses[entry.course], course.status == .active, course.progress.heldUntil == nil else {
            return false
        }
        guard let visit = entry.visit else { return true }
        return visits[visit]?.isToCome ?? false
    }

    /// Whether an offer still rests on what it was made for: its visits are to come, and are where they were.
    func isSound(_ offer: Offer) -> Bool {
        guard waiting[offer.entry] != nil, courses[offer.course]?.status == .active else { return false }
        return offer.moves.allSatisfy { move in
            guard let visit = visits[move.visit] else { return false }
            return visit.isToCome && visit.place.isSame(as: move.from) && visit.visitType.id == move.visitType
        }
    }

    /// The places that an offer holds, on a day of the planner's. The bookings are nobody's visit and nobody's patient:
    /// they only keep others out.
    func bookings(of offer: Offer, on day: DayCalendar) -> [Booking] {
        guard let template = courses[offer.course]?.template else { return [] }
        return offer.moves.compactMap { move in
            guard move.to.day == day.day, let type = template.visitType(move.visitType) else { return nil }
            return Booking(
                id: offer.holder(of: move), patient: PatientID(offer.id.text), visitType: type,
                placement: move.to.placement(on: day), confirmed: true)
        }
    }

    mutating func close(_ closed: OfferClosed) {
        offers[closed.offer.id] = nil
        switch closed.outcome {
        case .accepted: waiting[closed.offer.entry] = nil
        case .declined, .expired: waiting[closed.offer.entry]?.declined.append(closed.offer.moves[0].interval)
        case .withdrawn: break
        }
    }
}

extension Offer {
    /// Under which id the calendar holds a place of it.
    func holder(of move: Move) -> VisitID { VisitID("\(id)/\(move.visit)") }
}

extension Visit {
    /// Whether it is planned or agreed, and the patient not here.
    var isToCome: Bool { status == .tentative || status == .confirmed }
}

extension Place {
    /// Whether it is the same promise, chair and staff, whatever instant the zone's law makes of it.
    func isSame(as other: Place) -> Bool {
        start == other.start && chair == other.chair && persons == other.persons
    }
}
