package import Planning

/// A booking to be checked among others.
package struct BookingToCheck: Hashable, Sendable {
    package var booking: Booking
    /// Rules that were overridden for it; physical rules are asked all the same.
    package var overrides: Set<Rule>
    /// Its course, for what the course asks of a chair and of days; nil where it is not known.
    package var request: CourseRequest?

    /// A booking with its overrides and its course, where known.
    package init(_ booking: Booking, overrides: Set<Rule> = [], request: CourseRequest? = nil) {
        self.booking = booking
        self.overrides = overrides
        self.request = request
    }
}

/// Verifies that bookings keep the hard rules among themselves, each less its overrides.
///
/// Covers need only be qualified, on duty and within capacity. Gaps and phase windows depend on what became of earlier
/// visits, and lead time on when a visit was booked: they are not asked here. `authorisation` is asked of the confirmed
/// bookings of every course that requires one.
///
/// - Parameters:
///   - bookings: visits that occupy their places.
///   - setting: the clinic; its own `bookings` are left out of account.
///   - day: the first day whose bookings are judged; those before it only take their places. All where it is nil.
/// - Returns: what is wrong, in the order of the bookings.
package func checkBookings(_ bookings: [BookingToCheck], in setting: Setting, from day: Day? = nil) -> [Breach] {
    let asked = ruleChecks.filter { $0.rule != .gap && $0.rule != .phaseWindow && $0.rule != .leadTime }
    let byDay = Dictionary(grouping: bookings.indices) { bookings[$0].booking.placement.day }
    var breaches: [Breach] = []
    for (index, item) in bookings.enumerated() where day.map({ $0 <= item.booking.placement.day }) ?? true {
        let booking = item.booking
        var others = setting
        // Only bookings of the same day and those beside it can stand in the way.
        others.bookings = (-1...1).flatMap { byDay[booking.placement.day + $0, default: []] }
            .filter { $0 != index }.map { bookings[$0].booking }
        func report(_ what: Breach.Finding, _ message: String) {
            breaches.append(Breach(course: item.request?.id, booking: booking.id, what: what, message: message))
        }
        guard let clinicDay = others.clinicDay(booking.placement.day) else {
            report(.shape("day"), "\(booking.placement.day) is outside of the calendars given")
            continue
        }
        var placed = CheckedVisit(
            patient: booking.patient, visitType: booking.visitType, placement: booking.placement,
            clinicDay: clinicDay, request: item.request)
        placed.hasBegun = clinicDay.calendar.firstMinute + booking.placement.start <= setting.now
        for check in asked where check.rule.isPhysical || !item.overrides.contains(check.rule) {
            if !check.keeps(placed) { report(.rule(check.rule), check.finding(placed)) }
        }
    }
    let judged = Set(
        bookings.map(\.booking).filter { booking in
            day.map { $0 <= booking.placement.day } ?? true
        }.map(\.id))
    return breaches + unauthorised(bookings).filter { $0.booking.map(judged.contains) ?? true }
}

/// Confirmed bookings of courses that require an authorisation and have none left for them.
///
/// Visits are given to authorisations so that as many as possible have one; which of several is used does not matter.
package func unauthorised(_ bookings: [BookingToCheck]) -> [Breach] {
    let asking = bookings.filter { item in
        item.booking.confirmed && item.request?.wish.requiresAuthorisation == true
            && !item.overrides.contains(.authorisation)
    }
    var breaches: [Breach] = []
    var used: [CourseID: [Int?]] = [:]
    for item in asking.sorted(by: { $0.booking.placement.day < $1.booking.placement.day }) {
        guard let request = item.request else { continue }
        let visits = asking.filter { $0.request?.id == request.id }
            .sorted { $0.booking.placement.day < $1.booking.placement.day }
        let assigned =
            used[request.id]
            ?? authorisations(of: visits.map(\.booking), granted: request.wish.authorisations)
        used[request.id] = assigned
        guard let index = visits.firstIndex(of: item), assigned[index] == nil else { continue }
        breaches.append(
            Breach(
                course: request.id, booking: item.booking.id, what: .rule(.authorisation),
                message:
                    "no approved authorisation covers \(item.booking.visitType.id) on \(item.booking.placement.day) "
                    + "with a visit left"))
    }
    return breaches
}

/// For each visit the index of the authorisation it uses, or nil where none is left: a largest assignment, found by
/// moving visits already assigned along where that frees a place.
private func authorisations(of visits: [Booking], granted: [Authorisation]) -> [Int?] {
    var assigned: [Int?] = Array(repeating: nil, count: visits.count)
    func assign(_ visit: Int, _ tried: inout Set<Int>) -> Bool {
        for (index, authorisation) in granted.enumerated()
        where covers(authorisation, visits[visit]) && tried.insert(index).inserted {
            let users = assigned.indices.filter { assigned[$0] == index }
            if users.count < authorisation.visits {
                assigned[visit] = index
                return true
            }
            for user in users {
                assigned[user] = nil
                if assign(user, &tried) {
                    assigned[visit] = index
                    return true
                }
                assigned[user] = index
            }
        }
        return false
    }
    for visit in visits.indices {
        var tried: Set<Int> = []
        _ = assign(visit, &tried)
    }
    return assigned
}

private func covers(_ authorisation: Authorisation, _ booking: Booking) -> Bool {
    authorisation.status == .approved && authorisation.visitTypes.contains(booking.visitType.id)
        && authorisation.from <= booking.placement.day && booking.placement.day <= authorisation.through
}
