import GRDB

/// The database's form. Migrations are numbered from 1 by their place here; `user_version` is the number of the last.
/// One that was released is never changed, only followed by another.
enum Schema {
    /// Marks files of this program, in SQLite's `application_id`: "InfD".
    static let applicationID: Int32 = 0x496E_6644

    /// Minutes that a chair's hold and a run of equal load last at most; they bound what the triggers look at.
    static let longestHoldMinutes = 2880

    static let migrations: [String] = [
        first, second, extraShifts, waitingList, numbersGiven, heard, askedPlaces, exceptionReasons, patientStandings,
        formerPatients,
    ]

    /// The number of the last migration that a database has had; 0 for an empty one.
    static func version(of database: Database) throws -> Int {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found >= 0 else { throw StoreError.corrupt("its schema has the number \(found), which none has") }
        guard found <= migrations.count else {
            throw StoreError.newerSchema(found: found, known: migrations.count)
        }
        return found
    }

    /// Brings an empty or older database to the newest form, one transaction a migration.
    static func migrate(_ database: Database) throws {
        let found = try version(of: database)
        for (index, sql) in migrations.enumerated().dropFirst(found) {
            try database.inTransaction(.immediate) {
                try database.execute(sql: sql)
                if sql == patientStandings { try fillRecordKeys(database) }
                try database.execute(sql: "PRAGMA user_version = \(index + 1)")
                return .commit
            }
        }
    }

    /// The tables that follow from the events, parents first, with the columns that order their rows.
    static let projections: [(table: String, key: String)] = [
        ("chair", "id"), ("person", "id"), ("template", "id"), ("patient", "id"), ("course", "id"), ("visit", "id"),
        ("chair_booking", "visit"), ("staff_booking", "visit, run"), ("time_off", "id"), ("chair_outage", "id"),
        ("closure", "id"), ("opening", "id"), ("extra_shift", "id"), ("waiting", "id"), ("offer", "id"),
        ("offer_hold", "offer, visit"), ("frame", "id"), ("event_subject", "kind, id, event"),
    ]

    private static let first = record + people + courses + bookings + availability + service + views

    /// What became of courses and visits: the last event about a course, what was learned in it, and each visit's day.
    private static let second = """
        ALTER TABLE course ADD COLUMN changed_by INTEGER NOT NULL DEFAULT 0; -- an event
        ALTER TABLE course ADD COLUMN progress TEXT; -- JSON
        UPDATE course SET changed_by = booked_by;
        ALTER TABLE visit ADD COLUMN needs_call INTEGER NOT NULL DEFAULT 0 CHECK (needs_call IN (0, 1));
        ALTER TABLE visit ADD COLUMN forgone INTEGER NOT NULL DEFAULT 0 CHECK (forgone IN (0, 1));
        ALTER TABLE visit ADD COLUMN facts TEXT; -- JSON
        ALTER TABLE frame ADD COLUMN alerted_through INTEGER; -- seconds since 1970 UTC
        UPDATE frame SET alerted_through = (
            SELECT at FROM event WHERE kind = 'configurationAdopted' ORDER BY number LIMIT 1
        );
        """

    /// Numbers of proposals, by the letters before them: nobody is ever given one twice, though proposals are not kept.
    /// A file in which something has happened before has given some that nobody counted: far fewer than these in one
    /// run, and each run began at 1.
    private static let numbersGiven = """
        CREATE TABLE number_given (
            kind TEXT PRIMARY KEY,
            last INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO number_given (kind, last)
            SELECT column1, 9999 FROM (VALUES ('pr'), ('rp')) WHERE EXISTS (SELECT 1 FROM event);
        """

