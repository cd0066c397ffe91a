package import Clinic
package import Planning

/// A clinic's coming weeks as they may go: patients are referred and booked, visits given, lost and made up for, gates
/// open or do not. All of it is decided on as the clinic itself decides; chance has numbers of its own for every visit
/// and patient, so that the same things befall the same patients whatever else is otherwise.
package struct ForecastWeeks: Sendable {
    enum Deed: Sendable {
        case night, morning
        case referral(Referral), book(Int, PatientID, tries: Int)
        case callOff(VisitID, Place), stayAway(VisitID, Place), sendHome(VisitID, Place)
        case begin(VisitID, Place, isLast: Bool), give(VisitID, isLast: Bool)
        case confirm(VisitID), catchUp(CourseID), replan(CourseID), authorise(CourseID), renew(PersonID)
    }

    /// A patient who is referred.
    struct Referral: Sendable {
        let regimen: RegimenID
        let day: Day
        /// Whose fate it is.
        let key: Int
    }

    let basis: ForecastBasis
    let fates: FateDice
    var clinic: LivingClinic
    var agenda = Agenda<Deed>()
    /// Visits of a course that were given or lost since the weeks began.
    var attempts: [CourseID: Int] = [:]
    /// Whose fate a course has that was booked in these weeks.
    var keys: [CourseID: Int] = [:]
    /// Who was referred, with the course that was booked.
    var referred: [(referral: Referral, course: CourseID?)] = []
    /// Courses of patients who gave up.
    var gaveUp: Set<CourseID> = []
    var gateRefusals: [CourseID: Int] = [:]
    /// Courses that are known to miss their goal, and were tried.
    var late: Set<CourseID> = []
    /// What filled the hours of the days that have begun.
    var hours: [StartHour: HourDays] = [:]
    /// The first day that has not been lived through.
    package private(set) var next: Day

    /// Weeks that have not begun yet, with the chances of a seed.
    package init(_ start: ForecastStart, seed: UInt64) {
        basis = start.basis
        clinic = start.clinic
        fates = FateDice(seed: seed)
        next = basis.today
        for offset in 0..<(basis.weeks * 7) { noteDay(basis.today + offset) }
    }

    /// Whether all days are over.
    package var isOver: Bool { next > basis.last }

    /// The clinic after the days that are over.
    package var livingState: ClinicState { clinic.state }

    /// What became of the days that are over.
    package var figures: ForecastFigures {
        ForecastFigures(
            LivedWeeks(
                state: clinic.state, calendars: basis.calendar.calendars, first: basis.today, weeks: basis.weeks,
                referred: referred.map { ($0.referral.day, $0.course) }, gaveUp: gaveUp),
            hours: hours)
    }

    /// Lives through the next week, or what is left of the weeks.
    package mutating func liveWeek() {
        let end = min(next + 7, basis.last + 1)
        live(until: instant(end, 0))
        next = end
    }

    private mutating func live(until end: Instant) {
        while let moment = [agenda.next, clinic.dues.next].compactMap(\.self).min(), moment < end {
            let before = (clinic.now, clinic.events.count)
            clinic.pass(to: max(moment, clinic.now))
            answerNews()
            var hasActed = false
            while let deed = agenda.take(through: clinic.now) {
                hasActed = true
                perform(deed)
                answerNews()
            }
            // What is due and cannot be told holds nothing else up.
            if !hasActed, before == (clinic.now, clinic.events.count) {
                guard let next = agenda.next, next < end else { break }
                clinic.pass(to: next)
            }
        }
        clinic.pass(to: max(clinic.now, Instant(seconds: end.seconds - 1)))
        answerNews()
    }

    private mutating func noteDay(_ day: Day) {
        agenda.note(.night, at: instant(day, 5))
        agenda.note(.morning, at: instant(day, 420))
        for referral in referrals(on: day) {
            var dice = fates.dice(3, referral.key)
            agenda.note(.referral(referral), at: instant(day, dice.number(500...950)))
        }
    }

    /// Who is referred on a day. Each of a day's moments has a chance of its own, which grows with the rate: with a
    /// higher one the same patients come, and others beside them.
    private func referrals(on day: Day) -> [Referral] {
        guard let facility = basis.state.configuration?.facility, let hours = facility.hours[day.weekday],
            !hours.isEmpty
        else { return [] }
        let openDays = facility.hours.values.count { !$0.isEmpty }
        let offset = day - basis.today
        var found: [Referral] = []
        for (index, regimen) in facility.regimens.enumerated() {
            // In a hundred weeks; here of a million tries.
            let rate = basis.rates.referrals[regimen.id]?.value ?? 0
            let chance = rate * 10_000 / (openDays * Self.moments)
            guard chance > 0 else { continue }
            for moment in 0..<Self.moments {
                let key = Self.firstKey + (offset * Self.moments + moment) * 1_000 + index
                var dice = fates.dice(2, key)
                if dice.number(0...999_999) < chance {
                    found.append(Referral(regimen: regimen.id, day: day, key: key))
                }
            }
        }
        return found
    }

    /// Moments of a day at which somebody may be referred.
    private static let moments = 24
    /// Beyond the numbers of all courses.
    private static let firstKey = 1_000_000_000

    // MARK: Time

    func instant(_ day: Day, _ clock: Int) -> Instant {
        guard let calendar = basis.calendar.calendars[day] else {
            preconditionFailure("a forecast has days enough for its weeks")
        }
        return Instant(minute: calendar.firstMinute + calendar.elapsed(atLeast: clock))
    }

    mutating func note(_ deed: Deed, inMinutes minutes: Int) {
        agenda.note(deed, at: Instant(seconds: clinic.now.seconds + minutes * 60))
    }

    /// Whose fate a course has.
    func key(of course: CourseID) -> Int { keys[course] ?? course.number }

    // MARK: Commands

    /// Takes a command; whether it was done.
    @discardableResult
    mutating func take(_ command: Command) -> Bool {
        guard case .accepted? = try? clinic.attempt(command) else { return false }
        return true
    }

    @discardableResult
    mutating func alter(_ course: CourseID, _ alteration: CourseAlteration, _ reason: Reason.Code = .other) -> Bool {
        take(.course(.alter(course, alteration, reason)))
    }
}
