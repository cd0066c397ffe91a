package import StrictJSON

/// A kind of visit.
package struct VisitTypeMessage: WireValue {
    /// Its id.
    package var id: String
    /// For people.
    package var name: String
    /// How long it takes.
    package var minutes: Int
    /// How long the chair stays taken afterwards.
    package var turnoverMinutes: Int
    /// What the chair must have.
    package var features: [String]
    /// The roles of those who attend it, presences too, in the order of its labels.
    package var roles: [String]

    /// The values of its fields.
    package init(
        id: String, name: String, minutes: Int, turnoverMinutes: Int, features: [String], roles: [String]
    ) {
        self.id = id
        self.name = name
        self.minutes = minutes
        self.turnoverMinutes = turnoverMinutes
        self.features = features
        self.roles = roles
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let name: String? = fields.required("name")
        let minutes: Int? = fields.required("minutes")
        let turnoverMinutes: Int? = fields.required("turnoverMinutes")
        let features: [String]? = fields.required("features")
        let roles: [String]? = fields.required("roles")
        guard let id, let name, let minutes, let turnoverMinutes, let features, let roles else { return nil }
        self.init(
            id: id, name: name, minutes: minutes, turnoverMinutes: turnoverMinutes, features: features, roles: roles)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("name", name.json), ("minutes", minutes.json),
            ("turnoverMinutes", turnoverMinutes.json), ("features", features.json), ("roles", roles.json),
        ])
    }
}
