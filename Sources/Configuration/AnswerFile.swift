package import ClinicTime
package import Planning
package import StrictJSON

/// An answer as the bytes of an answer file (docs/contract/formats.md section 2), the same for the same answer
/// everywhere. Local times are those of `zone`.
package func writeAnswer(_ answer: Answer, zone: ClinicZone) -> [UInt8] {
    ClinicJSON.encode(answer, zone: zone).bytes(pretty: true) + [UInt8(ascii: "\n")]
}

extension ClinicJSON {
    /// An answer in the shape of answer files.
    package static func encode(_ answer: Answer, zone: ClinicZone) -> JSONValue {
        object([
            ("format", "infusion-answer/1"),
            ("plans", .array(answer.plans.map { encode($0, zone: zone) })),
            ("refusals", .array(answer.refusals.map(encode))),
        ])
    }

    /// A plan in the shape of answer files. Local times are those of `zone`.
    package static func encode(_ plan: Plan, zone: ClinicZone) -> JSONValue {
        let alternatives = plan.alternatives.map { alternative in
            object([
                ("cost", .integer(alternative.cost)), ("difference", .integer(alternative.difference)),
                ("terms", encode(alternative.terms)),
                ("visits", .array(alternative.visits.map { encode($0, zone: zone) })),
            ])
        }
        return object([
            ("course", .string(plan.course.text)), ("cost", .integer(plan.cost)),
            ("usual", plan.usual.map { .string(clockText($0)) }), ("terms", encode(plan.terms)),
            ("visits", .array(plan.visits.map { encode($0, zone: zone) })), ("alternatives", .array(alternatives)),
        ])
    }

    /// A planned visit in the shape of answer files. Local times are those of `zone`.
    package static func encode(_ visit: PlannedVisit, zone: ClinicZone) -> JSONValue {
        let placement = visit.placement
        let local = { (elapsed: Int) in JSONValue.string(zone.localText(day: placement.day, elapsed: elapsed)) }
        return object([
            ("number", .integer(visit.number)), ("phase", .string(visit.phase)),
            ("visit", .string(visit.visitType.id.text)), ("start", local(placement.start)),
            ("end", local(placement.start + visit.visitType.length)), ("chair", .string(placement.chair.text)),
            ("attendants", attendants(placement, of: visit.visitType)), ("covers", covers(placement, zone: zone)),
            ("terms", encode(visit.terms)),
        ])
    }

    /// Who fills each label that names a person.
    static func attendants(_ placement: Placement, of type: VisitType) -> JSONValue {
        object(zip(type.filledLabels, placement.persons).map { ($0.label, .string($1.text)) })
    }

    static func covers(_ placement: Placement, zone: ClinicZone) -> JSONValue {
        let covers = placement.covers.map { cover in
            object([
                ("label", .string(cover.label)), ("person", .string(cover.person.text)),
                ("from", .string(zone.localText(day: placement.day, elapsed: cover.interval.from))),
                ("until", .string(zone.localText(day: placement.day, elapsed: cover.interval.until))),
            ])
        }
        return .array(covers)
    }

    /// All eight terms, in the order of the cost table.
    package static func encode(_ terms: CostTerms) -> JSONValue {
        object(CostTerm.allCases.map { ($0.rawValue, .integer(terms[$0])) })
    }

    /// A refusal in the shape of answer files.
    package static func encode(_ refusal: Refusal) -> JSONValue {
        let days = refusal.days.map { closed in
            object([("day", day(closed.day)), ("closedBy", .string(closed.closedBy?.rawValue ?? "several"))])
        }
        let remedies = refusal.wouldHelp.map { remedy in
            object([
                ("kind", .string(remedy.kind.rawValue)), ("target", .string(remedy.target)),
                ("amount", .integer(remedy.amount)), ("cost", .integer(remedy.cost)),
            ])
        }
        return object([
            ("course", .string(refusal.course.text)), ("visit", .integer(refusal.visit)),
            ("phase", .string(refusal.phase)), ("days", .array(days)), ("wouldHelp", .array(remedies)),
        ])
    }
}
