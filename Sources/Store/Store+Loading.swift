package import Clinic
import Foundation
import GRDB
package import Planning
import StrictJSON

extension Store {
    /// The clinic's state from the tables: open courses and those with a visit on `day` or later, with all their visits.
    /// It equals the state that all events give, trimmed from the same day.
    package func load(from day: Day) throws(StoreError) -> ClinicState {
        try read { try Loading(database: $0).state(from: day) }
    }

    /// A course with all its visits, open or closed, to be admitted to a state that does not hold it.
    package func course(_ id: CourseID) throws(StoreError) -> (course: Course, visits: [Visit])? {
        try read { database in
            let loading = Loading(database: database)
            let templates = try loading.templates(
                "id = (SELECT template FROM course WHERE id = :id)", ["id": id.text])
            let courses = try loading.courses(
                "id = :id", ["id": id.text],
                templates: Dictionary(uniqueKeysWithValues: templates.map { ($0.id, $0) }))
            guard let course = courses.first else { return nil }
            return (course, try loading.visits("course = :id", ["id": id.text], courses: { _ in course }))
        }
    }

    /// The course of a visit.
    package func course(of visit: VisitID) throws(StoreError) -> CourseID? {
        try read { database in
            try String.fetchOne(
                database.cachedStatement(sql: "SELECT course FROM visit WHERE id = ?"), arguments: [visit.text]
            ).map { CourseID($0) }
        }
    }

    /// A day's visits, whatever their status, ascending by start; for days before those that a state holds.
    package func visits(on day: Day) throws(StoreError) -> [Visit] {
        try read { database in
            let loading = Loading(database: database)
            let templates = try loading.templates()
            let courses = try loading.courses(
                "id IN (SELECT course FROM visit WHERE day = :day)", ["day": day.description],
                templates: Dictionary(uniqueKeysWithValues: templates.map { ($0.id, $0) }))
            let byID = Dictionary(uniqueKeysWithValues: courses.map { ($0.id, $0) })
            return try loading.visits("day = :day", ["day": day.description], courses: { byID[$0] })
                .sorted { ($0.place.minute, $0.id.number) < ($1.place.minute, $1.id.number) }
        }
    }

