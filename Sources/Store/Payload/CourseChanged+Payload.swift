import Clinic
import Planning
import StrictJSON

extension CourseAction: JSONCoded {}

extension CourseStatus: JSONCoded {}

extension AskedPlace: JSONCoded {}

extension Reason.Code: JSONCoded {}

extension Fact.Kind: JSONCoded {}

extension CourseChanged: Shaped {
    static let shape = Shape<CourseChanged>(
        CourseChanged.init,
        Field("action", \.action),
        Field("course", \.course),
        Field("patient", \.patient),
        Field("former", \.former),
        Field("about", \.about),
        Field("before", \.before),
        Field("after", \.after),
        Field("visits", \.visits),
        Field("undoes", \.undoes),
        Field("detail", \.detail),
        Field("told", \.isTold))
}

extension CourseChanged.VisitChange: Shaped {
    static let shape = Shape<CourseChanged.VisitChange>(
        CourseChanged.VisitChange.init,
        Field("id", \.id),
        Field("before", \.before),
        Field("after", \.after))
}

extension CourseImage: Shaped {
    static let shape = Shape<CourseImage>(
        CourseImage.init,
        Field("template", \.template),
        Field("wish", \.wish),
        Field("status", \.status),
        Field("usual", \.usual, Codec.clock.optional),
        Field("progress", \.progress))
}

extension VisitImage: Shaped {
    static let shape = Shape<VisitImage>(
        {
            number, phase, type, stored, place, told, pinned, overrides, terms, call, heard, forgone, takenBack, facts,
            latest, asked, former in
            guard let status = stored.status else { return nil }
            return VisitImage(
                number: number, phase: phase, visitType: type, status: status, place: place,
                heard: heard ?? Heard(isTold: told, isToBeTold: call, status, at: place), pinned: pinned,
                overrides: overrides, terms: terms, isForgone: forgone, isTakenBack: takenBack, facts: facts,
                latestDay: latest, asked: asked, formerPatients: former)
        },
        Field("number", \.number),
        Field("phase", \.phase),
        Field("visit", \.visitType),
        Field({ StoredStatus($0.status) }, inline: StoredStatus.shape),
        Field("place", \.place),
        Field("told", \.told),
        Field("pinned", \.pinned),
        Field("overrides", \.overrides, .overrides),
        Field("terms", \.terms),
        Field("needsCall", \.needsCall),
        Field("heard", { $0.isHeardPlain ? nil : $0.heard }),
        Field("forgone", \.isForgone),
        Field("takenBack", \.isTakenBack),
        Field("facts", \.facts),
        Field("latestDay", \.latestDay),
        Field("asked", \.asked),
        Field("formerPatients", \.formerPatients))
}

extension FormerPatient: Shaped {
    static let shape = Shape<FormerPatient>(
        FormerPatient.init,
        Field("patient", \.patient),
        Field("heard", \.heard),
        Field("calls", \.calls))
}

extension StoredStatus: Shaped {
    static let shape = Shape<StoredStatus>(
        StoredStatus.init,
        Field("status", \.name),
        Field("detail", \.detail),
        Field("reason", \.reason))
}

extension Heard: JSONCoded {
    static let json = Codec<Heard>(text: "what a patient heard", { Heard(text: $0) }, \.text)
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

extension Codec<[Rule: Reason.Code]> {
    /// An object in the order of the rules' names.
    static var overrides: Codec {
        keyed(
            Reason.Code.json, by: { Rule(rawValue: $0) }, named: \.rawValue, order: { $0.rawValue < $1.rawValue })
    }
}

extension Fact: Shaped {
    static let shape = Shape<Fact>(
        { Fact($0, at: $1, number: $2, detail: $3) },
        Field("kind", \.kind),
        Field("at", \.at),
        Field("number", \.number),
        Field("detail", \.detail))
}

extension CourseProgress: Shaped {
    /// Absent where nothing was learned or done.
    static let json = shape.codec.omitted(as: CourseProgress())

    static let shape = Shape(
        CourseProgress(),
        DefaultedField("assessments", \.assessments),
        DefaultedField("openGates", \.openGates),
        DefaultedField("prerequisites", \.prerequisites),
        DefaultedField("doneTasks", \.doneTasks),
        DefaultedField("adoptedFrom", \.adoptedFrom),
        DefaultedField("bookedElsewhere", \.bookedElsewhere),
        DefaultedField("heldUntil", \.heldUntil))
}

extension CourseProgress.Adopted: Shaped {
    static let shape = Shape<CourseProgress.Adopted>(
        CourseProgress.Adopted.init,
        Field("phase", \.phase),
        Field("given", \.given),
        Field("lastDay", \.lastDay))
}

extension Assessment: Shaped {
    static let shape = Shape<Assessment>(
        Assessment.init,
        Field("measure", \.measure),
        Field("score", \.score),
        Field("at", \.at))
}

extension PrerequisiteDone: Shaped {
    static let shape = Shape<PrerequisiteDone>(
        PrerequisiteDone.init,
        Field("name", \.name),
        Field("day", \.day),
        Field("visit", \.visit))
}
