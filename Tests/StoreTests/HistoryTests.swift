import Clinic
import Foundation
import GRDB
import Planning
import Testing

@testable import Store

/// Random histories from printed seeds: whatever happened, tables, record and state say the same.
@Suite struct HistoryTests {
    @Test(arguments: [UInt64(11), 12, 13, 14, 15, 19])
    func tablesRecordAndStateSayTheSame(seed: UInt64) throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        var dice = Dice(seed: seed)
        var history = History()
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        for _ in 0..<100 { try history.step(&clerk, &dice) }
        #expect(clerk.recorded.count { $0.event.kind == .course(.changed) } > 5, "seed \(seed)")
        #expect(history.accepted > 30 && clerk.state.visitCount > 20, "seed \(seed)")

        #expect(try clerk.store.events(after: 0) == clerk.recorded, "seed \(seed)")
        var folded = ClinicState()
        for event in clerk.recorded { apply(event, to: &folded) }
        #expect(folded == clerk.state, "seed \(seed)")
        for offset in Array(0..<30) + [200] {
            let loaded = try clerk.store.load(from: Clerk.first + offset)
            #expect(loaded == folded.trimmed(from: Clerk.first + offset), "seed \(seed)")
            // Half a course would be taken for a whole one.
            for course in loaded.allCourses {
                #expect(loaded.visits(of: course).count == course.visits.count, "seed \(seed), from day \(offset)")
            }
        }
        let kinds = Set(clerk.recorded.map(\.event.kind))
        #expect(kinds.contains(.waiting(.added)), "seed \(seed)")
        let verification = try clerk.store.verify()
        #expect(verification.findings == [], "seed \(seed)")
        #expect(verification.events == clerk.recorded.count && verification.rows > 200)

        let covers = try clerk.store.read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM staff_booking WHERE cover")
        }
        #expect(covers ?? 0 > 0, "seed \(seed)")

        let before = try contents(clerk.store)
        try clerk.store.rebuild()
        #expect(try contents(clerk.store) == before, "seed \(seed)")
        try clerk.store.close()

        let again = try Store(path: scratch.path)
        #expect(try again.load(from: Clerk.first) == folded.trimmed(from: Clerk.first))
        #expect(!again.opening.isNew && again.opening.wasClean)
        for course in folded.allCourses {
            let read = try #require(try again.course(course.id))
            #expect(read.course == course && Set(read.visits) == Set(folded.visits(of: course)))
        }
        for day in folded.daysWithVisits {
            #expect(try again.visits(on: day) == folded.visits(on: day))
        }
    }

    @Test func eventsAreFoundByTheirSubject() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        var dice = Dice(seed: 17)
        var history = History()
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        for _ in 0..<40 { try history.step(&clerk, &dice) }
        let subjects = Set(clerk.recorded.flatMap(\.event.subjects))
        #expect(subjects.count > 10)
        for subject in subjects {
            let expected = clerk.recorded.filter { $0.event.subjects.contains(subject) }
            #expect(try clerk.store.events(about: subject) == expected)
            let earlier = expected.filter { $0.number <= 20 }
            #expect(try clerk.store.events(about: subject, through: 20) == earlier)
        }
    }

    private func contents(_ store: Store) throws -> [String] {
        try store.read { database in
            try Schema.projections.flatMap { table, key in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY \(key)").map { "\(table): \($0)" }
            }
        }
    }
}

/// Random commands of every kind, sensible enough that many are accepted.
struct History {
    private(set) var accepted = 0
    private var proposals: [Proposal] = []
    private var records = 0
    private var shift = 0

    mutating func step(_ clerk: inout Clerk, _ dice: inout Dice) throws {
        if dice.once(in: 25) {
            shift = shift == 0 ? 60 : 0
            let calendars = Clerk.calendars(clerk.calendar.calendars.days.count, shift: shift)
            clerk.calendar = planningCalendar(of: clerk.state, calendars: calendars)
            try clerk.give(.visit(.retime))
        }
        for release in clerk.state.waitingReleases(at: clerk.now) { try clerk.give(release) }
        guard let command = command(clerk, &dice) else { return }
        let reason = dice.once(in: 3) ? Reason(dice.pick(Reason.Code.allCases), note: "because") : nil
        do {
            if case .accepted = try clerk.give(command, reason: reason) { accepted += 1 }
        } catch is NeedsDays {
            // Nothing is done beyond the clerk's days.
        }
        if dice.once(in: 6), let repair = repair(clerk) { try clerk.give(repair) }
    }

    private func repair(_ clerk: Clerk) -> Command? {
        guard case .found(let found) = try? proposeRepair(state: clerk.state, calendar: clerk.calendar, now: clerk.now)
        else { return nil }
        return .repair(.change(found, .staffing))
    }

