internal import Clinic
internal import Forecast
internal import Planning
internal import Wire

extension ForecastOutlookMessage {
    /// What the coming weeks may come to, as it is answered.
    init(_ outlook: ForecastOutlook) {
        self.init(
            change: outlook.name,
            figures: ForecastFigure.allCases.compactMap { figure in
                outlook.figures[figure].map { ForecastFigureMessage(figure, $0, outlook.differences[figure]) }
            },
            weeks: outlook.weeks.map { week in
                ForecastWeekMessage(
                    day: week.first, referred: tenths(week.referred), wait: week.wait.map(tenths),
                    chairs: week.chairs.map(rounded))
            },
            chairs: outlook.chairs.sorted { $0.key < $1.key }.map { ForecastUseMessage($0, $1) },
            roles: outlook.roles.sorted { $0.key < $1.key }.map { ForecastUseMessage($0, $1) },
            fullHours: Self.fullHours(outlook.hours), mostKept: outlook.capacity?.mostKept,
            leastMissed: outlook.capacity?.leastMissed,
            trials: outlook.capacity.map { capacity in
                capacity.trials.map { trial in
                    ForecastTrialMessage(
                        inductions: trial.inductions, stayed: trial.stayed, inTime: trial.inTime,
                        referred: trial.referred, waiting: trial.waiting, kept: trial.holds(capacity.bar))
                }
            })
    }

    /// The fullest first; of equally full ones in the order of the week.
    private static func fullHours(_ hours: [StartHour: HourDays]) -> [ForecastHourMessage] {
        let causes = hours.flatMap { start, days in
            days.full.map { (start: start, cause: $0.key, days: days.days, full: $0.value) }
        }
        let sorted = causes.sorted { left, right in
            let (first, second) = (left.full * right.days, right.full * left.days)
            return first != second ? first > second : (left.start, left.cause) < (right.start, right.cause)
        }
        return sorted.prefix(500).map { item in
            let (cause, role) = code(of: item.cause)
            return ForecastHourMessage(
                weekday: item.start.hour.weekday.name, hour: item.start.hour.hour, visit: item.start.visitType.text,
                cause: cause, role: role, days: item.days, fullDays: item.full)
        }
    }

    private static func code(of cause: FullHour) -> (cause: ForecastCauseCode, role: String?) {
        switch cause {
        case .chairs: (.chairs, nil)
        case .attention(let role): (.attention, role)
        case .several: (.several, nil)
        }
    }
}

extension ForecastFigureMessage {
    /// A figure's values are counts and days, or shares of a thousand.
    fileprivate init(_ figure: ForecastFigure, _ range: ForecastRange, _ difference: Estimate?) {
        let told = figure.isShare ? rounded : tenths
        self.init(
            figure: ForecastFigureCode(figure.rawValue), mean: told(range.mean), low: told(range.low),
            high: told(range.high), difference: difference.map { told($0.mean) },
            differenceLow: difference.map { told($0.low) }, differenceHigh: difference.map { told($0.high) })
    }
}

extension ForecastUseMessage {
    fileprivate init(_ name: String, _ range: ForecastRange) {
        self.init(name: name, mean: rounded(range.mean), low: rounded(range.low), high: rounded(range.high))
    }
}

extension ForecastFigure {
    /// Whether it is of a thousand.
    fileprivate var isShare: Bool {
        switch self {
        case .referred, .unplaced, .medianWait, .begun: false
        case .waitingLonger, .inTime, .givenUp, .chairs: true
        }
    }
}

private func rounded(_ value: Double) -> Int { Int(value.rounded()) }

private func tenths(_ value: Double) -> Int { Int((value * 10).rounded()) }

extension ForecastRates {
    /// All rates, as they are answered.
    var messages: [ForecastRateMessage] {
        func message(
            _ code: ForecastRateCode, _ rate: ForecastRate, _ regimen: RegimenID? = nil, _ phase: String? = nil
        ) -> ForecastRateMessage {
            ForecastRateMessage(
                rate: code, regimen: regimen?.text, phase: phase, value: rate.value,
                source: ForecastSourceCode(rate.source.rawValue), cases: rate.cases)
        }
        let lost = RatedLoss.allCases.compactMap { loss in
            losses[loss].map { message(ForecastRateCode(loss.rawValue), $0) }
        }
        return lost + gates.sorted { $0.key < $1.key }.map { message(.gate, $1, $0.regimen, $0.phase) }
            + stops.sorted { $0.key < $1.key }.map { message(.stop, $1, $0.regimen, $0.phase) }
            + referrals.sorted { $0.key < $1.key }.map { message(.referrals, $1, $0) }
    }
}
