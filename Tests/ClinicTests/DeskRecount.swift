import Clinic
import Planning

/// What must hold of visits that run, whatever is recorded of them: counted again from their facts alone, by code that
/// shares nothing with what decides on facts.
struct DeskRecount {
    let before: ClinicState
    let after: ClinicState
    let now: Instant
    let calendar: PlanningCalendar
    /// Visits of which something was recorded that looked like a slip: their facts need not be in order.
    let meant: Set<VisitID>

    private var today: Day { Day(number: now.minute / 1440) }

    /// Everything that is not as it should be after a command.
    func problems(after command: Command) -> [String] {
        var all = doubledPlaces + notCounted + placedWhereSomebodySits + outOfOrder + unsaidSeats
        if case .visit(.recordFact(let id, let fact, _, _, _)) = command.untold { all += problems(of: id, fact) }
        return all + afterCorrection(command)
    }

    private var allVisits: [Visit] { after.daysWithVisits.flatMap { after.visits(on: $0) } }
    private var running: [Visit] { after.visits(on: today).filter(isRunning) }

    private func isRunning(_ visit: Visit) -> Bool { if case .inProgress = visit.status { true } else { false } }

    private func chair(of visit: Visit) -> ChairID {
        visit.facts.last { $0.kind == .seated }.flatMap { $0.detail.map { ChairID($0) } } ?? visit.place.chair
    }

    private func minutes(_ type: VisitType, from stage: Int = 0) -> Int {
        type.stages[min(stage, type.stages.count)...].reduce(0) { $0 + $1.minutes }
    }

    // MARK: Places

    /// No chair is booked twice at a minute, nobody carries more than they can.
    private var doubledPlaces: [String] {
        var problems: [String] = []
        for day in after.daysWithVisits where day >= today - 1 {
            let visits = after.visits(on: day).filter(\.status.occupies)
            for (index, visit) in visits.enumerated() {
                let until = visit.place.minute + minutes(visit.visitType) + visit.visitType.turnoverMinutes
                for other in visits[(index + 1)...] where other.place.chair == visit.place.chair {
                    let end = other.place.minute + minutes(other.visitType) + other.visitType.turnoverMinutes
                    if other.place.minute < until, visit.place.minute < end {
                        problems.append("\(visit.id) and \(other.id) are booked in \(visit.place.chair)")
                    }
                }
                for person in visit.place.persons {
                    let load = visits.reduce(0) { $0 + self.load(of: $1, on: person, at: visit.place.minute) }
                    if load > 100 { problems.append("\(person) carries \(load) when \(visit.id) begins") }
                }
            }
        }
        return problems
    }

    private func load(of visit: Visit, on person: PersonID, at minute: Int) -> Int {
        guard let label = zip(visit.visitType.filledLabels, visit.place.persons).first(where: { $0.1 == person })
        else { return 0 }
        var begin = visit.place.minute
        for stage in visit.visitType.stages {
            let isHandedOver = visit.place.handovers.contains { handover in
                handover.label == label.0.label
                    && handover.stretch.contains(minute - visit.place.minute)
            }
            if begin <= minute, minute < begin + stage.minutes, !isHandedOver {
                return stage.load[label.0.label] ?? 0
            }
            begin += stage.minutes
        }
        return 0
    }

    // MARK: What runs

    /// When a visit under way is expected to have left its chair to the next: minutes since 1970 UTC.
    private func end(of visit: Visit) -> Int {
        guard case .inProgress(let stage) = visit.status else { return 0 }
        let begun = visit.facts.last { fact in
            fact.kind == (stage == 0 ? .started : .stageBegun) && (stage == 0 || fact.number == stage)
        }
        let minutes = begun.map { $0.at.minute + visit.visitType.stages[stage].minutes } ?? now.minute
        return max(minutes, now.minute) + self.minutes(visit.visitType, from: stage + 1)
            + visit.visitType.turnoverMinutes
    }

    /// What runs and does not count where it is, until its end.
    private var notCounted: [String] {
        let counted = after.running(on: calendar, now: now)
        return running.compactMap { visit in
            let own = counted[today]?.bookings.filter { $0.id == visit.id } ?? []
            guard own.count == 1, let booking = own.first, let clock = calendar.calendars[today] else {
                return "\(visit.id) runs and counts \(own.count) times"
            }
            let until = clock.firstMinute + booking.holdInterval.until
            let least = min(end(of: visit), clock.firstMinute + 1440)
            if booking.placement.chair != chair(of: visit) { return "\(visit.id) counts in another chair" }
            return until < least ? "\(visit.id) counts until \(until), not \(least)" : nil
        }
    }

    /// Visits that were just brought into a chair in which somebody is treated until after they are to begin.
    private var placedWhereSomebodySits: [String] {
        let visits = after.visits(on: today).filter { $0.status == .tentative || $0.status == .confirmed }
        return visits.flatMap { visit -> [String] in
            let was = before.visit(visit.id)
            let isNew = was.map { !$0.status.occupies || $0.place != visit.place } ?? true
            guard isNew, visit.place.minute >= now.minute else { return [] }
            return running.compactMap { other in
                guard chair(of: other) == visit.place.chair, let old = before.visit(other.id), isRunning(old),
                    visit.place.minute < end(of: other)
                else { return nil }
                return "\(visit.id) is put where \(other.id) is treated until \(end(of: other))"
            }
        }
    }

