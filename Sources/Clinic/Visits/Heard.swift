import Planning

/// What a patient last heard of a visit: in person, on the telephone, or by booking where the phase says so. It is
/// history, and no undoing changes it; what is booked may be something else, and then somebody is to call.
package enum Heard: Hashable, Sendable {
    /// That it takes place at this time.
    case at(PromisedTime)
    /// That it will not take place.
    case calledOff
    /// It is not known which: the earliest of the times that it may have been, if any is known.
    case unsure(PromisedTime?)

    /// The time at which the patient may come.
    package var time: PromisedTime? {
        switch self {
        case .at(let time): time
        case .calledOff: nil
        case .unsure(let earliest): earliest
        }
    }

    /// What a record comes to that says no more than whether a patient knew the booked time, and whether somebody was
    /// to tell them something: that of an older program, or a plain export file.
    package init?(isTold: Bool, isToBeTold: Bool, _ status: VisitStatus, at place: Place) {
        if isToBeTold {
            self = status.occupies ? .unsure(nil) : .at(place.start)
            return
        }
        guard isTold || status == .confirmed else { return nil }
        switch status {
        case .cancelled(_, let reason): self = reason.isPatients ? .calledOff : .unsure(place.start)
        case .omitted: self = .unsure(place.start)
        case .tentative, .confirmed, .arrived, .inProgress, .completed, .noShow, .notTreated: self = .at(place.start)
        }
    }
}

/// How what is booked differs from what the patient last heard.
package enum News: Hashable, Sendable {
    /// The visit will not take place.
    case calledOff
    /// It takes place at another time.
    case changed
}

extension VisitImage {
    /// Whether the patient knows its time.
    package var told: Bool { heard == .at(place.start) }

    /// What the patient is still to be told; nil where what they last heard is so, and where they never heard anything.
    package var news: News? {
        guard let heard else { return nil }
        switch status {
        case .tentative, .confirmed:
            // Of whoever may have heard the booked time, and no other, no more is wanted than that they agree to it.
            return heard == .at(place.start) || heard == .unsure(place.start) ? nil : .changed
        case .cancelled, .omitted: return heard == .calledOff ? nil : .calledOff
        case .noShow:
            // Nobody came at the booked time: whoever was told another one may still come then.
            if case .at(let time) = heard, time != place.start { return .calledOff }
            return nil
        case .arrived, .inProgress, .completed, .notTreated: return nil
        }
    }

    /// Whether somebody must tell the patient something. Where a record does not say whether they know that a visit was
    /// called off, that is asked only while it would be to come.
    package var needsCall: Bool { news != nil && (status.occupies || heard != .unsure(place.start)) }
}

extension VisitImage {
    /// Whether what the patient heard is what `told` and `needsCall` alone come to, which is all that older records and
    /// plain files say.
    package var isHeardPlain: Bool {
        heard == Heard(isTold: told, isToBeTold: needsCall, status, at: place)
    }
}

extension CourseAction {
    /// Whether it records that somebody spoke to the patient.
    fileprivate var isTelling: Bool { [.callRecorded, .visitConfirmed, .offerAccepted, .taskDone].contains(self) }
}

extension Reason.Code {
    /// Whether it is the patient who said so.
    var isPatients: Bool {
        switch self {
        case .patientRequest, .patientUnwell, .transport: true
        case .clinical, .staffing, .equipment, .closure, .payer, .weather, .correction, .other: false
        }
    }
}

extension ClinicState {
    /// Whether some patient is still to be told something of a course's visits, be it over.
    func owesCall(_ course: Course) -> Bool {
        visits(of: course).contains { visit in
            visit.needsCall && mayCall(about: visit)
                || visit.formerPatients.contains { mayCall($0, about: visit) }
        }
    }

    /// Whether the desk calls a patient about a visit: nobody calls whoever has died or moved away, or about what is
    /// not to be called about any more.
    func mayCall(about visit: Visit) -> Bool { !visit.isNeverCalled && !isClosed(visit.patient) }

    /// Whether a patient comes no more.
    func isClosed(_ patient: PatientID) -> Bool {
        if case .closed? = self.patient(patient)?.standing { true } else { false }
    }
}

