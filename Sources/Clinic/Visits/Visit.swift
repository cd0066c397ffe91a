package import Planning

/// How a visit's place came to be one that somebody asked for (docs/contract/planning.md section 6). The raw value is
/// its name everywhere.
package enum AskedPlace: String, CaseIterable, Hashable, Sendable {
    /// It was moved, deferred, or accepted from the waiting list.
    case itself
    /// It came there with others: put off along with a visit before it, or by other gaps from a day on. Where that is
    /// asked for anew it follows again.
    case along
}

/// A booked visit of a course.
package struct Visit: Hashable, Sendable {
    package let id: VisitID
    package let course: CourseID
    package let patient: PatientID
    /// Its turn in the course, from 1. A visit that makes up for a lost one has the lost one's.
    package internal(set) var number: Int
    package internal(set) var phase: String
    /// What kind of visit it is, as in the course's template.
    package internal(set) var visitType: VisitType
    package internal(set) var status: VisitStatus
    /// Its place, the last one where it no longer occupies it.
    package internal(set) var place: Place
    /// What the patient last heard of it; nil where they never heard anything.
    package internal(set) var heard: Heard?
    /// Whose it was and who may still come to it; see `FormerPatient`.
    package internal(set) var formerPatients: [FormerPatient]
    /// Whether no plan may move it.
    package internal(set) var pinned: Bool
    /// Policy rules that somebody with the right has set aside for this visit, and why.
    package internal(set) var overrides: [Rule: Reason.Code]
    /// Its weighted cost as it was planned.
    package internal(set) var terms: CostTerms
    /// Whether its turn stays empty: it was lost and is not made up.
    package internal(set) var isForgone: Bool
    /// Whether what made it was taken back, so that it has no turn; it stands for those who heard of it.
    package internal(set) var isTakenBack: Bool
    /// What happened on its day, in the order in which it was recorded.
    package internal(set) var facts: [Fact]
    /// The last day that it may have however long after the visit before, until it is given: it makes up for a lost
    /// one, or the course was paused before it. Nil where its gap alone decides.
    package internal(set) var latestDay: Day?
    /// How somebody came to ask for its time, so that planning leaves it as if the patient had been told; nil where
    /// nobody did.
    package internal(set) var asked: AskedPlace?

    /// A visit with all that is known of it.
    package init(
        id: VisitID, course: CourseID, patient: PatientID, number: Int, phase: String, visitType: VisitType,
        status: VisitStatus, place: Place, heard: Heard?, pinned: Bool = false, overrides: [Rule: Reason.Code] = [:],
        terms: CostTerms, isForgone: Bool = false, isTakenBack: Bool = false, facts: [Fact] = [],
        latestDay: Day? = nil, asked: AskedPlace? = nil, formerPatients: [FormerPatient] = []
    ) {
        self.id = id
        self.course = course
        self.patient = patient
        self.number = number
        self.phase = phase
        self.visitType = visitType
        self.status = status
        self.place = place
        self.heard = heard
        self.pinned = pinned
        self.overrides = overrides
        self.terms = terms
        self.isForgone = isForgone
        self.isTakenBack = isTakenBack
        self.facts = facts
        self.latestDay = latestDay
        self.asked = asked
        self.formerPatients = formerPatients
    }

    package var day: Day { place.day }

    /// [start, end) of its stages, minutes since 1970 UTC.
    package var interval: Interval { Interval(place.minute, place.minute + visitType.length) }

    /// [start, end) of its hold of the chair, turnover included, minutes since 1970 UTC.
    package var holdInterval: Interval { Interval(place.minute, place.minute + visitType.hold) }

    /// The visit in the planner's terms, or nil where it takes no place. `calendar` is that of its day.
    package func booking(on calendar: DayCalendar) -> Booking? {
        guard status.occupies else { return nil }
        return Booking(
            id: id, patient: patient, visitType: status.isInProgress ? visitType.handedOver : visitType,
            placement: place.placement(on: calendar),
            confirmed: status != .tentative)
    }
}

/// A run of a visit's minutes through which one person carries a label with the same load.
package struct LoadRun: Hashable, Sendable {
    package let label: String
    package let person: PersonID
    /// Percent, 0 to 100.
    package let load: Int
    /// When, minutes since 1970 UTC.
    package let interval: Interval
    /// Whether the person covers for the label's own.
    package let isCover: Bool
}

extension Visit {
    /// Who carries what at its place, ascending by label, person's turn and time; successive stages of equal load that
    /// one person carries are one run. A label's own person carries it except while a cover does.
    package var loadRuns: [LoadRun] {
        zip(visitType.filledLabels, place.persons).flatMap { attendant, person in
            runs(of: attendant.label, person: person)
        }
    }

    private func runs(of label: String, person: PersonID) -> [LoadRun] {
        let covers = place.handovers.filter { $0.label == label }
        var runs: [LoadRun] = []
        for (stage, stretch) in zip(visitType.stages, visitType.stageIntervals) {
            guard let load = stage.load[label] else { continue }
            var pieces = [stretch].subtracting(covers.map(\.stretch))
                .map { (person: person, stretch: $0, isCover: false) }
            pieces += covers.compactMap { cover in
                cover.stretch.intersection(stretch).map { (person: cover.person, stretch: $0, isCover: true) }
            }
            for piece in pieces.sorted(by: { $0.stretch.from < $1.stretch.from }) {
                let run = LoadRun(
                    label: label, person: piece.person, load: load,
                    interval: piece.stretch.shifted(by: place.minute), isCover: piece.isCover)
                if let last = runs.last, last.joins(run) {
                    runs[runs.count - 1] = last.joined(with: run)
                } else {
                    runs.append(run)
                }
            }
        }
        return runs
    }
}

extension LoadRun {
    fileprivate func joins(_ next: LoadRun) -> Bool {
        person == next.person && load == next.load && isCover == next.isCover && interval.until == next.interval.from
    }

    fileprivate func joined(with next: LoadRun) -> LoadRun {
        LoadRun(
            label: label, person: person, load: load, interval: Interval(interval.from, next.interval.until),
            isCover: isCover)
    }
}
