package import Planning

/// Why a visit was not given, as reports count it.
package enum LossKind: Hashable, Comparable, Sendable {
    /// The patient did not come.
    case noShow
    /// Called off with less notice than the clinic asks.
    case lateCancellation
    /// Called off in good time.
    case earlyCancellation
    /// The patient came and was not treated.
    case notTreated
    /// Left out of the course for good.
    case omitted

    package var name: String {
        switch self {
        case .noShow: "noShow"
        case .lateCancellation: "lateCancellation"
        case .earlyCancellation: "earlyCancellation"
        case .notTreated: "notTreated"
        case .omitted: "omitted"
        }
    }
}

/// Why a visit was not given, with the particular reason; nil for one that was, is still to come, or was taken back
/// with what had made it.
package func loss(of visit: Visit) -> (kind: LossKind, reason: String)? {
    if visit.isTakenBack { return nil }
    return switch visit.status {
    case .tentative, .confirmed, .arrived, .inProgress, .completed: nil
    case .noShow: (.noShow, "")
    case .notTreated(let obstacle): (.notTreated, obstacle.rawValue)
    case .cancelled(.late, let reason): (.lateCancellation, reason.rawValue)
    case .cancelled(.early, let reason): (.earlyCancellation, reason.rawValue)
    case .omitted: (.omitted, "")
    }
}

/// For how long a lost visit kept its last place from others: from when it was given that place, or the course was
/// booked, until it lost it. Whole days, rounded down; nil where the events do not tell.
///
/// - Parameter events: those about its course, in order.
package func daysBlocked(by visit: VisitID, in events: [RecordedEvent]) -> Int? {
    var since: Instant?
    var until: Instant?
    for recorded in events {
        if case .course(.booked(let booked)) = recorded.event, booked.visits.contains(where: { $0.id == visit }) {
            since = recorded.at
        }
        for changed in recorded.event.courseChanges {
            guard let change = changed.visits.first(where: { $0.id == visit }) else { continue }
            let (before, after) = (change.before, change.after)
            let had = before?.status.occupies ?? false
            let has = after?.status.occupies ?? false
            if has, !had || before?.place.start != after?.place.start || before?.place.chair != after?.place.chair {
                since = before == nil ? changed.after.progress.bookedElsewhere ?? recorded.at : recorded.at
            }
            if had, !has { until = recorded.at }
        }
    }
    guard let since, let until, since <= until else { return nil }
    return (until.seconds - since.seconds) / 86_400
}

/// When each task of a course was done, by its id: the last time, where it was taken back in between. What came done
/// with a course from elsewhere was done before all else: nobody can tell when.
///
/// - Parameter events: those about the course, in order.
package func timesTasksWereDone(in events: [RecordedEvent]) -> [String: Instant] {
    var times: [String: Instant] = [:]
    for recorded in events {
        for changed in recorded.event.courseChanges {
            let before = changed.before?.progress.doneTasks ?? []
            let after = changed.after.progress.doneTasks
            let at = changed.action == .courseImported ? Instant(seconds: 0) : recorded.at
            for id in after.subtracting(before) { times[id] = at }
            for id in before.subtracting(after) { times[id] = nil }
        }
    }
    return times
}

/// How a form or other follow-up of a given visit stands.
package enum FormStanding: String, CaseIterable, Hashable, Sendable {
    /// Done by its day.
    case onTime
    /// Done after its day.
    case late
    /// Its day is over and it is not done.
    case missing
    /// Not done, and its day is not over.
    case open
}

/// The follow-ups of a visit that was given, with the days by which they are due; none of any other visit.
package func followUps(of visit: Visit) -> [ClinicTask] {
    guard visit.wasGiven else { return [] }
    return visit.visitType.tasks.map {
        ClinicTask(kind: .followUp, visit: visit.id, name: $0.name, due: visit.day + $0.dueDays)
    }
}

/// How a follow-up stands.
///
/// - Parameter done: the day on which it was done, if it was.
package func standing(of task: ClinicTask, done: Day?, today: Day) -> FormStanding {
    if let done { return done <= task.due ? .onTime : .late }
    return today > task.due ? .missing : .open
}

/// Days from the day a patient was referred, or else their course booked, to its first visit that was given; nil where
/// none was given here yet, or where the course began elsewhere.
///
/// - Parameter booked: the day on which it was booked.
package func daysToFirstVisit(_ course: Course, _ visits: [Visit], booked: Day) -> (first: Day, days: Int)? {
    guard course.progress.adoptedFrom == nil, let first = visits.filter(\.wasGiven).map(\.day).min() else { return nil }
    return (first, max(0, first - (course.wish.referred ?? booked)))
}
