package import StrictJSON

extension ClinicInterface {
    /// Says who did what, and who read what of patients, when and why: oldest first, of the newest that were found.
    /// At least one of patient, course, visit, actor and from must be given. What was read is shown to admins only.
    package struct Audit: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Audit")

        /// Only about this patient.
        package var patient: String?
        /// Only about this course.
        package var course: String?
        /// Only about this visit.
        package var visit: String?
        /// Only by this user, by name or number.
        package var actor: String?
        /// Only from then on.
        package var from: ZonedInstant?
        /// Only before then.
        package var until: ZonedInstant?
        /// Whether to show who read (true for admins).
        package var reads: Bool?
        /// Only what comes before this place in the list, as an earlier answer named it.
        package var before: String?
        /// How many at most (50; at most 500).
        package var limit: Int?

        /// The values of its fields.
        package init(
            patient: String? = nil, course: String? = nil, visit: String? = nil, actor: String? = nil,
            from: ZonedInstant? = nil, until: ZonedInstant? = nil, reads: Bool? = nil, before: String? = nil,
            limit: Int? = nil
        ) {
            self.patient = patient
            self.course = course
            self.visit = visit
            self.actor = actor
            self.from = from
            self.until = until
            self.reads = reads
            self.before = before
            self.limit = limit
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let patient: String? = fields.nullable("patient")
            let course: String? = fields.nullable("course")
            let visit: String? = fields.nullable("visit")
            let actor: String? = fields.nullable("actor")
            let from: ZonedInstant? = fields.nullable("from")
            let until: ZonedInstant? = fields.nullable("until")
            let reads: Bool? = fields.nullable("reads")
            let before: String? = fields.nullable("before")
            let limit: Int? = fields.nullable("limit")
            self.init(
                patient: patient, course: course, visit: visit, actor: actor, from: from, until: until, reads: reads,
                before: before, limit: limit)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("patient", patient?.json), ("course", course?.json), ("visit", visit?.json), ("actor", actor?.json),
                ("from", from?.json), ("until", until?.json), ("reads", reads?.json), ("before", before?.json),
                ("limit", limit?.json),
            ])
        }

        /// What Audit answers.
        package struct Reply: WireValue {
            /// Those found.
            package var entries: [AuditEntryMessage]
            /// Whether reads are among them.
            package var reads: Bool
            /// Where the list goes on with older ones; null where there are none.
            package var before: String?

            /// The values of its fields.
            package init(entries: [AuditEntryMessage], reads: Bool, before: String? = nil) {
                self.entries = entries
                self.reads = reads
                self.before = before
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let entries: [AuditEntryMessage]? = fields.required("entries")
                let reads: Bool? = fields.required("reads")
                let before: String? = fields.nullable("before")
                guard let entries, let reads else { return nil }
                self.init(entries: entries, reads: reads, before: before)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("entries", entries.json), ("reads", reads.json), ("before", before?.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Shows a visit as it was at an earlier moment.
    package struct ShowVisitAsOf: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ShowVisitAsOf")
        /// What it answers: what ShowVisit would have answered then.
        package typealias Reply = ClinicInterface.ShowVisit.Reply

        /// The visit's id.
        package var visit: String
        /// The moment: an instant, or an event such as e9120.
        package var asOf: String

        /// The values of its fields.
        package init(visit: String, asOf: String) {
            self.visit = visit
            self.asOf = asOf
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let asOf: String? = fields.required("asOf")
            guard let visit, let asOf else { return nil }
            self.init(visit: visit, asOf: asOf)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("visit", visit.json), ("asOf", asOf.json)])
        }
    }
}

extension ClinicInterface {
    static let auditTypes = """
        # A property that changed.
        type AuditChange (
          # What changed: a visit's or the course's id.
          subject: string,
          # Which of its properties: start, chair, status …
          what: string,
          # How it was; null where it was not there.
          before: ?string,
          # How it is; null where it is no more.
          after: ?string
        )

        # Something that somebody did, or read.
        type AuditEntry (
          # The event's number; null where somebody read.
          event: ?int,
          # When.
          at: string,
          # The user's number.
          uid: int,
          # The user's name.
          user: string,
          # The process.
          pid: int,
          # What the user may do, as it was then; null for reads.
          role: ?string,
          # What was done: courseBooked, visitMoved …; read where somebody read.
          action: string,
          # By which method it was read.
          method: ?string,
          # The patient.
          patient: ?string,
          # The course.
          course: ?string,
          # The visits.
          visits: []string,
          # The visit that the call named.
          about: ?string,
          # What else the action is about: a phase, a rule, a measure, a prerequisite, a task.
          detail: ?string,
          # What fell due, where that is what happened.
          alert: ?Alert,
          # Why.
          reason: ?string,
          # More about why, in somebody's own words.
          note: ?string,
          # The caller's request id.
          request: ?string,
          # The event that this one takes back.
          undoes: ?int,
          # What changed.
          changes: []AuditChange
        )

        """

    static let auditMethods = """
        # Says who did what, and who read what of patients, when and why: oldest first, of the newest that were found.
        # At least one of patient, course, visit, actor and from must be given. What was read is shown to admins only.
        method Audit(
          # Only about this patient.
          patient: ?string,
          # Only about this course.
          course: ?string,
          # Only about this visit.
          visit: ?string,
          # Only by this user, by name or number.
          actor: ?string,
          # Only from then on.
          from: ?string,
          # Only before then.
          until: ?string,
          # Whether to show who read (true for admins).
          reads: ?bool,
          # Only what comes before this place in the list, as an earlier answer named it.
          before: ?string,
          # How many at most (50; at most 500).
          limit: ?int
        ) -> (
          # Those found.
          entries: []AuditEntry,
          # Whether reads are among them.
          reads: bool,
          # Where the list goes on with older ones; null where there are none.
          before: ?string
        )

        # Shows a visit as it was at an earlier moment.
        method ShowVisitAsOf(
          # The visit's id.
          visit: string,
          # The moment: an instant, or an event such as e9120.
          asOf: string
        ) -> (
          # The visit.
          found: Visit,
          # Names of the staff in it, by id.
          people: [string]string,
          # The phase whose gate must open before it can be confirmed; null where none must.
          closedGate: ?string,
          # What it may not start without and is not in place.
          missing: ?[]string,
          # What is to be done that follows from it.
          tasks: ?[]Task
        )

        """
}
