internal import Clinic
internal import Planning
internal import Wire

extension ClinicInterface.Failure {
    /// Why a course or visit cannot be changed so, as it is answered: what, where, the limit, and what to do about it.
    static func unchangeable(_ why: Unchangeable, _ snapshot: Snapshot) -> Self {
        switch why {
        case .visit(let id, let status):
            return plain("visit-status", "visit \(id) \(status.past)", status.hint)
        case .course(let id, .ceased) where snapshot.state.course(id)?.visits.isEmpty ?? false:
            return plain(
                "course-status", "course \(id) is no longer held and was never booked", "propose the course again")
        case .course(let id, let status):
            return plain("course-status", "course \(id) is \(status.words)", status.hint)
        case .held(let id): return held(id, snapshot)
        case .hasCourse(let id): return hasCourse(id, snapshot)
        case .gateClosed(let phase):
            return plain(
                "gate", "the gate of \(phase) has not opened",
                "a score that satisfies it opens it, or a clinician's word")
        case .authorisation(let id): return unauthorised(id, snapshot)
        case .physical(let rule):
            return plain(
                rule.rawValue, "nothing sets \(rule.rawValue) aside",
                "a chair takes one patient at a time, and a person what the person can carry")
        case .breaks(let rules): return breaks(rules)
        case .tooFewVisits(let phase, let minimum):
            return plain(
                "count", "\(phase) has at least \(counted(minimum, "visit"))", "single visits can be left out instead")
        case .noGaps(let id, let phase): return noGaps(id, phase)
        case .missing(let names): return missing(names)
        case .scoreOutside(let measure, let score, let scores): return outside(measure, score, scores)
        case .future(let instant): return future(instant, snapshot)
        case .slip(let slip): return .slip(slip, snapshot)
        case .notBegun(let id): return notBegun(id, snapshot)
        case .madeUp(let id, let other): return madeUp(id, by: other, snapshot)
        case .misplaced(let misplaced): return .misplaced(misplaced, snapshot)
        case .changedSince(let event):
            return plain("undo", "event e\(event) changed it since", "take back e\(event) first")
        case .lasting(let event):
            return plain("undo", "event e\(event) cannot be taken back", "do the opposite instead")
        case .noWindow(let id):
            return plain(
                Rule.phaseWindow.rawValue, "no phase of course \(id) that is under way has a window to keep",
                "a phase has one by withinDays in the regimen, and is under way from its first visit to its last")
        case .windowLost(let lost): return windowLost(lost)
        case .waiting(let conflict): return waitingConflict(conflict, snapshot)
        case .patientGone(let id): return patientGone(id, snapshot)
        case .patientOpen(let id): return patientOpen(id)
        case .samePatient(let id): return samePatient(id)
        case .sameDay(let visit, let other): return sameDay(visit, other, snapshot)
        case .othersVisit(let visit, let patient): return othersVisit(visit, patient)
        case .noReview(let task): return noReview(task)
        }
    }

    private static func noReview(_ task: String) -> Self {
        plain("task", "\(task) is no review, and ends no course", "course cease ends a course early")
    }

    /// A refusal that names no single violation.
    static func plain(_ rule: String, _ message: String, _ hint: String?) -> Self {
        .refused(rule: rule, message: message, hint: hint, violations: [], refusal: nil)
    }

    private static func unauthorised(_ id: VisitID, _ snapshot: Snapshot) -> Self {
        let day = snapshot.state.visit(id).map { " on \($0.day)" } ?? ""
        return plain(
            Rule.authorisation.rawValue, "no approved authorisation covers visit \(id)\(day) with a visit left",
            "record the payer's authorisation, or have a clinician set authorisation aside for the visit")
    }

    private static func noGaps(_ id: CourseID, _ phase: String) -> Self {
        plain(
            Rule.gap.rawValue, "\(phase) has one visit, and nothing says how far apart two of it are",
            "say it first, for two weeks: infusionctl course change \(id) --phase \(phase) --gaps 14 "
                + "--reason clinical")
    }

    private static func outside(_ measure: String, _ score: Int, _ scores: ClosedRange<Int>) -> Self {
        .refused(
            rule: "score", message: "\(measure) is from \(scores.lowerBound) to \(scores.upperBound), not \(score)",
            hint: "a clinic's own measure gets its range by measures in the configuration", violations: [],
            refusal: nil)
    }

