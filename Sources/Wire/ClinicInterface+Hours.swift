internal import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Closes the clinic for days, or for hours of them, and says whom that hits.
    package struct AddClosure: AvailabilityCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AddClosure")
        /// What it answers.
        package typealias Reply = AvailabilityReply

        /// The first day.
        package var from: Planning.Day
        /// The last day (the first).
        package var through: Planning.Day?
        /// On the clock of each of the days (all day).
        package var hours: ClockWindow?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            from: Planning.Day, through: Planning.Day? = nil, hours: ClockWindow? = nil, reason: String? = nil,
            note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.from = from
            self.through = through
            self.hours = hours
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let from: Planning.Day? = fields.required("from")
            let through: Planning.Day? = fields.nullable("through")
            let hours: ClockWindow? = fields.nullable("hours")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let from else { return nil }
            self.init(
                from: from, through: through, hours: hours, reason: reason, note: note, dryRun: dryRun, request: request
            )
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("from", from.json), ("through", through?.json), ("hours", hours?.json), ("reason", reason?.json),
                ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }
    }
}

extension ClinicInterface {
    /// Opens the clinic on a day beyond its weekly hours.
    package struct AddOpening: AvailabilityCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AddOpening")
        /// What it answers.
        package typealias Reply = AvailabilityReply

        /// The day.
        package var day: Planning.Day
        /// On the clock.
        package var hours: ClockWindow
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            day: Planning.Day, hours: ClockWindow, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.day = day
            self.hours = hours
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let day: Planning.Day? = fields.required("day")
            let hours: ClockWindow? = fields.required("hours")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let day, let hours else { return nil }
            self.init(day: day, hours: hours, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("day", day.json), ("hours", hours.json), ("reason", reason?.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }
    }
}

extension ClinicInterface {
    /// Takes back absences, extra shifts, outages, closures and openings, all or none, and says whom that hits.
    package struct TakeBack: AvailabilityCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("TakeBack")
        /// What it answers.
        package typealias Reply = AvailabilityReply

        /// Their ids: t5, s4, o2, k1, x1.
        package var ids: [String]
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            ids: [String], reason: String? = nil, note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.ids = ids
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let ids: [String]? = fields.required("ids")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let ids else { return nil }
            self.init(ids: ids, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("ids", ids.json), ("reason", reason?.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }
    }
}

extension ClinicInterface {
    /// Lists staff and chairs, who and what is away or out of service, and when the clinic is closed or opens beyond
    /// its weekly hours.
    package struct ListAvailability: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListAvailability")

        /// Only what lies on this day or later (today).
        package var from: Planning.Day?

        /// The values of its fields.
        package init(from: Planning.Day? = nil) {
            self.from = from
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let from: Planning.Day? = fields.nullable("from")
            self.init(from: from)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("from", from?.json)])
        }

        /// What ListAvailability answers.
        package struct Reply: WireValue {
            /// Who works at the clinic, in the order configured.
            package var staff: [StaffMemberMessage]
            /// Chairs, beds and rooms, in the order configured.
            package var chairs: [ChairMessage]
            /// Who is away, soonest first.
            package var timeOff: [TimeOffMessage]
            /// Extra shifts, soonest first.
            package var shifts: [ExtraShiftMessage]
            /// Chairs out of service, soonest first.
            package var outages: [OutageMessage]
            /// When the clinic is closed, soonest first.
            package var closures: [ClosureMessage]
            /// Extra openings, soonest first.
            package var openings: [OpeningMessage]

            /// The values of its fields.
            package init(
                staff: [StaffMemberMessage], chairs: [ChairMessage], timeOff: [TimeOffMessage],
                shifts: [ExtraShiftMessage], outages: [OutageMessage], closures: [ClosureMessage],
                openings: [OpeningMessage]
            ) {
                self.staff = staff
                self.chairs = chairs
                self.timeOff = timeOff
                self.shifts = shifts
                self.outages = outages
                self.closures = closures
                self.openings = openings
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let staff: [StaffMemberMessage]? = fields.required("staff")
                let chairs: [ChairMessage]? = fields.required("chairs")
                let timeOff: [TimeOffMessage]? = fields.required("timeOff")
                let shifts: [ExtraShiftMessage]? = fields.required("shifts")
                let outages: [OutageMessage]? = fields.required("outages")
                let closures: [ClosureMessage]? = fields.required("closures")
                let openings: [OpeningMessage]? = fields.required("openings")
                guard let staff, let chairs, let timeOff, let shifts, let outages, let closures, let openings
                else { return nil }
                self.init(
                    staff: staff, chairs: chairs, timeOff: timeOff, shifts: shifts, outages: outages,
                    closures: closures, openings: openings)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("staff", staff.json), ("chairs", chairs.json), ("timeOff", timeOff.json), ("shifts", shifts.json),
                    ("outages", outages.json), ("closures", closures.json), ("openings", openings.json),
                ])
            }
        }
    }
}
