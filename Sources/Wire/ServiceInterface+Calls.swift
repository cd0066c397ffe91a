package import Planning
package import StrictJSON

/// A problem of a configuration file.
package struct ProblemMessage: WireValue {
    /// Where, as staff[3].shifts[0].hours.
    package var path: String
    /// What is wrong, with the value and what is allowed.
    package var message: String
    /// What may have been meant.
    package var hint: String?

    /// The values of its fields.
    package init(path: String, message: String, hint: String? = nil) {
        self.path = path
        self.message = message
        self.hint = hint
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let path: String? = fields.required("path")
        let message: String? = fields.required("message")
        let hint: String? = fields.nullable("hint")
        guard let path, let message else { return nil }
        self.init(path: path, message: message, hint: hint)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("path", path.json), ("message", message.json), ("hint", hint?.json)])
    }
}

/// A booked visit that breaks a rule of the configuration now in force. It stays booked.
package struct BreachMessage: WireValue {
    /// Whose it is.
    package var visit: String
    /// Whose it is.
    package var course: String
    /// When it starts.
    package var start: ZonedInstant
    /// The first rule that it breaks.
    package var rule: String

    /// The values of its fields.
    package init(visit: String, course: String, start: ZonedInstant, rule: String) {
        self.visit = visit
        self.course = course
        self.start = start
        self.rule = rule
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let visit: String? = fields.required("visit")
        let course: String? = fields.required("course")
        let start: ZonedInstant? = fields.required("start")
        let rule: String? = fields.required("rule")
        guard let visit, let course, let start, let rule else { return nil }
        self.init(visit: visit, course: course, start: start, rule: rule)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("visit", visit.json), ("course", course.json), ("start", start.json), ("rule", rule.json)])
    }
}

extension ServiceInterface {
    /// How the daemon is. Counts only, nothing about anyone.
    package struct Status: WireCall {
        /// The full name of the method.
        package static let method = ServiceInterface.member("Status")

        /// The values of its fields.
        package init() {
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            self.init()
        }

        /// The object as it is sent.
        package var object: JSONObject {
            JSONObject()
        }

        /// What Status answers.
        package struct Reply: WireValue {
            /// The clinic's name.
            package var clinic: String
            /// The daemon's version.
            package var version: String
            /// The clinic's time zone.
            package var timeZone: String
            /// The present instant by the daemon's clock.
            package var now: ZonedInstant
            /// The clinic's day.
            package var today: Day
            /// Whether the clock is simulated.
            package var simulated: Bool
            /// When the daemon started, by its clock.
            package var startedAt: ZonedInstant
            /// What the caller may do: viewer, scheduler, clinician or admin.
            package var role: String
            /// The number of the last event.
            package var lastEvent: Int
            /// The number of the last event that the journal has been told of, if it concerns the journal.
            package var journalThrough: Int?
            /// How many patients are known.
            package var patients: Int
            /// How many courses are active.
            package var coursesActive: Int
            /// How many visits from today on have a place.
            package var visitsAhead: Int
            /// How many proposals are kept in memory.
            package var proposals: Int
            /// How many connections are open.
            package var connections: Int
            /// The version of the database library.
            package var sqliteVersion: String
            /// The last day for which the calendar has been derived.
            package var calendarThrough: Day

            /// The values of its fields.
            package init(
                clinic: String, version: String, timeZone: String, now: ZonedInstant, today: Day,
                simulated: Bool, startedAt: ZonedInstant, role: String, lastEvent: Int,
                journalThrough: Int? = nil, patients: Int, coursesActive: Int, visitsAhead: Int, proposals: Int,
                connections: Int, sqliteVersion: String, calendarThrough: Day
            ) {
                self.clinic = clinic
                self.version = version
                self.timeZone = timeZone
                self.now = now
                self.today = today
                self.simulated = simulated
                self.startedAt = startedAt
                self.role = role
                self.lastEvent = lastEvent
                self.journalThrough = journalThrough
                self.patients = patients
                self.coursesActive = coursesActive
                self.visitsAhead = visitsAhead
                self.proposals = proposals
                self.connections = connections
                self.sqliteVersion = sqliteVersion
                self.calendarThrough = calendarThrough
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let clinic: String? = fields.required("clinic")
                let version: String? = fields.required("version")
                let timeZone: String? = fields.required("timeZone")
                let now: ZonedInstant? = fields.required("now")
                let today: Day? = fields.required("today")
                let simulated: Bool? = fields.required("simulated")
                let startedAt: ZonedInstant? = fields.required("startedAt")
                let role: String? = fields.required("role")
                let lastEvent: Int? = fields.required("lastEvent")
                let journalThrough: Int? = fields.nullable("journalThrough")
                let patients: Int? = fields.required("patients")
                let coursesActive: Int? = fields.required("coursesActive")
                let visitsAhead: Int? = fields.required("visitsAhead")
                let proposals: Int? = fields.required("proposals")
                let connections: Int? = fields.required("connections")
                let sqliteVersion: String? = fields.required("sqliteVersion")
                let calendarThrough: Day? = fields.required("calendarThrough")
                guard let clinic, let version, let timeZone, let now, let today, let simulated, let startedAt,
                    let role, let lastEvent, let patients, let coursesActive, let visitsAhead, let proposals,
                    let connections, let sqliteVersion, let calendarThrough
                else { return nil }
                self.init(
                    clinic: clinic, version: version, timeZone: timeZone, now: now, today: today,
                    simulated: simulated, startedAt: startedAt, role: role, lastEvent: lastEvent,
                    journalThrough: journalThrough, patients: patients, coursesActive: coursesActive,
                    visitsAhead: visitsAhead, proposals: proposals, connections: connections,
                    sqliteVersion: sqliteVersion, calendarThrough: calendarThrough)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("clinic", clinic.json), ("version", version.json), ("timeZone", timeZone.json),
                    ("now", now.json), ("today", today.json), ("simulated", simulated.json),
                    ("startedAt", startedAt.json), ("role", role.json), ("lastEvent", lastEvent.json),
                    ("journalThrough", journalThrough?.json), ("patients", patients.json),
                    ("coursesActive", coursesActive.json), ("visitsAhead", visitsAhead.json),
                    ("proposals", proposals.json),
                    ("connections", connections.json), ("sqliteVersion", sqliteVersion.json),
                    ("calendarThrough", calendarThrough.json),
                ])
            }
        }
    }
}

