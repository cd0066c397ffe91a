/// Visits under way with those who could attend what is left of them, everything else staying where it is
/// (docs/contract/desk.md section 2).
private struct TakingOver {
    let now: Int
    /// How many more ways are tried: so many that of the few visits that one person attends every way is.
    var left = 400

    /// The fewest of some visits that nobody can attend, in their order.
    mutating func unattended(_ visits: ArraySlice<Booking>, on calendar: PlanningCalendar) -> [VisitID] {
        guard let visit = visits.first else { return [] }
        var best: [VisitID]?
        for way in ways(of: visit, on: calendar) where left > 0 {
            left -= 1
            var after = calendar
            after.add(way)
            let found = unattended(visits.dropFirst(), on: after)
            if best.map({ found.count < $0.count }) ?? true { best = found }
            if found.isEmpty { return [] }
        }
        // Where one is left to nobody, more may be left for the others.
        if let best, best.count <= 1 { return best }
        let without = [visit.id] + unattended(visits.dropFirst(), on: calendar)
        return best.map { $0.count <= without.count ? $0 : without } ?? without
    }

    /// What is left of a visit with everybody who could attend it, its own persons first; at most as many as are tried.
    private func ways(of visit: Booking, on calendar: PlanningCalendar) -> [Booking] {
        let facility = calendar.facility
        guard let board = calendar[visit.placement.day] else { return [] }
        let kind = VisitKind(
            visit.visitType, rhythm: false, features: [], facility: facility, layout: calendar.layout)
        let asked = AttendedVisit(
            labels: kind.labels, roster: board.roster, start: visit.placement.start,
            since: now - board.calendar.firstMinute)
        let own = visit.placement.persons.map { id in facility.staff.firstIndex { $0.id == id } }
        var found: [Booking] = []
        StaffAssignment<BoardLoads>(capacities: calendar.layout.capacities).forEachAssignment(
            asked, BoardLoads(board: board),
            candidates: { label in
                let others = facility.staff.indices.filter {
                    $0 != own[label] && kind.labels[label].qualifies($0, on: board.calendar.day)
                }
                return [own[label]].compactMap(\.self) + others
            },
            { persons, covers in
                let placement = Placement(
                    day: visit.placement.day, start: visit.placement.start, chair: visit.placement.chair,
                    persons: persons.map { facility.staff[$0].id }, covers: covers.map { $0.cover(of: kind, facility) })
                found.append(
                    Booking(
                        id: visit.id, patient: visit.patient, visitType: visit.visitType, placement: placement,
                        confirmed: visit.confirmed))
                return found.count < left
            })
        return found
    }
}

/// The visits under way of which nobody who is qualified, on duty and has attention left can attend what is left, in
/// the order given: as few as can be, everything else staying where it is.
///
/// - Parameters:
///   - visits: under way, as they are expected to last.
///   - calendar: their day as it is now; whether it holds them does not matter.
///   - now: the present moment, minutes since 1970 UTC.
package func unattended(_ visits: [Booking], on calendar: PlanningCalendar, now: Int) -> [VisitID] {
    var others = calendar
    for visit in visits { others.remove(visit.id, on: visit.placement.day) }
    var taking = TakingOver(now: now)
    return taking.unattended(visits[...], on: others)
}