    /// What patients last heard of visits. What an older program knew of it is read as `Heard` reads it.
    private static let heard = """
        ALTER TABLE visit ADD COLUMN heard TEXT; -- a local time, calledOff, or unsure with the earliest of some
        ALTER TABLE visit ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1));
        UPDATE visit SET heard = substr(start, 1, 16) || CASE WHEN length(start) > 16 THEN ' later' ELSE '' END
            WHERE told = 1 OR needs_call = 1 OR status = 'confirmed';
        UPDATE visit SET heard = 'unsure'
            WHERE needs_call = 1 AND status IN ('tentative', 'confirmed', 'arrived', 'inProgress', 'completed');
        UPDATE visit SET heard = 'unsure ' || heard WHERE needs_call = 0 AND status IN ('cancelled', 'omitted');
        UPDATE visit SET heard = 'calledOff' WHERE needs_call = 0 AND heard IS NOT NULL AND status = 'cancelled'
            AND status_reason IN ('patientRequest', 'patientUnwell', 'transport');
        UPDATE visit SET told = heard IS NOT NULL AND heard NOT LIKE 'unsure%' AND heard <> 'calledOff',
            needs_call = needs_call = 1 AND status IN ('tentative', 'confirmed', 'cancelled', 'omitted');
        CREATE INDEX visit_owed ON visit (course) WHERE needs_call = 1;
        """

    /// What a visit keeps whatever plans it again: the last day of one that makes up for a lost one, and whether
    /// somebody asked for its time.
    private static let askedPlaces = """
        ALTER TABLE visit ADD COLUMN latest_day TEXT;
        ALTER TABLE visit ADD COLUMN asked TEXT CHECK (asked IN ('itself', 'along'));
        """

    /// Whose a visit was before its course was given to somebody else, while they are still to be told.
    private static let formerPatients = """
        ALTER TABLE visit ADD COLUMN former_patients TEXT; -- JSON
        CREATE INDEX visit_given_away ON visit (course) WHERE former_patients IS NOT NULL;
        """

    /// Why the clinic closes or opens beyond what is configured.
    private static let exceptionReasons = """
        ALTER TABLE closure ADD COLUMN reason TEXT;
        ALTER TABLE opening ADD COLUMN reason TEXT;
        """

    private static let record = """
        -- The record: what happened, in order. The tables below follow from it.
        CREATE TABLE event (
            number INTEGER PRIMARY KEY CHECK (number > 0),
            kind TEXT NOT NULL,
            version INTEGER NOT NULL,
            at INTEGER NOT NULL, -- seconds since 1970 UTC
            uid INTEGER NOT NULL,
            user TEXT NOT NULL,
            pid INTEGER NOT NULL,
            role TEXT NOT NULL,
            reason TEXT,
            request TEXT,
            payload TEXT NOT NULL,
            previous BLOB NOT NULL CHECK (length(previous) = 32), -- digest of the row before
            digest BLOB NOT NULL CHECK (length(digest) = 32) -- of this row and previous
        ) STRICT;
        CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN
            SELECT RAISE(ABORT, 'events are never changed');
        END;
        CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN
            SELECT RAISE(ABORT, 'events are never removed');
        END;
        CREATE TRIGGER event_insert BEFORE INSERT ON event
        WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM event) BEGIN
            SELECT RAISE(ABORT, 'events are numbered without a hole');
        END;
        CREATE TABLE event_subject (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            event INTEGER NOT NULL REFERENCES event (number),
            PRIMARY KEY (kind, id, event)
        ) STRICT, WITHOUT ROWID;
        -- What somebody wrote about an event in their own words.
        CREATE TABLE event_note (
            event INTEGER PRIMARY KEY REFERENCES event (number),
            note TEXT NOT NULL
        ) STRICT;
        -- Where the record stands: the last numbers given, the last event, the configuration in force.
        CREATE TABLE frame (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            last_event INTEGER NOT NULL,
            configuration_event INTEGER REFERENCES event (number),
            patient INTEGER NOT NULL, course INTEGER NOT NULL, visit INTEGER NOT NULL, template INTEGER NOT NULL,
            absence INTEGER NOT NULL, outage INTEGER NOT NULL, closure INTEGER NOT NULL, opening INTEGER NOT NULL
        ) STRICT;

        """

