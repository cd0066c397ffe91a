package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Tells how chairs and staff were used. A chair is used while a visit that has its place holds it,
    /// turnover included, and available while it is in service and the clinic is open. Staff carry the load of
    /// their labels and covers; they can carry their capacity while on duty. Days are told by the configuration
    /// that was in force on them.
    package struct ReportUtilisation: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ReportUtilisation")

        /// The first day (28 days before today).
        package var from: Planning.Day?
        /// The last day (yesterday); at most 366 days.
        package var through: Planning.Day?

        /// The values of its fields.
        package init(from: Planning.Day? = nil, through: Planning.Day? = nil) {
            self.from = from
            self.through = through
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let from: Planning.Day? = fields.nullable("from")
            let through: Planning.Day? = fields.nullable("through")
            self.init(from: from, through: through)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("from", from?.json), ("through", through?.json)])
        }

        /// What ReportUtilisation answers.
        package struct Reply: WireValue {
            /// The first day.
            package var from: Planning.Day
            /// The last day.
            package var through: Planning.Day
            /// Days on which the clinic was open.
            package var openDays: Int
            /// In the order configured.
            package var chairs: [ReportChairMessage]
            /// All chairs.
            package var all: ReportUseMessage
            /// All chairs, hour by hour of the week; those with any minutes.
            package var hours: [ReportHourMessage]
            /// By name.
            package var roles: [ReportRoleMessage]
            /// In the order configured.
            package var staff: [ReportPersonMessage]

            /// The values of its fields.
            package init(
                from: Planning.Day, through: Planning.Day, openDays: Int, chairs: [ReportChairMessage],
                all: ReportUseMessage, hours: [ReportHourMessage], roles: [ReportRoleMessage],
                staff: [ReportPersonMessage]
            ) {
                self.from = from
                self.through = through
                self.openDays = openDays
                self.chairs = chairs
                self.all = all
                self.hours = hours
                self.roles = roles
                self.staff = staff
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let from: Planning.Day? = fields.required("from")
                let through: Planning.Day? = fields.required("through")
                let openDays: Int? = fields.required("openDays")
                let chairs: [ReportChairMessage]? = fields.required("chairs")
                let all: ReportUseMessage? = fields.required("all")
                let hours: [ReportHourMessage]? = fields.required("hours")
                let roles: [ReportRoleMessage]? = fields.required("roles")
                let staff: [ReportPersonMessage]? = fields.required("staff")
                guard let from, let through, let openDays, let chairs, let all, let hours, let roles, let staff
                else { return nil }
                self.init(
                    from: from, through: through, openDays: openDays, chairs: chairs, all: all, hours: hours,
                    roles: roles, staff: staff)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("from", from.json), ("through", through.json), ("openDays", openDays.json),
                    ("chairs", chairs.json), ("all", all.json), ("hours", hours.json), ("roles", roles.json),
                    ("staff", staff.json),
                ])
            }
        }
    }
}

extension ClinicInterface {
    /// Tells what became of inductions: the phases that are to be given within a window. Those count whose
    /// first visit was given on one of the days. A visit given in part is given.
    package struct ReportAdherence: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ReportAdherence")

        /// The first day (28 days before today).
        package var from: Planning.Day?
        /// The last day (yesterday); at most 366 days.
        package var through: Planning.Day?

