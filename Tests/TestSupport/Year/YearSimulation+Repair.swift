import Clinic
import Planning

/// What is done when people fall ill, chairs break or the clinic stays closed.
extension YearSimulation {
    mutating func disrupt(_ command: Command, _ reason: Reason.Code) {
        let (before, calendar) = (clinic.state, clinic.calendar)
        guard case .accepted(let events, _, _) = decision(command) else { return }
        let hits = hits(by: events, on: before, calendar: calendar, now: clinic.now)
        let days = Set(hits.compactMap { clinic.state.visit($0.visit)?.day })
        for day in days.sorted() { repair(day, reason) }
        for hit in hits { noteUnmended(hit.visit) }
    }

    /// Has a day repaired, and calls whom that concerns.
    private mutating func repair(_ day: Day, _ reason: Reason.Code) {
        let state = clinic.state
        if keepsRepairCases {
            repairCases.append(RepairCase(day: day, state: state, calendar: clinic.calendar, now: clinic.now))
        }
        guard
            case .found(let repair) = try? proposeRepair(
                day: day, state: state, calendar: clinic.calendar, now: clinic.now, budget: 20_000),
            !repair.moves.isEmpty
        else { return }
        guard take(.repair(.change(repair, reason))) else { return }
        repairs += 1
        for move in repair.moves {
            guard let visit = clinic.state.visit(move.visit) else { continue }
            if move.to == nil { note(.tasks(visit.course), in: 20) }
            if move.changesTime { catchUp(visit.course) }
            if visit.needsCall { visit.day == clinic.today ? call(visit.id) : note(.call(visit.id), in: 40) }
        }
    }

    private mutating func noteUnmended(_ id: VisitID) {
        guard let visit = clinic.state.visit(id), visit.status.occupies,
            let clock = clinic.calendar.calendars[visit.day]
        else { return }
        let broken = clinic.state.brokenRules(of: visit, on: clinic.calendar, clock, now: clinic.now)
        if !broken.isEmpty { unmended[id] = visit.place }
    }
}
