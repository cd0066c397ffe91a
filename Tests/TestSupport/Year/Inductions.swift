import Clinic
package import Planning

/// How a patient's induction went.
package struct Induction: Sendable {
    /// The patient, from 0.
    package let patient: Int
    /// How many visits it has.
    package let needed: Int
    /// Within how many days, last less first, they are to be given.
    package let window: Int
    /// The days on which they were given, ascending.
    package let days: [Day]

    /// Whether it was given as a whole.
    package var isComplete: Bool { days.count >= needed }

    /// Days from the first to the last of the visits that it needs; nil where it is not complete.
    package var length: Int? { isComplete ? days[needed - 1] - days[0] : nil }

    /// Whether it was given as a whole within its window.
    package var isInWindow: Bool { length.map { $0 <= window } ?? false }

    /// Days by which the gaps between its visits were shorter than ideal, and longer, in all.
    func deviation(from ideals: [Int]) -> (shorter: Int, longer: Int) {
        var sum = (shorter: 0, longer: 0)
        for (index, pair) in zip(days, days.dropFirst()).enumerated() where index + 1 < needed {
            let difference = (pair.1 - pair.0) - ideals[index % ideals.count]
            if difference < 0 { sum.shorter -= difference } else { sum.longer += difference }
        }
        return sum
    }
}

extension YearFates {
    /// What a patient's induction meets, whoever books it: how many of its visits are lost, and whether the patient
    /// gives up before it is over. The evaluation before it counts.
    package func induction(of patient: Int, needed: Int) -> (losses: Int, givesUp: Bool) {
        var (given, losses, attempts) = (0, 0, 0)
        while given <= needed {
            switch outcome(of: patient, after: attempts) {
            case .comes: given += 1
            case .isLast: return (losses, given < needed)
            case .cancels, .staysAway, .isSentHome: losses += 1
            }
            attempts += 1
        }
        return (losses, false)
    }
}

/// What became of the inductions that met the same number of losses.
package struct InductionShare: Sendable {
    /// How many there are.
    package var referred = 0
    /// How many of them were given as a whole within their window.
    package var inWindow = 0
}

/// What became of the inductions of a year.
package struct InductionFigures: Sendable {
    /// Patients who were referred for one, early enough in the year for it to be over.
    package private(set) var referred = 0
    /// Those of them who had its first visit.
    package private(set) var begun = 0
    /// Those who had all its visits within its window.
    package private(set) var inWindow = 0
    /// Those who had all its visits.
    package private(set) var complete = 0
    /// The median of days that a complete one took.
    package private(set) var medianDays = 0
    /// Those of the patients who gave up before it was over.
    package private(set) var givenUp = 0
    /// Those who did not give up, by how many of their visits were lost; three stands for more, too.
    package private(set) var byLosses: [Int: InductionShare] = [:]
    /// Gaps of complete ones, and by how many days they were shorter than ideal, and longer.
    package private(set) var gaps = (count: 0, shorter: 0, longer: 0)

    /// Visits and window of a regimen's induction; nil for one that has none of a fixed length.
    static func measure(of regimen: RegimenID) -> (needed: Int, window: Int)? {
        switch regimen {
        // Eight within 28 days; six infusions within three weeks.
        case "esketamine": (8, 27)
        case "iv-3x2": (6, 20)
        default: nil
        }
    }

    /// The figures of the patients of a year, whose inductions are found by number. Whoever came in the last weeks of
    /// `days` is left out.
    package init(
        _ fates: YearFates, days: Int, regimens: Set<RegimenID> = ["esketamine", "iv-3x2"],
        _ found: [Int: Induction]
    ) {
        var lengths: [Int] = []
        for patient in fates.patients
        where regimens.contains(patient.regimen) && patient.referred < YearClinic.firstDay + days - 90 {
            referred += 1
            let (losses, givesUp) = fates.induction(
                of: patient.number, needed: Self.measure(of: patient.regimen)?.needed ?? 0)
            let induction = found[patient.number]
            if givesUp { givenUp += 1 } else { byLosses[min(3, losses), default: InductionShare()].referred += 1 }
            guard let induction, !induction.days.isEmpty else { continue }
            begun += 1
            if induction.isInWindow {
                inWindow += 1
                byLosses[min(3, losses)]?.inWindow += 1
            }
            if induction.isComplete {
                let deviation = induction.deviation(from: patient.regimen == "esketamine" ? [3, 4] : [2, 2, 3])
                gaps.count += induction.needed - 1
                gaps.shorter += deviation.shorter
                gaps.longer += deviation.longer
            }
            if let length = induction.length {
                complete += 1
                lengths.append(length)
            }
        }
        lengths.sort()
        if !lengths.isEmpty { medianDays = lengths[lengths.count / 2] + 1 }
    }
}

extension YearSimulation {
    /// How many courses of a regimen were booked, and how often a visit of theirs got another day or time after the
    /// patient was told.
    package func toldVisitsMoved(of regimen: RegimenID) -> (courses: Int, moved: Int) {
        let courses = Set(
            clinic.state.allCourses.filter { fates.patients[$0.patient.number - 1].regimen == regimen }.map(\.id))
        var moved = 0
        for recorded in clinic.events {
            let changes: [CourseChanged] =
                switch recorded.event {
                case .course(.changed(let changed)): [changed]
                case .repair(.changed(let made)): made.changes
                default: []
                }
            for change in changes where courses.contains(change.course) {
                moved += change.visits.count {
                    $0.isMoved && ($0.before?.told ?? false) && $0.after?.phase == "induction"
                }
            }
        }
        return (courses.count, moved)
    }

    /// How the inductions went, by patient.
    package var inductions: [Int: Induction] {
        var found: [Int: Induction] = [:]
        for course in clinic.state.allCourses {
            let number = course.patient.number - 1
            guard let measure = InductionFigures.measure(of: fates.patients[number].regimen) else { continue }
            let given = clinic.state.visits(of: course).filter { visit in
                guard visit.phase.hasPrefix("induction"), case .completed = visit.status else { return false }
                return true
            }
            found[number] = Induction(
                patient: number, needed: measure.needed, window: measure.window, days: given.map(\.day).sorted())
        }
        return found
    }
}
