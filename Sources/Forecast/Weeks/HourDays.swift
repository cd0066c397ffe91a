package import Clinic
package import Planning

/// An hour of a weekday in which visits of a type may start.
package struct StartHour: Hashable, Comparable, Sendable {
    package let hour: WeekHour
    package let visitType: VisitTypeID

    package static func < (left: StartHour, right: StartHour) -> Bool {
        (left.hour, left.visitType) < (right.hour, right.visitType)
    }
}

/// On how many days an hour could have been used, and on how many of them what had filled it.
package struct HourDays: Hashable, Sendable {
    package internal(set) var days = 0
    /// Days on which it was full, by what filled it.
    package internal(set) var full: [FullHour: Int] = [:]

    mutating func add(_ other: HourDays) {
        days += other.days
        full.merge(other.full, uniquingKeysWith: +)
    }
}

extension ForecastWeeks {
    /// Looks at a day as it begins, when all that will be booked of it is booked: in which of its hours no visit of an
    /// induction could start any more, and why.
    mutating func noteFullHours(of day: Day) {
        let facility = clinic.calendar.facility
        let wanted = facility.regimens.filter { (basis.rates.referrals[$0.id]?.value ?? 0) > 0 }
            .flatMap { $0.phases.filter { $0.windowDays != nil }.map(\.visit) }
        for type in facility.visitTypes where wanted.contains(type.id) {
            for (hour, cause) in fullHours(of: type, on: day, calendar: clinic.calendar) {
                let key = StartHour(hour: WeekHour(weekday: day.weekday, hour: hour), visitType: type.id)
                hours[key, default: HourDays()].days += 1
                if let cause { hours[key, default: HourDays()].full[cause, default: 0] += 1 }
            }
        }
    }
}
