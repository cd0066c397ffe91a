import Clinic
import Planning

/// Counts again what is still open of the visits that are as their patients were told, and when each call is due, from
/// the state alone and by code that shares nothing with the list.
struct CallRecount {
    /// What is to be on the list.
    struct Owed: Hashable {
        let visit: VisitID
        let purpose: PhoneCall.Purpose
    }

    let state: ClinicState
    let calendars: DayCalendars
    let now: Instant

    private var configuration: ClinicConfiguration { state.configuration! }
    private var notice: Int { configuration.notifications.escortHours * 60 }
    private var planning: PlanningParameters { configuration.facility.planning }

    /// Who is to agree, who must still see to something, who should be here, and for whom a place is to be found, each
    /// with the minute by which they are to be called.
    ///
    /// - Parameter differing: visits of which their patient was told something else.
    func open(besides differing: Set<VisitID>) -> [Owed: Int] {
        var found: [Owed: Int] = [:]
        for course in state.allCourses where course.status == .active && course.progress.heldUntil == nil {
            if case .closed? = state.patient(course.patient)?.standing { continue }
            let visits = state.visits(of: course)
            let uncovered = uncovered(course, visits)
            for visit in visits where isLate(visit, course) {
                found[Owed(visit: visit.id, purpose: .late)] = now.minute
            }
            for visit in visits where isDeclined(visit, course) && !differing.contains(visit.id) {
                found[Owed(visit: visit.id, purpose: .lost)] = due(visit.place.minute - notice)
            }
            for visit in lost(course, visits) where outcome(visit) != "never" {
                let end = (visit.day + planning.makeUpDays + 1).number * 1440
                found[Owed(visit: visit.id, purpose: .lost)] = due(end)
            }
            for visit in visits where isAhead(visit, course) && !differing.contains(visit.id) {
                guard let (purpose, minutes) = purpose(of: visit, course, uncovered) else { continue }
                found[Owed(visit: visit.id, purpose: purpose)] = due(visit.place.minute - minutes)
            }
        }
        return found
    }

    /// Whether a visit is still to come today or later, and no closed gate lies before it.
    private func isToCome(_ visit: Visit, _ course: Course) -> Bool {
        guard visit.status == .tentative || visit.status == .confirmed else { return false }
        let phases = course.template.regimen.phases
        let index = phases.firstIndex { $0.name == visit.phase } ?? 0
        let isBehindGate = phases[...index].contains {
            $0.gate != nil && !course.progress.openGates.contains($0.name)
        }
        return !isBehindGate && calendars[visit.day].map { $0.firstMinute + 1440 > now.minute } ?? false
    }

    private func lateMinute(_ visit: Visit) -> Int {
        let delay = visit.facts.last { $0.kind == .delayed }?.number ?? 0
        return visit.place.minute + delay + configuration.notifications.lateMinutes
    }

    private func isLate(_ visit: Visit, _ course: Course) -> Bool {
        isToCome(visit, course) && lateMinute(visit) <= now.minute && !isShut(visit)
    }

    /// Whether the clinic is closed for some minute of it, and nobody has set that aside.
    private func isShut(_ visit: Visit) -> Bool {
        guard visit.overrides[.openingHours] == nil, let day = calendars[visit.day] else { return false }
        let length = visit.visitType.stages.reduce(0) { $0 + $1.minutes }
        let start = visit.place.minute - day.firstMinute
        return !(start..<(start + length)).allSatisfy { isOpen(visit.day, $0) }
    }

    /// What came of the last call about a visit as it stands now.
    private func outcome(_ visit: Visit, besides left: Set<String> = []) -> String? {
        let asked = visit.status.occupies ? visit.place.minute : nil
        return visit.facts.last { fact in
            fact.kind == .called && fact.number == asked && !left.contains(fact.detail ?? "")
        }?.detail
    }

    /// Whether they said that they cannot come when it is booked, and have not agreed since.
    private func isDeclined(_ visit: Visit, _ course: Course) -> Bool {
        isToCome(visit, course) && outcome(visit) != "never"
            && outcome(visit, besides: ["messageLeft", "wrongNumber"]) == "declined"
    }

    private func isAhead(_ visit: Visit, _ course: Course) -> Bool {
        isToCome(visit, course) && lateMinute(visit) > now.minute && outcome(visit) != "never"
            && !isDeclined(visit, course) && !isShut(visit)
    }

