package import Planning
package import StrictJSON

/// A day that a visit could have had, and what closes it.
package struct ClosedDayMessage: WireValue {
    package var day: Day
    /// The first rule whose absence alone would open the day; nil ("several") where there is none.
    package var closedBy: Rule?
    /// What the rule found, or where several close the day each of them; null where it was not looked up.
    package var hindrances: [HindranceMessage]?
    /// Where several close it, which; null where one does, or it was not looked up.
    package var several: [Rule]?

    /// The values of its fields.
    package init(day: Day, closedBy: Rule?, hindrances: [HindranceMessage]? = nil, several: [Rule]? = nil) {
        self.day = day
        self.closedBy = closedBy
        self.hindrances = hindrances
        self.several = several
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let day: Day? = fields.required("day")
        let closedBy = fields.value("closedBy") { $0.choice(among: Rule.allCases.map(\.rawValue) + ["several"]) }
        let hindrances: [HindranceMessage]? = fields.nullable("hindrances")
        let several: [Rule]? = fields.nullable("several")
        guard let day, let closedBy else { return nil }
        self.init(day: day, closedBy: Rule(rawValue: closedBy), hindrances: hindrances, several: several)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("day", day.json), ("closedBy", (closedBy?.rawValue ?? "several").json),
            ("hindrances", hindrances?.json), ("several", several?.json),
        ])
    }
}
