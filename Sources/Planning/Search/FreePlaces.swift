/// A start at which a visit could be placed.
package struct FreePlace: Hashable, Sendable {
    /// When, where and with whom: the chair that leaves the fewest useless idle stretches, the persons first in order.
    package let placement: Placement
    /// How many other visits are in progress at the busiest moment.
    package let crowding: Int
}

/// Every start at which a visit of a type could be placed, day by day. Days outside of the calendar have none.
///
/// - Parameters:
///   - features: chair features asked beside those of the visit type.
///   - now: the present moment, minutes since 1970-01-01T00:00Z; starts keep the lead time.
///   - eachDayAtMost: how many starts of a day are worked out with chair and persons, the earliest first.
package func freePlaces(
    for visitType: VisitType, features: Set<String> = [], from: Day, through: Day, on calendar: PlanningCalendar,
    now: Int, eachDayAtMost: Int = Int.max
) -> [FreePlace] {
    let nobody = CourseRequest(
        id: "", patient: "", regimen: Regimen(id: "", phases: []), visitTypes: [],
        wish: CourseWish(earliest: from))
    let kind = VisitKind(
        visitType, rhythm: false, features: features, facility: calendar.facility, layout: calendar.layout)
    let evaluator = DayEvaluator(nobody, on: calendar, now: now, mostLabels: kind.labels.count)
    var places: [FreePlace] = []
    var day = max(from, calendar.first)
    while day <= min(through, calendar.last) {
        if let board = calendar[day], evaluator.evaluate(kind, on: board) {
            var count = 0
            evaluator.rows.forEachBit(evaluator.open) { slot in
                guard count < eachDayAtMost, let place = freePlace(kind, evaluator, board, slot) else { return }
                places.append(place)
                count += 1
            }
        }
        day = day + 1
    }
    return places
}

private func freePlace(_ kind: VisitKind, _ evaluator: DayEvaluator, _ board: DayBoard, _ slot: Int) -> FreePlace? {
    guard let attended = evaluator.firstAttendance(slot: slot),
        let chair = evaluator.bestChair(kind, on: board, slot: slot)
    else { return nil }
    let placement = evaluator.placement(kind, on: board, chair: chair, attended)
    return FreePlace(placement: placement, crowding: evaluator.crowding(kind, on: board, slot: slot))
}
