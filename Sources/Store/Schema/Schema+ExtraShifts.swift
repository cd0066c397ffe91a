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
