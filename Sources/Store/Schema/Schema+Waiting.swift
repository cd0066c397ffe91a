extension Schema {
    /// Who waits for a place, and the places that are held for them: the database refuses a chair to anybody else while
    /// it is offered, as it refuses one that is booked.
    static let waitingList = """
        ALTER TABLE frame ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE frame ADD COLUMN offer INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE waiting (
            id TEXT PRIMARY KEY,
            course TEXT NOT NULL REFERENCES course (id),
            patient TEXT NOT NULL REFERENCES patient (id),
            visit TEXT, -- any of the course where there is none
            earlier INTEGER NOT NULL CHECK (earlier IN (0, 1)),
            windows TEXT, -- JSON
            since INTEGER NOT NULL, -- seconds since 1970 UTC
            declined TEXT -- JSON, minutes since 1970 UTC
        ) STRICT;
        CREATE TABLE offer (
            id TEXT PRIMARY KEY,
            entry TEXT NOT NULL REFERENCES waiting (id),
            course TEXT NOT NULL REFERENCES course (id),
            patient TEXT NOT NULL REFERENCES patient (id),
            until INTEGER NOT NULL, -- seconds since 1970 UTC
            moves TEXT NOT NULL, -- JSON
            gain TEXT NOT NULL -- JSON
        ) STRICT;
        CREATE TABLE offer_hold (
            offer TEXT NOT NULL REFERENCES offer (id),
            visit TEXT NOT NULL,
            chair TEXT NOT NULL REFERENCES chair (id),
            start INTEGER NOT NULL, -- minutes since 1970 UTC
            until INTEGER NOT NULL,
            PRIMARY KEY (offer, visit),
            CHECK (until > start AND until - start <= \(longestHoldMinutes))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX offer_hold_time ON offer_hold (chair, start, until);

        """ + ["INSERT", "UPDATE"].map { refusal(on: "chair_booking", $0, in: "offer_hold") }.joined()
        + refusal(on: "offer_hold", "INSERT", in: "chair_booking")
        + refusal(on: "offer_hold", "INSERT", in: "offer_hold")

    /// A trigger that refuses a row of one table whose stretch of a chair overlaps one of another.
    private static func refusal(on table: String, _ verb: String, in other: String) -> String {
        """
        CREATE TRIGGER \(table)_\(verb.lowercased())_\(other) BEFORE \(verb) ON \(table)
        WHEN EXISTS (
            SELECT 1 FROM \(other)
            WHERE chair = NEW.chair AND start < NEW.until AND start > NEW.start - \(longestHoldMinutes)
                AND until > NEW.start
        ) BEGIN
            SELECT RAISE(ABORT, 'chair-free: the chair is taken or offered');
        END;

        """
    }
}
