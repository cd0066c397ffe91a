import Clinic
import Planning
import StrictJSON

extension DatedShift {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("person", .string(shift.person.text)), ("day", .string("\(shift.day)")),
            ("hours", .string(shift.hours.clockWindow)))
    }

    init?(payload reader: JSONReader) {
        let read: DatedShift? = reader.object { fields in
            guard let id = fields.identifier("id", ShiftID.self),
                let person = fields.identifier("person", PersonID.self), let day = fields.day("day"),
                let hours = fields.value("hours", { $0.window() })
            else { return nil }
            return DatedShift(id: id, shift: ExtraShift(person: person, day: day, hours: hours))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Schema {
    /// Shifts that people work beyond their patterns.
    static let extraShifts = """
        ALTER TABLE frame ADD COLUMN shift INTEGER NOT NULL DEFAULT 0; -- the last number given to an extra shift
        CREATE TABLE extra_shift (
            id TEXT PRIMARY KEY,
            person TEXT NOT NULL REFERENCES person (id),
            day TEXT NOT NULL,
            hours TEXT NOT NULL -- on the clock
        ) STRICT;
        """
}
