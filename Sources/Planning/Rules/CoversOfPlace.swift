/// The covers that a place needs whose persons are given, in the order in which they are fixed
/// (docs/contract/planning.md section 2): none where nobody is absent.
///
/// - Parameter booking: the visit at its place; its own covers, and whether the calendar holds it there, do not matter.
/// - Returns: nil where its persons cannot attend it, or the calendar does not have its day.
package func covers(of booking: Booking, on calendar: PlanningCalendar) -> [Cover]? {
    let place = booking.placement
    let facility = calendar.facility
    var others = calendar
    others.remove(booking.id, on: place.day)
    let persons = place.persons.compactMap { id in facility.staff.firstIndex { $0.id == id } }
    guard let board = others[place.day], persons.count == place.persons.count else { return nil }
    let kind = VisitKind(
        booking.visitType, rhythm: false, features: [], facility: facility, layout: calendar.layout)
    let staff = StaffAssignment<BoardLoads>(capacities: calendar.layout.capacities)
    let visit = AttendedVisit(labels: kind.labels, roster: board.roster, start: place.start)
    guard staff.assign(persons, to: visit, BoardLoads(board: board)) else { return nil }
    return staff.covers.map { $0.cover(of: kind, facility) }
}