    private static let people = """
        CREATE TABLE chair (
            id TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            features TEXT NOT NULL, -- JSON
            retired INTEGER NOT NULL CHECK (retired IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE person (
            id TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            roles TEXT NOT NULL, -- JSON
            capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 100), -- percent
            retired INTEGER NOT NULL CHECK (retired IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE patient (
            id TEXT PRIMARY KEY,
            details_event INTEGER NOT NULL REFERENCES event (number)
        ) STRICT, WITHOUT ROWID;
        -- Who a patient is. Stands nowhere else.
        CREATE TABLE patient_detail (
            patient TEXT PRIMARY KEY REFERENCES patient (id),
            record TEXT NOT NULL UNIQUE,
            name TEXT,
            phone TEXT,
            note TEXT
        ) STRICT;

        """

    private static let courses = """
        CREATE TABLE template (
            id TEXT PRIMARY KEY,
            regimen TEXT NOT NULL,
            name TEXT NOT NULL,
            event INTEGER NOT NULL REFERENCES event (number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE course (
            id TEXT PRIMARY KEY,
            patient TEXT NOT NULL REFERENCES patient (id),
            template TEXT NOT NULL REFERENCES template (id),
            status TEXT NOT NULL CHECK (status IN ('active', 'onHold', 'completed', 'ceased')),
            usual TEXT, -- on the clock
            wish TEXT NOT NULL, -- JSON
            booked_by INTEGER NOT NULL REFERENCES event (number),
            booked_at INTEGER NOT NULL -- seconds since 1970 UTC
        ) STRICT;
        CREATE INDEX course_patient ON course (patient);
        CREATE INDEX course_open ON course (status) WHERE status IN ('active', 'onHold');
        CREATE TABLE course_detail (
            course TEXT PRIMARY KEY REFERENCES course (id),
            payer TEXT NOT NULL
        ) STRICT;
        CREATE TABLE visit (
            id TEXT PRIMARY KEY,
            course TEXT NOT NULL REFERENCES course (id),
            patient TEXT NOT NULL REFERENCES patient (id),
            number INTEGER NOT NULL CHECK (number > 0),
            phase TEXT NOT NULL,
            type TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('tentative', 'confirmed', 'arrived', 'inProgress', 'completed',
                'noShow', 'notTreated', 'cancelled', 'omitted')),
            status_detail TEXT, -- stage, full or partial, what stood in the way, early or late
            status_reason TEXT,
            day TEXT NOT NULL,
            start TEXT NOT NULL, -- as promised, local; with its offset where it is the later of two
            minute INTEGER NOT NULL, -- the same in minutes since 1970 UTC
            chair TEXT NOT NULL REFERENCES chair (id),
            persons TEXT NOT NULL, -- JSON, in the order of the type's labels
            handovers TEXT, -- JSON
            told INTEGER NOT NULL CHECK (told IN (0, 1)),
            pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
            overrides TEXT, -- JSON
            terms TEXT NOT NULL -- JSON
        ) STRICT;
        CREATE INDEX visit_course ON visit (course);
        CREATE INDEX visit_day ON visit (day);

        """

    private static let bookings = """
        -- Who takes what from when until when (half-open, minutes since 1970 UTC). The local times are those of the
        -- clock that runs when the visit starts.
        CREATE TABLE chair_booking (
            visit TEXT PRIMARY KEY REFERENCES visit (id),
            chair TEXT NOT NULL REFERENCES chair (id),
            start INTEGER NOT NULL,
            until INTEGER NOT NULL,
            day TEXT NOT NULL,
            start_local TEXT NOT NULL,
            until_local TEXT NOT NULL,
            CHECK (until > start AND until - start <= \(longestHoldMinutes))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX chair_booking_time ON chair_booking (chair, start, until);
        CREATE TABLE staff_booking (
            visit TEXT NOT NULL REFERENCES visit (id),
            run INTEGER NOT NULL,
            label TEXT NOT NULL,
            person TEXT NOT NULL REFERENCES person (id),
            load INTEGER NOT NULL CHECK (load BETWEEN 0 AND 100), -- percent
            cover INTEGER NOT NULL CHECK (cover IN (0, 1)),
            start INTEGER NOT NULL,
            until INTEGER NOT NULL,
            day TEXT NOT NULL,
            start_local TEXT NOT NULL,
            until_local TEXT NOT NULL,
            PRIMARY KEY (visit, run),
            CHECK (until > start AND until - start <= \(longestHoldMinutes))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX staff_booking_time ON staff_booking (person, start, until, load);

        """ + BookingTriggers.sql

