internal import ClinicTime
package import Planning
package import StrictJSON

extension ClinicJSON {
    /// A course request as a problem file has it; its regimen by id.
    package static func encode(_ request: CourseRequest) -> JSONValue {
        object([
            ("id", .string(request.id.text)), ("patient", .string(request.patient.text)),
            ("regimen", .string(request.regimen.id.text)), ("earliest", day(request.wish.earliest)),
            ("startWithinDays", .integer(request.wish.startWithinDays)),
            ("availability", list(request.wish.availability.map(FileShape.weekWindow.write))),
            ("blackoutDays", list(request.wish.blackoutDays.sorted().map(day))),
            ("preferred", list(request.wish.preferred.map(FileShape.weekWindow.write))),
            ("usual", request.wish.usual.map { .string(clockText($0)) }), ("features", list(request.wish.features)),
            ("preferredPerson", request.wish.preferredPerson.map { .string($0.text) }),
            ("payer", request.payer.map { .string($0) }),
            ("requiresAuthorisation", flag(request.wish.requiresAuthorisation)),
            ("authorisations", list(request.wish.authorisations.map(encode))), ("endDay", request.wish.endDay.map(day)),
            ("referred", request.wish.referred.map(day)), ("alternatives", .integer(request.alternatives)),
            ("setAside", list(Rule.allCases.filter(request.setAside.contains).map { .string($0.rawValue) })),
        ])
    }

    /// Reads a course request; its regimen is one of `facility`'s, with the visit types of its phases, and
    /// `startWithinDays` is by default the facility's.
    package static func courseRequest(_ reader: JSONReader, in facility: Facility) -> CourseRequest? {
        let regimens = Dictionary(facility.regimens.map { ($0.id, $0) }) { first, _ in first }
        let types = Dictionary(facility.visitTypes.map { ($0.id, $0) }) { first, _ in first }
        return CourseReading(
            startWithinDays: facility.planning.startWithinDays,
            regimen: { reader in known(reader, "regimen", Array(regimens.keys)).flatMap { regimens[$0] } },
            visitType: { types[$0] },
            visitTypeID: { known($0, "visit type", Array(types.keys)) },
            person: { known($0, "person", facility.staff.map(\.id)) }
        ).request(reader) { $0.id() }
    }

    /// A payer's authorisation as files have it.
    package static func encode(_ authorisation: Authorisation) -> JSONValue {
        object([
            ("number", .string(authorisation.number)), ("status", .string(authorisation.status.rawValue)),
            ("requestedOn", authorisation.requestedOn.map(day)), ("visits", .integer(authorisation.visits)),
            ("visitTypes", .array(authorisation.visitTypes.sorted().map { .string($0.text) })),
            ("from", day(authorisation.from)), ("through", day(authorisation.through)),
        ])
    }

    /// Reads a payer's authorisation; its visit types may have any ids.
    package static func authorisation(_ reader: JSONReader) -> Authorisation? {
        authorisation(reader) { $0.id() }
    }

    static func authorisation(_ reader: JSONReader, type: (JSONReader) -> VisitTypeID?) -> Authorisation? {
        reader.object { fields in
            let number = fields.value("number") { $0.name() }
            let status = fields.choice("status", of: Authorisation.Status.self)
            let requested = fields.optional("requestedOn") { $0.day() }
            let visits = fields.integer("visits", 0...10_000)
            let types = fields.value("visitTypes") { $0.elements("visit type", of: type) }
            let days = fields.days()
            guard let number, let status, let visits, let types, let days else { return nil }
            return Authorisation(
                number: number, status: status, requestedOn: requested, visits: visits, visitTypes: Set(types),
                from: days.from, through: days.through)
        }
    }

    static func known<Thing>(
        _ reader: JSONReader, _ kind: String, _ ids: [Identifier<Thing>]
    ) -> Identifier<Thing>? {
        guard let id: Identifier<Thing> = reader.id() else { return nil }
        guard !ids.contains(id) else { return id }
        let hint = closest(to: id.text, among: ids.map(\.text).sorted()).map { "did you mean \(quote($0))?" }
        reader.problem("unknown \(kind) \(quote(id.text))", hint: hint)
        return nil
    }
}

/// How a course request is read: what its references are read against.
struct CourseReading {
    let startWithinDays: Int
    /// Reads a regimen's id; nil without a problem where the regimen is declared but could not be read.
    let regimen: (JSONReader) -> Regimen?
    let visitType: (VisitTypeID) -> VisitType?
    let visitTypeID: (JSONReader) -> VisitTypeID?
    let person: (JSONReader) -> PersonID?

    func request(_ reader: JSONReader, id: (JSONReader) -> CourseID?) -> CourseRequest? {
        reader.object { fields in
            let id = fields.value("id", id)
            let patient: PatientID? = fields.value("patient") { $0.id() }
            let regimen = fields.value("regimen", regimen)
            let earliest = fields.value("earliest") { $0.day() }
            let within = fields.integer("startWithinDays", 0...3660, default: startWithinDays)
            let availability = fields.array("availability", default: [], of: FileShape.weekWindow.read)
            let blackout = fields.array("blackoutDays", default: []) { $0.day() }
            let preferred = fields.array("preferred", default: [], of: FileShape.weekWindow.read)
            let usual = fields.optional("usual") { $0.clock() }
            let features = fields.value("features", default: []) { $0.names("feature") }
            let preferredPerson = fields.optional("preferredPerson", person)
            let payer = fields.optional("payer") { $0.plainText(length: 1...200) }
            let requires = fields.bool("requiresAuthorisation", default: false)
            let authorisations = fields.array("authorisations", default: []) { reader in
                ClinicJSON.authorisation(reader, type: visitTypeID)
            }
            let end = fields.optional("endDay") { $0.day() }
            let referred = fields.optional("referred") { $0.day() }
            let alternatives = fields.integer("alternatives", 0...100, default: 0)
            let setAside = fields.array("setAside", default: []) { $0.choice(among: [Rule.leadTime.rawValue]) }
            guard let id, let patient, let regimen, let earliest, let types = visitTypes(of: regimen) else {
                return nil
            }
            let wish = CourseWish(
                earliest: earliest, startWithinDays: within, availability: availability, blackoutDays: Set(blackout),
                preferred: preferred, usual: usual, features: Set(features), preferredPerson: preferredPerson,
                requiresAuthorisation: requires, authorisations: authorisations, endDay: end, referred: referred)
            var request = CourseRequest(
                id: id, patient: patient, regimen: regimen, visitTypes: types, wish: wish, payer: payer,
                alternatives: alternatives)
            request.setAside = Set(setAside.compactMap { Rule(rawValue: $0) })
            return request
        }
    }

    /// The visit types of a regimen's phases, each once, in the order of the phases.
    private func visitTypes(of regimen: Regimen) -> [VisitType]? {
        var ids: [VisitTypeID] = []
        for phase in regimen.phases where !ids.contains(phase.visit) { ids.append(phase.visit) }
        let types = ids.compactMap(visitType)
        return types.count == ids.count ? types : nil
    }
}