    /// The lost visits that are owed: the last of their turns, none of which has a place, but for turns behind the last
    /// of a phase that was ended.
    private func lost(_ course: Course, _ visits: [Visit]) -> [Visit] {
        course.template.regimen.phases.flatMap { phase -> [Visit] in
            let own = visits.filter { $0.phase == phase.name && !$0.image.isTakenBack }
            var turns = Dictionary(grouping: own, by: \.number).sorted { $0.key < $1.key }.map(\.value)
            if case .exactly(let count) = phase.count {
                while turns.count > count, let last = turns.last, !last.contains(where: \.status.occupies) {
                    turns.removeLast()
                }
            }
            let without = turns.filter { !$0.contains(where: \.status.occupies) }
            return without.compactMap { turn in turn.max { $0.id.number < $1.id.number } }.filter { visit in
                !visit.image.isForgone && visit.status != .omitted
                    && !course.progress.doneTasks.contains("\(visit.id)/makeUp")
            }
        }
    }

    private func purpose(
        of visit: Visit, _ course: Course, _ uncovered: VisitID?
    ) -> (PhoneCall.Purpose, minutes: Int)? {
        guard visit.heard == .at(visit.place.start) else {
            return (.agree, max(configuration.facility.planning.firmDays * 1440, notice))
        }
        let asksEscort = visit.visitType.escort && !visit.facts.contains { $0.kind == .escortConfirmed }
        let asksMore = course.template.regimen.prerequisites.contains { asked in
            !course.progress.prerequisites.contains { done in
                done.name == asked.name && done.day <= visit.day
                    && (asked.scope == .course || done.visit == visit.id)
                    && (asked.validDays.map { visit.day - done.day <= $0 } ?? true)
            }
        }
        if asksEscort || asksMore || uncovered == visit.id { return (.ready, notice) }
        if let opening = reminder(visit) { return (.ready, min(notice, visit.place.minute - opening)) }
        return visit.status == .tentative && uncovered == nil ? (.agree, notice) : nil
    }

    /// The minute at which the clinic opens on the first day on which a call would remind the patient to fast; nil
    /// where nobody is to remind them any more.
    private func reminder(_ visit: Visit) -> Int? {
        guard let days = configuration.notifications.fastingReminderDays, (visit.visitType.fastingHours ?? 0) > 0 else {
            return nil
        }
        var (day, left) = (visit.day, days)
        while left > 0 {
            day = day - 1
            if (0..<1440).contains(where: { isOpen(day, $0) }) { left -= 1 }
        }
        let midnight = day.number * 1440
        let isReminded = visit.facts.contains { fact in
            fact.kind == .called && fact.detail == "reached" && fact.number == visit.place.minute
                && fact.at.minute >= midnight
        }
        if isReminded { return nil }
        return midnight + ((0..<1440).first { isOpen(day, $0) } ?? 0)
    }

    /// The first visit to come that no payer's authorisation covers: each takes the first that has one
    /// left, given and agreed ones before the others.
    private func uncovered(_ course: Course, _ visits: [Visit]) -> VisitID? {
        guard course.wish.requiresAuthorisation else { return nil }
        var left = course.wish.authorisations.map(\.visits)
        let asking = visits.filter { $0.status.occupies && $0.overrides[.authorisation] == nil }
        let isToCome: (Visit) -> Bool = { $0.status == .tentative || $0.status == .confirmed || $0.status == .arrived }
        var first: VisitID?
        for visit in asking.filter({ $0.status != .tentative }) + asking.filter({ $0.status == .tentative }) {
            let granted = course.wish.authorisations.indices.first { index in
                let own = course.wish.authorisations[index]
                return left[index] > 0 && own.status == .approved && own.visitTypes.contains(visit.visitType.id)
                    && own.from <= visit.day && visit.day <= own.through
            }
            if let granted { left[granted] -= 1 } else if first == nil, isToCome(visit) { first = visit.id }
        }
        return first
    }

    /// The last minute, its closing counted, at which somebody is there and which is early enough; now where there is
    /// none from now on.
    func due(_ target: Int) -> Int {
        var instant = target
        while instant > now.minute {
            guard let day = calendars.day(at: Instant(minute: instant)) else { return target }
            let minute = instant - day.firstMinute
            // Open then, or closing then.
            if isOpen(day.day, minute) || minute > 0 && isOpen(day.day, minute - 1) { return instant }
            instant -= 1
        }
        return now.minute
    }

    private func isOpen(_ day: Day, _ minute: Int) -> Bool {
        let facility = configuration.facility
        let closures = facility.closures + state.allClosures.map(\.closure)
        let isClosed = closures.contains { closure in
            closure.from <= day && day <= closure.through && (closure.hours.map { $0.contains(minute) } ?? true)
        }
        let openings = facility.openings + state.allOpenings.map(\.opening)
        let isExtra = openings.contains { $0.day == day && $0.hours.contains(minute) }
        return !isClosed && (isExtra || facility.hours[day.weekday, default: []].contains { $0.contains(minute) })
    }
}
