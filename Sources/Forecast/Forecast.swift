internal import Clinic
internal import Planning

/// How a forecast is asked for.
package struct ForecastOptions: Hashable, Sendable {
    /// How often the weeks are lived through.
    package var runs = 50
    package var seed: UInt64 = 1
    /// Whoever waits longer for the first visit waits long.
    package var waitDays = 14
    /// Whether it is looked for how many inductions a week the clinic could take on.
    package var searches = true
    /// By what it is judged whether a number can be taken on.
    package var bar = ForecastCapacity.Bar()

    package init() {}
}

/// What a clinic can take on: its coming weeks lived through many times, as it is and with each of some changes, and
/// with more and fewer referrals. A value that is taken forward step by step, so that whoever does it can stop.
///
/// The same question has the same answer on every machine. A run has the same chances with every change.
package struct Forecast: Sendable {
    /// A clinic as it is, or with a change.
    private struct Alternative: Sendable {
        let name: String?
        let start: ForecastStart
        var runs: [ForecastFigures] = []
        var capacity: ForecastCapacity?
    }

    /// What is being lived through.
    private enum Stage: Sendable {
        case runs
        case search(alternative: Int)
        case over
    }

    package let options: ForecastOptions
    private let basis: ForecastBasis
    private var alternatives: [Alternative]
    private var stage = Stage.runs
    private var weeks: ForecastWeeks?
    private var trial: ForecastCapacity.Trial?
    private var trialRuns = 0
    /// Weeks that were lived through.
    package private(set) var done = 0

    /// Runs of each number of referrals that is tried.
    package static let trialRunsMaximum = 10
    /// How many numbers are tried, as a rule.
    private static let usualTrials = 6

    /// A forecast of a clinic, as it is and with some changes.
    package init(_ start: ForecastStart, changes: [(name: String, start: ForecastStart)], options: ForecastOptions) {
        basis = start.basis
        self.options = options
        alternatives = [Alternative(name: nil, start: start)]
        alternatives += changes.map { Alternative(name: $0.name, start: $0.start) }
    }

    /// About how many weeks there are to live through in all, never fewer than have been.
    package var total: Int {
        let each = options.runs + (options.searches ? Self.usualTrials * runsOfTrial : 0)
        return max(done + (isOver ? 0 : 1), each * alternatives.count * basis.weeks)
    }

    /// Whether everything was lived through.
    package var isOver: Bool { if case .over = stage { true } else { false } }

    private var runsOfTrial: Int { min(options.runs, Self.trialRunsMaximum) }

    /// Lives through one more week.
    package mutating func advance() {
        guard var current = weeks ?? nextWeeks() else { return }
        current.liveWeek()
        done += 1
        weeks = current
        guard current.isOver else { return }
        weeks = nil
        note(current.figures)
    }

    /// The weeks that are to be lived through next; nil where there are none.
    private mutating func nextWeeks() -> ForecastWeeks? {
        if case .runs = stage {
            // Each run is of all alternatives before the next one.
            let least = alternatives.map(\.runs.count).min() ?? 0
            if least < options.runs, let index = alternatives.firstIndex(where: { $0.runs.count == least }) {
                return ForecastWeeks(alternatives[index].start, seed: seed(of: least))
            }
            stage = options.searches ? .search(alternative: 0) : .over
        }
        while case .search(let index) = stage {
            if let next = nextTrial(of: index) { return next }
            stage = index + 1 < alternatives.count ? .search(alternative: index + 1) : .over
        }
        return nil
    }

    private mutating func nextTrial(of index: Int) -> ForecastWeeks? {
        let facility = basis.state.configuration?.facility ?? Facility()
        let present = basis.rates.inductions(in: facility)
        guard present > 0 else { return nil }
        if trial == nil {
            let known = alternatives[index].capacity ?? ForecastCapacity(bar: options.bar)
            guard let next = known.next(first: present) else { return nil }
            trial = ForecastCapacity.Trial(inductions: next)
            trialRuns = 0
        }
        guard let trial else { return nil }
        let rates = basis.rates.scaled(trial.inductions, present)
        return ForecastWeeks(alternatives[index].start.with(rates), seed: seed(of: trialRuns))
    }

    private mutating func note(_ figures: ForecastFigures) {
        switch stage {
        case .runs:
            let least = alternatives.map(\.runs.count).min() ?? 0
            guard let index = alternatives.firstIndex(where: { $0.runs.count == least }) else { return }
            alternatives[index].runs.append(figures)
        case .search(let index):
            trial?.add(figures, waitDays: options.waitDays)
            trialRuns += 1
            guard trialRuns >= runsOfTrial, let finished = trial else { return }
            alternatives[index].capacity =
                alternatives[index].capacity ?? ForecastCapacity(bar: options.bar)
            alternatives[index].capacity?.trials.append(finished)
            trial = nil
        case .over: break
        }
        if weeks == nil { finishIfDone() }
    }

    /// Knows that nothing is left without having to be asked once more.
    private mutating func finishIfDone() { weeks = nextWeeks() }

    private func seed(of run: Int) -> UInt64 {
        var dice = FateDice(seed: options.seed).dice(7, run)
        return dice.next()
    }

    /// What it comes to so far: first the clinic as it is, then each change.
    package var outlooks: [ForecastOutlook] {
        alternatives.map {
            ForecastOutlook(
                name: $0.name, basis, $0.runs, asItIs: alternatives[0].runs, waitDays: options.waitDays,
                capacity: $0.capacity)
        }
    }

    /// Lives through everything that is left.
    package mutating func finish() { while !isOver { advance() } }
}
