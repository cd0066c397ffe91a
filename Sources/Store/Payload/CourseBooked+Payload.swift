import Clinic
import Planning
import StrictJSON

extension CourseWish {
    var payload: JSONValue {
        members(
            ("earliest", .string("\(earliest)")), ("startWithinDays", .integer(startWithinDays)),
            ("availability", list(availability.map(\.payload))),
            ("blackoutDays", list(blackoutDays.sorted().map { .string("\($0)") })),
            ("preferred", list(preferred.map(\.payload))), ("usual", text(usual.map(clockText))),
            ("features", words(features)), ("preferredPerson", text(preferredPerson?.text)),
            ("requiresAuthorisation", flag(requiresAuthorisation)),
            ("authorisations", list(authorisations.map(\.payload))), ("endDay", text(endDay?.description)),
            ("referred", text(referred?.description)))
    }

    init?(payload reader: JSONReader) {
        let read: CourseWish? = reader.object { fields in
            guard let earliest = fields.day("earliest"), let within = fields.integer("startWithinDays") else {
                return nil
            }
            return CourseWish(
                earliest: earliest, startWithinDays: within,
                availability: fields.array("availability", default: [], of: WeekWindow.init(payload:)),
                blackoutDays: Set(fields.array("blackoutDays", default: []) { $0.day() }),
                preferred: fields.array("preferred", default: [], of: WeekWindow.init(payload:)),
                usual: fields.optional("usual") { $0.clock() }, features: fields.words("features"),
                preferredPerson: fields.optional("preferredPerson") { $0.identifier(PersonID.self) },
                requiresAuthorisation: fields.flag("requiresAuthorisation"),
                authorisations: fields.array("authorisations", default: [], of: Authorisation.init(payload:)),
                endDay: fields.optionalDay("endDay"), referred: fields.optionalDay("referred"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension WeekWindow {
    var payload: JSONValue { members(("days", weekdays(days)), ("hours", .string(hours.clockWindow))) }

    init?(payload reader: JSONReader) {
        let read: WeekWindow? = reader.object { fields in
            guard let days = fields.array("days", of: { $0.weekday() }),
                let hours = fields.value("hours", { $0.window() })
            else { return nil }
            return WeekWindow(days: Set(days), hours: hours)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Authorisation {
    var payload: JSONValue {
        members(
            ("number", .string(number)), ("status", .string(status.rawValue)),
            ("requestedOn", text(requestedOn?.description)), ("visits", .integer(visits)),
            ("visitTypes", list(visitTypes.sorted().map { .string($0.text) })), ("from", .string("\(from)")),
            ("through", .string("\(through)")))
    }

    init?(payload reader: JSONReader) {
        let read: Authorisation? = reader.object { fields in
            guard let number = fields.string("number"), let status = fields.choice("status", of: Status.self),
                let visits = fields.integer("visits"), let from = fields.day("from"),
                let through = fields.day("through")
            else { return nil }
            return Authorisation(
                number: number, status: status, requestedOn: fields.optionalDay("requestedOn"), visits: visits,
                visitTypes: Set(fields.array("visitTypes", default: []) { $0.identifier(VisitTypeID.self) }),
                from: from, through: through)
        }
        guard let read else { return nil }
        self = read
    }
}

extension CostTerms {
    /// The terms that cost something.
    var payload: JSONValue {
        .object(
            JSONObject(
                CostTerm.allCases.compactMap { term in
                    self[term] == 0 ? nil : (term.rawValue, JSONValue.integer(self[term]))
                }))
    }

    init?(payload reader: JSONReader) {
        let read: [(key: String, value: (CostTerm, Int))]? = reader.map { key, reader in
            CostTerm(rawValue: key).flatMap { term in reader.integer().map { (term, $0) } }
        }
        guard let read else { return nil }
        self.init()
        for entry in read { self[entry.value.0] = entry.value.1 }
    }
}

extension Handover {
    var payload: JSONValue {
        members(("label", .string(label)), ("person", .string(person.text)), ("stretch", stretch.pair))
    }

    init?(payload reader: JSONReader) {
        let read: Handover? = reader.object { fields in
            guard let label = fields.string("label"), let person = fields.identifier("person", PersonID.self),
                let stretch = fields.value("stretch", { $0.pair() })
            else { return nil }
            return Handover(label: label, person: person, stretch: stretch)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Place {
    var payload: JSONValue {
        members(
            ("start", .string(start.text)), ("later", flag(start.isLater)), ("minute", .integer(minute)),
            ("chair", .string(chair.text)), ("persons", list(persons.map { .string($0.text) })),
            ("handovers", list(handovers.map(\.payload))))
    }

    init?(payload reader: JSONReader) {
        let read: Place? = reader.object { fields in
            let isLater = fields.flag("later")
            guard let minute = fields.integer("minute"), let chair = fields.identifier("chair", ChairID.self),
                let start = fields.parsed(
                    "start", as: "a local time", { PromisedTime(text: $0, isLater: isLater) })
            else { return nil }
            return Place(
                start: start, minute: minute, chair: chair,
                persons: fields.array("persons", default: []) { $0.identifier(PersonID.self) },
                handovers: fields.array("handovers", default: [], of: Handover.init(payload:)))
        }
        guard let read else { return nil }
        self = read
    }
}

extension CourseBooked.BookedVisit {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("number", .integer(number)), ("phase", .string(phase)),
            ("visit", .string(visitType.text)), ("place", place.payload), ("confirmed", flag(confirmed)),
            ("told", flag(told)), ("terms", terms.payload))
    }

    init?(payload reader: JSONReader) {
        let read: CourseBooked.BookedVisit? = reader.object { fields in
            guard let id = fields.identifier("id", VisitID.self), let number = fields.integer("number"),
                let phase = fields.string("phase"), let type = fields.identifier("visit", VisitTypeID.self),
                let place = fields.value("place", Place.init(payload:)),
                let terms = fields.value("terms", CostTerms.init(payload:))
            else { return nil }
            return CourseBooked.BookedVisit(
                id: id, number: number, phase: phase, visitType: type, place: place,
                confirmed: fields.flag("confirmed"), told: fields.flag("told"), terms: terms)
        }
        guard let read else { return nil }
        self = read
    }
}

extension CourseBooked {
    var payload: JSONValue {
        members(
            ("course", .string(course.text)), ("patient", .string(patient.text)),
            ("template", .string(template.text)), ("wish", wish.payload), ("usual", text(usual.map(clockText))),
            ("visits", list(visits.map(\.payload))))
    }

    init?(payload reader: JSONReader) {
        let read: CourseBooked? = reader.object { fields in
            guard let course = fields.identifier("course", CourseID.self),
                let patient = fields.identifier("patient", PatientID.self),
                let template = fields.identifier("template", TemplateID.self),
                let wish = fields.value("wish", CourseWish.init(payload:))
            else { return nil }
            return CourseBooked(
                course: course, patient: patient, template: template, wish: wish,
                usual: fields.optional("usual") { $0.clock() },
                visits: fields.array("visits", default: [], of: BookedVisit.init(payload:)))
        }
        guard let read else { return nil }
        self = read
    }
}

extension CourseRefused {
    var payload: JSONValue {
        members(
            ("patient", .string(patient.text)), ("regimen", .string(regimen.text)), ("visit", number(visit)),
            ("phase", text(phase)), ("rules", list(rules.map { .string($0.rawValue) })))
    }

    init?(payload reader: JSONReader) {
        let read: CourseRefused? = reader.object { fields in
            guard let patient = fields.identifier("patient", PatientID.self),
                let regimen = fields.identifier("regimen", RegimenID.self)
            else { return nil }
            return CourseRefused(
                patient: patient, regimen: regimen, visit: fields.optionalCount("visit"),
                phase: fields.optionalText("phase"),
                rules: fields.array("rules", default: []) { $0.choice(of: Rule.self) })
        }
        guard let read else { return nil }
        self = read
    }
}

extension Template {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("regimen", regimen.payload), ("visitTypes", list(visitTypes.map(\.payload))),
            ("derivedFrom", text(derivedFrom?.text)))
    }

    init?(payload reader: JSONReader) {
        let read: Template? = reader.object { fields in
            guard let id = fields.identifier("id", TemplateID.self),
                let regimen = fields.value("regimen", Regimen.init(payload:))
            else { return nil }
            return Template(
                id: id, regimen: regimen,
                visitTypes: fields.array("visitTypes", default: [], of: VisitType.init(payload:)),
                derivedFrom: fields.optional("derivedFrom") { $0.identifier(TemplateID.self) })
        }
        guard let read else { return nil }
        self = read
    }
}
