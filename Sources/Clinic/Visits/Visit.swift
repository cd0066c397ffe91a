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

/// A booked visit of a course: whose it is, and all that changes of it.
package struct Visit: Hashable, Sendable {
    package let id: VisitID
    package let course: CourseID
    package let patient: PatientID
    /// What kind of visit it is, as in the course's template: what its image has the id of.
    package internal(set) var visitType: VisitType
    /// Everything about it that changes.
    package internal(set) var image: VisitImage

    /// A visit of a course as its image has it.
    package init(
        _ id: VisitID, _ image: VisitImage, of course: CourseID, _ patient: PatientID, _ visitType: VisitType
    ) {
        self.id = id
        self.course = course
        self.patient = patient
        self.visitType = visitType
        self.image = image
    }

    // What its image says of it, by the same names.
    package var number: Int { image.number }
    package var phase: String { image.phase }
    package internal(set) var status: VisitStatus {
        get { image.status }
        set { image.status = newValue }
    }
    package internal(set) var place: Place {
        get { image.place }
        set { image.place = newValue }
    }
    package var heard: Heard? { image.heard }
    package var formerPatients: [FormerPatient] { image.formerPatients }
    package var pinned: Bool { image.pinned }
    package var overrides: [Rule: Reason.Code] { image.overrides }
    package var terms: CostTerms { image.terms }
    package var isForgone: Bool { image.isForgone }
    package var isTakenBack: Bool { image.isTakenBack }
    package var facts: [Fact] { image.facts }
    package var latestDay: Day? { image.latestDay }
    package var asked: AskedPlace? { image.asked }
    package var told: Bool { image.told }
    package var news: News? { image.news }
    package var needsCall: Bool { image.needsCall }

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
