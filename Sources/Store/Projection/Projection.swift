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
        case .serviceStarted, .serviceStopped, .courseRefused, .courseBooked, .visitsRetimed, .courseChanged,
            .alertRaised, .placesFreed, .repairProposed, .visitsHit, .visitsRearranged:
            break
        case .waitingAdded, .waitingRemoved, .offerMade, .offerClosed: try writeWaiting(event, state)
        case .configurationAdopted(let adopted): try write(adopted)
        case .patientAdded(let patient), .patientDetailsChanged(let patient): try write(patient, by: number)
        case .patientsImported(let patients): for patient in patients { try write(patient, by: number) }
        case .templateRecorded(let template):
            try run(
                "INSERT INTO template (id, regimen, name, event) VALUES (?, ?, ?, ?)",
                [template.id.text, template.regimen.id.text, template.regimen.name, number])
        case .timeOffAdded(let absence):
            let interval = absence.timeOff.interval
            try run(
                "INSERT INTO time_off (id, person, start, until) VALUES (?, ?, ?, ?)",
                [absence.id.text, absence.timeOff.person.text, interval.from, interval.until])
        case .timeOffRemoved(let absence): try run("DELETE FROM time_off WHERE id = ?", [absence.id.text])
        case .outageAdded(let outage):
            let interval = outage.outage.interval
            try run(
                "INSERT INTO chair_outage (id, chair, start, until) VALUES (?, ?, ?, ?)",
                [outage.id.text, outage.outage.chair.text, interval.from, interval.until])
        case .outageRemoved(let outage): try run("DELETE FROM chair_outage WHERE id = ?", [outage.id.text])
        case .closureAdded(let dated):
            try run(
                "INSERT INTO closure (id, from_day, through_day, hours) VALUES (?, ?, ?, ?)",
                [
                    dated.id.text, dated.closure.from.description, dated.closure.through.description,
                    dated.closure.hours?.clockWindow,
                ])
        case .closureRemoved(let closure): try run("DELETE FROM closure WHERE id = ?", [closure.id.text])
        case .openingAdded(let dated):
            try run(
                "INSERT INTO opening (id, day, hours) VALUES (?, ?, ?)",
                [dated.id.text, dated.opening.day.description, dated.opening.hours.clockWindow])
        case .openingRemoved(let opening): try run("DELETE FROM opening WHERE id = ?", [opening.id.text])
        case .shiftAdded(let dated):
            try run(
                "INSERT INTO extra_shift (id, person, day, hours) VALUES (?, ?, ?, ?)",
                [
                    dated.id.text, dated.shift.person.text, dated.shift.day.description,
                    dated.shift.hours.clockWindow,
                ])
        case .shiftRemoved(let dated): try run("DELETE FROM extra_shift WHERE id = ?", [dated.id.text])
        }
    }

    private func write(_ patient: PatientID, by event: Int) throws {
        try run(
            """
            INSERT INTO patient (id, details_event) VALUES (?, ?)
            ON CONFLICT (id) DO UPDATE SET details_event = excluded.details_event
            """, [patient.text, event])
    }

    private func write(_ adopted: ConfigurationAdopted) throws {
        let facility = adopted.configuration.facility
        for (position, chair) in (facility.chairs + adopted.retired.chairs).enumerated() {
            try run(
                """
                INSERT INTO chair (id, position, features, retired) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET position = excluded.position, features = excluded.features,
                    retired = excluded.retired
                """,
                [
                    chair.id.text, position, JSONValue.array(chair.features.sorted().map { .string($0) }).text(),
                    position >= facility.chairs.count,
                ])
        }
        for (position, person) in (facility.staff + adopted.retired.staff).enumerated() {
            try run(
                """
                INSERT INTO person (id, position, name, roles, capacity, retired) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name,
                    roles = excluded.roles, capacity = excluded.capacity, retired = excluded.retired
                """,
                [
                    person.id.text, position, person.name,
                    JSONValue.array(person.roles.sorted().map { .string($0) }).text(), person.capacityPercent,
                    position >= facility.staff.count,
                ])
        }
    }

    /// All booking rows of a set of changes are removed before any is written, so that visits can swap their places. A
    /// course's visits are new where it is booked, and have none.
    private func writeBookings(of events: [Event], _ state: ClinicState) throws {
        let visits = unique(events.flatMap(\.visits))
        for visit in unique(events.filter { $0.kind != .courseBooked }.flatMap(\.visits)) {
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
            ON CONFLICT (id) DO UPDATE SET template = excluded.template, status = excluded.status,
                usual = excluded.usual, wish = excluded.wish, changed_by = excluded.changed_by,
                progress = excluded.progress
            """,
            [
                course.id.text, course.patient.text, course.template.id.text, course.status.rawValue,
                course.usual.map(clockText), course.wish.payload.text(), course.bookedBy, course.bookedAt.seconds,
                course.changedBy, course.progress.storedPayload?.text(),
            ])
    }

    private func writeFrame(_ events: [RecordedEvent], _ state: ClinicState) throws {
        let configuration = events.last { $0.event.kind == .configurationAdopted }?.number
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
