package import Planning
package import StrictJSON

extension ClinicInterface {
    /// The morning sheet of a day: who comes for the first time, what is missing, what is due, where staff is short.
    package struct Today: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Today")

        /// Which day (today).
        package var day: Planning.Day?
        /// Whether patients' names are wanted (false); they are for schedulers.
        package var names: Bool?

        /// The values of its fields.
        package init(day: Planning.Day? = nil, names: Bool? = nil) {
            self.day = day
            self.names = names
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let day: Planning.Day? = fields.nullable("day")
            let names: Bool? = fields.nullable("names")
            self.init(day: day, names: names)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("day", day?.json), ("names", names?.json)])
        }

        /// What Today answers.
        package struct Reply: WireValue {
            /// The day.
            package var day: Planning.Day
            /// The present instant.
            package var now: ZonedInstant
            /// When the clinic is open.
            package var open: [SpanMessage]
            /// How many visits have a place on it.
            package var visits: Int
            /// How many of them are agreed, under way or given.
            package var confirmed: Int
            /// The first start.
            package var first: ZonedInstant?
            /// The last end.
            package var last: ZonedInstant?
            /// What somebody should know or do, most urgent first.
            package var lines: [SheetLineMessage]

            /// The values of its fields.
            package init(
                day: Planning.Day, now: ZonedInstant, open: [SpanMessage], visits: Int, confirmed: Int,
                first: ZonedInstant? = nil, last: ZonedInstant? = nil, lines: [SheetLineMessage]
            ) {
                self.day = day
                self.now = now
                self.open = open
                self.visits = visits
                self.confirmed = confirmed
                self.first = first
                self.last = last
                self.lines = lines
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let day: Planning.Day? = fields.required("day")
                let now: ZonedInstant? = fields.required("now")
                let open: [SpanMessage]? = fields.required("open")
                let visits: Int? = fields.required("visits")
                let confirmed: Int? = fields.required("confirmed")
                let first: ZonedInstant? = fields.nullable("first")
                let last: ZonedInstant? = fields.nullable("last")
                let lines: [SheetLineMessage]? = fields.required("lines")
                guard let day, let now, let open, let visits, let confirmed, let lines else { return nil }
                self.init(
                    day: day, now: now, open: open, visits: visits, confirmed: confirmed, first: first, last: last,
                    lines: lines)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("day", day.json), ("now", now.json), ("open", open.json), ("visits", visits.json),
                    ("confirmed", confirmed.json), ("first", first?.json), ("last", last?.json), ("lines", lines.json),
                ])
            }
        }
    }
}

extension ClinicInterface {
    /// Lists whom to call, why and by when. With names and telephone numbers: for schedulers.
    package struct ListCalls: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListCalls")

        /// The last day of what is due (three days on).
        package var through: Planning.Day?

        /// The values of its fields.
        package init(through: Planning.Day? = nil) {
            self.through = through
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let through: Planning.Day? = fields.nullable("through")
            self.init(through: through)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("through", through?.json)])
        }

        /// What ListCalls answers.
        package struct Reply: WireValue {
            /// The present instant.
            package var now: ZonedInstant
            /// Whom to call, most urgent first.
            package var calls: [PhoneCallMessage]
            /// How many more are due later.
            package var later: Int

            /// The values of its fields.
            package init(now: ZonedInstant, calls: [PhoneCallMessage], later: Int) {
                self.now = now
                self.calls = calls
                self.later = later
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let now: ZonedInstant? = fields.required("now")
                let calls: [PhoneCallMessage]? = fields.required("calls")
                let later: Int? = fields.required("later")
                guard let now, let calls, let later else { return nil }
                self.init(now: now, calls: calls, later: later)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("now", now.json), ("calls", calls.json), ("later", later.json)])
            }
        }
    }
}
