internal import Clinic
package import Planning

/// A figure of which every run has a value. The raw value is its name everywhere.
package enum ForecastFigure: String, CaseIterable, Hashable, Sendable {
    /// Patients who are referred.
    case referred
    /// Of them, those for whom no course can be booked.
    case unplaced
    /// Days that patients wait for their first visit; the lower median.
    case medianWait
    /// Of a thousand patients, those who wait longer than the days asked about.
    case waitingLonger
    case begun
    /// Of a thousand inductions that are over and were not given up, those given whole in time.
    case inTime
    /// Of a thousand inductions that are over, those given up.
    case givenUp
    /// Of a thousand minutes in which chairs are in service while the clinic is open, those in use.
    case chairs

    /// Its value in a run; nil where the run has nothing of which it could be.
    package func value(of figures: ForecastFigures, waitDays: Int) -> Double? {
        func share(_ part: Int, _ whole: Int) -> Double? { whole == 0 ? nil : Double(part) * 1000 / Double(whole) }
        switch self {
        case .referred: return Double(figures.referred)
        case .unplaced: return Double(figures.unplaced)
        case .medianWait:
            // For whom nothing was found, the wait is as long as all the weeks.
            if figures.referred == 0 { return nil }
            return Double(figures.medianWait ?? figures.weeks.count * 7)
        case .waitingLonger: return share(figures.waiting(longerThan: waitDays), figures.referred)
        case .begun: return Double(figures.begun)
        case .inTime: return share(figures.inTime, figures.stayed)
        case .givenUp: return share(figures.givenUp, figures.over)
        case .chairs: return figures.allChairs.permille
        }
    }
}

/// What the coming weeks of a clinic may come to, as it is or with a change.
package struct ForecastOutlook: Sendable {
    /// A week: means over all runs.
    package struct Week: Hashable, Sendable {
        package let first: Day
        package let referred: Double
        /// Days to the first visit; nil where nobody was booked.
        package let wait: Double?
        /// Of a thousand minutes; nil where there were none.
        package let chairs: Double?
    }

    /// The change's name; nil for the clinic as it is.
    package let name: String?
    package let figures: [ForecastFigure: ForecastRange]
    /// By how much the change adds to each figure, run by run with the same chances: the mean with its interval.
    package let differences: [ForecastFigure: Estimate]
    package let weeks: [Week]
    /// Of a thousand minutes of chairs with the same features.
    package let chairs: [String: ForecastRange]
    /// Of a thousand of what those of a role can carry.
    package let roles: [String: ForecastRange]
    /// On how many days of all runs hours could have been used, and on how many they were full.
    package let hours: [StartHour: HourDays]
    /// How many inductions it could take on; nil where that was not asked.
    package let capacity: ForecastCapacity?

    init(
        name: String?, _ basis: ForecastBasis, _ runs: [ForecastFigures], asItIs: [ForecastFigures], waitDays: Int,
        capacity: ForecastCapacity?
    ) {
        self.name = name
        self.capacity = capacity
        var figures: [ForecastFigure: ForecastRange] = [:]
        var differences: [ForecastFigure: Estimate] = [:]
        for figure in ForecastFigure.allCases {
            let values = runs.map { figure.value(of: $0, waitDays: waitDays) }
            figures[figure] = ForecastRange(values.compactMap(\.self))
            guard name != nil else { continue }
            let others = asItIs.map { figure.value(of: $0, waitDays: waitDays) }
            let paired = zip(values, others).compactMap { value, other in
                value.flatMap { value in other.map { value - $0 } }
            }
            if !paired.isEmpty { differences[figure] = Estimate(paired) }
        }
        self.figures = figures
        self.differences = differences
        weeks = (0..<basis.weeks).map { Self.week($0, basis, runs) }
        chairs = Self.ranges(runs.map(\.chairs))
        roles = Self.ranges(runs.map(\.roles))
        hours = runs.reduce(into: [:]) { sum, run in
            for (hour, days) in run.hours { sum[hour, default: HourDays()].add(days) }
        }
    }

    private static func week(_ index: Int, _ basis: ForecastBasis, _ runs: [ForecastFigures]) -> Week {
        let own = runs.map { $0.weeks[index] }
        let waits = own.flatMap(\.waits)
        var chairs = MinutesOfUse()
        for week in own { chairs.add(week.chairs) }
        return Week(
            first: basis.today + index * 7,
            referred: Double(own.reduce(0) { $0 + $1.referred }) / Double(max(1, own.count)),
            wait: waits.isEmpty ? nil : Double(waits.reduce(0, +)) / Double(waits.count), chairs: chairs.permille)
    }

    private static func ranges(_ runs: [[String: MinutesOfUse]]) -> [String: ForecastRange] {
        let names = Set(runs.flatMap(\.keys))
        return names.reduce(into: [:]) { ranges, name in
            ranges[name] = ForecastRange(runs.compactMap { $0[name]?.permille })
        }
    }
}
