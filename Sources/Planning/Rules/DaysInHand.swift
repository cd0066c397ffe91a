/// The days on which a course's visits could be given as far as the clinic's hours and the patient go
/// (docs/contract/planning.md section 4, `spare`): an opening interval, a window of the patient's availability, no
/// blackout day, not after the course's end. Places are not looked at.
package struct PossibleDays: Sendable {
    private let first: Day
    /// How many of the days before each are possible, the day after the last included.
    private var counts = [0]
    /// The index of the last possible day up to each; -1 for none.
    private var lasts: [Int] = []

    /// The possible days among some of a calendar; days outside of it are not possible.
    package init(of request: CourseRequest, on calendar: PlanningCalendar, from first: Day, through last: Day) {
        self.first = first
        guard first <= last else { return }
        for index in 0...(last - first) {
            let isPossible = calendar[first + index].map { PossibleDays.contains($0, of: request) } ?? false
            counts.append(counts[index] + (isPossible ? 1 : 0))
            lasts.append(isPossible ? index : lasts.last ?? -1)
        }
    }

    private static func contains(_ board: DayBoard, of request: CourseRequest) -> Bool {
        let (wish, day) = (request.wish, board.calendar.day)
        if board.opening.isEmpty || wish.blackoutDays.contains(day) || !keepsCourseEnd(day, request) { return false }
        return wish.availability.isEmpty || !windows(wish.availability, on: board.calendar).isEmpty
    }

    /// How many possible days lie after a day, up to another.
    package func count(after day: Day, through last: Day) -> Int {
        let (low, high) = (index(after: day), index(after: last))
        return low < high ? counts[high] - counts[low] : 0
    }

    /// The index of the day after one, within what is known.
    private func index(after day: Day) -> Int { min(max(0, day - first + 1), counts.count - 1) }

    /// The last possible day up to a day; nil where there is none.
    func last(through day: Day) -> Day? {
        let index = min(day - first, lasts.count - 1)
        return index < 0 || lasts[index] < 0 ? nil : first + lasts[index]
    }
}

/// The days in hand after each planned visit of a phase with a goal: on how many later days it could be given instead,
/// the visits after it each on the first possible day at its least gap or later, and the last of these days still by
/// the goal.
///
/// A later day for one visit never makes the ones after it earlier, so the days that would do are all possible days up
/// to some last one, which is found backward from the goal.
package struct DaysInHand: Sendable {
    private let possible: PossibleDays
    /// For each visit, the last day on which it could be; nil where there is none.
    private var lastDays: [Day?]

    /// - Parameters:
    ///   - gaps: what the phase asks before each of its planned visits, in order; the first is not asked.
    ///   - goal: the last day that the phase is to have.
    package init(_ gaps: [AskedGap], by goal: Day, _ possible: PossibleDays) {
        self.possible = possible
        var last: Day? = goal
        lastDays = gaps.reversed().map { gap in
            defer { last = last.flatMap { gap.lastDay(before: $0, possible) } }
            return last
        }.reversed()
    }

    /// The days in hand after a visit, by its place among the planned ones of the phase, where it is on a day.
    package func count(ofVisit index: Int, on day: Day) -> Int {
        lastDays[index].map { possible.count(after: day, through: $0) } ?? 0
    }
}

extension AskedGap {
    /// The last day from which a visit with this gap finds a possible day up to a last one.
    fileprivate func lastDay(before last: Day, _ possible: PossibleDays) -> Day? {
        let shortest = rules.map(\.allowed.lowerBound).min() ?? 1
        var found: Day?
        var next = possible.last(through: last)
        // A day before what is found already leads no further, whatever rule holds there.
        while let day = next, found.map({ day - shortest > $0 }) ?? true {
            let before = day - rule(on: day).allowed.lowerBound
            found = max(found ?? before, before)
            next = possible.last(through: day - 1)
        }
        return found
    }
}
