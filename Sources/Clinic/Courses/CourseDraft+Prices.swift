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

    /// Writes down what visits cost that keep their places, but follow another visit, day or person than before, or are
    /// measured by other wishes: the cost of a change is that of the course after it less before it.
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
            return isMeasuredAnew || known.previous != follower.previous ? id : nil
        }
        // On days that planning has not, nothing has changed.
        try? price(ids.sorted { $0.number < $1.number }, on: calendar ?? context.calendar)
    }

    private struct Follower {
        let place: Place
        /// Where the course's visit before it is.
        let previous: Place?
    }

    /// Each visit that has a place, with that of the one before it.
    private func followers(_ visits: [VisitID: VisitImage]) -> [VisitID: Follower] {
        let standing = visits.filter(\.value.status.occupies)
            .sorted { ($0.value.place.day, $0.value.number) < ($1.value.place.day, $1.value.number) }
        var previous: Place?
        var result: [VisitID: Follower] = [:]
        for (id, image) in standing {
            result[id] = Follower(place: image.place, previous: previous)
            previous = image.place
        }
        return result
    }
}
