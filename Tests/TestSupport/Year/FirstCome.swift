import Clinic
package import ClinicTime
package import Planning

/// The same year where the desk books as most do: one visit at a time, the next when one is over, at the earliest free
/// place; what is lost, or falls to illness and broken chairs, at the earliest free place after it. Rules, clinic,
/// patients and fates are the same.
package struct FirstCome: Sendable {
    /// From when on the next visit's place is looked for.
    package enum Spacing: String, CaseIterable, Sendable {
        /// The ideal gap after the visit before.
        case ideal
        /// The least gap that is allowed.
        case least
    }

    private struct Standing {
        var phase = 0
        /// Visits given in the phase.
        var given = 0
        var attempts = 0
        var lastDay: Day?
        var booking: Booking?
        var extensions = 0
        /// Visits given in all.
        var total = 0
        var isOver = false
    }

    private let fates: YearFates
    private let spacing: Spacing
    private let zone: ClinicZone
    private var calendar: PlanningCalendar
    private var facility: Facility
    private var timeOff: [TimeOff] = []
    private var outages: [Outage] = []
    private var standings: [Standing]
    private var byDay: [Day: Set<Int>] = [:]
    private var today = YearClinic.firstDay
    private let days: Int
    private var visitCount = 0
    /// Patients who come back, whose courses stood still, by day.
    private var returning: [Day: [Int]] = [:]
    /// Days that were called off before they came, each with the day that the visit got instead.
    package private(set) var calledOff: [(day: Day, instead: Day)] = []
    /// What has happened so far.
    package private(set) var record = YearRecord()

    /// A year of so many days, not begun yet.
    package init(_ fates: YearFates, zone: ClinicZone, days: Int, spacing: Spacing) {
        self.fates = fates
        self.zone = zone
        self.days = days
        self.spacing = spacing
        facility = fates.clinic.facility
        // Credentials are renewed in time here.
        for index in facility.staff.indices {
            facility.staff[index].credentials = facility.staff[index].credentials.map { Credential(name: $0.name) }
        }
        calendar = PlanningCalendar(facility: facility, calendars: YearClinic.calendars(zone, days: days))
        standings = fates.patients.map { _ in Standing() }
    }

    /// Lets the year go by.
    package mutating func run() {
        var next = 0
        for offset in 0..<days {
            today = YearClinic.firstDay + offset
            disrupt()
            cancelAhead()
            for number in byDay[today, default: []].sorted(by: startsBefore) { treat(number) }
            for number in returning.removeValue(forKey: today) ?? [] where !standings[number].isOver {
                bookNext(number, from: earliest(number))
            }
            while next < fates.patients.count, fates.patients[next].referred <= today {
                bookNext(next, from: today + 1)
                next += 1
            }
        }
    }

    private func startsBefore(_ left: Int, _ right: Int) -> Bool {
        let starts = [left, right].map { standings[$0].booking?.placement.start ?? 0 }
        return starts[0] != starts[1] ? starts[0] < starts[1] : left < right
    }

    // MARK: Booking

    private func request(of number: Int) -> CourseRequest {
        let patient = fates.patients[number]
        guard let regimen = facility.regimen(patient.regimen) else { preconditionFailure("a regimen of the clinic") }
        return CourseRequest(
            id: CourseID("c\(number + 1)"), patient: PatientID("p\(number + 1)"), regimen: regimen,
            visitTypes: facility.visitTypes,
            wish: CourseWish(earliest: patient.referred, availability: patient.availability))
    }

    /// Books a patient's next visit at the earliest free place from a day on, and not on a day that was called off. Who
    /// does not take a place of the next day is offered a later one.
    private mutating func bookNext(_ number: Int, from: Day, calledOff: Day? = nil) {
        let request = request(of: number)
        let phase = request.regimen.phases[standings[number].phase]
        let type = request.visitType(of: phase)
        let refuses = !fates.takesNextDay(number, after: standings[number].attempts)
        let refused = Set([calledOff, refuses ? today + 1 : nil].compactMap(\.self))
        var first = from
        while first <= from + 140 {
            let now = calendar.calendars[today]?.firstMinute ?? 0
            let places = freePlaces(for: type, from: first, through: first + 6, on: calendar, now: now)
            for place in places where !refused.contains(place.placement.day) {
                visitCount += 1
                let booking = Booking(
                    id: VisitID("v\(visitCount)"), patient: request.patient, visitType: type,
                    placement: place.placement, confirmed: true)
                guard brokenRules(of: booking, for: request, on: calendar) == [] else { continue }
                calendar.add(booking)
                standings[number].booking = booking
                byDay[booking.placement.day, default: []].insert(number)
                if let calledOff { self.calledOff.append((calledOff, booking.placement.day)) }
                return
            }
            first = first + 7
        }
    }

    private mutating func free(_ number: Int) {
        guard let booking = standings[number].booking else { return }
        calendar.remove(booking.id, on: booking.placement.day)
        byDay[booking.placement.day]?.remove(number)
        standings[number].booking = nil
    }

    /// The first day on which the next visit may be after the last one that was given.
    private func earliest(_ number: Int) -> Day {
        let standing = standings[number]
        guard let last = standing.lastDay else { return today + 1 }
        let phase = request(of: number).regimen.phases[standing.phase]
        let gap: Int
        if standing.given == 0, let first = phase.firstGap {
            gap = spacing == .ideal ? first.ideal : first.minimum
        } else {
            let ideal = phase.gaps.isEmpty ? 1 : phase.gaps[max(0, standing.given - 1) % phase.gaps.count]
            gap = spacing == .ideal ? ideal : max(1, ideal - phase.toleranceBefore)
        }
        return max(today + 1, last + gap)
    }

    // MARK: The day

    private mutating func cancelAhead() {
        for number in standings.indices {
            guard let booking = standings[number].booking,
                case .cancels(let before) = fates.outcome(of: number, after: standings[number].attempts),
                booking.placement.day - today <= before
            else { continue }
            let day = booking.placement.day
            free(number)
            standings[number].attempts += 1
            bookNext(
                number, from: max(today + 1, day == today ? today + 1 : min(day + 1, earliest(number))),
                calledOff: day)
        }
    }

    private mutating func treat(_ number: Int) {
        guard let booking = standings[number].booking, booking.placement.day == today else { return }
        let outcome = fates.outcome(of: number, after: standings[number].attempts)
        standings[number].attempts += 1
        byDay[today]?.remove(number)
        standings[number].booking = nil
        switch outcome {
        case .comes: give(number, booking)
        case .isLast:
            give(number, booking)
            free(number)
            standings[number].isOver = true
        case .cancels, .staysAway, .isSentHome: bookNext(number, from: today + 1)
        }
    }

    private mutating func give(_ number: Int, _ booking: Booking) {
        let patient = fates.patients[number]
        let phases = request(of: number).regimen.phases
        let phase = phases[standings[number].phase]
        standings[number].lastDay = today
        standings[number].given += 1
        standings[number].total += 1
        record.note(
            YearRecord.Visit(
                patient: number, phase: phase.name, day: today, chair: booking.placement.chair,
                minutes: booking.visitType.length + booking.visitType.turnoverMinutes))
        if isOver(phase, number) {
            standings[number].phase += 1
            standings[number].given = 0
            guard standings[number].phase < phases.count else {
                standings[number].isOver = true
                return
            }
            if let gate = phases[standings[number].phase].gate,
                !fates.opens(gate, for: patient, after: standings[number].total)
            {
                return stay(before: gate, number)
            }
        }
        bookNext(number, from: earliest(number))
    }

    /// What becomes of a patient for whom a gate does not open: as the regimen says, and as it is with this patient.
    private mutating func stay(before gate: Gate, _ number: Int) {
        switch gate.otherwise {
        case .hold:
            if let days = fates.comesBack(number) { returning[today + days, default: []].append(number) }
            standings[number].isOver = fates.comesBack(number) == nil
        case .extend(let visits) where standings[number].extensions < 2:
            standings[number].extensions += 1
            // So many visits more of the phase before.
            standings[number].phase -= 1
            guard case .exactly(let count) = request(of: number).regimen.phases[standings[number].phase].count
            else { preconditionFailure("a phase of a fixed count is extended") }
            standings[number].given = count - visits
            bookNext(number, from: earliest(number))
        case .extend, .cease: standings[number].isOver = true
        }
    }

    private func isOver(_ phase: Phase, _ number: Int) -> Bool {
        let given = standings[number].given
        switch phase.count {
        case .exactly(let count): return given >= count
        case .between(let least, let most):
            let score = fates.score(of: fates.patients[number], after: standings[number].total)
            return given >= most || given >= least && score <= 10
        case .open: return false
        }
    }

    // MARK: What goes wrong

    private mutating func disrupt() {
        let isWeekend = today.weekday == .sat || today.weekday == .sun
        let before = (timeOff.count, outages.count, facility.closures.count)
        func minute(_ day: Day, _ clock: Int = 0) -> Int { zone.calendar(of: day).firstMinute + clock }
        for (index, person) in facility.staff.enumerated() {
            let ill = isWeekend ? 0 : fates.daysIll(index, today)
            if ill > 0 {
                timeOff.append(TimeOff(person: person.id, interval: Interval(minute(today), minute(today + ill))))
            }
            var dice = fates.dice(6, index)
            let from = YearClinic.firstDay + 40 + dice.number(0...40) * 7
            if today == from - 35 {
                timeOff.append(TimeOff(person: person.id, interval: Interval(minute(from), minute(from + 12))))
            }
        }
        for (index, chair) in facility.chairs.enumerated() {
            guard let found = fates.breakdown(of: index, today) else { continue }
            let from = minute(today, found.clock)
            outages.append(Outage(chair: chair.id, interval: Interval(from, from + found.minutes)))
        }
        if fates.isSnowedIn(today) { facility.closures.append(Closure(from: today, through: today)) }
        guard before != (timeOff.count, outages.count, facility.closures.count) else { return }
        let booked = standings.compactMap(\.booking)
        calendar = PlanningCalendar(
            facility: facility, calendars: calendar.calendars, timeOff: timeOff, outages: outages, bookings: booked)
        for number in standings.indices {
            guard let booking = standings[number].booking, booking.placement.day >= today,
                brokenRules(of: booking, for: request(of: number), on: calendar) != []
            else { continue }
            let day = booking.placement.day
            free(number)
            bookNext(number, from: day == today ? today : day)
            let phase = request(of: number).regimen.phases[standings[number].phase].name
            record.noteMoved(number, phase, by: .courseRepaired)
        }
    }
}
