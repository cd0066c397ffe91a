internal import Clinic
internal import Planning
internal import Wire

// What cannot well be meant, in words: what it would mean, and how it is recorded where it is meant.

extension ClinicInterface.Failure {
    /// A slip of the finger, with what it would mean.
    static func slip(_ slip: FactSlip, _ snapshot: Snapshot) -> Self {
        let visit = snapshot.state.visit(slip.visit)
        let plan = visit.map { " of \($0.patient) is of \(snapshot.moment(minute: $0.place.minute))" } ?? ""
        let told = slip.fact.map { fact in
            "that \(clause(fact, visit)) at \(snapshot.moment(minute: fact.at.minute))"
        }
        let message =
            "visit \(slip.visit)\(plan): this would record \(told ?? "that the patient came and was not treated"), "
            + why(slip, visit, snapshot)
        return .refused(
            rule: "slip", message: message, hint: hint(slip, visit, snapshot), violations: [], refusal: nil)
    }

    /// The next stage of a visit that has not begun.
    static func notBegun(_ id: VisitID, _ snapshot: Snapshot) -> Self {
        let isHere = snapshot.state.visit(id)?.status == .arrived
        let first = isHere ? "" : "infusionctl visit arrive \(id), then "
        return .refused(
            rule: "start", message: "visit \(id) has not begun, and nothing but a start begins it",
            hint: "\(first)infusionctl visit start \(id)", violations: [], refusal: nil)
    }

    /// A patient who comes to a visit that another has made up for.
    static func madeUp(_ id: VisitID, by other: VisitID, _ snapshot: Snapshot) -> Self {
        let now = snapshot.state.visit(other).map { ": it \($0.status.past)" } ?? ""
        return .refused(
            rule: "visit-status", message: "visit \(id) was lost, and visit \(other) makes up for it\(now)",
            hint: "record it of \(other), or give the course another visit with visit append", violations: [],
            refusal: nil)
    }

    // MARK: In words

    /// What happened, as a clause.
    private static func clause(_ fact: Fact, _ visit: Visit?) -> String {
        switch fact.kind {
        case .arrived: return "the patient came"
        case .escortConfirmed: return "an escort was known"
        case .checkMet: return "\(fact.detail ?? "a check") was met"
        case .started: return "the first stage began"
        case .stageBegun:
            let stages = visit?.visitType.stages ?? []
            let stage = fact.number.flatMap { stages.indices.contains($0) ? stages[$0].name : nil }
            return "\(stage ?? "the next stage") began"
        case .paused: return "the stage was interrupted"
        case .continued: return "the stage went on"
        case .delayed: return "it begins \(fact.number ?? 0) minutes later than planned"
        case .discharged: return "the patient left"
        case .overridden: return "it began without \(fact.detail ?? "something")"
        case .called: return "the patient was called"
        case .seated: return "the patient sat in \(fact.detail ?? "another chair")"
        case .attended: return "\(fact.detail ?? "somebody else") attended"
        }
    }

    private static func why(_ slip: FactSlip, _ visit: Visit?, _ snapshot: Snapshot) -> String {
        switch slip.why {
        case .otherDay:
            guard let fact = slip.fact else { return "on another day than planned" }
            let moves = fact.kind == .arrived || fact.kind == .started || fact.kind == .discharged
            return moves ? "and bring the visit to that day" : "on another day than planned"
        case .farFromPlan(let minutes):
            return "\(length(abs(minutes))) \(minutes < 0 ? "before" : "after") its plan"
        case .before(let kind, let at):
            let clause = clause(Fact(kind, at: at ?? Instant(seconds: 0)), visit)
            guard let at else { return "but it is not recorded that \(clause)" }
            return "before \(clause) at \(snapshot.moment(minute: at.minute))"
        case .again(let at):
            let when = at.map { " at \(snapshot.moment(minute: $0.minute))" } ?? ""
            return "but that is recorded already\(when)"
        case .skips(let stage):
            let stages = visit?.visitType.stages ?? []
            let name = stages.indices.contains(stage) ? stages[stage].name : "the one before"
            return "but \(name) has not begun"
        case .ended(let status, let at):
            let when = at.map { ", and the patient left at \(snapshot.moment(minute: $0.minute))" } ?? ""
            return "but it \(status.past)\(when)"
        }
    }

    private static func hint(_ slip: FactSlip, _ visit: Visit?, _ snapshot: Snapshot) -> String {
        let other = slip.meant.flatMap { snapshot.state.visit($0) }.map { other in
            "the patient's visit of that day is \(other.id), at \(snapshot.moment(minute: other.place.minute)); "
        }
        return (other ?? "") + "if it is meant, --yes records it"
    }

    /// So many minutes, in hours and days where there are many.
    private static func length(_ minutes: Int) -> String {
        if minutes < 120 { return counted(minutes, "minute") }
        if minutes >= 2880 { return counted(minutes / 1440, "day") }
        return "\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
    }
}

extension Snapshot {
    /// A moment in words: mon 2026-03-02 08:00.
    func moment(minute: Int) -> String {
        let moment = offsets.instant(minute: minute)
        return "\(moment.day.weekday) \(moment.day) \(ClockTime(minutes: moment.clock).text)"
    }

    /// A moment as day and clock: 2026-03-02 08:00.
    func moment(_ instant: Instant) -> String {
        let moment = offsets.instant(second: instant.seconds)
        return "\(moment.day) \(ClockTime(minutes: moment.clock).text)"
    }

    /// What the clock shows at a minute since 1970 UTC: 08:00.
    func clockText(minute: Int) -> String { ClockTime(minutes: offsets.instant(minute: minute).clock).text }
}
