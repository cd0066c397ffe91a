import Clinic
import GRDB
import Planning

extension Projection {
    /// Writes what an event about staff, chairs or hours changes.
    func write(_ event: AvailabilityEvent) throws {
        switch event {
        case .added(let exception): try insert(exception)
        case .removed(let exception): try run("DELETE FROM \(exception.table) WHERE id = ?", [exception.id])
        }
    }

    private func insert(_ exception: AvailabilityException) throws {
        let (table, id) = (exception.table, exception.id)
        switch exception {
        case .timeOff(let absence):
            let interval = absence.timeOff.interval
            try run(
                "INSERT INTO \(table) (id, person, start, until) VALUES (?, ?, ?, ?)",
                [id, absence.timeOff.person.text, interval.from, interval.until])
        case .outage(let outage):
            let interval = outage.outage.interval
            try run(
                "INSERT INTO \(table) (id, chair, start, until) VALUES (?, ?, ?, ?)",
                [id, outage.outage.chair.text, interval.from, interval.until])
        case .closure(let dated):
            let (from, through) = (dated.closure.from.description, dated.closure.through.description)
            try run(
                "INSERT INTO \(table) (id, from_day, through_day, hours, reason) VALUES (?, ?, ?, ?, ?)",
                [id, from, through, dated.closure.hours?.clockWindow, dated.closure.reason])
        case .opening(let dated):
            try run(
                "INSERT INTO \(table) (id, day, hours, reason) VALUES (?, ?, ?, ?)",
                [
                    id, dated.opening.day.description, dated.opening.hours.clockWindow, dated.opening.reason,
                ])
        case .shift(let dated):
            try run(
                "INSERT INTO \(table) (id, person, day, hours) VALUES (?, ?, ?, ?)",
                [id, dated.shift.person.text, dated.shift.day.description, dated.shift.hours.clockWindow])
        }
    }
}

extension AvailabilityException {
    /// The table that has it while it is in force.
    fileprivate var table: String {
        switch self {
        case .timeOff: "time_off"
        case .outage: "chair_outage"
        case .closure: "closure"
        case .opening: "opening"
        case .shift: "extra_shift"
        }
    }
}
