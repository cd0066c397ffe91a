import Clinic
import Planning
import Store
import StrictJSON
import Testing
import Varlink
import VarlinkDescription
import Wire

@testable import Service

@Suite("Every value from outside is checked at the edge")
struct EdgeTests {
    /// Both descriptions, as callers get them.
    static func descriptions() throws -> [InterfaceDescription] {
        try [ClinicInterface.description, ServiceInterface.description].map { try InterfaceDescription(parsing: $0) }
    }

    /// The full names of all methods; a series is asked over the socket, in another test.
    static let methods: [String] = {
        let all = try? descriptions().flatMap { interface in
            interface.methods.filter { !$0.requiresMore }.map { "\(interface.name).\($0.name)" }
        }
        return all ?? []
    }()

    @Test("every number of a parameter has bounds of its own, and bounds are of the kind of their field")
    func described() throws {
        for interface in try Self.descriptions() {
            for method in interface.methods {
                for place in Places(interface, method).all where place.holdsNumbers {
                    #expect(place.field.bounds.isOwn, "\(method.name) \(place.path) has no bounds in brackets")
                }
            }
        }
        let usual = FieldBounds()
        let said = try Self.descriptions()[0].documentation.split(separator: "\n").joined(separator: " ")
        #expect(said.contains("within \(usual.numbers.lowerBound) to \(usual.numbers.upperBound)"))
        #expect(said.contains("at most \(usual.lengths.upperBound) characters"))
        #expect(said.contains("list at most \(usual.counts.upperBound) elements"))
    }

    @Test(
        "least, greatest, their neighbours, empty, huge and odd values of every field are answered, all staying sound",
        .serialized, arguments: methods)
    func everyField(method: String) async throws {
        let world = try await World(edgeClinic)
        try await world.furnish()
        let parts = method.split(separator: ".").map(String.init)
        let interface = try #require(world.interfaces[parts.dropLast().joined(separator: ".")])
        let declared = try #require(interface.description.method(named: parts[parts.count - 1]))
        for place in Places(interface.description, declared).all {
            for probe in place.probes() {
                var parameters = Ordinary.call(of: declared, in: interface.description, place, probe.value)
                // What is recorded changes what the next call finds; days and times are recorded all the same.
                let isTried = declared.input.contains { $0.name == "dryRun" } && place.path != "dryRun"
                if isTried, !place.isTime || declared.name.hasPrefix("Change") { parameters["dryRun"] = true }
                var answer: VarlinkError?
                do {
                    _ = try await world.call(method, parameters, by: World.peer(.admin))
                } catch let error as VarlinkError {
                    answer = error
                }
                guard probe.isBeyond else { continue }
                let name = interface.description.name + ".InvalidValue"
                #expect(answer?.name == name, "\(method) \(place.path): \(probe.name)")
                #expect(answer?.parameters["field"] == .string(place.path), "\(method) \(place.path): \(probe.name)")
                #expect((answer?.parameters.bytesCount ?? 0) < 4096, "\(method) \(place.path): \(probe.name)")
            }
        }
        #expect(await world.service.ping())
        #expect(try world.service.store.verify().isGood)
        #expect(world.surface.failures == [])
        try await world.close()
    }
}

