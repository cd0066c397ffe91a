package import Planning
package import StrictJSON

/// How a phase that is under way stands to its window.
package struct WindowStandingMessage: WireValue {
    /// The phase.
    package var phase: String
    /// The last day that it was to have.
    package var through: Planning.Day
    /// The day of its last visit as it is planned now.
    package var ends: Planning.Day
    /// Why it does not end in time although that was asked for; null where it does, or nobody asked.
    package var refusal: RefusalMessage?
    /// The day on which it could end at the nearest, where that is sooner than it ends.
    package var nearest: Planning.Day?

    /// The values of its fields.
    package init(
        phase: String, through: Planning.Day, ends: Planning.Day, refusal: RefusalMessage? = nil,
        nearest: Planning.Day? = nil
    ) {
        self.phase = phase
        self.through = through
        self.ends = ends
        self.refusal = refusal
        self.nearest = nearest
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let phase: String? = fields.required("phase")
        let through: Planning.Day? = fields.required("through")
        let ends: Planning.Day? = fields.required("ends")
        let refusal: RefusalMessage? = fields.nullable("refusal")
        let nearest: Planning.Day? = fields.nullable("nearest")
        guard let phase, let through, let ends else { return nil }
        self.init(phase: phase, through: through, ends: ends, refusal: refusal, nearest: nearest)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("phase", phase.json), ("through", through.json), ("ends", ends.json), ("refusal", refusal?.json),
            ("nearest", nearest?.json),
        ])
    }
}
