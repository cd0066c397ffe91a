package import Planning
package import StrictJSON

// Values of Planning that have the same shape on the socket.

extension WeekWindow: WireValue {
    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let days = fields.array("days", count: 1...7) { reader in
            reader.choice(among: Weekday.allCases.map(\.name)).flatMap { Weekday(name: $0) }
        }
        let hours: ClockWindow? = fields.required("hours")
        guard let days, let hours else { return nil }
        self.init(days: Set(days), hours: hours.interval)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        let names = Weekday.allCases.filter(days.contains).map(\.name)
        return .present([("days", names.json), ("hours", ClockWindow(hours).json)])
    }
}

extension Authorisation: WireValue {
    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let number = fields.string("number", length: 1...100)
        let status = fields.choice("status", of: Authorisation.Status.self)
        let requestedOn: Day? = fields.nullable("requestedOn")
        let visits = fields.integer("visits", 0...10_000)
        let visitTypes: [String]? = fields.required("visitTypes")
        let from: Day? = fields.required("from")
        let through: Day? = fields.required("through")
        guard let number, let status, let visits, let visitTypes, let from, let through else { return nil }
        guard from <= through else {
            fields.problem("through", "expected a day from \(from) on, found \(through)")
            return nil
        }
        self.init(
            number: number, status: status, requestedOn: requestedOn, visits: visits,
            visitTypes: Set(visitTypes.map { VisitTypeID($0) }), from: from, through: through)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("number", number.json), ("status", status.rawValue.json), ("requestedOn", requestedOn?.json),
            ("visits", visits.json), ("visitTypes", visitTypes.map(\.text).sorted().json), ("from", from.json),
            ("through", through.json),
        ])
    }
}

extension CostTerms: WireValue {
    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        self.init()
        var complete = true
        // A daemon of before these terms does not send them.
        let newer: Set<CostTerm> = [.spare, .site, .session]
        for term in CostTerm.allCases {
            if newer.contains(term) {
                self[term] = fields.nullable(term.rawValue) ?? 0
                continue
            }
            guard let value: Int = fields.required(term.rawValue) else {
                complete = false
                continue
            }
            self[term] = value
        }
        guard complete else { return nil }
    }

    /// The object as it is sent.
    package var object: JSONObject { .present(CostTerm.allCases.map { ($0.rawValue, self[$0].json) }) }
}

extension Refusal.Remedy: WireValue {
    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let kind = fields.choice("kind", of: Refusal.Remedy.Kind.self)
        let target: String? = fields.required("target")
        let amount: Int? = fields.required("amount")
        let cost: Int? = fields.required("cost")
        guard let kind, let target, let amount, let cost else { return nil }
        self.init(kind: kind, target: target, amount: amount, cost: cost)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("kind", kind.rawValue.json), ("target", target.json), ("amount", amount.json), ("cost", cost.json),
        ])
    }
}

extension Rule: WireRepresentable {
    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.choice(of: Rule.self) else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .string(rawValue) }
}