extension EdgeTests {
    @Test("a day on which a visit would cost more than 32 bits hold is explained like any other")
    func dearDay() async throws {
        let text = edgeClinic.replacing(
            #""tolerance": {"before": 0, "after": 6}"#, with: #""tolerance": {"after": 366}"#)
        let world = try await World(text)
        let patient = try await world.patient()
        let course = try oneVisit(patient, startWithinDays: 0, regimen: "three")
        let proposed = try await world.ask(ClinicInterface.ProposeCourse(course: course))
        let asked = try await world.ask(
            ClinicInterface.ExplainVisit(proposal: proposed.proposal, number: 3, day: course.earliest + 602))
        #expect((asked.found.difference ?? 0) > 1 << 29)
        try await world.close()
    }
}

extension EdgeTests {
    @Test("calls through a day of another age are refused, and no calendar is made that reaches it")
    func callsOfAnotherAge() async throws {
        let world = try await World(edgeClinic)
        for text in ["9999-12-31", "0000-01-01"] {
            let day = try #require(Day(text))
            let failure = try await world.failure(of: ClinicInterface.ListCalls(through: day))
            guard case .invalidValue("through", _, _)? = failure else {
                Issue.record("\(text): \(String(describing: failure))")
                continue
            }
        }
        try await world.close()
    }
}

/// A clinic that has what calls name: a measure, a feature, a prerequisite, a gate, weights as heavy as they may be.
private let edgeClinic = clinicText(
    extra: """
        , "planning": {"weights": {"start": 1000000, "gap": 1000000, "preference": 1000000, "rhythm": 1000000,
           "continuity": 1000000, "crowding": 1000000, "idle": 1000000, "workload": 1000000, "movedDay": 1000000,
           "movedTime": 1000000}}
        """)

extension World {
    /// Brings what calls name: patients, courses, a proposal, an entry and an offer of the waiting list, absences.
    fileprivate func furnish() async throws {
        for number in 1...3 { _ = try await patient(number) }
        for number in 1...3 {
            let regimen = number == 1 ? "three" : "one"
            try await ask(
                ClinicInterface.BookCourse(
                    course: oneVisit("p\(number)", startWithinDays: 20, regimen: regimen), request: "b\(number)"))
        }
        try await ask(ClinicInterface.ProposeCourse(course: oneVisit("p1", startWithinDays: 20), alternatives: 2))
        try await ask(ClinicInterface.AddWaiting(visit: "v3"))
        try await ask(ClinicInterface.AddTimeOff(person: "rn-2", from: Day("2026-03-10"), reason: "staffing"))
    }
}

extension JSONObject {
    /// The length of its text.
    fileprivate var bytesCount: Int { text().utf8.count }
}

/// A field of a method's parameters, however deep it lies.
private struct Place {
    /// The way to it, elements being the first: `course.availability[0].hours`.
    let path: String
    let method: String
    /// The names on the way; an element of a list is nil.
    let steps: [String?]
    let field: FieldDescription
    /// The type at the place: that of the field, or of its elements.
    let type: VarlinkType

    /// Whether it says when something is, or since when or until when.
    var isTime: Bool {
        ["at", "day", "from", "through", "until", "endDay", "blackoutDays", "lastDay", "requestedOn"].contains(
            field.name)
    }

    /// What says a time on the clock, a month or a moment.
    static let clocks = ["asOf", "before", "earliest", "fromTime", "hours", "month", "untilTime", "usual"]

    var holdsNumbers: Bool { if case .int = type { true } else { false } }

    /// A value to be tried.
    struct Probe {
        let name: String
        let value: JSONValue
        /// Whether it is beyond what the field may be, so that the call must be refused for it.
        var isBeyond = false
    }

    func probes() -> [Probe] {
        switch type {
        case .int: numbers()
        case .string: texts() + bounds(ofTexts: field.bounds)
        case .array, .map: counts()
        case .bool: [Probe(name: "true", value: true), Probe(name: "false", value: false)]
        case .float, .object, .any, .named, .structure, .enumeration, .nullable: []
        }
    }

    private func numbers() -> [Probe] {
        let (least, most) = (field.bounds.numbers.lowerBound, field.bounds.numbers.upperBound)
        let beyond = [Int.min, Int.min + 1, least - 1, most + 1, Int.max - 1, Int.max]
        // Ten years of a clinic are a test of their own, and so are hundreds of visits.
        let isLong = ["AdvanceClock.minutes", "ExtendCourse.visits"].contains("\(method).\(field.name)")
        let far = isLong ? [] : [most - 1, most]
        let within = Set([least, least + 1, 0, 1, 2] + far).filter { least <= $0 && $0 <= most }.sorted()
        return beyond.map { Probe(name: "\($0)", value: .integer($0), isBeyond: true) }
            + within.map { Probe(name: "\($0)", value: .integer($0)) }
    }

    private func counts() -> [Probe] {
        let (least, most) = (field.bounds.counts.lowerBound, field.bounds.counts.upperBound)
        func elements(_ count: Int) -> JSONValue {
            switch type {
            case .map: .object(JSONObject((0..<count).map { ("label\($0)", Ordinary.element(of: type, field)) }))
            default: .array(Array(repeating: Ordinary.element(of: type, field), count: count))
            }
        }
        let beyond = [most + 1] + (least > 0 ? [least - 1] : [])
        return beyond.map { Probe(name: "\($0) elements", value: elements($0), isBeyond: true) }
            + Set([least, 1, min(most, 300)]).sorted().map { Probe(name: "\($0) elements", value: elements($0)) }
    }

    private func bounds(ofTexts bounds: FieldBounds) -> [Probe] {
        let (least, most) = (bounds.lengths.lowerBound, bounds.lengths.upperBound)
        let mark = bounds.isInBytes ? 1 : 4
        var probes = [
            Probe(name: "one too long", value: .string(String(repeating: "x", count: most + 1)), isBeyond: true),
            // A single character of more bytes than so many characters may have.
            Probe(
                name: "one character of \(mark * most + 2) bytes",
                value: .string("x" + String(repeating: "\u{301}", count: mark * most / 2 + 1)), isBeyond: true),
            Probe(name: "the longest", value: .string(String(repeating: "x", count: most))),
        ]
        if least > 0 { probes.append(Probe(name: "empty", value: "", isBeyond: true)) }
        return probes
    }

