import Planning

extension CourseDraft {
    /// Writes down what visits cost at their places.
    ///
    /// - Parameter calendar: the days with all visits where they are to be.
    mutating func price(_ ids: [VisitID], on calendar: PlanningCalendar) throws(DecisionFailure) {
        guard !ids.isEmpty, let course = try repairCourse(isLenient: true) else { return }
        var others = calendar
        for visit in original.map({ state.visits(of: $0) }) ?? [] { others.remove(visit.id, on: visit.day) }
        for visit in course.visits { others.remove(visit.booking.id, on: visit.booking.placement.day) }
        let moved = Set(ids)
        for (visit, terms) in zip(course.visits, standingTerms(of: course, on: others))
        where moved.contains(visit.booking.id) {
            visits[visit.booking.id]?.terms = terms
        }
    }

    /// Writes down what visits cost that keep their places, but follow another visit, day or person than before, have
    /// other days in hand, or are measured by other wishes: the cost of a change is that of the course after it less
    /// before it.
    mutating func priceFollowers(on calendar: PlanningCalendar? = nil) {
        guard let original, status == original.status else { return }
        let before = followers(
            Dictionary(uniqueKeysWithValues: state.visits(of: original).map { ($0.id, $0.image) }))
        let after = followers(visits)
        let isMeasuredAnew = wish != original.wish || usual != original.usual
        let ids = after.compactMap { id, follower -> VisitID? in
            guard let image = visits[id], !isKept(image), let known = before[id], known.place == follower.place else {
                return nil
            }
            return isMeasuredAnew || known.previous != follower.previous || known.ahead != follower.ahead ? id : nil
        }
        // On days that planning has not, nothing has changed.
        try? price(ids.sorted { $0.number < $1.number }, on: calendar ?? context.calendar)
    }

    private struct Follower {
        let place: Place
        /// Where the course's visit before it is.
        let previous: Place?
        /// What its days in hand are counted by, where they cost something.
        let ahead: Ahead?
    }

    /// The first day of a phase, and the numbers of its visits after one.
    private struct Ahead: Equatable {
        let first: Day
        let later: [Int]
    }

    private func ahead(of index: Int, among standing: [VisitImage]) -> Ahead? {
        let phase = standing[index].phase
        guard template.phase(phase)?.goal?.isPriced ?? false, let first = standing.first(where: { $0.phase == phase })
        else { return nil }
        return Ahead(
            first: first.place.day, later: standing[(index + 1)...].filter { $0.phase == phase }.map(\.number))
    }

    /// Each visit that has a place, with that of the one before it.
    private func followers(_ visits: [VisitID: VisitImage]) -> [VisitID: Follower] {
        let standing = visits.filter(\.value.status.occupies)
            .sorted { ($0.value.place.day, $0.value.number) < ($1.value.place.day, $1.value.number) }
        var previous: Place?
        var result: [VisitID: Follower] = [:]
        let images = standing.map(\.value)
        for (index, (id, image)) in standing.enumerated() {
            result[id] = Follower(place: image.place, previous: previous, ahead: ahead(of: index, among: images))
            previous = image.place
        }
        return result
    }
}
