import Clinic
import GRDB
import Planning

extension Counters {
    /// As if every number were given.
    static let any: Counters = {
        let most = StoredRow.numbers.upperBound
        var counters = Counters()
        (counters.patient, counters.course, counters.visit, counters.template) = (most, most, most, most)
        (counters.absence, counters.outage, counters.closure, counters.opening) = (most, most, most, most)
        (counters.shift, counters.waiting, counters.offer) = (most, most, most)
        return counters
    }()
}

extension Loading {
    /// What the tables hold beside patients, templates, courses and visits.
    func frame() throws -> ClinicTables {
        var frame = ClinicTables()
        let found = try Row.fetchOne(
            database,
            sql: """
                SELECT id, last_event, alerted_through, configuration_event, patient, course, visit, template, absence,
                    outage, closure, opening, shift, waiting, offer
                FROM frame
                """)
        guard let row = found.map({ StoredRow($0, of: "frame") }) else { return frame }
        let most = 0...StoredRow.numbers.upperBound
        frame.lastEvent = try row.integer(1, in: most)
        frame.lastInstant = try event(frame.lastEvent).at
        frame.alertedThrough = try row.optionalInstant(2)
        frame.counters.patient = try row.integer(4, in: most)
        frame.counters.course = try row.integer(5, in: most)
        frame.counters.visit = try row.integer(6, in: most)
        frame.counters.template = try row.integer(7, in: most)
        frame.counters.absence = try row.integer(8, in: most)
        frame.counters.outage = try row.integer(9, in: most)
        frame.counters.closure = try row.integer(10, in: most)
        frame.counters.opening = try row.integer(11, in: most)
        frame.counters.shift = try row.integer(12, in: most)
        frame.counters.waiting = try row.integer(13, in: most)
        frame.counters.offer = try row.integer(14, in: most)
        try readConfiguration(row, into: &frame)
        var loading = self
        loading.given = frame.counters
        try loading.readAvailability(into: &frame)
        try loading.readWaiting(into: &frame)
        return frame
    }

    private func readConfiguration(_ row: StoredRow, into frame: inout ClinicTables) throws {
        let number = try row.optionalInteger(3)
        let last = try Int.fetchOne(
            database,
            sql: """
                SELECT max(number) FROM event JOIN event_subject ON number = event
                WHERE event_subject.kind = 'clinic' AND event_subject.id = '' AND event.kind = 'configurationAdopted'
                """)
        guard number == last else {
            let told = { (number: Int?) in number.map { "event \($0)" } ?? "none" }
            throw row.damage(3, "is \(told(number)), and the last configuration was \(told(last))")
        }
        guard let number else { return }
        guard case .configuration(.adopted(let adopted)) = try event(number).event else {
            throw row.damage(3, "is event \(number), which adopts no configuration")
        }
        frame.configuration = adopted.configuration
        frame.retired = adopted.retired
    }

    /// Numbers of courses and visits that are not loaded: where one is greater than the last given, a new one would
    /// take its place. Rows are made in the order of their numbers, so the last rows tell.
    func checkNumbers() throws {
        for (table, last) in [("course", given.course), ("visit", given.visit)] {
            let greatest = try Int.fetchOne(
                database,
                sql: """
                    SELECT max(CAST(substr(id, 2) AS INTEGER)) FROM
                        (SELECT id FROM \(table) ORDER BY rowid DESC LIMIT 1000)
                    """)
            guard let greatest, greatest > last else { continue }
            throw StoreError.unreadableRow(
                table: "frame", key: "1", why: "\(table) is \(last), though number \(greatest) was given")
        }
    }

    private func readAvailability(into frame: inout ClinicTables) throws {
        frame.absences = try rows("SELECT id, person, start, until FROM time_off", of: "time_off").map { row in
            Absence(
                id: try row.id(0, AbsenceID.self, "t", through: given.absence),
                timeOff: TimeOff(person: try row.name(1, PersonID.self), interval: try row.interval(2, 3)))
        }
        frame.outages = try rows("SELECT id, chair, start, until FROM chair_outage", of: "chair_outage").map { row in
            ChairOutage(
                id: try row.id(0, OutageID.self, "o", through: given.outage),
                outage: Outage(chair: try row.name(1, ChairID.self), interval: try row.interval(2, 3)))
        }
        frame.closures = try rows(
            "SELECT id, from_day, through_day, hours, reason FROM closure", of: "closure"
        ).map { row in
            let hours = try row.optionalText(3) == nil ? nil : try hours(row, 3)
            let (from, through) = (try row.day(1), try row.day(2))
            guard from <= through else { throw row.damage(2, "is before the first day") }
            return DatedClosure(
                id: try row.id(0, ClosureID.self, "k", through: given.closure),
                closure: Closure(from: from, through: through, hours: hours, reason: try row.optionalText(4)))
        }
        frame.openings = try rows("SELECT id, day, hours, reason FROM opening", of: "opening").map { row in
            DatedOpening(
                id: try row.id(0, OpeningID.self, "x", through: given.opening),
                opening: Opening(day: try row.day(1), hours: try hours(row, 2), reason: try row.optionalText(3)))
        }
        frame.shifts = try rows("SELECT id, person, day, hours FROM extra_shift", of: "extra_shift").map { row in
            DatedShift(
                id: try row.id(0, ShiftID.self, "s", through: given.shift),
                shift: ExtraShift(
                    person: try row.name(1, PersonID.self), day: try row.day(2), hours: try hours(row, 3)))
        }
    }

    private func hours(_ row: StoredRow, _ index: Int) throws(StoreError) -> Interval {
        guard let hours = Interval(clockWindow: try row.text(index)) else { throw row.damage(index, "is no hours") }
        return hours
    }
}
