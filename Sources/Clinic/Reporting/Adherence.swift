package import Planning

/// What became of a series of visits that is to be given within a window: an induction.
package enum InductionOutcome: String, CaseIterable, Hashable, Sendable {
    /// All of its visits were given within the window.
    case inWindow
    /// All were given, the last after the window.
    case late
    /// Some are still to come, and those planned lie within the window.
    case running
    /// Some are still to come, and the window is over or a planned visit lies beyond it.
    case slipping
    /// The course ended, or went on to another phase, before all were given.
    case ceased
}

/// An induction that began: when, and what became of it.
package struct Induction: Hashable, Sendable {
    /// The day of its first given visit.
    package let first: Day
    /// What became of it.
    package let outcome: InductionOutcome
    /// Days from the first to the last visit, where all were given.
    package let days: Int?
    /// Days from the last visit to the end of the window, less than 0 where it came after it; where all were given.
    package var daysInHand: Int?
}

/// A course's induction by a phase that has a goal or a window; nil where no visit of it was given here, or where the
/// phase began elsewhere, so that its first day is not known. Where it has a goal, that is its window.
///
/// A visit that was given in part counts as given. Of a phase with a smallest and a largest number of visits those
/// count that were planned and not left out; a phase that was ended on purpose has the visits that it ended with.
///
/// - Parameters:
///   - visits: the course's, in the order of their numbers.
///   - today: the day of the report.
package func induction(of phase: Phase, in course: Course, _ visits: [Visit], today: Day) -> Induction? {
    guard let window = phase.windowDays, course.progress.adoptedFrom?.phase != phase.name else { return nil }
    let own = visits.filter { $0.phase == phase.name }
    let given = own.filter(\.wasGiven).map(\.day)
    guard let first = given.min(), let last = given.max() else { return nil }
    let wanted = phase.plannedVisits(own) ?? given.count
    if given.count >= wanted {
        return Induction(
            first: first, outcome: last - first <= window ? .inWindow : .late, days: last - first,
            daysInHand: window - (last - first))
    }
    let goesOn = visits.contains { $0.phase != phase.name && $0.wasGiven && $0.day > last }
    let ahead = own.filter { $0.status.isOpen }.map(\.day)
    if !course.status.isOpen || (goesOn && ahead.isEmpty) {
        return Induction(first: first, outcome: .ceased, days: nil)
    }
    let end = first + window
    let isSlipping = today > end || (ahead.max().map { $0 > end } ?? false)
    return Induction(first: first, outcome: isSlipping ? .slipping : .running, days: nil)
}

/// What became of the inductions that began within a period, regimen by regimen.
package struct Adherence: Hashable, Sendable {
    /// The figures of one phase of a regimen.
    package struct Figures: Hashable, Sendable {
        package var name = ""
        /// Visits of the phase as it was last begun, where their number is fixed.
        package var visits: Int?
        /// Days within which they are to be given.
        package var withinDays = 0
        /// How many inductions came to each outcome.
        package var outcomes: [InductionOutcome: Int] = [:]
        /// Days from the first to the last visit of each that was given whole.
        package var days: [Int] = []

        /// Days in hand at the end of each that was given whole.
        package var daysInHand: [Int] = []

        /// The lower median of the days in hand of those given whole; nil where none was.
        package var medianInHand: Int? { lowerMedian(daysInHand) }

        package var begun: Int { outcomes.values.reduce(0, +) }

        /// The lower median of the days from the first to the last visit; nil where none was given whole.
        package var medianDays: Int? { lowerMedian(days) }
    }

    /// A phase of a regimen.
    package struct Key: Hashable, Comparable, Sendable {
        package let regimen: RegimenID
        package let phase: String

        package static func < (left: Key, right: Key) -> Bool {
            (left.regimen.text, left.phase) < (right.regimen.text, right.phase)
        }
    }

    /// The figures of every phase that has a window and was begun.
    package private(set) var figures: [Key: Figures] = [:]
    private let period: ReportPeriod
    private let today: Day

    /// No course yet.
    ///
    /// - Parameters:
    ///   - period: inductions count whose first visit was given on one of its days.
    ///   - today: the day of the report.
    package init(of period: ReportPeriod, today: Day) {
        self.period = period
        self.today = today
    }

    /// Takes in a course with its visits, in the order of their numbers.
    package mutating func add(_ course: Course, _ visits: [Visit]) {
        if course.progress.heldUntil != nil { return }
        for phase in course.template.regimen.phases {
            guard let window = phase.windowDays,
                let induction = induction(of: phase, in: course, visits, today: today),
                period.contains(induction.first)
            else { continue }
            let key = Key(regimen: course.template.regimen.id, phase: phase.name)
            var figures = figures[key, default: Figures()]
            figures.name = course.template.regimen.name
            figures.visits = phase.fixedVisits
            figures.withinDays = window
            figures.outcomes[induction.outcome, default: 0] += 1
            if let days = induction.days { figures.days.append(days) }
            if let days = induction.daysInHand { figures.daysInHand.append(days) }
            self.figures[key] = figures
        }
    }
}

extension Visit {
    /// Whether it was given, in full or in part.
    package var wasGiven: Bool { if case .completed = status { true } else { false } }
}

extension Phase {
    /// How many visits are planned of it, from those that it has had; nil where it is open-ended.
    fileprivate func plannedVisits(_ own: [Visit]) -> Int? {
        switch count {
        case .exactly(let count): count
        case .between(let minimum, _): max(minimum, Set(own.filter { $0.status != .omitted }.map(\.number)).count)
        case .open: nil
        }
    }

    /// How many visits it has, where that is fixed.
    fileprivate var fixedVisits: Int? { if case .exactly(let count) = count { count } else { nil } }
}
