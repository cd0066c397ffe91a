import Clinic
import Planning

// What a stored value cannot be, beyond its form: what plans and reports take for granted of a visit is asked here, of
// rows and of events that may have been tampered with. Each answers why, going on from the value's name.

extension Course {
    /// No course ever has so many turns.
    static let mostTurns = 100_000
}

extension Place {
    /// What of it a visit of a type cannot have; nil where all can be.
    func flaw(of type: VisitType) -> (part: String, why: String)? {
        if start.clock >= 1440 { return ("start", "is not on its day") }
        let labels = type.filledLabels
        if persons.count != labels.count { return ("persons", "has \(persons.count) (\(labels.count))") }
        for handover in handovers {
            // What is taken over of a visit that was begun early, or runs late, may lie outside of its plan.
            let most = Schema.longestHoldMinutes
            let fits = handover.stretch.from >= -most && handover.stretch.until <= most
            guard fits, labels.contains(where: { $0.label == handover.label }) else {
                return ("handovers", "has a stretch or a label that the visit does not have")
            }
        }
        return nil
    }

    /// Whether its instant can be that of the start: a clock is at most 14 hours from UTC, and a change of its law
    /// moves it by few more.
    var hasInstantOfStart: Bool { abs(minute - start.day.number * 1440 - start.clock) <= 20 * 60 }
}

extension Fact {
    /// Why it cannot have happened in a visit of a type; nil where it can.
    func flaw(of type: VisitType) -> String? {
        if !StoredRow.moments.contains(at.seconds) { return "has an impossible time" }
        switch kind {
        case .stageBegun:
            guard let number, type.stages.indices.contains(number) else {
                return "has a stage that the visit does not have"
            }
        case .called: if !StoredRow.moments.contains(number ?? 0) { return "has an impossible time" }
        case .delayed: if abs(number ?? 0) > 1_000_000 { return "has an impossible delay" }
        case .arrived, .escortConfirmed, .checkMet, .started, .paused, .continued, .discharged, .overridden, .seated,
            .attended:
            break
        }
        return nil
    }
}

extension CourseWish {
    /// Why nobody can have wished it; nil where somebody can.
    var flaw: String? {
        if !(0...Course.mostTurns).contains(startWithinDays) { return "has an impossible startWithinDays" }
        if authorisations.contains(where: { !(0...Course.mostTurns).contains($0.visits) }) {
            return "has an authorisation for an impossible number of visits"
        }
        return nil
    }
}

extension CourseProgress {
    /// Why no course can have come so far; nil where one can.
    var flaw: String? {
        if let adopted = adoptedFrom, !(0...Course.mostTurns).contains(adopted.given) {
            return "has an impossible number of visits given elsewhere"
        }
        let moments = assessments.map(\.at) + [bookedElsewhere, heldUntil].compactMap(\.self)
        if !moments.allSatisfy({ StoredRow.moments.contains($0.seconds) }) { return "has an impossible time" }
        return nil
    }
}

extension Offer {
    /// Why it cannot have been made; nil where it can.
    var flaw: String? {
        let canBe = moves.allSatisfy { move in
            (1...Schema.longestHoldMinutes).contains(move.hold)
                && move.to.hasInstantOfStart
        }
        return canBe ? nil : "has a place that cannot be"
    }
}

extension Template {
    /// Whether it has what courses by it take for granted.
    var isWhole: Bool {
        regimen.phases.allSatisfy { visitType($0.visit) != nil }
            && visitTypes.allSatisfy { type in
                !type.stages.isEmpty && type.turnoverMinutes >= 0 && type.stages.allSatisfy { $0.minutes > 0 }
                    && type.hold <= Schema.longestHoldMinutes
            }
    }
}

extension ClinicState {
    /// Why an event cannot follow on the state, where what `apply` takes for granted does not hold: events that were
    /// tampered with must not end the program. Nil where it can.
    func obstacle(to event: Event) -> String? {
        switch event {
        case .course(let event): obstacle(to: event)
        case .visit(let event): event.flaw
        case .waiting(let event): event.flaw
        case .repair(let event): obstacle(to: event)
        case .service, .configuration, .patient, .availability, .alert: nil
        }
    }

    /// Why a change of a course cannot follow on the state.
    func obstacle(to changed: CourseChanged) -> String? {
        let images = changed.visits.compactMap(\.after)
        return obstacle(
            changed.after.template, images.map { ($0.visitType, $0.place) }, changed.after.wish,
            changed.after.progress)
    }

    /// Why visits of a course cannot be as an event has them.
    func obstacle(
        _ template: TemplateID, _ visits: [(type: VisitTypeID, place: Place)], _ wish: CourseWish,
        _ progress: CourseProgress
    ) -> String? {
        guard let template = self.template(template), visits.allSatisfy({ template.visitType($0.type) != nil }) else {
            return "it names a template or visit type that is not there"
        }
        for (type, place) in visits {
            if let type = template.visitType(type), let flaw = place.flaw(of: type) {
                return "\(flaw.part) of a visit \(flaw.why)"
            }
        }
        return wish.flaw ?? progress.flaw
    }
}
