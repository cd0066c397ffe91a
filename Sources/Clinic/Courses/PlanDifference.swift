package import Planning

/// What changes in a course: how it was and how it will be, visit by visit.
package struct PlanDifference: Hashable, Sendable {
    /// A visit before and after.
    package typealias Row = CourseChanged.VisitChange

    package let action: CourseAction
    package let course: CourseID
    package let patient: PatientID
    /// The visit that the command named.
    package let about: VisitID?
    /// What else the action is about; see `CourseChanged.detail`.
    package let detail: String?
    /// Where the course stood; nil where it is new.
    package let statusBefore: CourseStatus?
    /// Where it stands after.
    package let statusAfter: CourseStatus
    /// The visits that change, ascending by the number in their id; not those of which only the cost does.
    package let visits: [Row]
    /// The cost of its planned visits before, without what moving costs.
    package let costBefore: Int
    package let costAfter: Int
    /// What it costs that patients were told other times (docs/contract/planning.md section 6).
    package let costOfMoving: Int
    /// Visits of which the patient must be told another time, or their end.
    package internal(set) var calls: [VisitID]
    /// Phases whose gates open, by name.
    package let gatesOpened: [String]
    /// Why a lost visit has no new place yet, where that is so.
    package internal(set) var unplaced: Refusal?
    /// Of a course that began elsewhere: the day by which its first visit here was due, where it comes later.
    package internal(set) var overdue: Day?
    /// How the phase that is under way stands to its window; nil where that is in order and nobody asked.
    package internal(set) var window: WindowState?

    /// What an event changes, moving at the price of these weights.
    ///
    /// - Parameter announced: new visits of which the patient expects to hear.
    package init(
        _ changed: CourseChanged, weights: Weights = Weights(), announced: Set<VisitID> = [],
        unplaced: Refusal? = nil, window: WindowState? = nil
    ) {
        action = changed.action
        course = changed.course
        patient = changed.patient
        about = changed.about
        detail = changed.detail
        statusBefore = changed.before?.status
        statusAfter = changed.after.status
        visits = changed.visits.filter { !$0.isOfCostOnly }
        func cost(_ images: [VisitImage?]) -> Int {
            images.compactMap(\.self).filter(\.status.occupies).reduce(0) { $0 + $1.terms.total }
        }
        costBefore = cost(changed.visits.map(\.before))
        costAfter = cost(changed.visits.map(\.after))
        costOfMoving = changed.visits.reduce(0) { sum, change in
            guard change.isMoved, let before = change.before, before.told, let after = change.after else { return sum }
            return sum + (before.place.day == after.place.day ? weights.movedTime : weights.movedDay)
        }
        calls = changed.visits.filter { $0.isToBeTold || announced.contains($0.id) && $0.after?.heard == nil }.map(\.id)
        let open = changed.before?.progress.openGates ?? changed.after.progress.openGates
        gatesOpened = changed.after.progress.openGates.subtracting(open).sorted()
        self.unplaced = unplaced
        self.window = window
    }
}

extension CourseChanged.VisitChange {
    /// Whether the change is why somebody should call: it is other than the patient knows.
    fileprivate var isToBeTold: Bool {
        guard let before, let after else { return false }
        return after.needsCall && (before.news != after.news || before.place.start != after.place.start)
    }

    /// Whether nothing but what it costs is other than before.
    package var isOfCostOnly: Bool {
        guard var unpriced = after, let before else { return false }
        unpriced.terms = before.terms
        return unpriced == before
    }

    /// Whether it has another day or time than before.
    package var isMoved: Bool {
        guard let before, let after, before.status.occupies, after.status.occupies else { return false }
        return before.place.start != after.place.start
    }
}

extension ClinicState {
    /// A visit of a course as it was or is to be; nil where the course does not have its type.
    package func visit(_ id: VisitID, as image: VisitImage, of course: CourseID) -> Visit? {
        guard let course = self.course(course), let type = course.template.visitType(image.visitType) else {
            return nil
        }
        return Visit(id, image, of: course.id, course.patient, type)
    }
}
