import Clinic
import Foundation
import GRDB
import Planning
import StrictJSON

/// Writes the rows that follow from events: every table but the record itself and what stands beside it. What it writes
/// of a thing depends only on the state after the events, so that replaying the record gives the same rows.
struct Projection {
    let database: Database

    /// Brings the rows of all that the events touch to how `state`, the one after them, has it.
    func write(_ events: [RecordedEvent], after state: ClinicState) throws {
        for recorded in events {
            try index(recorded)
            try write(recorded.event, recorded.number, state)
        }
        try writeBookings(of: events.map(\.event), state)
        try writeFrame(events, state)
    }

    private func index(_ recorded: RecordedEvent) throws {
        for subject in recorded.event.subjects {
            try run(
                "INSERT INTO event_subject (kind, id, event) VALUES (?, ?, ?)",
                [subject.kind, subject.id, recorded.number])
        }
    }

    private func write(_ event: Event, _ number: Int, _ state: ClinicState) throws {
        switch event {
        case .configuration(let event): try write(event)
        case .patient(let event): try write(event, number, state)
        case .course(let event): try write(event, number)
        case .availability(let event): try write(event)
        case .waiting(let event): try write(event, state)
        case .service, .visit, .alert, .repair: break
        }
    }

    /// All booking rows of a set of changes are removed before any is written, so that visits can swap their places. A
    /// course's visits are new where it is booked, and have none.
    private func writeBookings(of events: [Event], _ state: ClinicState) throws {
        let visits = unique(events.flatMap(\.visits))
        for visit in unique(events.filter { $0.kind != .course(.booked) }.flatMap(\.visits)) {
            try run("DELETE FROM chair_booking WHERE visit = ?", [visit.text])
            try run("DELETE FROM staff_booking WHERE visit = ?", [visit.text])
        }
        for course in unique(events.flatMap(\.courses)) {
            if let course = state.course(course) { try write(course) }
        }
        for visit in visits {
            if let visit = state.visit(visit) {
                try write(visit)
            } else {
                // It never came to be: what made it was taken back.
                try run("DELETE FROM visit WHERE id = ?", [visit.text])
            }
        }
    }

    private func write(_ course: Course) throws {
        try run(
            """
            INSERT INTO course (id, patient, template, status, usual, wish, booked_by, booked_at, changed_by, progress)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET patient = excluded.patient, template = excluded.template,
                status = excluded.status, usual = excluded.usual, wish = excluded.wish,
                changed_by = excluded.changed_by,
                progress = excluded.progress
            """,
            [
                course.id.text, course.patient.text, course.template.id.text, course.status.rawValue,
                course.usual.map(clockText), course.wish.payload.text(), course.bookedBy, course.bookedAt.seconds,
                course.changedBy, course.progress.storedPayload?.text(),
            ])
    }

    private func writeFrame(_ events: [RecordedEvent], _ state: ClinicState) throws {
        let configuration = events.last { $0.event.kind == .configuration(.adopted) }?.number
        let counters = state.counters
        try run(
            """
            INSERT INTO frame (id, last_event, configuration_event, patient, course, visit, template, absence, outage,
                closure, opening, alerted_through, shift, waiting, offer)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET last_event = excluded.last_event,
                configuration_event = coalesce(excluded.configuration_event, configuration_event),
                patient = excluded.patient, course = excluded.course, visit = excluded.visit,
                template = excluded.template, absence = excluded.absence, outage = excluded.outage,
                closure = excluded.closure, opening = excluded.opening, alerted_through = excluded.alerted_through,
                shift = excluded.shift, waiting = excluded.waiting, offer = excluded.offer
            """,
            [
                state.lastEvent, configuration, counters.patient, counters.course, counters.visit, counters.template,
                counters.absence, counters.outage, counters.closure, counters.opening, state.alertedThrough?.seconds,
                counters.shift, counters.waiting, counters.offer,
            ])
    }

    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { seen.insert($0).inserted }
    }
}
