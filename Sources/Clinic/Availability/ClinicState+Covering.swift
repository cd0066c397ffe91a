import Planning

// What is given again is known under the id that it was given first: taking that back leaves nothing behind.

extension ClinicState {
    /// The first absence in which a person is away all through another one.
    func absence(covering other: TimeOff) -> AbsenceID? {
        allAbsences.first { $0.timeOff.person == other.person && $0.timeOff.interval.contains(other.interval) }?.id
    }

    /// The first outage in which a chair is out of service all through another one.
    func outage(covering other: Outage) -> OutageID? {
        allOutages.first { $0.outage.chair == other.chair && $0.outage.interval.contains(other.interval) }?.id
    }

    /// The first closure added by command that closes the clinic all through another one.
    func closure(covering other: Closure) -> ClosureID? {
        allClosures.first { dated in
            let known = dated.closure
            return known.from <= other.from && other.through <= known.through && known.covers(other.hours)
        }?.id
    }

    /// The first opening added by command in which the clinic is open all through another one.
    func opening(covering other: Opening) -> OpeningID? {
        allOpenings.first { $0.opening.day == other.day && $0.opening.hours.contains(other.hours) }?.id
    }

    /// The first extra shift in which a person works all through another one.
    func shift(covering other: ExtraShift) -> ShiftID? {
        allShifts.first { dated in
            let known = dated.shift
            return known.person == other.person && known.day == other.day && known.hours.contains(other.hours)
        }?.id
    }
}

extension Closure {
    /// Whether hours of each day are closed; nil for whole days.
    fileprivate func covers(_ other: Interval?) -> Bool {
        guard let hours else { return true }
        return other.map { hours.contains($0) } ?? false
    }
}
