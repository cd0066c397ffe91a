internal import Clinic
internal import Planning
internal import Systemd
internal import Wire

/// What the journal is told of an event, in ids and times, most urgent first. A kind of event is added here, its words
/// beside, and its text in the catalogue.
func entries(of recorded: RecordedEvent, _ snapshot: Snapshot) -> [JournalEntry] {
    let telling = Telling(recorded: recorded, snapshot: snapshot)
    switch recorded.event {
    case .courseBooked(let booked): return [telling.entry(of: booked)]
    case .courseRefused(let refused): return [telling.entry(of: refused)]
    case .courseChanged(let changed): return telling.entries(of: changed)
    case .alertRaised(let alert): return [telling.entry(of: alert)]
    case .timeOffAdded(let absence):
        return [
            telling.lost(
                "person \(absence.timeOff.person) is off", absence.timeOff.interval,
                fields: [.person(absence.timeOff.person.text)]
            ) { $0.place.persons.contains(absence.timeOff.person) }
        ]
    case .outageAdded(let outage):
        return [
            telling.lost(
                "chair \(outage.outage.chair) is out of service", outage.outage.interval,
                fields: [.chair(outage.outage.chair.text)]
            ) { $0.place.chair == outage.outage.chair }
        ]
    case .closureAdded(let dated):
        guard let interval = telling.interval(of: dated.closure) else { return [] }
        return [telling.lost("the clinic closes", interval, fields: []) { _ in true }]
    case .serviceStarted(let started):
        let after = started.wasClean ? "" : " after an unclean stop"
        return [telling.entry(.serviceStarted, "infusiond \(started.version) started\(after)")]
    case .serviceStopped: return [telling.entry(.serviceStopped, "infusiond stopped in good order")]
    case .configurationAdopted(let adopted):
        let facility = adopted.configuration.facility
        return [
            telling.entry(
                .configurationReloaded,
                "configuration in force: \(facility.chairs.count) chairs, \(facility.staff.count) staff, "
                    + "\(facility.regimens.count) regimens")
        ]
    case .patientAdded, .patientsImported, .patientDetailsChanged, .templateRecorded, .timeOffRemoved, .outageRemoved,
        .closureRemoved, .openingAdded, .openingRemoved, .visitsRetimed:
        return []
    }
}

/// An event on its way to the journal, with the state by which it is told.
struct Telling {
    let recorded: RecordedEvent
    let snapshot: Snapshot

    /// An entry of a kind with the event's number and author.
    func entry(_ kind: MessageKind, _ message: String, fields: [JournalField] = []) -> JournalEntry {
        JournalEntry(kind, message, fields: common + fields)
    }

    private var common: [JournalField] { [.event("e\(recorded.number)"), .actor(recorded.caller.user)] }

    /// An instant by the clinic's clock: 2026-03-02 09:00.
    func text(_ instant: Instant) -> String {
        let shown = snapshot.offsets.instant(second: instant.seconds)
        return "\(shown.day) \(ClockTime(minutes: shown.clock).text)"
    }

    /// An instant of minutes since 1970 UTC by the clinic's clock.
    func text(minute: Int) -> String { text(Instant(minute: minute)) }

    fileprivate func entry(of booked: CourseBooked) -> JournalEntry {
        let first = booked.visits.first.map { " from \($0.place.day)" } ?? ""
        return entry(
            .courseBooked,
            "course \(booked.course) booked for patient \(booked.patient): \(booked.visits.count) visits\(first)",
            fields: [.course(booked.course.text), .patient(booked.patient.text), .count(booked.visits.count)])
    }

    fileprivate func entry(of refused: CourseRefused) -> JournalEntry {
        let rules = refused.rules.isEmpty ? "several" : refused.rules.map(\.rawValue).joined(separator: ", ")
        let visit = refused.visit.map { " at visit \($0)" } ?? ""
        return entry(
            .courseRefused, "course by \(refused.regimen) refused for patient \(refused.patient)\(visit): \(rules)",
            fields: [.patient(refused.patient.text)] + (refused.rules.first.map { [.rule($0.rawValue)] } ?? []))
    }

    /// That a chair, a person or the clinic is not there for a while. It is an error where booked visits lose their
    /// place by it.
    fileprivate func lost(
        _ what: String, _ interval: Interval, fields: [JournalField], isHit: (Visit) -> Bool
    ) -> JournalEntry {
        let first = snapshot.day(at: Instant(minute: interval.from)) - 1
        let last = snapshot.day(at: Instant(minute: interval.until))
        // A long absence is looked at as far as there are visits.
        let days = snapshot.state.daysWithVisits.filter { first <= $0 && $0 <= last }
        let hit = days.flatMap { snapshot.state.visits(on: $0) }.count {
            $0.status.isOpen && $0.holdInterval.overlaps(interval) && isHit($0)
        }
        let visits = hit == 0 ? "no booked visit is" : hit == 1 ? "1 booked visit is" : "\(hit) booked visits are"
        let entry = entry(
            .resourceLost,
            "\(what) from \(text(minute: interval.from)) until \(text(minute: interval.until)): \(visits) affected",
            fields: fields + [.due(text(minute: interval.until)), .count(hit)])
        return hit == 0 ? entry.less(.informational) : entry
    }

    /// From the first to the last minute of a closure, as far as the calendar goes.
    fileprivate func interval(of closure: Closure) -> Interval? {
        let (first, last) = (snapshot.calendar(of: closure.from), snapshot.calendar(of: closure.through))
        return Interval(
            clipping: first.firstMinute + (closure.hours?.from ?? 0),
            last.firstMinute + min(last.length, closure.hours?.until ?? last.length))
    }
}