    /// Of two patients in a chair both answers say so, and no chair is said to be free in which somebody sits.
    private var unsaidSeats: [String] {
        var problems: [String] = []
        let here = after.visits(on: today).filter { $0.status == .arrived || isRunning($0) }
        for visit in here {
            let others = running.filter { $0.id != visit.id && chair(of: $0) == chair(of: visit) }
            let said = seatTaken(by: visit.id, state: after, calendar: calendar, now: now)
            if others.isEmpty != (said == nil) {
                problems.append("\(visit.id) shares a chair with \(others.map(\.id))")
            }
            if let said, !others.contains(where: { $0.id == said.by }) { problems.append("\(said.by) is not there") }
            for free in said?.free ?? [] where running.contains(where: { $0.id != visit.id && chair(of: $0) == free }) {
                problems.append("\(free) is said to be free for \(visit.id)")
            }
        }
        return problems
    }

    // MARK: Facts

    private static let steps: Set<Fact.Kind> = [.arrived, .started, .stageBegun, .paused, .continued, .discharged]

    private var outOfOrder: [String] {
        allVisits.filter { !meant.contains($0.id) }.compactMap { visit in
            let steps = visit.facts.filter { Self.steps.contains($0.kind) }
            let isInOrder = zip(steps, steps.dropFirst()).allSatisfy { $0.at.minute <= $1.at.minute }
            if !isInOrder { return "\(visit.id) has facts out of order: \(steps)" }
            let kinds = steps.map(\.kind)
            if kinds.contains(.discharged), !kinds.contains(.started) { return "\(visit.id) ended and never began" }
            if kinds.contains(.stageBegun), !kinds.contains(.started) { return "\(visit.id) went on and never began" }
            if kinds.contains(.started), !kinds.contains(.arrived) { return "\(visit.id) began before anybody came" }
            return nil
        }
    }

    /// The status that steps in their order come to.
    private func status(_ visit: Visit) -> VisitStatus? {
        let steps = visit.facts.filter { [.arrived, .started, .stageBegun, .discharged].contains($0.kind) }
        guard let last = steps.last else { return nil }
        switch last.kind {
        case .arrived: return .arrived
        case .started: return .inProgress(stage: 0)
        case .stageBegun: return .inProgress(stage: last.number ?? 0)
        default: return .completed(last.detail == "partial" ? .partial : .full)
        }
    }

    /// What a fact comes to: a loss is taken back, and whoever was to make up for it is called off; the visit is on the
    /// day on which it was begun.
    private func problems(of id: VisitID, _ fact: Fact) -> [String] {
        guard let old = before.visit(id), let visit = after.visit(id), visit.facts.count > old.facts.count else {
            return []
        }
        var problems: [String] = []
        if !meant.contains(id), status(visit) != nil, visit.status != status(visit) {
            problems.append("\(id) is \(visit.status) after \(visit.facts.map(\.kind))")
        }
        guard [.arrived, .started, .discharged].contains(fact.kind) else { return problems }
        if !visit.status.occupies { problems.append("\(id) has \(fact.kind) and is \(visit.status)") }
        let day = Day(number: fact.at.minute / 1440)
        var isNew = !isRunning(old) && old.status != .arrived
        if case .completed = old.status { isNew = false }
        if isNew, visit.day != day, !isFull(day, visit) {
            problems.append("\(id) has \(fact.kind) on \(day) and is on \(visit.day)")
        }
        if visit.day != old.day, after.visits(on: old.day).contains(where: { $0.id == id }) {
            problems.append("\(id) is still on \(old.day)")
        }
        guard !old.status.occupies else { return problems }
        let turn = after.visits(on: visit.course).filter { $0.phase == visit.phase && $0.number == visit.number }
        if turn.count(where: \.status.occupies) != 1 {
            problems.append("the turn of \(id) is had by \(turn.map(\.id))")
        }
        let (had, has) = (count(before, visit.course), count(after, visit.course))
        // Where nothing had made up for it there is one more; else whoever did is called off.
        if has != had, has != had + 1 { problems.append("\(visit.course) has \(has) visits after \(had)") }
        return problems
    }

    private func count(_ state: ClinicState, _ course: CourseID) -> Int {
        state.visits(on: course).count { $0.status.occupies }
    }

    /// Whether a day has no chair or no nurse left for so long as a visit takes: then it stays where it was.
    private func isFull(_ day: Day, _ visit: Visit) -> Bool {
        after.visits(on: day).count { $0.status.occupies } > 3
    }

    /// What was set right stands as it was said, and what follows from it follows.
    private func afterCorrection(_ command: Command) -> [String] {
        guard case .visit(.correctFact(let id, _, let instant)) = command, let old = before.visit(id),
            let visit = after.visit(id), visit.facts != old.facts
        else { return [] }
        var problems: [String] = []
        if instant == nil, visit.facts.count != old.facts.count - 1 { problems.append("\(id) lost more than a fact") }
        if instant != nil, visit.facts.count != old.facts.count { problems.append("\(id) lost or got a fact") }
        if let status = status(visit), visit.status.occupies, !meant.contains(id), visit.status != status {
            problems.append("\(id) is \(visit.status) after \(visit.facts.map(\.kind))")
        }
        if status(visit) == nil, visit.status == .arrived || isRunning(visit) {
            problems.append("\(id) is \(visit.status) and nothing happened")
        }
        return problems
    }
}

extension ClinicState {
    /// The visits of a course, by its id.
    fileprivate func visits(on course: CourseID) -> [Visit] { self.course(course).map(visits(of:)) ?? [] }
}

extension Command {
    /// What is done, be the patient told at once or not.
    var untold: Command { if case .told(let command) = self { command } else { self } }
}
