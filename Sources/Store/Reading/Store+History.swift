package import Clinic
import Foundation
import GRDB
package import Planning

extension Store {
    /// The clinic as it was after an event, as far as one course goes: folded from the events about the course and
    /// those that made the clinic what it was; nothing else is read.
    package func state(after event: Int, course: CourseID) throws(StoreError) -> ClinicState {
        try read { try Store.state($0, after: event, courses: [course.text]) }
    }

    /// The clinic as it was after an event, as far as one day goes.
    ///
    /// A course that has a visit on the day after the event either has one there now, or has changed since and named
    /// the day in an event up to then: these courses are folded, each from its own events.
    package func state(after event: Int, day: Day) throws(StoreError) -> ClinicState {
        try read { database in
            let courses = try String.fetchAll(
                database,
                sql: """
                    SELECT course FROM visit WHERE day = :day
                    UNION
                    SELECT id FROM course WHERE changed_by > :event AND booked_by <= :event AND EXISTS (
                        SELECT 1 FROM event_subject JOIN event ON number = event_subject.event
                        WHERE event_subject.kind = 'course' AND event_subject.id = course.id
                            AND event_subject.event <= :event AND instr(payload, :start) > 0)
                    """, arguments: ["day": day.description, "event": event, "start": "\"\(day)T"])
            return try Store.state(database, after: event, courses: courses)
        }
    }

    private static func state(_ database: Database, after event: Int, courses: [String]) throws -> ClinicState {
        var events: [RecordedEvent] = []
        for course in courses {
            events += try recorded(
                database, "number IN (SELECT event FROM event_subject WHERE kind = 'course' AND id = ? AND event <= ?)",
                [course, event])
        }
        events = events.map { $0.restricted(to: Set(courses)) }
        let templates = Set(events.flatMap(\.event.followed).map(\.text))
        for template in templates {
            events += try recorded(
                database, "number = (SELECT event FROM template WHERE id = ?)", [template])
        }
        events += try recorded(
            database,
            """
            number = (SELECT max(number) FROM event JOIN event_subject ON number = event
                WHERE event_subject.kind = 'clinic' AND event_subject.id = '' AND event <= ?
                    AND event.kind = 'configurationAdopted')
            """, [event])
        events += try recorded(
            database,
            """
            number IN (SELECT event FROM event_subject WHERE kind IN ('person', 'chair') AND event <= ?)
                OR (number IN (SELECT event FROM event_subject WHERE kind = 'clinic' AND id = '' AND event <= ?)
                    AND kind IN ('closureAdded', 'closureRemoved', 'openingAdded', 'openingRemoved'))
            """, [event, event])
        var state = ClinicState()
        var last = 0
        for recorded in events.sorted(by: { $0.number < $1.number }) where recorded.number > last {
            if let obstacle = state.obstacle(to: recorded.event) {
                throw StoreError.unreadable(event: recorded.number, obstacle)
            }
            fold(recorded, into: &state)
            last = recorded.number
        }
        return state
    }

    private static func recorded(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [RecordedEvent] {
        try Row.fetchAll(
            database, sql: "SELECT \(EventRow.columns) FROM event WHERE \(condition) ORDER BY number",
            arguments: arguments
        ).map { try StoredEvent($0).recorded() }
    }
}

extension RecordedEvent {
    /// The event without what it changes of other courses: these are not folded, or from their own events.
    fileprivate func restricted(to courses: Set<String>) -> RecordedEvent {
        guard case .repair(.changed(let made)) = event else { return self }
        let own = made.changes.filter { courses.contains($0.course.text) }
        let restricted = ScheduleChanged(
            purpose: made.purpose, day: made.day, changes: own, proposed: made.proposed)
        return RecordedEvent(
            number: number, at: at, caller: caller, reason: reason, request: request,
            event: .repair(.changed(restricted)))
    }
}

extension Event {
    /// The templates that courses follow after it.
    fileprivate var followed: [TemplateID] {
        if case .course(.booked(let booked)) = self { return [booked.template] }
        return courseChanges.map(\.after.template)
    }
}
