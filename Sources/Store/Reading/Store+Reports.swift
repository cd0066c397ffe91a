package import Clinic
import Foundation
import GRDB
package import Planning

extension Store {
    /// Reads what a report looks at, from one unchanging view of the database, a day or some courses at a time.
    package func report<Result>(_ body: (ReportSource) throws -> Result) throws(StoreError) -> Result {
        try read { database in
            let loading = Loading.checking(database)
            let templates = try loading.templates()
            return try body(
                ReportSource(
                    loading: loading,
                    templates: Dictionary(templates.map { ($0.id, $0) }) { first, _ in first }))
        }
    }

    /// The days of a stretch that have visits, whatever their status, ascending.
    package func daysWithVisits(from: Day, through: Day) throws(StoreError) -> [Day] {
        try read { database in
            try String.fetchAll(
                database, sql: "SELECT DISTINCT day FROM visit WHERE day BETWEEN ? AND ? ORDER BY day",
                arguments: [from.description, through.description]
            ).compactMap { Day($0) }
        }
    }
}

/// What a report looks at. It is of use only within the body that it was given to.
package struct ReportSource {
    let loading: Loading
    let templates: [TemplateID: Template]

    /// What the tables hold beside patients, templates, courses and visits.
    package func frame() throws -> ClinicTables { try loading.frame() }

    /// The configurations that were ever in force, each with when it came into force, oldest first.
    package func configurations() throws -> [(since: Instant, configuration: ClinicConfiguration)] {
        try Row.fetchAll(
            loading.database,
            sql: "SELECT \(EventRow.columns) FROM event WHERE kind = 'configurationAdopted' ORDER BY number"
        ).compactMap { row in
            let recorded = try StoredEvent(row).recorded()
            guard case .configuration(.adopted(let adopted)) = recorded.event else { return nil }
            return (recorded.at, adopted.configuration)
        }
    }

    /// A day's visits, whatever their status, ascending by start.
    package func visits(on day: Day) throws -> [Visit] {
        try visits("day = :day", ["day": day.description], courses: "SELECT course FROM visit WHERE day = :day")
            .sorted { ($0.place.minute, $0.id.number) < ($1.place.minute, $1.id.number) }
    }

    /// Hands on each course that has a visit on one of some days, with all its visits in the order of their numbers.
    package func eachCourse(from: Day, through: Day, _ body: (Course, [Visit]) throws -> Void) throws {
        let ids = try String.fetchAll(
            loading.database, sql: "SELECT DISTINCT course FROM visit WHERE day BETWEEN ? AND ?",
            arguments: [from.description, through.description])
        let ordered = ids.map { CourseID($0) }.sorted { $0.number < $1.number }
        for start in stride(from: 0, to: ordered.count, by: 200) {
            let some = ordered[start..<min(start + 200, ordered.count)].map(\.text)
            let list = some.map { _ in "?" }.joined(separator: ", ")
            let courses = try loading.courses("id IN (\(list))", StatementArguments(some), templates: templates)
            let known = Dictionary(courses.map { ($0.id, $0) }) { first, _ in first }
            let visits = try loading.visits("course IN (\(list))", StatementArguments(some)) { known[$0] }
            let byID = Dictionary(visits.map { ($0.id, $0) }) { first, _ in first }
            for course in courses { try body(course, course.visits.compactMap { byID[$0] }) }
        }
    }

    /// Events about a course, in order.
    package func events(about course: CourseID) throws -> [RecordedEvent] {
        try Row.fetchAll(
            loading.database,
            sql: """
                SELECT \(EventRow.columns) FROM event WHERE number IN
                    (SELECT event FROM event_subject WHERE kind = 'course' AND id = ?)
                ORDER BY number
                """,
            arguments: [course.text]
        ).map { try StoredEvent($0).recorded() }
    }

    private func visits(
        _ condition: String, _ arguments: StatementArguments, courses: String
    ) throws -> [Visit] {
        let known = try loading.courses("id IN (\(courses))", arguments, templates: templates)
        let byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
        return try loading.visits(condition, arguments) { byID[$0] }
    }
}