    /// All courses of a patient, open or closed, in the order in which they were booked.
    package func courses(of patient: PatientID) throws(StoreError) -> [CourseID] {
        try read { database in
            try String.fetchAll(
                database, sql: "SELECT id FROM course WHERE patient = ?", arguments: [patient.text]
            ).map { CourseID($0) }.sorted { $0.number < $1.number }
        }
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

/// Reads rows back into values.
struct Loading {
    let database: Database

    /// See `Store.load`.
    func state(from day: Day) throws -> ClinicState {
        var state = ClinicState(try frame())
        for patient in try patients() { state.admit(patient) }
        let templates = try self.templates()
        for template in templates { state.admit(template) }
        let wanted = """
            (SELECT id FROM course WHERE status IN ('active', 'onHold') \
            UNION SELECT course FROM visit WHERE day >= :day)
            """
        let courses = try self.courses(
            "id IN \(wanted)", ["day": day.description],
            templates: Dictionary(uniqueKeysWithValues: templates.map { ($0.id, $0) }))
        for course in courses { state.admit(course) }
        let known = state
        let visits = try self.visits(
            "course IN \(wanted)", ["day": day.description], courses: { known.course($0) })
        for visit in visits { state.admit(visit) }
        return state
    }

    func frame() throws -> ClinicFrame {
        var frame = ClinicFrame()
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM frame") else { return frame }
        frame.lastEvent = row["last_event"]
        frame.lastInstant = try Int.fetchOne(
            database, sql: "SELECT at FROM event WHERE number = ?", arguments: [frame.lastEvent]
        ).map { Instant(seconds: $0) }
        frame.alertedThrough = (row["alerted_through"] as Int?).map { Instant(seconds: $0) }
        frame.counters.patient = row["patient"]
        frame.counters.course = row["course"]
        frame.counters.visit = row["visit"]
        frame.counters.template = row["template"]
        frame.counters.absence = row["absence"]
        frame.counters.outage = row["outage"]
        frame.counters.closure = row["closure"]
        frame.counters.opening = row["opening"]
        frame.counters.waiting = row["waiting"]
        frame.counters.offer = row["offer"]
        frame.counters.shift = row["shift"]
        if let number = row["configuration_event"] as Int?,
            case .configurationAdopted(let adopted) = try event(number).event
        {
            frame.configuration = adopted.configuration
            frame.retired = adopted.retired
        }
        try readAvailability(into: &frame)
        try readWaiting(into: &frame)
        return frame
    }

    private func readAvailability(into frame: inout ClinicFrame) throws {
        frame.absences = try rows("SELECT id, person, start, until FROM time_off").map { row in
            Absence(
                id: AbsenceID(row[0] as String),
                timeOff: TimeOff(person: PersonID(row[1] as String), interval: Interval(row[2], row[3])))
        }
        frame.outages = try rows("SELECT id, chair, start, until FROM chair_outage").map { row in
            ChairOutage(
                id: OutageID(row[0] as String),
                outage: Outage(chair: ChairID(row[1] as String), interval: Interval(row[2], row[3])))
        }
        frame.closures = try rows("SELECT id, from_day, through_day, hours FROM closure").map { row in
            guard let from = Day(row[1] as String), let through = Day(row[2] as String) else {
                throw StoreError.unreadableRow(table: "closure", key: row[0])
            }
            let hours = (row[3] as String?).flatMap { Interval(clockWindow: $0) }
            return DatedClosure(
                id: ClosureID(row[0] as String), closure: Closure(from: from, through: through, hours: hours))
        }
        frame.openings = try rows("SELECT id, day, hours FROM opening").map { row in
            guard let day = Day(row[1] as String), let hours = Interval(clockWindow: row[2]) else {
                throw StoreError.unreadableRow(table: "opening", key: row[0])
            }
            return DatedOpening(id: OpeningID(row[0] as String), opening: Opening(day: day, hours: hours))
        }
        frame.shifts = try rows("SELECT id, person, day, hours FROM extra_shift").map { row in
            guard let day = Day(row[2] as String), let hours = Interval(clockWindow: row[3]) else {
                throw StoreError.unreadableRow(table: "extra_shift", key: row[0])
            }
            return DatedShift(
                id: ShiftID(row[0] as String),
                shift: ExtraShift(person: PersonID(row[1] as String), day: day, hours: hours))
        }
    }

    func patients() throws -> [Patient] {
        try rows("SELECT id, details_event FROM patient").map {
            Patient(id: PatientID($0[0] as String), detailsEvent: $0[1])
        }
    }

    /// Templates in the order of their numbers.
    func templates(_ condition: String = "true", _ arguments: StatementArguments = [:]) throws -> [Template] {
        try Int.fetchAll(
            database, sql: "SELECT event FROM template WHERE \(condition) ORDER BY event", arguments: arguments
        ).map { number in
            guard case .templateRecorded(let template) = try event(number).event else {
                throw StoreError.unreadable(event: number, "it records no template")
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
                SELECT course, id, number FROM visit WHERE course IN (SELECT id FROM course WHERE \(condition))
                """, arguments: arguments)
        var numbered: [String: [(number: Int, id: VisitID)]] = [:]
        while let row = try listed.next() {
            numbered[row[0], default: []].append((row[2], VisitID(row[1] as String)))
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
        ).map { row in
            guard let template = templates[TemplateID(row[2] as String)],
                let status = CourseStatus(rawValue: row[3]),
                let wish = try? JSONValue(parsing: row[5] as String).decode(CourseWish.init(payload:)),
                let progress = CourseProgress(stored: row[9])
            else { throw StoreError.unreadableRow(table: "course", key: row[0]) }
            return Course(
                id: CourseID(row[0] as String), patient: PatientID(row[1] as String), template: template, wish: wish,
                status: status, visits: visits[row[0]] ?? [], usual: (row[4] as String?).flatMap { clockMinute($0) },
                bookedBy: row[6], bookedAt: Instant(seconds: row[7]), changedBy: row[8], progress: progress)
        }
        .sorted { $0.id.number < $1.id.number }
    }

    /// Visits of courses that the function knows.
    func visits(
        _ condition: String, _ arguments: StatementArguments, courses: (CourseID) -> Course?
    ) throws -> [Visit] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, course, patient, number, phase, type, status, status_detail, status_reason, day, start,
                    minute, chair, persons, handovers, told, pinned, overrides, terms, needs_call, forgone,
                    facts, latest_day, asked
                FROM visit WHERE \(condition)
                """, arguments: arguments)
        var visits: [Visit] = []
        while let row = try rows.next() {
            guard let course = courses(CourseID(row[1] as String)), let visit = Visit(row, of: course) else {
                throw StoreError.unreadableRow(table: "visit", key: row[0])
            }
            visits.append(visit)
        }
        return visits
    }

    private func event(_ number: Int) throws -> RecordedEvent {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT \(EventRow.columns) FROM event WHERE number = ?", arguments: [number])
        else { throw StoreError.unreadable(event: number, "it is not there") }
        return try EventRow(row).recorded()
    }

    func rows(_ sql: String) throws -> [Row] { try Row.fetchAll(database, sql: sql) }
}

extension Visit {
    /// A row of the columns that `Loading.visits` names, or nil where they make no visit of the course.
    fileprivate init?(_ row: Row, of course: Course) {
        guard let type = course.template.visitType(VisitTypeID(row[5] as String)),
            let status = StoredStatus(name: row[6], detail: row[7], reason: row[8]).status,
            let start = PromisedTime(stored: row[10]),
            let persons = try? JSONValue(parsing: row[13] as String).decode({
                $0.array { $0.identifier(PersonID.self) }
            }),
            let handovers = Visit.handovers(row[14]), let overrides = Visit.overrides(row[17]),
            let terms = try? JSONValue(parsing: row[18] as String).decode(CostTerms.init(payload:)),
            let facts = Visit.facts(row[21])
        else { return nil }
        let latest = (row[22] as String?).map { Day($0) }
        let asked = (row[23] as String?).map { AskedPlace(rawValue: $0) }
        if case .some(.none) = latest { return nil }
        if case .some(.none) = asked { return nil }
        self.init(
            id: VisitID(row[0] as String), course: course.id, patient: PatientID(row[2] as String), number: row[3],
            phase: row[4], visitType: type, status: status,
            place: Place(
                start: start, minute: row[11], chair: ChairID(row[12] as String), persons: persons,
                handovers: handovers),
            told: row[15], pinned: row[16], overrides: overrides, terms: terms, needsCall: row[19],
            isForgone: row[20], facts: facts, latestDay: latest ?? nil, asked: asked ?? nil)
    }

    private static func facts(_ text: String?) -> [Fact]? {
        guard let text else { return [] }
        return try? JSONValue(parsing: text).decode { $0.array(of: Fact.init(payload:)) }
    }

    private static func handovers(_ text: String?) -> [Handover]? {
        guard let text else { return [] }
        return try? JSONValue(parsing: text).decode { $0.array(of: Handover.init(payload:)) }
    }

    private static func overrides(_ text: String?) -> [Rule: Reason.Code]? {
        guard let text else { return [:] }
        return try? JSONValue(parsing: text).decode { [Rule: Reason.Code](payload: $0) }
    }
}

extension CourseProgress {
    fileprivate init?(stored text: String?) {
        guard let text else {
            self.init()
            return
        }
        guard let read = try? JSONValue(parsing: text).decode(CourseProgress.init(payload:)) else { return nil }
        self = read
    }
}

extension PromisedTime {
    /// A start as the table has it: an offset behind it says that it is the later of two.
    fileprivate init?(stored text: String) {
        self.init(text: String(text.prefix(16)), isLater: text.utf8.count > 16)
    }
}
