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
        booking.visitType, rhythm: false, features: [], facility: facility, frame: calendar.frame)
    let attendance = Attendance()
    guard attendance.holds(persons, kind, on: board, start: place.start, ignoring: nil) else { return nil }
    return attendance.covers.map {
        Cover(
            label: kind.labels[$0.label].attendant.label, person: facility.staff[$0.person].id, interval: $0.interval)
    }
}
