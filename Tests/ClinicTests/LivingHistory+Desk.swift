import Clinic
import HashTreeCollections
import Planning
import TestSupport

extension LivingHistory {
    /// Some minutes later, or the next morning before the clinic opens.
    mutating func laterAtTheDesk() -> Instant {
        let isOver = now.minute % 1440 > 760
        guard isOver || dice.chance(6) else { return Instant(minute: now.minute + dice.number(0...25)) }
        return Instant(minute: (now.minute / 1440 + 1) * 1440 + dice.number(500...545))
    }

    /// The visits of today.
    private var visitsOfToday: [Visit] { world.state.visits(on: Day(number: now.minute / 1440)) }

    /// What somebody at the desk or at a chair records; nil where there is nothing to record.
    mutating func deskCommand() -> Command? {
        if dice.chance(4) { return patientCommand() }
        if dice.chance(14), let command = correction() { return command }
        if dice.chance(5), let event = world.events.last { return .undo(event) }
        if dice.chance(6), let command = lateOutcome() { return command }
        // Slips of the finger: a visit of another day, or one that is over.
        let all = world.state.daysWithVisits.flatMap { world.state.visits(on: $0) }
        let near = all.filter { abs($0.place.minute - now.minute) < 4 * 1440 }
        if dice.chance(8), !near.isEmpty { return record(dice.pick(near)) }
        let under = visitsOfToday.filter { visit in
            switch visit.status {
            case .tentative, .confirmed: visit.place.minute - 40 < now.minute
            case .arrived, .inProgress, .noShow, .notTreated: true
            case .completed, .cancelled, .omitted: dice.chance(8)
            }
        }
        return under.isEmpty ? nil : record(dice.pick(under))
    }

    /// A call that came to nothing, or that nobody is to make.
    private mutating func lateOutcome() -> Command? {
        let listed = CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls() ?? []
        guard !listed.isEmpty else { return nil }
        let outcome = dice.pick([CallOutcome.wrongNumber, .never, .reached])
        return .visit(.recordCall(PhoneCallMade(about: dice.pick(listed).visit, outcome: outcome, at: now)))
    }

    private mutating func patientCommand() -> Command {
        let patients = (1...5).map { PatientID("p\($0)") }
        let closed = patients.filter { id in
            if case .closed? = world.state.patients[id]?.standing { true } else { false }
        }
        if let patient = closed.first, dice.chance(70) { return .patient(.reopen(patient)) }
        if dice.chance(50) { return .patient(.close(dice.pick(patients), .other)) }
        return .patient(.merge(dice.pick(patients), into: dice.pick(patients)))
    }

    /// Something recorded lately is set right, or taken back.
    private mutating func correction() -> Command? {
        let recent = world.events.suffix(25).filter { recorded in
            guard case .course(.changed(let changed)) = recorded.event else { return false }
            return changed.action == .factRecorded || changed.action == .factCorrected
        }
        guard !recent.isEmpty else { return nil }
        let recorded = dice.pick(Array(recent))
        guard case .course(.changed(let changed)) = recorded.event, let visit = changed.about else { return nil }
        if dice.chance(40) { return .undo(recorded) }
        let at = dice.chance(60) ? Instant(minute: now.minute - dice.number(0...90)) : nil
        return .visit(.correctFact(visit, recorded, at: at))
    }

    private mutating func record(_ visit: Visit) -> Command {
        let at = Instant(minute: now.minute - (dice.chance(70) ? 0 : dice.number(0...20)))
        let fact = fact(of: visit, at)
        let isMeant = dice.chance(35)
        var seat = ActualSeat()
        if [.arrived, .started, .stageBegun].contains(fact.kind), dice.chance(30) {
            if dice.chance(70) { seat.chair = dice.pick(["chair-1", "chair-2"]) }
            if dice.chance(40), visit.visitType.id == "iv" { seat.persons = ["nurse": dice.pick(["rn-1", "rn-2"])] }
        }
        return .visit(.recordFact(visit.id, fact, in: seat, isOverridden: dice.chance(85), isMeant: isMeant))
    }

    /// What most likely comes next of a visit; now and then something else.
    private mutating func fact(of visit: Visit, _ at: Instant) -> Fact {
        if dice.chance(6) { return Fact(dice.pick([.arrived, .started, .discharged]), at: at, detail: nil) }
        if dice.chance(8) { return Fact(.delayed, at: at, number: dice.number(5...90)) }
        switch visit.status {
        case .tentative, .confirmed, .noShow, .notTreated, .cancelled, .omitted:
            return dice.chance(10) ? Fact(.escortConfirmed, at: at) : Fact(.arrived, at: at)
        case .arrived: return dice.chance(20) ? Fact(.escortConfirmed, at: at) : Fact(.started, at: at)
        case .inProgress(let stage):
            if let open = visit.interruptions.last, open.until == nil { return Fact(.continued, at: at) }
            if dice.chance(15) { return Fact(.paused, at: at) }
            let isLast = stage + 1 >= visit.visitType.stages.count
            return isLast
                ? Fact(.discharged, at: at, detail: dice.chance(80) ? "full" : "partial")
                : Fact(.stageBegun, at: at, number: stage + 1)
        case .completed: return Fact(.discharged, at: at, detail: "full")
        }
    }
}