extension ServiceInterface {
    /// Checks the database file, rebuilds every table from the events and compares. Takes a while.
    package struct Verify: WireCall {
        /// The full name of the method.
        package static let method = ServiceInterface.member("Verify")

        /// The values of its fields.
        package init() {
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            self.init()
        }

        /// The object as it is sent.
        package var object: JSONObject {
            JSONObject()
        }

        /// What Verify answers.
        package struct Reply: WireValue {
            /// Whether everything agrees.
            package var sound: Bool
            /// How many events were read.
            package var events: Int
            /// What does not agree; ids only.
            package var problems: [String]

            /// The values of its fields.
            package init(sound: Bool, events: Int, problems: [String]) {
                self.sound = sound
                self.events = events
                self.problems = problems
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let sound: Bool? = fields.required("sound")
                let events: Int? = fields.required("events")
                let problems: [String]? = fields.required("problems")
                guard let sound, let events, let problems else { return nil }
                self.init(sound: sound, events: events, problems: problems)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("sound", sound.json), ("events", events.json), ("problems", problems.json)])
            }
        }
    }
}

extension ServiceInterface {
    /// Reads the configuration file again. No booked visit changes.
    package struct Reload: WireCall {
        /// The full name of the method.
        package static let method = ServiceInterface.member("Reload")

        /// The values of its fields.
        package init() {
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            self.init()
        }

        /// The object as it is sent.
        package var object: JSONObject {
            JSONObject()
        }

        /// What Reload answers.
        package struct Reply: WireValue {
            /// Whether anything that planning knows is different.
            package var changed: Bool
            /// The number of the event that records the new configuration; null where nothing changed.
            package var event: Int?
            /// Ids that vanished from the file but are in use; they are kept, retired.
            package var retired: [String]
            /// Visits that now break a rule.
            package var breaches: [BreachMessage]

            /// The values of its fields.
            package init(changed: Bool, event: Int? = nil, retired: [String], breaches: [BreachMessage]) {
                self.changed = changed
                self.event = event
                self.retired = retired
                self.breaches = breaches
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let changed: Bool? = fields.required("changed")
                let event: Int? = fields.nullable("event")
                let retired: [String]? = fields.required("retired")
                let breaches: [BreachMessage]? = fields.required("breaches")
                guard let changed, let retired, let breaches else { return nil }
                self.init(changed: changed, event: event, retired: retired, breaches: breaches)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("changed", changed.json), ("event", event?.json), ("retired", retired.json),
                    ("breaches", breaches.json),
                ])
            }
        }
    }
}

extension ServiceInterface {
    /// Reads the clock.
    package struct GetClock: WireCall {
        /// The full name of the method.
        package static let method = ServiceInterface.member("GetClock")

        /// The values of its fields.
        package init() {
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            self.init()
        }

        /// The object as it is sent.
        package var object: JSONObject {
            JSONObject()
        }

        /// What GetClock answers.
        package struct Reply: WireValue {
            /// The present instant.
            package var now: ZonedInstant
            /// Whether it moves only when advanced.
            package var simulated: Bool

            /// The values of its fields.
            package init(now: ZonedInstant, simulated: Bool) {
                self.now = now
                self.simulated = simulated
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let now: ZonedInstant? = fields.required("now")
                let simulated: Bool? = fields.required("simulated")
                guard let now, let simulated else { return nil }
                self.init(now: now, simulated: simulated)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("now", now.json), ("simulated", simulated.json)])
            }
        }
    }
}

extension ServiceInterface {
    /// Moves a simulated clock forward, stopping at every instant at which something is due.
    package struct AdvanceClock: WireCall {
        /// The full name of the method.
        package static let method = ServiceInterface.member("AdvanceClock")

        /// The instant to move to.
        package var until: ZonedInstant?
        /// By how many minutes to move; exactly one of the two.
        package var minutes: Int?

        /// The values of its fields.
        package init(until: ZonedInstant? = nil, minutes: Int? = nil) {
            self.until = until
            self.minutes = minutes
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let until: ZonedInstant? = fields.nullable("until")
            let minutes: Int? = fields.nullable("minutes")
            self.init(until: until, minutes: minutes)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("until", until?.json), ("minutes", minutes?.json)])
        }

        /// What AdvanceClock answers.
        package struct Reply: WireValue {
            /// The instant reached.
            package var now: ZonedInstant
            /// The due instants on the way, in order.
            package var stops: [ZonedInstant]

            /// The values of its fields.
            package init(now: ZonedInstant, stops: [ZonedInstant]) {
                self.now = now
                self.stops = stops
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let now: ZonedInstant? = fields.required("now")
                let stops: [ZonedInstant]? = fields.required("stops")
                guard let now, let stops else { return nil }
                self.init(now: now, stops: stops)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("now", now.json), ("stops", stops.json)])
            }
        }
    }
}