extension CourseDraft {
    /// The patient was spoken to about a visit and knows what has become of it. Whoever hears of a visit that is to
    /// come has agreed to it where nothing else is missing.
    mutating func tell(_ id: VisitID) {
        guard let image = visits[id] else { return }
        switch image.status {
        case .tentative, .confirmed:
            visits[id]?.heard = .at(image.place.start)
            agree(to: id)
        case .cancelled, .omitted, .noShow, .notTreated:
            if image.news != nil { visits[id]?.heard = .calledOff }
        case .arrived, .inProgress, .completed: break
        }
    }

    /// The visits by their turns: what is granted goes to the first.
    private var visitsInOrder: [(key: VisitID, value: VisitImage)] {
        visits.sorted { ($0.value.number, $0.key.number) < ($1.value.number, $1.key.number) }
    }

    /// A visit of which its patient knows nothing and that gets the very time of one of its kind that was called off,
    /// of which nobody has told them yet, is what they know of: nothing is to be told.
    mutating func takeOverTimes() {
        let booked = original.map(state.visits(of:)) ?? []
        let before = Dictionary(booked.map { ($0.id, $0.place.start) }) { first, _ in first }
        for (id, image) in visitsInOrder where image.heard == nil && before[id] != image.place.start {
            guard image.status == .tentative else { continue }
            let known = visits.filter { other in
                other.value.visitType == image.visitType && other.value.news == .calledOff
                    && other.value.heard == .at(image.place.start)
            }
            for other in known.keys { visits[other]?.heard = .calledOff }
            if !known.isEmpty { tell(id) }
        }
    }

    /// Confirms a tentative visit where neither a gate nor a missing authorisation stands against it.
    mutating func agree(to id: VisitID) {
        guard let image = visits[id], image.status == .tentative, closedGate(before: image.phase) == nil else { return }
        visits[id]?.status = .confirmed
        if image.overrides[.authorisation] == nil, !isAuthorised(id) { visits[id]?.status = .tentative }
    }

    /// The patient is here or on the line: they know of each visit whose day or time the change changes or that it
    /// books or calls off, and of the one that it names. Of a course that becomes theirs they know all.
    mutating func tellAtOnce(_ named: VisitID?) {
        let own = original.flatMap { $0.patient == patient ? state.visits(of: $0) : nil } ?? []
        let before = Dictionary(own.map { ($0.id, $0.image) }) { first, _ in first }
        for (id, image) in visitsInOrder {
            let old = before[id]
            let isSame = old.map { $0.place.start == image.place.start && $0.status.occupies == image.status.occupies }
            // Whoever could not come then has not agreed by anything else.
            if isSame ?? false, id != named || visit(id)?.isDeclined ?? false { continue }
            tell(id)
        }
    }

    /// The visits as they are to be recorded. One that is gone, as if it had never been, stays as called off where its
    /// patient may come to it.
    var recordedVisits: [VisitID: VisitImage] {
        var recorded = visits
        for visit in original.map(state.visits(of:)) ?? [] where visits[visit.id] == nil {
            var image = visit.image
            if image.status.occupies { image.status = .cancelled(.early, reason) }
            guard image.news == .calledOff || !image.formerPatients.isEmpty else { continue }
            if context.isTold, image.heard != nil { image.heard = .calledOff }
            image.isForgone = true
            image.isTakenBack = true
            recorded[visit.id] = image
        }
        return recorded
    }

    /// After an event was taken back a visit stands as before it, and the patient knows what they have heard since.
    /// Where that somebody told them was the event, it is not known which of both they believe: what is taken back may
    /// have been a slip of the pen.
    mutating func keepHeard(_ now: VisitImage?, of undone: CourseChanged.VisitChange, by changed: CourseChanged) {
        guard var image = visits[undone.id], let after = undone.after else { return }
        let before = image.heard
        if let former = changed.former {
            image.takeBack(from: changed.patient, to: former, now)
        } else {
            image.formerPatients = image.formerPatients(now, after: undone)
            if after.heard == before {
                image.heard = now?.heard
            } else if changed.action.isTelling || changed.isTold {
                image.heard = before == nil ? .unsure(after.place.start) : .unsure(nil)
            }
        }
        if image.status == .confirmed, !image.told { image.status = .tentative }
        visits[undone.id] = image
    }
}
