internal import Clinic
internal import Planning
internal import Varlink
internal import Wire

/// What of the clinic is asked for as it was at an earlier moment.
enum PastExtent: Sendable {
    /// A course with its visits.
    case course(CourseID)
    /// A day with all its visits.
    case day(Day?)
}

extension ClinicMethods {
    func showVisitAsOf() -> NamedMethod {
        pooled { (call: ClinicInterface.ShowVisitAsOf, context) throws(ClinicInterface.Failure) in
            let id = VisitID(call.visit)
            guard let course = try records.course(of: id) else { throw .noSuchVisit(visit: call.visit) }
            let (snapshot, now) = try moment(call.asOf, .course(course))
            guard let visit = snapshot.state.visit(id) else { throw .noSuchVisit(visit: call.visit) }
            try recordAccess([visit.patient], context)
            return snapshot.reply(showing: visit, now: now)
        }
    }

    /// The clinic at a moment as far as it is asked for, and when that was: the published snapshot where no moment is
    /// named, and otherwise what the events up to then give.
    func moment(
        _ text: String?, _ extent: PastExtent
    ) throws(ClinicInterface.Failure) -> (snapshot: Snapshot, now: Instant) {
        let present = publication.current
        guard let text else {
            if case .course(let course) = extent { return (try snapshot(with: .course(course)), clock.now) }
            return (present, clock.now)
        }
        let (event, instant) = try eventAndInstant(text, present)
        let state =
            switch extent {
            case .course(let course): try records.state(after: event, course: course)
            case .day(let day): try records.state(after: event, day: day ?? present.day(at: instant))
            }
        guard state.configuration != nil else {
            throw .invalidValue(field: "asOf", message: "the clinic was not set up then", hint: nil)
        }
        return (Snapshot(state: state, calendar: present.calendar, zone: present.zone), instant)
    }

    private func eventAndInstant(
        _ text: String, _ present: Snapshot
    ) throws(ClinicInterface.Failure) -> (Int, Instant) {
        if text.hasPrefix("e"), let number = Int(text.dropFirst()) {
            let last = present.state.lastEvent
            guard number >= 1, number <= last, let event = try records.events(after: number - 1, limit: 1).first else {
                throw .invalidValue(
                    field: "asOf", message: "expected an event from e1 to e\(last), found \(text)", hint: nil)
            }
            return (number, event.at)
        }
        guard let moment = ZonedInstant(text) else {
            throw .invalidValue(
                field: "asOf",
                message: "expected an instant such as 2026-03-02T09:00:00-05:00 or an event such as e9120",
                hint: nil)
        }
        let instant = Instant(seconds: moment.second)
        guard instant <= clock.now else {
            throw .invalidValue(field: "asOf", message: "expected a moment that has passed", hint: nil)
        }
        return (try records.lastEvent(at: instant), instant)
    }
}