    /// Texts that mean something in some field, or look as if they did.
    private func texts() -> [Probe] {
        let unicode = ["e\u{301}", "\u{202E}abc", "\r\n", "\u{1}", "\u{10FFFF}", "\"\\"]
        // A note means nothing to the program.
        let words: [String]
        if isTime || Self.clocks.contains(field.name) {
            words = [
                "0000-01-01", "9999-12-31", "2026-03-02", "2028-03-02", "2028-03-03", "0000-01-01T00:00:00+23:59",
                "9999-12-31T23:59:59-23:59", "2026-03-02T07:00:01Z", "00:00", "24:00", "00:00-24:00", "23:59-24:00",
                "9999-12", "0000-01", "e0", "e9223372036854775807", "e9223372036854775807-r9223372036854775807", "-",
            ]
        } else if ["note", "request", "reason"].contains(field.name) {
            words = []
        } else {
            words = [
                "p-1", "p9223372036854775807", "c9223372036854775808", "v-9", "started", "stageBegun", "delayed",
                "endDay", "/",
            ]
        }
        return (words + unicode).filter { $0.count >= field.bounds.lengths.lowerBound }
            .map { Probe(name: $0, value: .string($0)) }
    }
}

/// The fields of a method's parameters.
private struct Places {
    private(set) var all: [Place] = []
    private let method: String

    init(_ interface: InterfaceDescription, _ method: MethodDescription) {
        self.method = method.name
        for field in method.input { add(field, field.type, field.name, [field.name], interface) }
    }

    private mutating func add(
        _ field: FieldDescription, _ type: VarlinkType, _ path: String, _ steps: [String?],
        _ interface: InterfaceDescription
    ) {
        switch type {
        case .nullable(let inner): add(field, inner, path, steps, interface)
        case .named(let name): add(field, interface.type(named: name), path, steps, interface)
        case .structure(let fields):
            for inner in fields { add(inner, inner.type, "\(path).\(inner.name)", steps + [inner.name], interface) }
        case .array(let element):
            all.append(Place(path: path, method: method, steps: steps, field: field, type: type))
            add(field, element, path + "[0]", steps + [nil], interface)
        case .map:
            all.append(Place(path: path, method: method, steps: steps, field: field, type: type))
        case .bool, .int, .string, .float, .object, .any, .enumeration:
            all.append(Place(path: path, method: method, steps: steps, field: field, type: type))
        }
    }
}

/// Values that calls ordinarily have, so that a call is carried as far as the value that is tried.
private enum Ordinary {
    /// The parameters of a call with a value at a place, and beside it what must be there.
    static func call(
        of method: MethodDescription, in interface: InterfaceDescription, _ place: Place, _ value: JSONValue
    ) -> JSONObject {
        var object = JSONObject()
        let companions = Self.companions["\(method.name).\(place.steps[0] ?? "")"] ?? []
        for field in method.input where !field.isNullable || companions.contains(field.name) {
            object[field.name] = ordinary(field.name, field.type, method.name, interface)
        }
        guard let first = place.steps[0], let field = method.input.first(where: { $0.name == first }) else {
            return object
        }
        object[first] = put(
            value, at: place.steps.dropFirst(), object[first], field, field.type, method.name, interface)
        return object
    }

    /// A value with another one put into it.
    private static func put(
        _ value: JSONValue, at steps: ArraySlice<String?>, _ whole: JSONValue?, _ field: FieldDescription,
        _ type: VarlinkType, _ method: String, _ interface: InterfaceDescription
    ) -> JSONValue {
        guard let step = steps.first else { return value }
        switch type {
        case .nullable(let inner): return put(value, at: steps, whole, field, inner, method, interface)
        case .named(let name):
            return put(value, at: steps, whole, field, interface.type(named: name), method, interface)
        case .array(let element):
            return .array([put(value, at: steps.dropFirst(), nil, field, element, method, interface)])
        case .structure(let fields):
            var object = whole?.object ?? JSONObject()
            for inner in fields where !inner.isNullable && object[inner.name] == nil {
                object[inner.name] = ordinary(inner.name, inner.type, method, interface)
            }
            if let inner = fields.first(where: { $0.name == step }) {
                object[inner.name] = put(
                    value, at: steps.dropFirst(), object[inner.name], inner, inner.type, method, interface)
            }
            return .object(object)
        case .bool, .int, .float, .string, .object, .any, .enumeration, .map: return value
        }
    }

