import Planning

/// Records what came of a call, for every visit that it was about.
func record(_ call: PhoneCallMade, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    guard let visit = context.state.visit(call.visit) else { throw .refused(.unknown(.visit, call.visit.text)) }
    guard call.at <= context.now else { throw .unchangeable(.future(call.at)) }
    let patient = context.state.standing(for: call.patient ?? visit.patient)
    let isToCome = visit.status == .tentative || visit.status == .confirmed
    if patient == visit.patient {
        guard isToCome || (!visit.status.occupies && call.outcome != .declined) else {
            throw .unchangeable(.visit(visit.id, visit.status))
        }
    } else {
        let isFormer = context.state.givenAway(from: patient).contains { $0.visit.id == visit.id }
        guard isFormer, call.outcome != .declined else { throw .unchangeable(.othersVisit(visit.id, patient)) }
    }
    if call.outcome == .declined, call.then != .nothing { return try record(call, of: visit, context) }
    let concerned = context.concerned(by: call, of: visit, patient)
    var events: [Event] = []
    var reply = Reply.done
    let byCourse = Dictionary(grouping: concerned) { context.state.visit($0)?.course }
    for (course, own) in byCourse.sorted(by: { ($0.key?.number ?? 0) < ($1.key?.number ?? 0) }) {
        guard let course else { continue }
        var draft = try CourseDraft(course, .other, context)
        draft.note(call, to: patient, of: own)
        if call.outcome == .wrongNumber { draft.seekNumber(of: own) }
        let about = own.contains(visit.id) ? visit.id : own[0]
        let decision = draft.decision(.callRecorded, about: about, detail: Fact.Kind.called.rawValue)
        guard case .accepted(let more, _, let answer) = decision else { continue }
        events += more
        if about == visit.id { reply = answer }
    }
    return .accepted(events, PrivateDetails(), reply)
}

/// Records that a patient cannot come to a visit, and does in the same event what they ask for instead. Of another time
/// they know, since they agreed to it.
private func record(
    _ call: PhoneCallMade, of visit: Visit, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    var context = context
    let order: VisitOrder
    switch call.then {
    case .nothing: preconditionFailure("what is to be done is asked first")
    case .cancelled(let isMadeUp): order = .cancel(isMadeUp: isMadeUp)
    case .moved(let wish):
        context.isTold = true
        order = .move(wish)
    }
    var draft = try CourseDraft(visit.course, .patientRequest, context)
    try draft.requireBooked()
    draft.note(call, to: visit.patient, of: [visit.id])
    // Who names no time gets the one that the answer would propose.
    if case .moved(PlaceWish()) = call.then { return try draft.movedElsewhere(visit) }
    return try decide(order, visit, draft)
}

extension DecisionContext {
    /// The visits that a call was about: the one by whose id it goes, and what else the list names for the patient.
    fileprivate func concerned(by call: PhoneCallMade, of visit: Visit, _ patient: PatientID) -> [VisitID] {
        guard call.outcome != .declined, let list = CallList(self) else { return [visit.id] }
        let through = call.through ?? today + CallList.days
        // Of a place that is still to be found there is nothing to say.
        let reasons = list.call(to: patient, through: through)?.reasons ?? []
        let named = reasons.filter { $0.purpose != .lost && $0.purpose != .late }.map(\.visit)
        return [visit.id] + Set(named).subtracting([visit.id]).sorted { $0.number < $1.number }
    }
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

    /// Records what came of a call to a patient about visits: whoever was reached knows what has become of them.
    fileprivate mutating func note(_ call: PhoneCallMade, to patient: PatientID, of ids: [VisitID]) {
        let inOrder = ids.sorted { (visits[$0]?.number ?? 0, $0.number) < (visits[$1]?.number ?? 0, $1.number) }
        for id in inOrder {
            guard let visit = visit(id) else { continue }
            if patient != visit.patient {
                note(call, toFormer: patient, of: id)
                continue
            }
            visits[id]?.facts.append(
                Fact(.called, at: call.at, number: visit.calledNumber, detail: call.outcome.rawValue))
            if call.outcome == .reached { tell(id) }
        }
    }

    /// Whoever was reached knows that the visit is another patient's; of others it is kept that they were called.
    private mutating func note(_ call: PhoneCallMade, toFormer patient: PatientID, of id: VisitID) {
        let own = { [state] (former: FormerPatient) in state.standing(for: former.patient) == patient }
        if call.outcome == .reached {
            visits[id]?.formerPatients.removeAll(where: own)
            return
        }
        let fact = Fact(.called, at: call.at, detail: call.outcome.rawValue)
        for index in visits[id]?.formerPatients.indices ?? 0..<0 {
            if let former = visits[id]?.formerPatients[index], own(former) {
                visits[id]?.formerPatients[index].calls.append(fact)
            }
        }
    }
}