    private static func missing(_ names: [String]) -> Self {
        .refused(
            rule: "start",
            message: "to start, \(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") missing",
            hint: "record what is in place with visit escort, visit check or prerequisite done; "
                + "a clinician can start without", violations: [], refusal: nil)
    }

    private static func future(_ instant: Instant, _ snapshot: Snapshot) -> Self {
        .refused(
            rule: "time", message: "\(snapshot.moment(instant)) has not come yet",
            hint: "what happened is recorded when it has happened; what will not take place is cancelled",
            violations: [], refusal: nil)
    }

    private static func waitingConflict(_ conflict: WaitingConflict, _ snapshot: Snapshot) -> Self {
        switch conflict {
        case .waitsAlready(let id):
            return plain(
                "waiting", "it waits already, as \(id)", "take \(id) off the list to wait for something else")
        case .hasOffer(let id):
            return plain("offer", "offer \(id) to it is open", "record what the patient says to \(id) first")
        case .gainsNothing(let id):
            return plain(
                "waiting", "\(id) cannot take the place, or gains nothing by it",
                "the place may be taken, or the patient may have declined it")
        case .offerOver(let id):
            let when = snapshot.state.offer(id).map { " at \(snapshot.moment($0.until))" } ?? ""
            return plain("offer", "the time of offer \(id) was over\(when)", "offer the place again if it is free")
        case .offerVoid(let id):
            return plain(
                "offer", "the visits of offer \(id) are not where they were when it was made", "offer the place again")
        }
    }

    private static func windowLost(_ lost: WindowLost) -> Self {
        let visit = lost.refusal.visit
        let head =
            "\(lost.phase) cannot end by \(lost.through.weekday) \(lost.through): "
            + "visit \(visit) finds no place in time"
        let room = lost.room.map { room in
            "\(counted(room.visits, "visit")) of other courses, "
                + (room.told == 0 ? "which nobody was told of" : "\(room.told) of them told")
                + ", can make room: infusionctl repair --course \(room.course) shows it"
        }
        guard let nearest = lost.nearest else {
            return .refused(
                rule: Rule.phaseWindow.rawValue, message: head + ", and nothing ends sooner than it stands",
                hint: room, violations: [], refusal: RefusalMessage(lost.refusal))
        }
        let late = nearest - lost.through
        return .refused(
            rule: Rule.phaseWindow.rawValue,
            message: head + "; the nearest is to end on \(nearest.weekday) \(nearest), \(counted(late, "day")) later",
            hint: room ?? "course catch-up --nearest plans that, and shows whom to call", violations: [],
            refusal: RefusalMessage(lost.refusal))
    }

    private static func held(_ id: CourseID, _ snapshot: Snapshot) -> Self {
        let until = snapshot.state.course(id)?.progress.heldUntil
        let when = until.map { " until \(snapshot.moment($0))" } ?? ""
        return .refused(
            rule: "held", message: "course \(id) is held\(when) and not booked",
            hint: "book it while it is held, or release it", violations: [], refusal: nil)
    }

    private static func breaks(_ rules: [Rule]) -> Self {
        let names = rules.map(\.rawValue).joined(separator: ", ")
        let hint =
            rules.contains(where: \.isPhysical)
            ? "choose another place: nothing sets chair-free or attendant-capacity aside"
            : "choose another place, or have a clinician set \(names) aside for the visit"
        return .refused(
            rule: rules.first?.rawValue ?? "several", message: "the place breaks \(names)", hint: hint, violations: [],
            refusal: nil)
    }
}

/// A number of things: 1 visit, 2 visits.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension VisitStatus {
    /// What became of a visit, as the rest of a sentence about it.
    var past: String {
        switch self {
        case .tentative: "is planned and not confirmed"
        case .confirmed: "is confirmed"
        case .arrived: "cannot be changed so: the patient is here"
        case .inProgress: "is under way"
        case .completed: "was given"
        case .noShow: "was lost: the patient did not come"
        case .notTreated: "was lost: the patient came and was not treated"
        case .cancelled: "was called off"
        case .omitted: "was left out"
        }
    }

    fileprivate var hint: String? {
        switch self {
        case .tentative, .confirmed: nil
        case .arrived, .inProgress: "it can get another chair or person, and what becomes of it is recorded"
        case .completed: "the record of a visit that was given is corrected by undoing its last event"
        case .noShow, .notTreated, .cancelled: "the course shows the visit that makes up for it, if there is one"
        case .omitted: "the course can be given another visit instead"
        }
    }
}

extension CourseStatus {
    fileprivate var words: String {
        switch self {
        case .active: "active, neither on hold nor held"
        case .onHold: "on hold"
        case .completed: "completed"
        case .ceased: "ceased"
        }
    }

    fileprivate var hint: String? {
        switch self {
        case .active: nil
        case .onHold: "resume it first"
        case .completed: "extend it, or book another course"
        case .ceased: "book another course"
        }
    }
}
