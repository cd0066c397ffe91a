package import Clinic
import Foundation
import GRDB
package import Planning
import StrictJSON

extension Store {
    /// The clinic's state from the tables: open courses, those of which a patient is still to be told something, and
    /// those with a visit on `day` or later, with all their visits. It equals the state that all events give, trimmed
    /// from the same day.
    package func load(from day: Day) throws(StoreError) -> ClinicState {
        try read { database in
            var loading = Loading.checking(database)
            return try loading.state(from: day)
        }
    }

    /// A course with all its visits, open or closed, to be admitted to a state that does not hold it.
    package func course(_ id: CourseID) throws(StoreError) -> (course: Course, visits: [Visit])? {
        try read { try Loading.checking($0).course(id) }
    }

    /// The course of a visit.
    package func course(of visit: VisitID) throws(StoreError) -> CourseID? {
        try read { try Loading(database: $0).course(of: visit) }
    }

    /// A day's visits, whatever their status, ascending by start; for days before those that a state holds.
    package func visits(on day: Day) throws(StoreError) -> [Visit] {
        try read { database in
            let loading = Loading.checking(database)
            let templates = try loading.templates()
            let courses = try loading.courses(
                "id IN (SELECT course FROM visit WHERE day = :day)", ["day": day.description],
                templates: templates.byID)
            let byID = Dictionary(courses.map { ($0.id, $0) }) { first, _ in first }
            return try loading.visits("day = :day", ["day": day.description], courses: { byID[$0] })
                .sorted { ($0.place.minute, $0.id.number) < ($1.place.minute, $1.id.number) }
        }
    }

    /// All courses of a patient, open or closed, in the order in which they were booked.
    package func courses(of patient: PatientID) throws(StoreError) -> [CourseID] {
        try read { try Loading(database: $0).courses(of: patient) }
    }

    /// Courses that are over, ascending, at most so many with greater numbers than one.
    package func closedCourses(
        _ status: CourseStatus?, after number: Int, limit: Int
    ) throws(StoreError) -> [CourseID] {
        try read { database in
            try String.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT id FROM course
                        WHERE status IN ('completed', 'ceased') AND status = coalesce(?, status)
                            AND CAST(substr(id, 2) AS INTEGER) > ?
                        ORDER BY CAST(substr(id, 2) AS INTEGER) LIMIT ?
                        """),
                arguments: [status?.rawValue, number, limit]
            ).map { CourseID($0) }
        }
    }
}

/// Reads rows back into values. What a row holds that this program does not write is thrown as damage: it may be any
/// file's row.
struct Loading {
    let database: Database
    /// The last numbers given: no id has a greater one.
    var given = Counters.any
    /// Whether a visit's instant has to fit the start promised, and its phase the course; not so for rows made by hand.
    var checksAll = false

    /// Of which courses a state holds every visit: open ones, those of which a patient is still to be told something,
    /// and those of which a form of a visit that was given is owed.
    static let isWhole = """
        (status IN ('active', 'onHold') OR id IN (SELECT course FROM visit WHERE needs_call = 1)
            OR id IN (SELECT course FROM visit WHERE former_patients IS NOT NULL)
            OR id IN (\(owingForms)))
        """

    /// The courses that are over and of which a form of a visit that was given is not done. The forms of a visit type
    /// are those of the course's template.
    private static let owingForms = """
        WITH form AS MATERIALIZED (
            SELECT template.id AS template, json_extract(type.value, '$.id') AS type,
                json_extract(task.value, '$.name') AS name
            FROM template JOIN event ON event.number = template.event,
                json_each(event.payload, '$.visitTypes') AS type, json_each(type.value, '$.tasks') AS task)
        SELECT closed.id
        FROM form JOIN course AS closed ON closed.template = form.template AND closed.status IN ('completed', 'ceased')
            JOIN visit AS given
                ON given.course = closed.id AND given.status = 'completed' AND given.type = form.type
        WHERE NOT EXISTS (
            SELECT 1 FROM json_each(closed.progress, '$.doneTasks') AS done
            WHERE done.value = given.id || '/' || form.name)
        """

    /// The state from a day on; see `Store.load`.
    mutating func state(from day: Day) throws -> ClinicState {
        let frame = try frame()
        given = frame.counters
        try checkNumbers()
        var state = ClinicState(frame)
        for patient in try patients() { state.admit(patient) }
        let templates = try templates()
        for template in templates { state.admit(template) }
        let wanted = "(SELECT id FROM course WHERE \(Loading.isWhole) UNION SELECT course FROM visit WHERE day >= :day)"
        let courses = try courses("id IN \(wanted)", ["day": day.description], templates: templates.byID)
        for course in courses {
            guard state.patient(course.patient) != nil else {
                throw StoreError.unreadableRow(
                    table: "course", key: course.id.text, why: "patient is \(course.patient), who is not there")
            }
            state.admit(course)
        }
        let known = state
        for visit in try visits("course IN \(wanted)", ["day": day.description], courses: { known.course($0) }) {
            state.admit(visit)
        }
        return state
    }

    /// A clinic's database, of which everything is checked.
    static func checking(_ database: Database) -> Loading { Loading(database: database, checksAll: true) }

    func patients() throws -> [Patient] {
        try rows("SELECT id, details_event, closed, merged_into FROM patient", of: "patient").map { row in
            Patient(
                id: try row.id(0, PatientID.self, "p", through: given.patient), detailsEvent: try row.integer(1),
                standing: try standing(row))
        }
    }

    private func standing(_ row: StoredRow) throws(StoreError) -> PatientStanding {
        let other = try row.optionalID(3, PatientID.self, "p", through: given.patient)
        if let other { return .merged(into: other) }
        guard let text = try row.optionalText(2) else { return .open }
        guard let reason = ClosingReason(rawValue: text) else { throw row.damage(2, "is no reason") }
        return .closed(reason)
    }

    /// Templates in the order of their numbers.
    func templates(_ condition: String = "true", _ arguments: StatementArguments = [:]) throws -> [Template] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, event FROM template WHERE \(condition) ORDER BY event", arguments: arguments)
        return try rows.map { row in
            let row = StoredRow(row, of: "template")
            let id = try row.id(0, TemplateID.self, "r", through: given.template)
            let number = try row.integer(1)
            guard case .course(.templateRecorded(let template)) = try event(number).event, template.id == id else {
                throw row.damage(1, "is \(number), an event that does not record it")
            }
            return template
        }
    }

    /// Courses in the order of their numbers, each with the ids of all its visits.
    func courses(
        _ condition: String, _ arguments: StatementArguments, templates: [TemplateID: Template]
    ) throws -> [Course] {
        // Row by row: a clinic's start reads very many, and copies of them would cost more than they do.
        let listed = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, course, number FROM visit WHERE course IN (SELECT id FROM course WHERE \(condition))
                """, arguments: arguments)
        var numbered: [String: [(number: Int, id: VisitID)]] = [:]
        while let row = try listed.next() {
            let row = StoredRow(row, of: "visit")
            let id = try row.id(0, VisitID.self, "v", through: given.visit)
            numbered[try row.text(1), default: []].append((try row.integer(2), id))
        }
        // Visits that make up for lost ones have their numbers.
        let visits = numbered.mapValues { visits in
            visits.sorted { ($0.number, $0.id.number) < ($1.number, $1.id.number) }.map(\.id)
        }
        return try Row.fetchAll(
            database,
            sql: """
                SELECT id, patient, template, status, usual, wish, booked_by, booked_at, changed_by, progress
                FROM course
                WHERE \(condition)
                """, arguments: arguments
        ).map { try course(StoredRow($0, of: "course"), templates) { visits[$0.text] ?? [] } }
            .sorted { $0.id.number < $1.id.number }
    }

