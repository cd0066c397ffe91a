package import Planning

/// What is possible for each induction of a year if all that befalls its patient is known in advance and there is
/// always a place: no way of booking can do better, whatever it costs.
///
/// It shares nothing with the planner: days are counted one after another. A visit can be given on a day on which the
/// clinic is open and the patient can come, for as long as the visit takes, at the earliest at the least gap that its
/// phase allows. A visit that is lost on its own day takes such a day, and the next try is on a later one; whoever does
/// not take a place of the next day has it two days later. A visit that is called off before its day costs nothing,
/// since it could have been booked for any. Longest gaps, chairs and staff are left out; so the bound may be above what
/// a clinic with all the places that it wants could reach, and never below.
package struct ClairvoyantBound: Sendable {
    private let fates: YearFates
    private let facility: Facility
    /// The last day on which anything is given.
    private let last: Day

    /// The bound of a year of so many days.
    package init(_ fates: YearFates, days: Int) {
        self.fates = fates
        facility = fates.clinic.facility
        last = YearClinic.firstDay + (days - 1)
    }

    /// The least days from the first to the last visit of a patient's induction; nil where the patient gives up before
    /// it is over, where it has no fixed length, or where the year ends too soon.
    package func leastLength(of patient: Int) -> Int? {
        let known = fates.patients[patient]
        guard let goal = YearClinic.goal(of: known.regimen), let regimen = facility.regimen(known.regimen),
            let phase = regimen.phases.first(where: { $0.name == "induction" }),
            let type = facility.visitTypes.first(where: { $0.id == phase.visit }),
            let tries = tries(of: patient, needed: goal.visits)
        else { return nil }
        let gaps = (0..<(goal.visits - 1)).map { max(1, phase.gaps[$0 % phase.gaps.count] - phase.toleranceBefore) }
        var least: Int?
        var first = known.referred + 1
        while first <= last {
            defer { first = first + 1 }
            guard isPossible(first, for: known, minutes: type.length),
                let end = earliestEnd(from: first, gaps, tries, of: known, minutes: type.length)
            else { continue }
            least = min(least ?? .max, end - first)
        }
        return least
    }

    /// Days after its own on which the next try of a lost visit may be, loss by loss, for each visit of the induction
    /// but the first; losses that cost nothing are left out. Nil where the patient gives up before.
    private func tries(of patient: Int, needed: Int) -> [[Int]]? {
        var tries: [[Int]] = []
        var lost: [Int] = []
        var attempts = 0
        // The evaluation comes first; its losses and those before the induction's first visit cost no day of it.
        var given = -1
        while given < needed {
            let outcome = fates.outcome(of: patient, after: attempts)
            attempts += 1
            switch outcome {
            case .comes, .isLast:
                if given > 0 { tries.append(lost) }
                lost = []
                given += 1
                if case .isLast = outcome, given < needed { return nil }
            case .cancels(let daysBefore) where daysBefore > 0: break
            case .cancels, .staysAway, .isSentHome:
                lost.append(fates.takesNextDay(patient, after: attempts) ? 1 : 2)
            }
        }
        return tries
    }

    /// The day of the last visit where the first is on a day, and each other as soon as it can be: as nothing is gained
    /// by waiting, no later one is ever sooner. Nil where the year ends before.
    private func earliestEnd(
        from first: Day, _ gaps: [Int], _ tries: [[Int]], of patient: YearFates.Patient, minutes: Int
    ) -> Day? {
        var day = first
        for (gap, lost) in zip(gaps, tries) {
            guard var next = firstPossible(from: day + gap, for: patient, minutes: minutes) else { return nil }
            for wait in lost {
                guard let later = firstPossible(from: next + wait, for: patient, minutes: minutes) else { return nil }
                next = later
            }
            day = next
        }
        return day
    }

    private func firstPossible(from: Day, for patient: YearFates.Patient, minutes: Int) -> Day? {
        var day = from
        while day <= last {
            if isPossible(day, for: patient, minutes: minutes) { return day }
            day = day + 1
        }
        return nil
    }

    /// Whether the clinic is open on a day, and the patient can come, for so many minutes without a break.
    package func isPossible(_ day: Day, for patient: YearFates.Patient, minutes: Int) -> Bool {
        guard !fates.isSnowedIn(day), let hours = facility.hours[day.weekday] else { return false }
        var open = hours
        for closure in facility.closures where closure.from <= day && day <= closure.through {
            guard let closed = closure.hours else { return false }
            open = open.flatMap { interval in
                [
                    (interval.from, min(interval.until, closed.from)),
                    (max(interval.from, closed.until), interval.until),
                ].filter { $0.0 < $0.1 }.map { Interval($0.0, $0.1) }
            }
        }
        let windows = patient.availability.filter { $0.days.contains(day.weekday) }.map(\.hours)
        if !patient.availability.isEmpty, windows.isEmpty { return false }
        return open.contains { interval in
            (patient.availability.isEmpty ? [interval] : windows).contains {
                min($0.until, interval.until) - max($0.from, interval.from) >= minutes
            }
        }
    }
}
