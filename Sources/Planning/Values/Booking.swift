/// The place of a visit: when, where and with whom. Immutable and fully specified: its executor chooses nothing.
package struct Placement: Hashable, Sendable {
    package var day: Day
    /// The start, elapsed minutes of the day.
    package var start: Int
    package var chair: ChairID
    /// Who fills each label that names a person, in the order of `VisitType.filledLabels`.
    package var persons: [PersonID]
    /// Who carries a label while its person is off duty.
    package var covers: [Cover]

    /// A place at a day, an elapsed minute and a chair with its persons.
    package init(day: Day, start: Int, chair: ChairID, persons: [PersonID], covers: [Cover] = []) {
        self.day = day
        self.start = start
        self.chair = chair
        self.persons = persons
        self.covers = covers
    }
}

/// One absence of a label's person within one handover stage, and who carries the label meanwhile.
package struct Cover: Hashable, Sendable {
    package var label: String
    package var person: PersonID
    /// When, elapsed minutes of the visit's day.
    package var interval: Interval

    /// A label carried by a person for an interval of elapsed minutes of the visit's day.
    package init(label: String, person: PersonID, interval: Interval) {
        self.label = label
        self.person = person
        self.interval = interval
    }
}

/// A visit that has a place and occupies it (statuses tentative, confirmed, arrived, inProgress and completed).
package struct Booking: Hashable, Sendable {
    package var id: VisitID
    package var patient: PatientID
    /// What kind of visit it is, as it was when booked.
    package var visitType: VisitType
    package var placement: Placement
    /// Whether the visit is confirmed (tentative otherwise).
    package var confirmed: Bool
    /// The visit under way elsewhere that left this here; nil for a visit. Its persons count only while that visit is
    /// on the day, so that they may take it over; its chair stays taken for all others.
    package var keptFor: VisitID?

    /// A visit of a patient at a place.
    package init(
        id: VisitID, patient: PatientID, visitType: VisitType, placement: Placement, confirmed: Bool = false,
        keptFor: VisitID? = nil
    ) {
        self.id = id
        self.patient = patient
        self.visitType = visitType
        self.placement = placement
        self.confirmed = confirmed
        self.keptFor = keptFor
    }

    /// [start, end) of the stages, elapsed minutes of its day.
    package var visitInterval: Interval {
        Interval(placement.start, placement.start + visitType.length)
    }

    /// [start, end) of the chair's hold, turnover included, elapsed minutes of its day.
    package var holdInterval: Interval {
        Interval(placement.start, placement.start + visitType.hold)
    }

    /// The chair alone, for as long, with nobody at it.
    var withoutPersons: Booking {
        var empty = self
        empty.visitType.attendants = []
        for index in empty.visitType.stages.indices { empty.visitType.stages[index].load = [:] }
        empty.placement.persons = []
        empty.placement.covers = []
        return empty
    }
}
