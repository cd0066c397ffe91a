import Clinic
import Planning

/// What is done when people fall ill, chairs break or the clinic stays closed.
extension YearSimulation {
    mutating func disrupt(_ command: Command, _ reason: Reason.Code) {
        let (before, calendar) = (clinic.state, clinic.calendar)
        guard case .accepted(let events, _, _) = decision(command) else { return }
        let hits = hits(by: events, on: before, calendar: calendar, now: clinic.now)
        for hit in hits { mend(hit.visit, reason) }
        for hit in hits {
            guard let visit = clinic.state.visit(hit.visit), visit.status.occupies,
                let clock = clinic.calendar.calendars[visit.day]
            else { continue }
            if !clinic.state.brokenRules(of: visit, on: clinic.calendar, clock).isEmpty {
                unmended[visit.id] = visit.place
            }
            if visit.day == clinic.today, visit.status == .tentative || visit.status == .confirmed {
                scheduleNext(visit)
            }
        }
    }

    /// Finds another place the same day, or calls the visit off and makes it up.
    private mutating func mend(_ id: VisitID, _ reason: Reason.Code) {
        guard let visit = clinic.state.visit(id) else { return }
        if visit.status == .arrived || visit.status.name == "inProgress" {
            for attendant in visit.visitType.filledLabels {
                for person in fates.clinic.facility.staff where person.roles.contains(attendant.role) {
                    if order(id, .move(PlaceWish(persons: [attendant.label: person.id])), reason) { return }
                }
            }
            return
        }
        if order(id, .move(PlaceWish(from: visit.day, through: visit.day)), reason) {
            if clinic.state.visit(id)?.needsCall ?? false { call(id) }
            return
        }
        order(id, .cancel(isMadeUp: true), reason)
    }
}
