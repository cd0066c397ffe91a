package import Clinic
package import ClinicTime
package import Planning

/// A year of a clinic that books whole courses: patients come, visits are given and lost, people fall ill, chairs
/// break. What the program tells is answered as a clinic would, sometimes late.
package struct YearSimulation: Sendable {
    /// What is to happen at some time.
    enum Deed: Sendable {
        case night(Day), dawn(Day), morning(Day)
        case referral(Int, tries: Int)
        case settleHold(CourseID, patient: Int)
        case breakdown(chair: Int, minutes: Int)
        case vacation(person: Int, from: Day)
        case call(VisitID), callOff(VisitID, Place), stayAway(VisitID, Place), arrive(VisitID, Place, Visiting)
        case refuse(VisitID, Place)
        case begin(VisitID, Visiting), stage(VisitID, Int, Visiting), sendHome(VisitID), discharge(VisitID, Visiting)
        case escort(VisitID), prepare(CourseID), assess(CourseID), decide(CourseID, phase: String), tasks(CourseID)
        case authorise(CourseID), resume(CourseID), look(CourseID), renew(PersonID), whim(CourseID)
        case catchUp(CourseID)
    }

    /// A moment at which a repair was sought.
    package struct RepairCase: Sendable {
        /// The day whose visits were repaired.
        package let day: Day
        package let state: ClinicState
        package let calendar: PlanningCalendar
        package let now: Instant
    }

    /// How a patient who comes is treated.
    enum Visiting: Sendable { case usual, last, sentHome }

    /// Who comes and what befalls them.
    package let fates: YearFates
    /// Whether patients change their minds, staff hit wrong keys, and courses are given up halfway: what another way of
    /// booking is not asked.
    package let hasWhims: Bool
    /// Whether the desk keeps the windows of inductions: at a loss, after a repair, and when one is slipping.
    package let keepsWindows: Bool
    /// How inductions aim at goals, to which their courses are planned anew each night and whenever a place is freed;
    /// nil where they have none.
    package let aim: YearClinic.Aim?
    package var clinic: LivingClinic
    /// Patients to whom no course could be offered, and how often one was asked for in vain.
    package internal(set) var turnedAway: [Int] = []
    /// How many commands were taken.
    package private(set) var taken = 0
    /// How many repairs were made.
    package internal(set) var repairs = 0
    /// What every repair was sought on, where they are kept.
    package var repairCases: [RepairCase] = []
    /// Whether they are kept.
    package var keepsRepairCases = false
    /// How often a command was refused, by what it was.
    package private(set) var refused: [String: Int] = [:]
    /// Visits that an absence, an outage or a closure has hit and that nobody could mend, at the places where it did.
    package var unmended: [VisitID: Place] = [:]
    private var lastDeed: Deed?

    private var eventsSeen = 0
    var agenda = Agenda<Deed>()
    var attempts: [CourseID: Int] = [:]
    var gateRefusals: [CourseID: Int] = [:]
    /// Courses that stand still because the treatment did not help.
    var pausedForNoBenefit: Set<CourseID> = []
    /// Courses whose inductions the desk knows to end too late.
    package internal(set) var lateInductions: Set<CourseID> = []
    var dice: SplitMix64
    let end: Day
    let zone: ClinicZone

    /// A year of so many days, not begun yet.
    package init(
        _ fates: YearFates, zone: ClinicZone, days: Int, hasWhims: Bool = true, keepsWindows: Bool = true,
        aim: YearClinic.Aim? = nil
    ) {
        self.fates = fates
        self.keepsWindows = keepsWindows
        self.aim = aim
        self.hasWhims = hasWhims
        self.zone = zone
        end = YearClinic.firstDay + days
        dice = SplitMix64(seed: fates.seed &+ 77)
        let calendars = YearClinic.calendars(zone, days: days)
        clinic = LivingClinic(
            ClinicConfiguration(
                facility: aim.map { fates.clinic.facility(with: $0) } ?? fates.clinic.facility),
            calendars: calendars,
            now: Instant(minute: calendars[YearClinic.firstDay].map(\.firstMinute) ?? 0), explains: false)
        for patient in fates.patients {
            agenda.note(.referral(patient.number, tries: 0), at: instant(patient.referred, patient.clock))
        }
        for offset in 0..<days { noteDay(YearClinic.firstDay + offset) }
        for person in fates.clinic.facility.staff.indices {
            var dice = fates.dice(6, person)
            let from = YearClinic.firstDay + 40 + dice.number(0...40) * 7
            agenda.note(.vacation(person: person, from: from), at: instant(from - 35, 540))
        }
    }

    private mutating func noteDay(_ day: Day) {
        agenda.note(.night(day), at: instant(day, 5))
        agenda.note(.dawn(day), at: instant(day, 360))
        agenda.note(.morning(day), at: instant(day, 420))
        for chair in fates.clinic.facility.chairs.indices {
            guard let found = fates.breakdown(of: chair, day) else { continue }
            agenda.note(.breakdown(chair: chair, minutes: found.minutes), at: instant(day, found.clock))
        }
    }

    /// Lets the year go by; `after` is called whenever something has happened.
    package mutating func run(after: (inout YearSimulation) -> Void) {
        let until = instant(end, 0)
        while let next = [agenda.next, clinic.dues.next].compactMap(\.self).min(), next < until {
            clinic.pass(to: max(next, clinic.now))
            lastDeed = nil
            answerNews()
            after(&self)
            while let deed = agenda.take(through: clinic.now) {
                lastDeed = deed
                perform(deed)
                answerNews()
                after(&self)
            }
        }
    }

    /// What happened just before.
    package var last: String { lastDeed.map { "\($0)" } ?? "time passed" }

    private mutating func answerNews() {
        var news = clinic.news()
        while !news.isEmpty {
            for alert in news { answer(alert) }
            news = clinic.news()
        }
        scheduleNewcomers()
    }

    /// Visits that got a place today since somebody last looked: their day has begun already. Of those of tomorrow the
    /// patients are asked.
    private mutating func scheduleNewcomers() {
        let fresh = clinic.events[eventsSeen...]
        eventsSeen = clinic.events.count
        var changes: [CourseChanged] = []
        for recorded in fresh {
            switch recorded.event {
            case .course(.changed(let changed)):
                changes.append(changed)
                if changed.action == .courseCaughtUp { callWhomItConcerns(changed.course) }
            case .repair(.changed(let made)):
                changes += made.changes
                for change in made.changes where change.action == .courseCaughtUp || change.action == .courseYielded {
                    callWhomItConcerns(change.course)
                }
            default: break
            }
        }
        let visits = changes.flatMap(\.visits)
        if fates.world == .nextDay { askAboutTomorrow(visits) }
        for change in visits where change.after?.place.day == clinic.today {
            guard change.before?.place != change.after?.place, let visit = clinic.state.visit(change.id),
                visit.status == .tentative || visit.status == .confirmed
            else { continue }
            scheduleNext(visit)
        }
    }

    private mutating func askAboutTomorrow(_ changes: [CourseChanged.VisitChange]) {
        let tomorrow = clinic.today + 1
        for change in changes where change.after?.place.day == tomorrow && change.before?.place.day != tomorrow {
            guard let visit = clinic.state.visit(change.id), visit.day == tomorrow, visit.status.occupies,
                !fates.takesNextDay(visit.patient.number - 1, after: attempts[visit.course, default: 0])
            else { continue }
            note(.refuse(visit.id, visit.place), in: 30)
        }
    }

    // MARK: Commands

    /// Takes a command; whether it was done.
    @discardableResult
    mutating func take(_ command: Command) -> Bool {
        if case .accepted = decision(command) { true } else { false }
    }

    mutating func decision(_ command: Command) -> Decision {
        taken += 1
        let decision = clinic.take(command)
        if case .refused(let refusal, _) = decision {
            refused["\(word(command)): \(word(refusal))", default: 0] += 1
        }
        return decision
    }

    @discardableResult
    mutating func order(
        _ visit: VisitID, _ order: VisitOrder, _ reason: Reason.Code = .other, keepsWindow: Bool = false
    ) -> Bool {
        take(.visit(.order(visit, order, reason, keepsWindow: keepsWindow && keepsWindows)))
    }

    @discardableResult
    mutating func alter(_ course: CourseID, _ alteration: CourseAlteration, _ reason: Reason.Code = .other) -> Bool {
        take(.course(.alter(course, alteration, reason)))
    }

    @discardableResult
    mutating func record(_ visit: VisitID, _ kind: Fact.Kind, number: Int? = nil, detail: String? = nil) -> Bool {
        take(
            .visit(
                .recordFact(
                    visit, Fact(kind, at: clinic.now, number: number, detail: detail), isOverridden: false)))
    }

    // MARK: Time

    func instant(_ day: Day, _ clock: Int) -> Instant { Instant(minute: zone.calendar(of: day).firstMinute + clock) }

    mutating func note(_ deed: Deed, in minutes: Int) {
        agenda.note(deed, at: Instant(seconds: clinic.now.seconds + minutes * 60))
    }

    mutating func note(_ deed: Deed, inDays days: Int, clock: Int) {
        agenda.note(deed, at: instant(clinic.today + days, clock))
    }

    func patient(of course: CourseID) -> YearFates.Patient? {
        clinic.state.course(course).map { fates.patients[$0.patient.number - 1] }
    }
}

/// A word for a command or a refusal: the name of its case, and of the order that it carries.
private func word(_ value: Any) -> String {
    let text = "\(value)"
    let head = text.prefix { $0 != "(" }
    guard head == "orderVisit" || head == "alterCourse" || head == "unchangeable" else { return String(head) }
    let known = ["\"", " ", "(", ",", ":", ")"]
    let words = text.split { known.contains(String($0)) }.map(String.init)
    return ([String(head)] + words.dropFirst().filter { $0.first?.isLowercase ?? false && $0.count > 3 }.prefix(2))
        .joined(separator: " ")
}