    private static let availability = """
        CREATE TABLE time_off (
            id TEXT PRIMARY KEY,
            person TEXT NOT NULL REFERENCES person (id),
            start INTEGER NOT NULL, -- minutes since 1970 UTC
            until INTEGER NOT NULL CHECK (until > start)
        ) STRICT;
        CREATE TABLE chair_outage (
            id TEXT PRIMARY KEY,
            chair TEXT NOT NULL REFERENCES chair (id),
            start INTEGER NOT NULL, -- minutes since 1970 UTC
            until INTEGER NOT NULL CHECK (until > start)
        ) STRICT;
        CREATE TABLE closure (
            id TEXT PRIMARY KEY,
            from_day TEXT NOT NULL,
            through_day TEXT NOT NULL CHECK (through_day >= from_day),
            hours TEXT -- on the clock; all day where there are none
        ) STRICT;
        CREATE TABLE opening (
            id TEXT PRIMARY KEY,
            day TEXT NOT NULL,
            hours TEXT NOT NULL -- on the clock
        ) STRICT;

        """

    private static let service = """
        -- What was answered to a request, so that its repetition gets the same.
        CREATE TABLE request (
            number INTEGER PRIMARY KEY,
            uid INTEGER NOT NULL,
            id TEXT NOT NULL,
            parameters BLOB NOT NULL CHECK (length(parameters) = 32), -- digest
            answer BLOB NOT NULL,
            at INTEGER NOT NULL, -- seconds since 1970 UTC
            first_event INTEGER REFERENCES event (number),
            last_event INTEGER REFERENCES event (number),
            UNIQUE (uid, id)
        ) STRICT;
        CREATE INDEX request_at ON request (at);
        -- Who read a patient's data.
        CREATE TABLE access_log (
            number INTEGER PRIMARY KEY,
            at INTEGER NOT NULL, -- seconds since 1970 UTC
            uid INTEGER NOT NULL,
            user TEXT NOT NULL,
            pid INTEGER NOT NULL,
            method TEXT NOT NULL,
            patient TEXT NOT NULL REFERENCES patient (id)
        ) STRICT;
        CREATE INDEX access_log_patient ON access_log (patient);
        -- How far each consumer of the record has come.
        CREATE TABLE consumer (
            name TEXT PRIMARY KEY,
            event INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE clinic (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
            last_instant INTEGER, -- where a simulation's clock stands, seconds since 1970 UTC
            clean INTEGER NOT NULL CHECK (clean IN (0, 1)) -- whether it was closed in good order
        ) STRICT;

        """

    /// Moments as text. Not generated columns: VACUUM INTO was seen to fail on a table with one (SQLite 3.40.1).
    private static let views = """
        CREATE VIEW event_text AS SELECT number, strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') AS at, user, role,
            reason, request, kind, payload FROM event;
        CREATE VIEW access_text AS SELECT number, strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') AS at, user, method,
            patient FROM access_log;
        CREATE VIEW time_off_text AS SELECT id, person, strftime('%Y-%m-%dT%H:%MZ', start * 60, 'unixepoch') AS start,
            strftime('%Y-%m-%dT%H:%MZ', until * 60, 'unixepoch') AS until FROM time_off;
        CREATE VIEW chair_outage_text AS SELECT id, chair,
            strftime('%Y-%m-%dT%H:%MZ', start * 60, 'unixepoch') AS start,
            strftime('%Y-%m-%dT%H:%MZ', until * 60, 'unixepoch') AS until FROM chair_outage;
        """
}
