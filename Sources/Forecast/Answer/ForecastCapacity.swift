/// How many inductions a week a clinic can begin: what was tried, and how that went.
package struct ForecastCapacity: Hashable, Sendable {
    /// What is asked of a number of referrals that the clinic can take on.
    package struct Bar: Hashable, Sendable {
        /// Of a hundred inductions whose patients stay, at least so many end in time.
        package var inTimePercent = 90
        /// Of a hundred patients, at most so many wait longer than the days asked about.
        package var waitingPercent = 10

        /// The bar by which a forecast judges unless told otherwise.
        package init() {}
    }

    /// A number of referrals that was tried.
    package struct Trial: Hashable, Sendable {
        /// Patients referred for an induction in a hundred weeks.
        package let inductions: Int
        /// Inductions that were over and not given up, in all runs, and how many of them ended in time.
        package var stayed = 0
        package var inTime = 0
        /// Patients in all runs, and how many of them waited longer.
        package var referred = 0
        package var waiting = 0

        init(inductions: Int) { self.inductions = inductions }

        mutating func add(_ figures: ForecastFigures, waitDays: Int) {
            stayed += figures.stayed
            inTime += figures.inTime
            referred += figures.referred
            waiting += figures.waiting(longerThan: waitDays)
        }

        /// Whether it keeps the bar; nil where no induction was over, so that nothing is known.
        package func holds(_ bar: Bar) -> Bool? {
            if stayed == 0 { return nil }
            return inTime * 100 >= bar.inTimePercent * stayed && waiting * 100 <= bar.waitingPercent * referred
        }
    }

    package let bar: Bar
    /// In the order in which they were tried.
    package internal(set) var trials: [Trial] = []

    /// Nothing was tried yet.
    init(bar: Bar) { self.bar = bar }

    private static let trialsMaximum = 9
    /// A quarter of an induction a week: as near as the most that can be taken on is looked for.
    private static let stepMinimum = 25
    /// A hundred a week: more is not tried.
    private static let inductionsMaximum = 10_000

    /// The fewest inductions in a hundred weeks that missed the bar.
    package var leastMissed: Int? { trials.filter { $0.holds(bar) == false }.map(\.inductions).min() }

    /// The most in a hundred weeks that kept the bar, below the fewest that missed it.
    package var mostKept: Int? {
        trials.filter { $0.holds(bar) == true && $0.inductions < leastMissed ?? .max }.map(\.inductions).max()
    }

    /// What is to be tried next after what was tried, beginning with a number; nil where it is near enough.
    func next(first: Int) -> Int? {
        guard let last = trials.last else { return max(Self.stepMinimum, min(first, Self.inductionsMaximum)) }
        guard trials.count < Self.trialsMaximum, last.holds(bar) != nil else { return nil }
        switch (mostKept, leastMissed) {
        case (nil, nil): return nil
        case (let kept?, nil): return kept < Self.inductionsMaximum ? min(kept * 2, Self.inductionsMaximum) : nil
        case (nil, let missed?): return missed > Self.stepMinimum ? max(Self.stepMinimum, missed / 2) : nil
        case (let kept?, let missed?):
            return missed - kept > max(Self.stepMinimum, kept / 10) ? (kept + missed) / 2 : nil
        }
    }
}