        /// The values of its fields.
        package init(from: Planning.Day? = nil, through: Planning.Day? = nil) {
            self.from = from
            self.through = through
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let from: Planning.Day? = fields.nullable("from")
            let through: Planning.Day? = fields.nullable("through")
            self.init(from: from, through: through)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("from", from?.json), ("through", through?.json)])
        }

        /// What ReportAdherence answers.
        package struct Reply: WireValue {
            /// The first day.
            package var from: Planning.Day
            /// The last day.
            package var through: Planning.Day
            /// By regimen and phase.
            package var inductions: [ReportInductionMessage]

            /// The values of its fields.
            package init(from: Planning.Day, through: Planning.Day, inductions: [ReportInductionMessage]) {
                self.from = from
                self.through = through
                self.inductions = inductions
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let from: Planning.Day? = fields.required("from")
                let through: Planning.Day? = fields.required("through")
                let inductions: [ReportInductionMessage]? = fields.required("inductions")
                guard let from, let through, let inductions else { return nil }
                self.init(from: from, through: through, inductions: inductions)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("from", from.json), ("through", through.json), ("inductions", inductions.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Tells a month in figures: visits given and lost, days from booking to the first visit, follow-ups on
    /// time.
    package struct ReportMonth: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ReportMonth")

        /// The month, such as 2026-03 (the present one).
        package var month: String?

        /// The values of its fields.
        package init(month: String? = nil) {
            self.month = month
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let month: String? = fields.nullable("month")
            self.init(month: month)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("month", month?.json)])
        }

        /// What ReportMonth answers.
        package struct Reply: WireValue {
            /// The month.
            package var month: String
            /// The first day.
            package var from: Planning.Day
            /// The last day.
            package var through: Planning.Day
            /// Visits given, in full or in part.
            package var given: Int
            /// Visits given in part.
            package var givenInPart: Int
            /// Visits that still have their place.
            package var open: Int
            /// Visits lost.
            package var lost: Int
            /// By kind and reason.
            package var losses: [ReportLossMessage]
            /// Courses whose first visit was given in the month.
            package var firstVisits: Int
            /// Lower median of the days from booking to it.
            package var medianDaysToFirst: Int?
            /// The most of them.
            package var longestDaysToFirst: Int?
            /// Follow-ups whose day lies in the month, by name.
            package var forms: [ReportFormsMessage]
            /// All chairs.
            package var chairs: ReportUseMessage
            /// By name, without hours.
            package var roles: [ReportRoleMessage]

            /// The values of its fields.
            package init(
                month: String, from: Planning.Day, through: Planning.Day, given: Int, givenInPart: Int, open: Int,
                lost: Int, losses: [ReportLossMessage], firstVisits: Int, medianDaysToFirst: Int? = nil,
                longestDaysToFirst: Int? = nil, forms: [ReportFormsMessage], chairs: ReportUseMessage,
                roles: [ReportRoleMessage]
            ) {
                self.month = month
                self.from = from
                self.through = through
                self.given = given
                self.givenInPart = givenInPart
                self.open = open
                self.lost = lost
                self.losses = losses
                self.firstVisits = firstVisits
                self.medianDaysToFirst = medianDaysToFirst
                self.longestDaysToFirst = longestDaysToFirst
                self.forms = forms
                self.chairs = chairs
                self.roles = roles
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let month: String? = fields.required("month")
                let from: Planning.Day? = fields.required("from")
                let through: Planning.Day? = fields.required("through")
                let given: Int? = fields.required("given")
                let givenInPart: Int? = fields.required("givenInPart")
                let open: Int? = fields.required("open")
                let lost: Int? = fields.required("lost")
                let losses: [ReportLossMessage]? = fields.required("losses")
                let firstVisits: Int? = fields.required("firstVisits")
                let medianDaysToFirst: Int? = fields.nullable("medianDaysToFirst")
                let longestDaysToFirst: Int? = fields.nullable("longestDaysToFirst")
                let forms: [ReportFormsMessage]? = fields.required("forms")
                let chairs: ReportUseMessage? = fields.required("chairs")
                let roles: [ReportRoleMessage]? = fields.required("roles")
                guard let month, let from, let through, let given, let givenInPart, let open, let lost, let losses,
                    let firstVisits, let forms, let chairs, let roles
                else { return nil }
                self.init(
                    month: month, from: from, through: through, given: given, givenInPart: givenInPart, open: open,
                    lost: lost, losses: losses, firstVisits: firstVisits, medianDaysToFirst: medianDaysToFirst,
                    longestDaysToFirst: longestDaysToFirst, forms: forms, chairs: chairs, roles: roles)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("month", month.json), ("from", from.json), ("through", through.json), ("given", given.json),
                    ("givenInPart", givenInPart.json), ("open", open.json), ("lost", lost.json),
                    ("losses", losses.json), ("firstVisits", firstVisits.json),
                    ("medianDaysToFirst", medianDaysToFirst?.json), ("longestDaysToFirst", longestDaysToFirst?.json),
                    ("forms", forms.json), ("chairs", chairs.json), ("roles", roles.json),
                ])
            }
        }
    }
}
