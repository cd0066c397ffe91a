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
            guard let induction = found[patient.number], !induction.days.isEmpty else { continue }
            begun += 1
            if induction.isInWindow { inWindow += 1 }
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
