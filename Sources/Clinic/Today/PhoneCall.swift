package import Planning

/// What came of calling a patient. The raw value is its name everywhere.
package enum CallOutcome: String, CaseIterable, Hashable, Sendable {
    /// The patient was spoken to and knows what is booked, and what is not any more.
    case reached
    /// A message was left.
    case messageLeft
    /// The patient cannot come then.
    case declined
    /// The number is not theirs: it must be found.
    case wrongNumber
    /// Nobody is to call about it, for a reason that the note says.
    case never
}

/// A patient to be called, with everything that there is to say; derived, never stored.
package struct PhoneCall: Hashable, Sendable {
    /// Why. The raw value is its name everywhere; the most urgent comes first.
    package enum Purpose: String, CaseIterable, Hashable, Sendable {
        /// The patient should be here and is not.
        case late
        /// They were told of the visit, and it will not take place.
        case calledOff
        /// They were told another day or time than the booked one.
        case changed
        /// A place must be agreed: the visit was lost, or they cannot come when it is booked.
        case lost
        /// It is booked, and they do not know.
        case agree
        /// They know, and something that they must see to is missing.
        case ready
    }

    /// One reason to call: something about one visit.
    package struct Reason: Hashable, Sendable {
        package let purpose: Purpose
        package let visit: VisitID
        package let course: CourseID
        package let due: Instant
        /// The time that the patient was told; nil where they were told none, or it is not known.
        package let told: Instant?
        /// What is missing: escort, authorisation, or the name of a prerequisite.
        package let missing: [String]
    }

    package let patient: PatientID
    /// Why, most urgent first; at least one.
    package let reasons: [Reason]
    /// What came of calls about these visits as they stand now, in order; a call about several is one.
    package let calls: [Fact]

    package var due: Instant { reasons.map(\.due).min() ?? Instant(seconds: 0) }

    /// The visit by whose id the call goes.
    package var visit: VisitID { reasons[0].visit }

    /// The course of that visit.
    package var course: CourseID { reasons[0].course }

    /// Why, each once, most urgent first.
    package var purposes: [Purpose] {
        Purpose.allCases.filter { purpose in reasons.contains { $0.purpose == purpose } }
    }
}

/// A call that was made about a visit, and with it about all else that its patient is to be told.
package struct PhoneCallMade: Hashable, Sendable {
    /// The visit; the call went by its id.
    package let visit: VisitID
    /// What came of it.
    package let outcome: CallOutcome
    package let at: Instant
    /// The last day through which what is due was spoken of; nil where that is as the list has it.
    package let through: Day?

    /// A call about a visit with what came of it.
    package init(about visit: VisitID, outcome: CallOutcome, at: Instant, through: Day? = nil) {
        self.visit = visit
        self.outcome = outcome
        self.at = at
        self.through = through
    }
}

extension Visit {
    /// Calls about it as it stands now, in order: at its present time, or since it has none any more.
    package var calls: [Fact] { facts.filter { $0.kind == .called && $0.number == calledNumber } }

    /// Whether the patient said that they cannot come then, and has not agreed since.
    package var isDeclined: Bool {
        calls.last { ![.messageLeft, .wrongNumber].contains($0.outcome) }?.outcome == .declined
    }

    /// Whether nobody is to call about it as it stands now.
    package var isNeverCalled: Bool { calls.last?.outcome == .never }

    /// What a call about it keeps, to tell whether it still stands so.
    var calledNumber: Int? { status.occupies ? place.minute : nil }
}

extension Course {
    /// Whether every gate up to a phase has opened.
    package func isOpen(through phase: String) -> Bool {
        for own in template.regimen.phases {
            if own.gate != nil, !progress.openGates.contains(own.name) { return false }
            if own.name == phase { return true }
        }
        return true
    }
}

/// Records what came of a call, for every visit that it was about.
func record(_ call: PhoneCallMade, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    guard let visit = context.state.visit(call.visit) else { throw .refused(.unknown(.visit, call.visit.text)) }
    guard call.at <= context.now else { throw .unchangeable(.future(call.at)) }
    let isToCome = visit.status == .tentative || visit.status == .confirmed
    guard isToCome || (!visit.status.occupies && call.outcome != .declined) else {
        throw .unchangeable(.visit(visit.id, visit.status))
    }
    var concerned = [visit.id]
    if call.outcome != .declined, let list = CallList(context) {
        let through = call.through ?? context.today + CallList.days
        // Of a place that is still to be found there is nothing to say.
        let reasons = list.call(to: visit.patient, through: through)?.reasons ?? []
        let named = reasons.filter { $0.purpose != .lost && $0.purpose != .late }.map(\.visit)
        concerned += Set(named).subtracting(concerned).sorted { $0.number < $1.number }
    }
    var events: [Event] = []
    var reply = Reply.done
    let byCourse = Dictionary(grouping: concerned) { context.state.visit($0)?.course }
    for (course, own) in byCourse.sorted(by: { ($0.key?.number ?? 0) < ($1.key?.number ?? 0) }) {
        guard let course else { continue }
        var draft = try CourseDraft(course, .other, context)
        draft.note(call, of: own)
        if call.outcome == .wrongNumber { draft.seekNumber(of: own) }
        let about = own.contains(visit.id) ? visit.id : own[0]
        let decision = draft.decision(.callRecorded, about: about, detail: Fact.Kind.called.rawValue)
        guard case .accepted(let more, _, let answer) = decision else { continue }
        events += more
        if about == visit.id { reply = answer }
    }
    return .accepted(events, PrivateDetails(), reply)
}

extension Fact {
    /// What came of a call; nil of anything else.
    var outcome: CallOutcome? { kind == .called ? detail.flatMap { CallOutcome(rawValue: $0) } : nil }
}

extension CourseDraft {
    /// The number is to be found, also where it was found once before.
    fileprivate mutating func seekNumber(of ids: [VisitID]) {
        for id in ids { progress.doneTasks.remove("\(id)/\(ClinicTask.number)") }
    }

    /// Records what came of a call about visits: whoever was reached knows what has become of them.
    fileprivate mutating func note(_ call: PhoneCallMade, of ids: [VisitID]) {
        let inOrder = ids.sorted { (visits[$0]?.number ?? 0, $0.number) < (visits[$1]?.number ?? 0, $1.number) }
        for id in inOrder {
            guard let visit = visit(id) else { continue }
            visits[id]?.facts.append(
                Fact(.called, at: call.at, number: visit.calledNumber, detail: call.outcome.rawValue))
            if call.outcome == .reached { tell(id) }
        }
    }
}