    /// An element of a list or a map.
    static func element(of type: VarlinkType, _ field: FieldDescription) -> JSONValue {
        switch type {
        case .array(.int): 1
        case .array(.string), .map: .string(texts[field.name] ?? "x")
        case .array(.named("WeekWindow")): ["days": ["mon"], "hours": "09:00-12:00"]
        case .array(.named("NewPatient")): ["recordNumber": "MRN-1"]
        case .array(.named("Authorisation")): authorisation
        default: "x"
        }
    }

    private static let authorisation: JSONValue = [
        "number": "A1", "status": "approved", "visits": 1, "visitTypes": ["hour"], "from": "2026-03-01",
        "through": "2026-03-31",
    ]

    private static func ordinary(
        _ name: String, _ type: VarlinkType, _ method: String, _ interface: InterfaceDescription
    ) -> JSONValue {
        if let text = texts["\(method).\(name)"] { return .string(text) }
        switch type {
        case .bool: return true
        case .int: return .integer(numbers[name] ?? 1)
        case .string: return .string(texts[name] ?? "x")
        case .nullable(let inner): return ordinary(name, inner, method, interface)
        case .named("Authorisation"): return authorisation
        case .named(let inner): return ordinary(name, interface.type(named: inner), method, interface)
        case .structure(let fields):
            return .object(
                JSONObject(
                    fields.filter { !$0.isNullable }.map { ($0.name, ordinary($0.name, $0.type, method, interface)) }))
        case .array(let element): return [ordinary(name, element, method, interface)]
        case .map: return ["nurse": "rn-1"]
        case .float, .object, .any, .enumeration: return .null
        }
    }

    private static let numbers = ["number": 1, "minutes": 30, "days": 7, "visits": 1, "given": 1, "score": 5]

    private static let texts = [
        "patient": "p1", "course": "c1", "visit": "v1", "call": "v1", "proposal": "pr1", "regimen": "one",
        "earliest": "2026-03-03", "day": "2026-03-04", "from": "2026-03-04", "through": "2026-03-05",
        "until": "2026-03-09", "at": "10:00", "reason": "other", "phase": "all", "obstacle": "unwell",
        "later": "shift", "fact": "arrived", "outcome": "reached", "rule": "gap", "waiting": "w1", "offer": "f1",
        "task": "v1/x", "measure": "PHQ-9", "name": "x", "hours": "09:00-12:00", "person": "rn-1", "chair": "chair-1",
        "features": "monitor", "days": "mon", "lastDay": "2026-02-26", "blackoutDays": "2026-03-11",
        "recordNumber": "MRN-9", "ids": "t1", "asOf": "e1", "month": "2026-03", "named": "p1", "clear": "usual",
        "upload": "u", "text": "{}", "checksum": "0", "attendants": "rn-1", "path": "/nowhere/at/all",
        "visitTypes": "hour", "Free.visit": "hour", "ExtendCourse.phase": "all", "RecordAssessment.course": "c2",
        "RecordAssessment.at": "2026-03-02T07:00:00Z", "AdoptCourse.regimen": "three",
        "Audit.from": "2026-03-01T00:00:00Z",
        "AdvanceClock.until": "2026-03-02T08:00:00Z", "AdoptCourse.phase": "all",
    ]

    /// What a field that may be absent is carried further with.
    private static let companions = [
        "BookCourse.alternative": ["proposal"], "ExplainVisit.number": ["proposal"],
        "ExplainVisit.day": ["visit"], "MatchWaiting.day": ["at", "chair"], "MatchWaiting.at": ["day", "chair"],
        "MatchWaiting.chair": ["day", "at"], "MatchWaiting.minutes": ["day", "at", "chair"],
        "OfferPlace.day": ["at", "chair"], "OfferPlace.at": ["day", "chair"], "OfferPlace.chair": ["day", "at"],
        "OfferPlace.minutes": ["day", "at", "chair"], "OfferPlace.holdMinutes": ["day", "at", "chair"],
        "OfferPlace.waiting": ["day", "at", "chair"], "AddWaiting.earlier": ["visit"], "AddWaiting.windows": ["course"],
        "AddTimeOff.through": ["from"], "AddTimeOff.fromTime": ["from"], "AddTimeOff.untilTime": ["from"],
        "AddOutage.from": ["chair"], "AddOutage.through": ["chair", "from"], "AddOutage.fromTime": ["chair", "from"],
        "AddOutage.untilTime": ["chair", "from"], "MoveVisit.at": ["from"], "Audit.limit": ["course"],
        "Audit.before": ["course"], "Audit.until": ["course"], "Audit.reads": ["patient"],
        "RecordFact.detail": [], "CatchUpCourse.nearest": ["within"],
    ]
}
