/// The rules that a booked visit's place breaks by itself, in the table's order: all but `gap`, `phase-window`,
/// `lead-time` and `authorisation`, which ask more than a place.
///
/// - Parameters:
///   - booking: the visit; whether the calendar holds it does not matter.
///   - request: its course, for what that asks of a chair and of days.
/// - Returns: nil where the calendar does not have its day.
package func brokenRules(
    of booking: Booking, for request: CourseRequest, on calendar: PlanningCalendar
) -> [Rule]? {
    guard let board = calendar[booking.placement.day] else { return nil }
    let facility = calendar.facility
    // Where it stands already it does not stand in its own way: the day need not be made anew without it.
    let isThere = board.bookings.contains { $0.id == booking.id && $0.placement == booking.placement }
    let visit = PlacedVisit(
        visitType: booking.visitType, placement: booking.placement,
        board: isThere ? board : board.removing(booking.id), standing: isThere ? booking.id : nil)
    return Rule.allCases.filter { rule in
        switch rule {
        case .openingHours: !keepsOpeningHours(visit)
        case .chairInService: !keepsChairInService(visit)
        case .chairFree: !keepsChairFree(visit)
        case .chairFeatures: !keepsChairFeatures(visit, of: facility, for: request)
        case .attendantOnDuty: !keepsAttendantOnDuty(visit, of: facility)
        case .attendantCapacity: !keepsAttendantCapacity(visit, booking.patient)
        case .attendantQualified: !keepsAttendantQualified(visit, of: facility)
        case .patientAvailable: !keepsPatientAvailable(visit, request)
        case .oneVisitADay: !keepsOneVisitADay(visit, booking.patient)
        case .courseEnd: !keepsCourseEnd(booking.placement.day, request)
        case .gap, .phaseWindow, .leadTime, .authorisation: false
        }
    }
}
