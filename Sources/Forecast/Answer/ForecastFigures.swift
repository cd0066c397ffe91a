package import Clinic
package import Planning

/// Some weeks of a clinic that are over, as they are counted.
package struct LivedWeeks: Sendable {
    /// The clinic after them, with all courses of these weeks.
    package let state: ClinicState
    package let calendars: DayCalendars
    package let first: Day
    package let weeks: Int
    /// Who was referred, on one of the days, and the course that was booked, if one was.
    package let referred: [(day: Day, course: CourseID?)]
    /// Courses whose patients gave up.
    package let gaveUp: Set<CourseID>

    /// Weeks of a clinic that are over.
    package init(
        state: ClinicState, calendars: DayCalendars, first: Day, weeks: Int,
        referred: [(day: Day, course: CourseID?)], gaveUp: Set<CourseID>
    ) {
        self.state = state
        self.calendars = calendars
        self.first = first
        self.weeks = weeks
        self.referred = referred
        self.gaveUp = gaveUp
    }

    var last: Day { first + (weeks * 7 - 1) }
}

/// How some weeks went.
package struct ForecastFigures: Hashable, Sendable {
    /// What one week of them came to.
    package struct Week: Hashable, Sendable {
        /// Patients referred in it.
        package internal(set) var referred = 0
        /// Days from referral to first visit of those who were booked, in the order in which they were referred.
        package internal(set) var waits: [Int] = []
        package internal(set) var chairs = MinutesOfUse()
    }

    package internal(set) var weeks: [Week] = []
    /// Patients who were referred, and for whom no course could be booked.
    package internal(set) var unplaced = 0
    /// Inductions whose first visit was given in these weeks.
    package internal(set) var begun = 0
    /// Inductions whose time was over within these weeks, whenever they began.
    package internal(set) var over = 0
    /// Of these, given whole within their goal or window.
    package internal(set) var inTime = 0
    /// Of these, given up by their patients.
    package internal(set) var givenUp = 0
    /// Use of chairs that have the same features, by these.
    package internal(set) var chairs: [String: MinutesOfUse] = [:]
    /// What those of a role carried, in percent times minutes.
    package internal(set) var roles: [String: MinutesOfUse] = [:]
    package internal(set) var hours: [StartHour: HourDays] = [:]

    /// The lived weeks in figures.
    ///
    /// - Parameter hours: what filled their hours, where that was looked at.
    package init(_ lived: LivedWeeks, hours: [StartHour: HourDays] = [:]) {
        self.hours = hours
        countReferrals(lived)
        countInductions(lived)
        countUse(lived)
    }

    /// Days that each waited for the first visit; for whom nothing could be booked, longer than anybody else.
    package var waits: [Int] { weeks.flatMap(\.waits) + Array(repeating: Int.max, count: unplaced) }

    /// Patients who were referred.
    package var referred: Int { weeks.reduce(0) { $0 + $1.referred } }

    /// The lower median of the waits in days; nil where nobody was referred or that one could not be booked.
    package var medianWait: Int? { lowerMedian(waits).flatMap { $0 == Int.max ? nil : $0 } }

    /// How many waited longer than so many days.
    package func waiting(longerThan days: Int) -> Int { waits.count { $0 > days } }

    /// Inductions that were over and not given up.
    package var stayed: Int { over - givenUp }

    package var allChairs: MinutesOfUse {
        weeks.reduce(MinutesOfUse()) {
            MinutesOfUse(used: $0.used + $1.chairs.used, available: $0.available + $1.chairs.available)
        }
    }

    // MARK: Counting

    private mutating func countReferrals(_ lived: LivedWeeks) {
        weeks = Array(repeating: Week(), count: lived.weeks)
        let state = lived.state
        for (day, id) in lived.referred {
            let index = (day - lived.first) / 7
            weeks[index].referred += 1
            guard let course = id.flatMap({ state.course($0) }),
                let first = state.visits(of: course).filter(\.status.occupies).map(\.day).min()
            else {
                unplaced += 1
                continue
            }
            weeks[index].waits.append(first - day)
        }
    }

    private mutating func countInductions(_ lived: LivedWeeks) {
        for course in lived.state.allCourses where course.progress.heldUntil == nil {
            let visits = lived.state.visits(of: course)
            for phase in course.template.regimen.phases {
                guard let days = phase.windowDays,
                    let induction = induction(of: phase, in: course, visits, today: lived.last + 1)
                else { continue }
                if lived.first <= induction.first, induction.first <= lived.last { begun += 1 }
                let end = induction.first + days
                guard lived.first <= end, end <= lived.last else { continue }
                over += 1
                if induction.outcome == .inWindow {
                    inTime += 1
                } else if lived.gaveUp.contains(course.id) {
                    givenUp += 1
                }
            }
        }
    }

    private mutating func countUse(_ lived: LivedWeeks) {
        let state = lived.state
        let facility = state.planningFacility
        let features = Dictionary(
            facility.chairs.map { ($0.id, $0.features.sorted().joined(separator: ", ")) },
            uniquingKeysWith: { first, _ in first })
        for index in weeks.indices {
            var use = Utilisation()
            for offset in 0..<7 {
                let day = lived.first + (index * 7 + offset)
                guard let calendar = lived.calendars[day] else { continue }
                use.add(
                    ReportedDay(
                        calendar: calendar, facility: facility, timeOff: state.planningTimeOff,
                        outages: state.planningOutages, visits: state.visits(on: day)))
            }
            weeks[index].chairs = use.allChairs
            for (chair, own) in use.chairs { chairs[features[chair] ?? "", default: .init()].add(own.minutes) }
            for role in use.roleHours.keys { roles[role, default: .init()].add(use.total(of: role)) }
        }
    }
}

extension MinutesOfUse {
    mutating func add(_ other: MinutesOfUse) {
        self = MinutesOfUse(used: used + other.used, available: available + other.available)
    }

    /// In tenths of a percent; nil where there were no minutes.
    var permille: Double? { available == 0 ? nil : Double(used) * 1000 / Double(available) }
}