    private mutating func command(_ clerk: Clerk, _ dice: inout Dice) -> Command? {
        let minute = (Clerk.first.number + dice.roll(0..<20)) * 1440 + dice.roll(0..<1440)
        let interval = Interval(minute, minute + dice.roll(1..<900))
        switch dice.roll(0..<33) {
        case 28...: return waitingOrder(clerk, &dice).map { .waiting($0) }
        case 27:
            let shifts = clerk.state.allShifts
            if let shift = shifts.randomElement(using: &dice), dice.once(in: 2) {
                return .availability(.takeBack([shift.id.text]))
            }
            let day = Clerk.first + dice.roll(0..<30)
            return .availability(
                .addShift(ExtraShift(person: dice.pick(["rn-1", "rn-9"]), day: day, hours: Interval(480, 960))))
        case 20...: return change(clerk, &dice)
        case 0, 1: return .patient(.add(details(&dice)))
        case 2: return .patient(.import((0..<dice.roll(1..<5)).map { _ in details(&dice) }))
        case 3: return clerk.state.allPatients.randomElement(using: &dice).map { .patient(.change($0, details(&dice))) }
        case 4...9: return order(clerk, &dice).map { .course(.book($0)) }
        case 10:
            guard let order = order(clerk, &dice),
                case .proposal(let proposal) = try? propose(
                    order, state: clerk.state, calendar: clerk.calendar, now: clerk.now)
            else { return nil }
            proposals.append(proposal)
            return nil
        case 11:
            guard !proposals.isEmpty else { return nil }
            let proposal = proposals.remove(at: dice.roll(0..<proposals.count))
            return .course(.bookProposal(proposal, alternative: proposal.plan.alternatives.isEmpty ? nil : 0))
        case 12:
            return .availability(
                .addTimeOff(TimeOff(person: dice.pick(["rn-1", "rn-2", "md-1", "rn-9"]), interval: interval)))
        case 13:
            return clerk.state.allAbsences.randomElement(using: &dice).map { .availability(.takeBack([$0.id.text])) }
        case 14: return .availability(.addOutage(Outage(chair: dice.pick(["chair-1", "chair-3"]), interval: interval)))
        case 15:
            return clerk.state.allOutages.randomElement(using: &dice).map { .availability(.takeBack([$0.id.text])) }
        case 16:
            let day = Clerk.first + dice.roll(0..<30)
            return dice.once(in: 2)
                ? .availability(
                    .addClosure(
                        Closure(from: day, through: day + 1, hours: dice.once(in: 2) ? Interval(480, 600) : nil)))
                : .availability(.addOpening(Opening(day: day, hours: Interval(960, 1020))))
        case 17:
            if let closure = clerk.state.allClosures.randomElement(using: &dice) {
                return .availability(.takeBack([closure.id.text]))
            }
            return clerk.state.allOpenings.randomElement(using: &dice).map { .availability(.takeBack([$0.id.text])) }
        case 18: return .configuration(.adopt(configuration(&dice)))
        default:
            return dice.once(in: 2)
                ? .service(.start(ServiceStarted(version: "1", wasClean: dice.once(in: 2)))) : .service(.stop)
        }
    }

    /// Something done with a visit that there is, or with its course.
    private mutating func change(_ clerk: Clerk, _ dice: inout Dice) -> Command? {
        let visits = clerk.state.daysWithVisits.flatMap { clerk.state.visits(on: $0) }
        guard let visit = visits.randomElement(using: &dice) else { return nil }
        func alter(_ alteration: CourseAlteration) -> Command { .course(.alter(visit.course, alteration, .clinical)) }
        let day = visit.day + dice.roll(0..<5)
        switch dice.roll(0..<19) {
        case 17: return alter(.lifecycle(.cease))
        case 18:
            return .visit(
                .recordCall(PhoneCallMade(about: visit.id, outcome: dice.pick(CallOutcome.allCases), at: clerk.now)))
        case 16:
            // Nobody waits for the clock here: what falls due within four days is told now.
            return .alert(.raise(through: Instant(seconds: clerk.now.seconds + 4 * 86_400)))
        case 0: return .visit(.order(visit.id, .confirm, .other))
        case 1: return .visit(.order(visit.id, .pin(true), .other))
        case 2, 3: return .visit(.order(visit.id, .cancel(isMadeUp: dice.once(in: 2)), .weather))
        case 4: return .visit(.order(visit.id, .notTreated(.vitals, isMadeUp: true), .patientUnwell, isMeant: true))
        case 5: return .visit(.order(visit.id, .override(dice.pick([.gap, .openingHours])), .clinical))
        case 6, 7: return .visit(.order(visit.id, .move(PlaceWish()), .patientRequest))
        case 8: return .visit(.order(visit.id, .postpone(until: day, later: .shift), .patientRequest))
        case 9:
            let fact = Fact(dice.pick(Fact.Kind.allCases), at: clerk.now, number: 1, detail: "fasted")
            return .visit(.recordFact(visit.id, fact, isOverridden: true, isMeant: true))
        case 10: return alter(.pattern(.extend(phase: "induction", visits: 1)))
        case 11: return alter(.lifecycle(dice.once(in: 2) ? .hold : .resume(from: day)))
        case 12: return alter(.care(.assess(Assessment(measure: "PHQ-9", score: dice.roll(2..<20), at: clerk.now))))
        case 13: return alter(.care(.prerequisite(PrerequisiteDone(name: "consent", day: visit.day))))
        case 14:
            guard case .course(.booked)? = clerk.recorded.last?.event else {
                return clerk.recorded.last.map { .undo($0) }
            }
            return nil
        default:
            guard !proposals.isEmpty else { return nil }
            return .course(
                .holdProposal(
                    proposals.removeLast(), alternative: nil, until: Instant(seconds: clerk.now.seconds + 900)))
        }
    }

