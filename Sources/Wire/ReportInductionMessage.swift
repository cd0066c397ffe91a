package import StrictJSON

/// What became of the inductions by one phase of a regimen that has a window.
package struct ReportInductionMessage: WireValue {
    /// The regimen's id.
    package var regimen: String
    /// The regimen's name.
    package var name: String
    /// The phase.
    package var phase: String
    /// Its visits, where their number is fixed.
    package var visits: Int?
    /// Days within which they are to be given.
    package var withinDays: Int
    /// How many began.
    package var begun: Int
    /// All visits given within the window.
    package var inWindow: Int
    /// All visits given, the last after the window.
    package var late: Int
    /// Visits still to come, all within the window.
    package var running: Int
    /// Visits still to come after the window.
    package var slipping: Int
    /// Ended, or gone on, before all visits were given.
    package var ceased: Int
    /// Lower median of days from first to last visit of those given whole.
    package var medianDays: Int?

    /// The values of its fields.
    package init(
        regimen: String, name: String, phase: String, visits: Int? = nil, withinDays: Int, begun: Int, inWindow: Int,
        late: Int, running: Int, slipping: Int, ceased: Int, medianDays: Int? = nil
    ) {
        self.regimen = regimen
        self.name = name
        self.phase = phase
        self.visits = visits
        self.withinDays = withinDays
        self.begun = begun
        self.inWindow = inWindow
        self.late = late
        self.running = running
        self.slipping = slipping
        self.ceased = ceased
        self.medianDays = medianDays
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let regimen: String? = fields.required("regimen")
        let name: String? = fields.required("name")
        let phase: String? = fields.required("phase")
        let visits: Int? = fields.nullable("visits")
        let withinDays: Int? = fields.required("withinDays")
        let begun: Int? = fields.required("begun")
        let inWindow: Int? = fields.required("inWindow")
        let late: Int? = fields.required("late")
        let running: Int? = fields.required("running")
        let slipping: Int? = fields.required("slipping")
        let ceased: Int? = fields.required("ceased")
        let medianDays: Int? = fields.nullable("medianDays")
        guard let regimen, let name, let phase, let withinDays, let begun, let inWindow, let late, let running,
            let slipping, let ceased
        else { return nil }
        self.init(
            regimen: regimen, name: name, phase: phase, visits: visits, withinDays: withinDays, begun: begun,
            inWindow: inWindow, late: late, running: running, slipping: slipping, ceased: ceased,
            medianDays: medianDays)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("regimen", regimen.json), ("name", name.json), ("phase", phase.json), ("visits", visits?.json),
            ("withinDays", withinDays.json), ("begun", begun.json), ("inWindow", inWindow.json), ("late", late.json),
            ("running", running.json), ("slipping", slipping.json), ("ceased", ceased.json),
            ("medianDays", medianDays?.json),
        ])
    }
}

/// Visits lost for one reason.
package struct ReportLossMessage: WireValue {
    /// NoShow, lateCancellation, earlyCancellation, notTreated or omitted.
    package var kind: String
    /// The particular reason, where there is one.
    package var reason: String?
    /// How many.
    package var visits: Int
    /// Minutes for which they would have held their chairs.
    package var chairMinutes: Int
    /// Lower median of the days for which their places were kept from others.
    package var medianDaysBlocked: Int?
    /// The most of them.
    package var longestDaysBlocked: Int?

    /// The values of its fields.
    package init(
        kind: String, reason: String? = nil, visits: Int, chairMinutes: Int, medianDaysBlocked: Int? = nil,
        longestDaysBlocked: Int? = nil
    ) {
        self.kind = kind
        self.reason = reason
        self.visits = visits
        self.chairMinutes = chairMinutes
        self.medianDaysBlocked = medianDaysBlocked
        self.longestDaysBlocked = longestDaysBlocked
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let kind: String? = fields.required("kind")
        let reason: String? = fields.nullable("reason")
        let visits: Int? = fields.required("visits")
        let chairMinutes: Int? = fields.required("chairMinutes")
        let medianDaysBlocked: Int? = fields.nullable("medianDaysBlocked")
        let longestDaysBlocked: Int? = fields.nullable("longestDaysBlocked")
        guard let kind, let visits, let chairMinutes else { return nil }
        self.init(
            kind: kind, reason: reason, visits: visits, chairMinutes: chairMinutes,
            medianDaysBlocked: medianDaysBlocked, longestDaysBlocked: longestDaysBlocked)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("kind", kind.json), ("reason", reason?.json), ("visits", visits.json),
            ("chairMinutes", chairMinutes.json), ("medianDaysBlocked", medianDaysBlocked?.json),
            ("longestDaysBlocked", longestDaysBlocked?.json),
        ])
    }
}

/// How follow-ups of one name stand.
package struct ReportFormsMessage: WireValue {
    /// The follow-up.
    package var name: String
    /// How many fell or fall due.
    package var due: Int
    /// Done by their day.
    package var onTime: Int
    /// Done after their day.
    package var late: Int
    /// Not done, and their day is over.
    package var missing: Int
    /// Not done, and their day is not over.
    package var open: Int

    /// The values of its fields.
    package init(name: String, due: Int, onTime: Int, late: Int, missing: Int, open: Int) {
        self.name = name
        self.due = due
        self.onTime = onTime
        self.late = late
        self.missing = missing
        self.open = open
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let name: String? = fields.required("name")
        let due: Int? = fields.required("due")
        let onTime: Int? = fields.required("onTime")
        let late: Int? = fields.required("late")
        let missing: Int? = fields.required("missing")
        let open: Int? = fields.required("open")
        guard let name, let due, let onTime, let late, let missing, let open else { return nil }
        self.init(name: name, due: due, onTime: onTime, late: late, missing: missing, open: open)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("name", name.json), ("due", due.json), ("onTime", onTime.json), ("late", late.json),
            ("missing", missing.json), ("open", open.json),
        ])
    }
}
