import Clinic
import Planning
import StrictJSON

extension CourseChanged {
    var payload: JSONValue {
        members(
            ("action", .string(action.rawValue)), ("course", .string(course.text)), ("patient", .string(patient.text)),
            ("former", text(former?.text)), ("about", text(about?.text)), ("before", before?.payload),
            ("after", after.payload), ("visits", list(visits.map(\.payload))), ("undoes", number(undoes)),
            ("detail", text(detail)))
    }

    init?(payload reader: JSONReader) {
        let read: CourseChanged? = reader.object { fields in
            guard let action = fields.choice("action", of: CourseAction.self),
                let course = fields.identifier("course", CourseID.self),
                let patient = fields.identifier("patient", PatientID.self),
                let after = fields.value("after", CourseImage.init(payload:))
            else { return nil }
            return CourseChanged(
                action: action, course: course, patient: patient,
                former: fields.optional("former") { $0.identifier(PatientID.self) },
                about: fields.optional("about") { $0.identifier(VisitID.self) },
                before: fields.optional("before", CourseImage.init(payload:)), after: after,
                visits: fields.array("visits", default: [], of: VisitChange.init(payload:)),
                undoes: fields.optionalCount("undoes"), detail: fields.optionalText("detail"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension CourseChanged.VisitChange {
    var payload: JSONValue {
        members(("id", .string(id.text)), ("before", before?.payload), ("after", after?.payload))
    }

    init?(payload reader: JSONReader) {
        let read: CourseChanged.VisitChange? = reader.object { fields in
            guard let id = fields.identifier("id", VisitID.self) else { return nil }
            return CourseChanged.VisitChange(
                id: id, before: fields.optional("before", VisitImage.init(payload:)),
                after: fields.optional("after", VisitImage.init(payload:)))
        }
        guard let read else { return nil }
        self = read
    }
}

extension CourseImage {
    var payload: JSONValue {
        members(
            ("template", .string(template.text)), ("wish", wish.payload), ("status", .string(status.rawValue)),
            ("usual", text(usual.map(clockText))), ("progress", progress.storedPayload))
    }

    init?(payload reader: JSONReader) {
        let read: CourseImage? = reader.object { fields in
            guard let template = fields.identifier("template", TemplateID.self),
                let wish = fields.value("wish", CourseWish.init(payload:)),
                let status = fields.choice("status", of: CourseStatus.self)
            else { return nil }
            return CourseImage(
                template: template, wish: wish, status: status, usual: fields.optional("usual") { $0.clock() },
                progress: fields.optional("progress", CourseProgress.init(payload:)) ?? CourseProgress())
        }
        guard let read else { return nil }
        self = read
    }
}

extension VisitImage {
    var payload: JSONValue {
        let stored = StoredStatus(status)
        return members(
            ("number", .integer(number)), ("phase", .string(phase)), ("visit", .string(visitType.text)),
            ("status", .string(stored.name)), ("detail", text(stored.detail)), ("reason", text(stored.reason)),
            ("place", place.payload), ("told", flag(told)), ("pinned", flag(pinned)),
            ("overrides", overrides.storedPayload), ("terms", terms.payload), ("needsCall", flag(needsCall)),
            ("heard", isHeardPlain ? nil : text(heard?.text)), ("forgone", flag(isForgone)),
            ("takenBack", flag(isTakenBack)), ("facts", list(facts.map(\.payload))),
            ("latestDay", text(latestDay?.description)), ("asked", text(asked?.rawValue)))
    }

    init?(payload reader: JSONReader) {
        let read: VisitImage? = reader.object { fields in
            let detail = fields.optionalText("detail")
            let reason = fields.optionalText("reason")
            guard let number = fields.integer("number"), let phase = fields.string("phase"),
                let type = fields.identifier("visit", VisitTypeID.self),
                let status = fields.parsed(
                    "status", as: "a visit's status",
                    { StoredStatus(name: $0, detail: detail, reason: reason).status }),
                let place = fields.value("place", Place.init(payload:)),
                let terms = fields.value("terms", CostTerms.init(payload:))
            else { return nil }
            let plain = Heard(
                isTold: fields.flag("told"), isToBeTold: fields.flag("needsCall"), status, at: place)
            return VisitImage(
                number: number, phase: phase, visitType: type, status: status, place: place,
                heard: fields.optional("heard") { $0.parsed(as: "what a patient heard") { Heard(text: $0) } } ?? plain,
                pinned: fields.flag("pinned"),
                overrides: fields.optional("overrides") { [Rule: Reason.Code](payload: $0) } ?? [:], terms: terms,
                isForgone: fields.flag("forgone"), isTakenBack: fields.flag("takenBack"),
                facts: fields.array("facts", default: [], of: Fact.init(payload:)),
                latestDay: fields.optional("latestDay") { $0.day() },
                asked: fields.optional("asked") { $0.choice(of: AskedPlace.self) })
        }
        guard let read else { return nil }
        self = read
    }
}

extension Heard {
    /// "2026-03-02T09:00", "calledOff", "unsure" or "unsure 2026-03-02T09:00"; a time that is the later of two that the
    /// clock shows is followed by "later".
    var text: String {
        switch self {
        case .at(let time): time.storedText
        case .calledOff: "calledOff"
        case .unsure(let time): (["unsure"] + (time.map { [$0.storedText] } ?? [])).joined(separator: " ")
        }
    }

    init?(text: String) {
        let words = text.split(separator: " ").map(String.init)
        switch words.first {
        case "calledOff"? where words.count == 1: self = .calledOff
        case "unsure"? where words.count == 1: self = .unsure(nil)
        case "unsure"?:
            guard let time = PromisedTime(stored: words.dropFirst()) else { return nil }
            self = .unsure(time)
        default:
            guard let time = PromisedTime(stored: words[...]) else { return nil }
            self = .at(time)
        }
    }
}

extension PromisedTime {
    fileprivate var storedText: String { isLater ? text + " later" : text }

    fileprivate init?(stored words: ArraySlice<String>) {
        guard let first = words.first, words.count == 1 || words.dropFirst().elementsEqual(["later"]) else {
            return nil
        }
        self.init(text: first, isLater: words.count == 2)
    }
}

extension [Rule: Reason.Code] {
    /// An object in the order of the rules' names, or nothing where it would be empty.
    var storedPayload: JSONValue? {
        if isEmpty { return nil }
        return .object(
            JSONObject(
                sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key.rawValue, .string($0.value.rawValue)) }))
    }

    init?(payload reader: JSONReader) {
        let read: [(key: String, value: (Rule, Reason.Code))]? = reader.map { key, reader in
            Rule(rawValue: key).flatMap { rule in reader.choice(of: Reason.Code.self).map { (rule, $0) } }
        }
        guard let read else { return nil }
        self = Dictionary(read.map(\.value)) { first, _ in first }
    }
}

extension Fact {
    var payload: JSONValue {
        members(
            ("kind", .string(kind.rawValue)), ("at", .integer(at.seconds)),
            ("number", self.number.map { .integer($0) }),
            ("detail", text(detail)))
    }

    init?(payload reader: JSONReader) {
        let read: Fact? = reader.object { fields in
            guard let kind = fields.choice("kind", of: Kind.self), let at = fields.integer("at") else { return nil }
            return Fact(
                kind, at: Instant(seconds: at), number: fields.optionalCount("number"),
                detail: fields.optionalText("detail"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension CourseProgress {
    /// Nothing where nothing was learned or done.
    var storedPayload: JSONValue? {
        if self == CourseProgress() { return nil }
        return members(
            ("assessments", list(assessments.map(\.payload))), ("openGates", words(openGates)),
            ("prerequisites", list(prerequisites.map(\.payload))), ("doneTasks", words(doneTasks)),
            ("adoptedFrom", adoptedFrom?.payload), ("bookedElsewhere", number(bookedElsewhere?.seconds)),
            ("heldUntil", number(heldUntil?.seconds)))
    }

    init?(payload reader: JSONReader) {
        let read: CourseProgress? = reader.object { fields in
            var read = CourseProgress()
            read.assessments = fields.array("assessments", default: [], of: Assessment.init(payload:))
            read.openGates = fields.words("openGates")
            read.prerequisites = fields.array("prerequisites", default: [], of: PrerequisiteDone.init(payload:))
            read.doneTasks = fields.words("doneTasks")
            read.adoptedFrom = fields.optional("adoptedFrom", Adopted.init(payload:))
            read.bookedElsewhere = fields.optionalCount("bookedElsewhere").map { Instant(seconds: $0) }
            read.heldUntil = fields.optionalCount("heldUntil").map { Instant(seconds: $0) }
            return read
        }
        guard let read else { return nil }
        self = read
    }
}

extension CourseProgress.Adopted {
    var payload: JSONValue {
        members(("phase", .string(phase)), ("given", .integer(given)), ("lastDay", .string("\(lastDay)")))
    }

    init?(payload reader: JSONReader) {
        let read: CourseProgress.Adopted? = reader.object { fields in
            guard let phase = fields.string("phase"), let given = fields.integer("given"),
                let lastDay = fields.day("lastDay")
            else { return nil }
            return CourseProgress.Adopted(phase: phase, given: given, lastDay: lastDay)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Assessment {
    var payload: JSONValue {
        members(("measure", .string(measure)), ("score", .integer(score)), ("at", .integer(at.seconds)))
    }

    init?(payload reader: JSONReader) {
        let read: Assessment? = reader.object { fields in
            guard let measure = fields.string("measure"), let score = fields.integer("score"),
                let at = fields.integer("at")
            else { return nil }
            return Assessment(measure: measure, score: score, at: Instant(seconds: at))
        }
        guard let read else { return nil }
        self = read
    }
}

extension PrerequisiteDone {
    var payload: JSONValue {
        members(("name", .string(name)), ("day", .string("\(day)")), ("visit", text(visit?.text)))
    }

    init?(payload reader: JSONReader) {
        let read: PrerequisiteDone? = reader.object { fields in
            guard let name = fields.string("name"), let day = fields.day("day") else { return nil }
            return PrerequisiteDone(
                name: name, day: day, visit: fields.optional("visit") { $0.identifier(VisitID.self) })
        }
        guard let read else { return nil }
        self = read
    }
}