    private func course(
        _ row: StoredRow, _ templates: [TemplateID: Template], visits: (CourseID) -> [VisitID]
    ) throws(StoreError) -> Course {
        guard let template = templates[try row.name(2, TemplateID.self)] else {
            throw row.damage(2, "names a template that is not there")
        }
        guard let status = CourseStatus(rawValue: try row.text(3)) else { throw row.damage(3, "is no status") }
        let usual = try row.optionalText(4)
        guard usual == nil || usual.flatMap({ clockMinute($0) }) != nil else { throw row.damage(4, "is no time") }
        let id = try row.id(0, CourseID.self, "c", through: given.course)
        let course = Course(
            id: id, patient: try row.id(1, PatientID.self, "p"), template: template,
            wish: try row.json(5, CourseWish.init(payload:)), status: status, visits: visits(id),
            usual: usual.flatMap { clockMinute($0) }, bookedBy: try row.integer(6), bookedAt: try row.instant(7),
            changedBy: try row.integer(8),
            progress: try row.optionalJSON(9, CourseProgress.init(payload:)) ?? CourseProgress())
        if let flaw = course.wish.flaw { throw row.damage(5, flaw) }
        if let flaw = course.progress.flaw { throw row.damage(9, flaw) }
        return course
    }

    /// Visits of courses that the function knows.
    func visits(
        _ condition: String, _ arguments: StatementArguments, courses: (CourseID) -> Course?
    ) throws -> [Visit] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, course, patient, number, phase, type, status, status_detail, status_reason, day, start,
                    minute, chair, persons, handovers, heard, pinned, overrides, terms, taken_back, forgone,
                    facts, latest_day, asked, former_patients
                FROM visit WHERE \(condition)
                """, arguments: arguments)
        var visits: [Visit] = []
        while let row = try rows.next() {
            let row = StoredRow(row, of: "visit")
            guard let course = courses(CourseID(try row.text(1))) else {
                throw row.damage(1, "names a course that is not there")
            }
            visits.append(try visit(row, of: course))
        }
        return visits
    }

    /// An event by its number.
    func event(_ number: Int) throws -> RecordedEvent {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT \(EventRow.columns) FROM event WHERE number = ?", arguments: [number])
        else { throw StoreError.unreadable(event: number, "it is not there") }
        return try StoredEvent(row).recorded()
    }

    /// A course with all its visits, open or closed.
    func course(_ id: CourseID) throws -> (course: Course, visits: [Visit])? {
        let templates = try templates("id = (SELECT template FROM course WHERE id = :id)", ["id": id.text])
        let courses = try courses("id = :id", ["id": id.text], templates: templates.byID)
        guard let course = courses.first else { return nil }
        return (course, try visits("course = :id", ["id": id.text], courses: { _ in course }))
    }

    func course(of visit: VisitID) throws -> CourseID? {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT course FROM visit WHERE id = ?"), arguments: [visit.text]
        ).map { CourseID($0) }
    }

    func rows(_ sql: String, of table: String) throws -> [StoredRow] {
        try Row.fetchAll(database, sql: sql).map { StoredRow($0, of: table) }
    }
}

extension [Template] {
    /// By their ids, of which none stands twice.
    fileprivate var byID: [TemplateID: Template] { Dictionary(map { ($0.id, $0) }) { first, _ in first } }
}
