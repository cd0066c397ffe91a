/// The triggers by which the database itself refuses what is physically impossible: a chair twice at a moment, or a
/// person above capacity. They hold whatever the program does.
enum BookingTriggers {
    static var sql: String { chair("INSERT") + chair("UPDATE") + staff("INSERT") + staff("UPDATE") }

    /// Rows that begin too long before the new one cannot reach it, so the index is read over a bounded stretch.
    private static func chair(_ verb: String) -> String {
        """
        CREATE TRIGGER chair_booking_\(verb.lowercased()) BEFORE \(verb) ON chair_booking
        WHEN EXISTS (
            SELECT 1 FROM chair_booking
            WHERE chair = NEW.chair AND start < NEW.until AND start > NEW.start - \(Schema.longestHoldMinutes)
                AND until > NEW.start\(others(verb, "visit <> OLD.visit"))
        ) BEGIN
            SELECT RAISE(ABORT, 'chair-free: the chair is taken');
        END;

        """
    }

    /// The sum of overlapping loads peaks where one of them begins: at the new row's start, or at a start within it.
    private static func staff(_ verb: String) -> String {
        """
        CREATE TRIGGER staff_booking_\(verb.lowercased()) BEFORE \(verb) ON staff_booking
        WHEN NEW.load > 0 AND EXISTS (
            SELECT 1 FROM (
                SELECT NEW.start AS moment
                UNION ALL
                SELECT start FROM staff_booking
                WHERE person = NEW.person AND start > NEW.start AND start < NEW.until\
        \(others(verb, "(visit, run) <> (OLD.visit, OLD.run)"))
            ) AS peak
            WHERE NEW.load + (
                SELECT coalesce(sum(load), 0) FROM staff_booking
                WHERE person = NEW.person AND start <= peak.moment
                    AND start > peak.moment - \(Schema.longestHoldMinutes) AND until > peak.moment\
        \(others(verb, "(visit, run) <> (OLD.visit, OLD.run)"))
            ) > (SELECT capacity FROM person WHERE id = NEW.person)
        ) BEGIN
            SELECT RAISE(ABORT, 'attendant-capacity: the person is above capacity');
        END;

        """
    }

    private static func others(_ verb: String, _ condition: String) -> String {
        verb == "UPDATE" ? " AND \(condition)" : ""
    }
}
