import StrictJSON
import Wire

/// The clinic as a FHIR R4 Bundle of type collection: a regimen is a PlanDefinition, a course a CarePlan, a visit an
/// Appointment, a chair a Location with a Schedule, its hold a busy Slot, a member of staff a Practitioner.
///
/// Patients are named by reference only (`Patient/p17`); their resources are not in the bundle. Status of a visit:
/// tentative is pending, confirmed booked, arrived arrived, inProgress checked-in, completed fulfilled, noShow noshow;
/// notTreated, cancelled and omitted are cancelled, with the word as the reason. Status of a course: active is active,
/// onHold on-hold, completed completed, ceased revoked.
struct FHIRBundle {
    private let base: String
    private let types: [String: String]
    private var isFirst = true
    private var known: Set<String> = []

    /// A bundle whose resources have their addresses under `base`; `types` are the names of kinds of visit by id.
    init(base: String, types: [String: String]) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.types = types
    }

    /// How the bundle begins.
    func head(now: ZonedInstant) -> String {
        #"{"resourceType": "Bundle", "type": "collection", "timestamp": "\#(now.text)", "entry": ["#
    }

    /// How the bundle ends.
    static let tail = "\n]}\n"

    /// Adds a regimen as a PlanDefinition.
    mutating func entry(_ regimen: RegimenMessage) -> String {
        entry(
            "PlanDefinition", regimen.id,
            [
                ("url", .string("\(base)/PlanDefinition/\(Self.id(regimen.id))")),
                ("title", .string(regimen.name.isEmpty ? regimen.id : regimen.name)), ("status", "active"),
                (
                    "relatedArtifact",
                    regimen.source.isEmpty ? nil : [["type": "citation", "citation": .string(regimen.source)]]
                ),
                ("action", .array(regimen.phases.map(action))),
            ])
    }

    private func action(_ phase: PhaseMessage) -> JSONValue {
        var rhythm: [(String, JSONValue?)] = []
        if let count = phase.min { rhythm.append(("count", .integer(count))) }
        if let most = phase.max, most != phase.min { rhythm.append(("countMax", .integer(most))) }
        if let days = phase.withinDays {
            rhythm.insert(
                (
                    "boundsDuration",
                    [
                        "value": .integer(days + 1), "unit": "days",
                        "system": "http://unitsofmeasure.org", "code": "d",
                    ]
                ), at: 0)
        }
        if Set(phase.gaps).count == 1, let gap = phase.gaps.first {
            rhythm += [("frequency", 1), ("period", .integer(gap)), ("periodUnit", "d")]
        }
        let gaps = phase.gaps.map { "\($0)" }.joined(separator: ", ")
        let text = [
            "visits of \(types[phase.visit] ?? phase.visit)", gaps.isEmpty ? "" : "\(gaps) days apart",
            phase.withinDays.map { "within \($0) days" } ?? "",
        ]
        return .object(
            .present([
                ("title", .string(phase.name)),
                ("description", .string(text.filter { !$0.isEmpty }.joined(separator: ", "))),
                ("code", [["text": .string(phase.visit)]]),
                ("timingTiming", rhythm.isEmpty ? nil : ["repeat": .object(.present(rhythm))]),
            ]))
    }

    /// Adds a course as a CarePlan.
    mutating func entry(_ course: CourseSummaryMessage) -> String {
        let status =
            switch course.status {
            case .active: "active"
            case .onHold: "on-hold"
            case .completed: "completed"
            case .ceased: "revoked"
            case .unknown: "unknown"
            }
        return entry(
            "CarePlan", course.id,
            [
                ("identifier", [Self.identifier("course", course.id)]),
                ("instantiatesCanonical", [.string("\(base)/PlanDefinition/\(Self.id(course.regimen))")]),
                ("status", .string(status)), ("intent", "plan"), ("title", .string(course.regimen)),
                ("subject", Self.reference("Patient", course.patient)),
            ])
    }

    /// A visit, and before it whatever chair and staff it names for the first time.
    mutating func entries(_ visit: VisitMessage, people: [String: String]) -> String {
        var text = ""
        let staff =
            visit.attendants.sorted { $0.key < $1.key } + visit.covers.map { ("\($0.label) (cover)", $0.person) }
        if known.insert("Location/\(visit.chair)").inserted {
            text += entry(
                "Location", visit.chair,
                [
                    ("status", "active"), ("name", .string(visit.chair)), ("mode", "instance"),
                ])
            text += entry(
                "Schedule", visit.chair,
                [
                    ("active", true), ("actor", [Self.reference("Location", visit.chair)]),
                ])
        }
        for (_, person) in staff where known.insert("Practitioner/\(person)").inserted {
            text += entry(
                "Practitioner", person,
                [
                    ("identifier", [Self.identifier("staff", person)]),
                    ("name", [["text": .string(people[person] ?? person)]]),
                ])
        }
        let status = Status(visit.status)
        if status.occupies {
            text += entry(
                "Slot", visit.id,
                [
                    ("schedule", Self.reference("Schedule", visit.chair)),
                    ("status", visit.status == .tentative ? "busy-tentative" : "busy"),
                    ("start", .string(visit.start.text)), ("end", .string(visit.end.text)),
                ])
        }
        return text + appointment(visit, status, staff)
    }

    private mutating func appointment(
        _ visit: VisitMessage, _ status: Status, _ staff: [(key: String, value: String)]
    ) -> String {
        func participant(_ actor: JSONValue, _ role: String?, _ answer: String) -> JSONValue {
            .object(
                .present([
                    ("type", role.map { [["text": .string($0)]] }), ("actor", actor), ("required", "required"),
                    ("status", .string(answer)),
                ]))
        }
        let patient = participant(
            Self.reference("Patient", visit.patient), nil, status.name == "pending" ? "needs-action" : "accepted")
        let attendants = staff.map { participant(Self.reference("Practitioner", $0.value), $0.key, "accepted") }
        let chair = participant(Self.reference("Location", visit.chair), nil, "accepted")
        return entry(
            "Appointment", visit.id,
            [
                ("identifier", [Self.identifier("visit", visit.id)]), ("status", .string(status.name)),
                ("cancelationReason", status.reason.map { Self.cancelationReason($0, visit) }),
                (
                    "serviceType",
                    [
                        [
                            "coding": [["system": "urn:infusiond:visit-type", "code": .string(visit.visit)]],
                            "text": .string(types[visit.visit] ?? visit.visit),
                        ]
                    ]
                ),
                ("description", .string(visit.turnText)),
                ("supportingInformation", [Self.reference("CarePlan", visit.course)]),
                ("start", .string(visit.start.text)), ("end", .string(visit.end.text)),
                ("minutesDuration", .integer((visit.end.second - visit.start.second) / 60)),
                ("slot", status.occupies ? [Self.reference("Slot", visit.id)] : nil),
                ("participant", .array([patient] + attendants + [chair])),
            ])
    }

    /// Whose doing it was that a visit is not given, by R4's appointment-cancellation-reason where that is known.
    private static func cancelationReason(_ word: String, _ visit: VisitMessage) -> JSONValue {
        let text = [word, visit.reason.map { spacedWords($0) } ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
        let coding = visit.reason.flatMap { cancelationCodes[$0] }.map { code -> JSONValue in
            [
                "system": "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason",
                "code": .string(code),
            ]
        }
        return .object(.present([("coding", coding.map { [$0] }), ("text", .string(text))]))
    }

    /// Codes of appointment-cancellation-reason for reasons: the patient's own, the clinic's.
    private static let cancelationCodes = [
        "patientRequest": "pat", "patientUnwell": "pat", "transport": "pat-lt", "clinical": "prov", "staffing": "prov",
        "equipment": "maint", "closure": "prov", "payer": "oth-fin", "weather": "oth-weath", "correction": "oth-err",
        "other": "other",
    ]

    private mutating func entry(_ type: String, _ id: String, _ members: [(String, JSONValue?)]) -> String {
        defer { isFirst = false }
        let resource = JSONObject.present(
            [("resourceType", .string(type)), ("id", .string(Self.id(id)))] + members)
        let entry: JSONValue = [
            "fullUrl": .string("\(base)/\(type)/\(Self.id(id))"), "resource": .object(resource),
        ]
        return (isFirst ? "\n" : ",\n") + entry.text()
    }

    private static func reference(_ type: String, _ id: String) -> JSONValue {
        ["reference": .string("\(type)/\(Self.id(id))")]
    }

    private static func identifier(_ kind: String, _ id: String) -> JSONValue {
        ["system": .string("urn:infusiond:\(kind)"), "value": .string(id)]
    }

    /// An id as FHIR has them: letters, digits, hyphens and dots.
    private static func id(_ id: String) -> String { String(id.map { $0 == "_" || $0 == ":" ? "-" : $0 }) }

    /// The status of an Appointment.
    private struct Status {
        let name: String
        let reason: String?
        let occupies: Bool

        init(_ status: VisitStatusCode) {
            var reason: String?
            switch status {
            case .tentative: name = "pending"
            case .confirmed: name = "booked"
            case .arrived: name = "arrived"
            case .inProgress: name = "checked-in"
            case .completed: name = "fulfilled"
            case .noShow: name = "noshow"
            case .notTreated, .cancelled, .omitted, .unknown:
                name = "cancelled"
                reason = spacedWords(status)
            }
            self.reason = reason
            occupies = name != "noshow" && name != "cancelled"
        }
    }
}