    /// Somebody waits, a place that was left is offered, an offer is answered.
    private func waitingOrder(_ clerk: Clerk, _ dice: inout Dice) -> WaitingCommand? {
        let visits = clerk.state.daysWithVisits.flatMap { clerk.state.visits(on: $0) }
        if let offer = clerk.state.openOffers.first, dice.once(in: 2) {
            return dice.once(in: 3) ? .decline(offer.id) : .accept(offer.id)
        }
        let left = visits.filter { !$0.status.occupies }
        if let visit = left.randomElement(using: &dice) {
            let place = FreedPlace(day: visit.day, chair: visit.place.chair, interval: visit.holdInterval)
            if let found = try? matches(for: place, state: clerk.state, calendar: clerk.calendar, now: clerk.now),
                let match = found.first
            {
                return .offer(
                    match.entry.id, place, until: Instant(seconds: clerk.now.seconds + dice.roll(5..<120)))
            }
        }
        guard let visit = visits.filter(\.status.isOpen).randomElement(using: &dice) else { return nil }
        let windows = dice.once(in: 3) ? [WeekWindow(days: Sample.week, hours: Interval(480, 840))] : []
        return .add(
            WaitingWish(
                dice.once(in: 2) ? .visit(visit.id) : .course(visit.course), earlier: !dice.once(in: 4),
                windows: windows))
    }

    private mutating func details(_ dice: inout Dice) -> PatientDetails {
        records += 1
        return PatientDetails(
            record: "MRN \(records)", name: dice.once(in: 2) ? "Name \(records)" : nil, phone: "555-\(records)")
    }

    private func order(_ clerk: Clerk, _ dice: inout Dice) -> CourseOrder? {
        guard let patient = clerk.state.allPatients.randomElement(using: &dice) else { return nil }
        var wish = CourseWish(earliest: Clerk.first + dice.roll(0..<14))
        if dice.once(in: 3) { wish.availability = [WeekWindow(days: Sample.week, hours: Interval(480, 840))] }
        if dice.once(in: 3) { wish.preferred = [WeekWindow(days: [.mon, .wed], hours: Interval(540, 720))] }
        if dice.once(in: 3) { wish.blackoutDays = [wish.earliest, wish.earliest + 7] }
        if dice.once(in: 3) { wish.usual = 600 }
        if dice.once(in: 5) { wish.features = ["bed"] }
        if dice.once(in: 3) { wish.preferredPerson = "rn-3" }
        if dice.once(in: 4) { wish.endDay = wish.earliest + 60 }
        if dice.once(in: 3) {
            wish.requiresAuthorisation = true
            wish.authorisations = [
                Authorisation(
                    number: "A-\(dice.roll(0..<99))", status: dice.pick(Authorisation.Status.allCases),
                    requestedOn: wish.earliest - 3, visits: 3, visitTypes: ["iv", "talk"], from: wish.earliest,
                    through: wish.earliest + 40)
            ]
        }
        return CourseOrder(
            patient: patient, regimen: dice.pick(["mdd", "one", "one", "taper"]), wish: wish, payer: "Payer",
            alternatives: dice.roll(0..<3), again: true)
    }

    private func configuration(_ dice: inout Dice) -> ClinicConfiguration {
        var facility = Sample.facility
        if dice.once(in: 3) { facility.chairs.removeLast() }
        if dice.once(in: 3) { facility.staff.removeFirst() }
        if dice.once(in: 3) { facility.staff[1].capacityPercent = 80 }
        if dice.once(in: 3) { facility.visitTypes[1].turnoverMinutes = 15 }
        facility.planning.horizonDays = dice.pick([30, 60])
        facility.planning.weights.gap = dice.pick([10, 12])
        var notifications = NotificationParameters()
        notifications.reminderHours = dice.pick([[72, 24], [48]])
        return ClinicConfiguration(facility: facility, notifications: notifications)
    }
}
