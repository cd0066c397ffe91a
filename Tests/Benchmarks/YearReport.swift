import Clinic
import Foundation
import Planning
import TestSupport

/// What came of one year that was booked in one way.
struct SeedResult: Sendable {
    /// The regimens whose inductions are counted.
    static let regimens: [RegimenID] = ["esketamine", "iv-3x2"]

    let way: BookingWay
    let seed: UInt64
    /// The figures of each regimen, whole; and of its patients by the quarter in which they were referred.
    let figures: [RegimenID: InductionFigures]
    let quarters: [RegimenID: [InductionFigures]]
    let visitsGiven: Int
    let turnedAway: Int
    /// Told visits of all phases that were moved, for each patient who had a visit.
    let moves: Double
    /// Told visits of inductions that were moved, by what moved them.
    let movedBy: [CourseAction: Int]
    /// The share of the time of recliners and of beds that was used, after the warm-up, and by quarter.
    let reclinersInUse: [Double]
    let bedsInUse: [Double]

    init(_ way: BookingWay, seed: UInt64, _ fates: YearFates, _ record: YearRecord, _ options: YearOptions) {
        self.way = way
        self.seed = seed
        let counted = options.warmUpDays..<options.days
        let quarters = stride(from: options.warmUpDays, to: options.days, by: 91).map {
            $0..<min($0 + 91, options.days)
        }
        func figures(_ regimen: RegimenID, _ span: Range<Int>) -> InductionFigures {
            InductionFigures(fates, record, regimen: regimen, days: options.days, referred: span)
        }
        self.figures = Dictionary(uniqueKeysWithValues: Self.regimens.map { ($0, figures($0, counted)) })
        self.quarters = Dictionary(
            uniqueKeysWithValues: Self.regimens.map { regimen in
                (regimen, quarters.map { figures(regimen, $0) }.filter { $0.referred > 0 })
            })
        let visits = record.visits.filter { counted.contains($0.day - YearClinic.firstDay) }
        visitsGiven = visits.count
        turnedAway = record.turnedAway
        moves =
            Double(record.moved.values.reduce(0, +)) / Double(max(1, Set(record.visits.map(\.patient)).count))
        movedBy = record.movesInInduction
        let spans = [counted] + quarters
        reclinersInUse = spans.map { ChairUse(options.clinic, record, feature: "recliner", days: $0).share }
        bedsInUse = spans.map { ChairUse(options.clinic, record, feature: "bed", days: $0).share }
    }
}

/// What `infusionbench year` answers: means over the seeds, each with its interval, and differences of two ways by
/// seed.
struct YearReport: Encodable {
    /// The inductions of a regimen.
    struct Inductions: Encodable {
        /// Patients in all seeds together: referred, of those who stay, begun, complete.
        let referred: Int
        let stayed: Int
        let begun: Int
        let complete: Int
        /// In the goal: shares of 1.
        let ofThoseWhoStay: Estimate
        let ofThoseReferred: Estimate
        /// The share of those who stay for whom the goal could be reached, had all been known in advance.
        let bound: Estimate
        /// `ofThoseWhoStay` of a seed by its `bound`.
        let ratioToBound: Estimate
        /// In the regimen's own window, which may be longer than the goal, of those referred.
        let inWindowOfThoseReferred: Estimate
        /// Told visits of an induction that were moved, for each that began.
        let moves: Estimate
        let gaps: Gaps
        let waits: Waits
        /// Of those who stay, by visits lost; the last has three and more.
        let byLosses: [Losses]

        /// Days by which gaps of complete inductions differ from ideal, a gap.
        struct Gaps: Encodable { let shorter, longer: Estimate }
        /// Days from the referral to the first visit, and to the first of the induction, of those who had one.
        struct Waits: Encodable { let firstVisit, induction: Estimate }
        /// Inductions in their goal of those that lost so many visits.
        struct Losses: Encodable { let lost, inductions, inGoal: Int }
    }

    /// One way of booking.
    struct Way: Encodable {
        let way: String
        let title: String
        /// Those of all quarters, by regimen.
        let inductions: [String: Inductions]
        /// By regimen, those referred in each quarter of the year in which an induction could still be over.
        let quarters: [String: [Inductions]]
        let visitsGiven: Estimate
        /// Told visits of any phase that were moved, a patient.
        let movesOfAllPhases: Estimate
        /// Told visits of inductions that were moved in all seeds, by the action that moved them.
        let movedBy: [String: Int]
        let turnedAway: Estimate
        /// Shares of 1, of the year and of each quarter.
        let reclinersInUse: [Estimate]
        let bedsInUse: [Estimate]
        /// By seed, by regimen.
        let bySeed: [Seed]

        /// One seed's shares of those who stay, by regimen.
        struct Seed: Encodable {
            let seed: UInt64
            let ofThoseWhoStay: [String: Double]
            let ofThoseReferred: [String: Double]
            let bound: [String: Double]
        }
    }

    /// A way less another, seed by seed.
    struct Difference: Encodable {
        let way: String
        let less: String
        let regimen: String
        let ofThoseWhoStay: Estimate
        let ofThoseReferred: Estimate
        let moves: Estimate
    }

    let clinic: String
    let world: String
    let days: Int
    let warmUpDays: Int
    let firstSeed: UInt64
    let seeds: Int
    let ways: [Way]
    let differences: [Difference]

    init(_ options: YearOptions, _ results: [SeedResult]) {
        (clinic, world) = (options.clinic.rawValue, options.world.rawValue)
        (days, warmUpDays, firstSeed) = (options.days, options.warmUpDays, options.firstSeed)
        seeds = options.seeds
        let byWay = Dictionary(grouping: results, by: \.way)
        ways = options.ways.compactMap { way in byWay[way].map { Way(way, $0) } }
        var differences: [Difference] = []
        for (index, way) in options.ways.enumerated() {
            for other in options.ways[(index + 1)...] {
                for regimen in SeedResult.regimens {
                    differences.append(Difference(way, other, regimen, byWay[way] ?? [], byWay[other] ?? []))
                }
            }
        }
        self.differences = differences
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

// MARK: Figures of a seed

extension InductionFigures {
    private static func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    fileprivate var ofStayed: Double { Self.share(byLosses.values.reduce(0) { $0 + $1.inGoal }, stayed) }
    fileprivate var ofReferred: Double { Self.share(inGoal, referred) }
    fileprivate var bound: Double { Self.share(reachable, stayed) }
    fileprivate var ratio: Double { bound == 0 ? 1 : ofStayed / bound }
    fileprivate var window: Double { Self.share(inWindow, referred) }
    fileprivate var moves: Double { Self.share(moved, begun) }
    fileprivate var shorter: Double { Self.share(gaps.shorter, gaps.count) }
    fileprivate var longer: Double { Self.share(gaps.longer, gaps.count) }
    fileprivate var wait: Double { Self.share(waits.days, waits.count) }
    fileprivate var inductionWait: Double { Self.share(inductionWaits, begun) }
}

extension YearReport.Inductions {
    /// Of the same patients in several seeds.
    init(_ figures: [InductionFigures]) {
        func sum(_ value: (InductionFigures) -> Int) -> Int { figures.reduce(0) { $0 + value($1) } }
        func mean(_ value: (InductionFigures) -> Double) -> Estimate { Estimate(figures.map(value)) }
        (referred, stayed) = (sum(\.referred), sum(\.stayed))
        (begun, complete) = (sum(\.begun), sum(\.complete))
        ofThoseWhoStay = mean(\.ofStayed)
        ofThoseReferred = mean(\.ofReferred)
        bound = mean(\.bound)
        ratioToBound = mean(\.ratio)
        inWindowOfThoseReferred = mean(\.window)
        moves = mean(\.moves)
        gaps = Gaps(shorter: mean(\.shorter), longer: mean(\.longer))
        waits = Waits(firstVisit: mean(\.wait), induction: mean(\.inductionWait))
        byLosses = (0...3).map { lost in
            Losses(
                lost: lost, inductions: sum { $0.byLosses[lost]?.count ?? 0 },
                inGoal: sum { $0.byLosses[lost]?.inGoal ?? 0 })
        }
    }
}

extension YearReport.Way {
    init(_ way: BookingWay, _ results: [SeedResult]) {
        (self.way, title) = (way.rawValue, way.title)
        func byRegimen<Value>(_ value: (RegimenID) -> Value) -> [String: Value] {
            Dictionary(uniqueKeysWithValues: SeedResult.regimens.map { ($0.text, value($0)) })
        }
        func mean(_ value: (SeedResult) -> Double) -> Estimate { Estimate(results.map(value)) }
        inductions = byRegimen { regimen in
            YearReport.Inductions(results.compactMap { $0.figures[regimen] })
        }
        quarters = byRegimen { regimen in
            let all = results.map { $0.quarters[regimen] ?? [] }
            return (0..<(all.map(\.count).min() ?? 0)).map { quarter in
                YearReport.Inductions(all.map { $0[quarter] })
            }
        }
        visitsGiven = mean { Double($0.visitsGiven) }
        movesOfAllPhases = mean(\.moves)
        movedBy = results.reduce(into: [:]) { sum, result in
            for (action, count) in result.movedBy { sum[action.rawValue, default: 0] += count }
        }
        turnedAway = mean { Double($0.turnedAway) }
        let spans = results.map(\.reclinersInUse.count).min() ?? 0
        reclinersInUse = (0..<spans).map { span in mean { $0.reclinersInUse[span] } }
        bedsInUse = (0..<spans).map { span in mean { $0.bedsInUse[span] } }
        bySeed = results.map { result in
            Seed(
                seed: result.seed, ofThoseWhoStay: byRegimen { result.figures[$0]?.ofStayed ?? 0 },
                ofThoseReferred: byRegimen { result.figures[$0]?.ofReferred ?? 0 },
                bound: byRegimen { result.figures[$0]?.bound ?? 0 })
        }
    }
}

extension YearReport.Difference {
    init(_ way: BookingWay, _ other: BookingWay, _ regimen: RegimenID, _ own: [SeedResult], _ others: [SeedResult]) {
        (self.way, less, self.regimen) = (way.rawValue, other.rawValue, regimen.text)
        let pairs = zip(own, others).map { ($0.figures[regimen] ?? .init(), $1.figures[regimen] ?? .init()) }
        func mean(_ value: (InductionFigures) -> Double) -> Estimate {
            Estimate(pairs.map { value($0) - value($1) })
        }
        ofThoseWhoStay = mean(\.ofStayed)
        ofThoseReferred = mean(\.ofReferred)
        moves = mean(\.moves)
    }
}

// MARK: As text

extension YearReport {
    func text() -> String {
        var lines = [
            "\(clinic) clinic, world \(world), \(days) days, seeds \(firstSeed) to \(firstSeed + UInt64(seeds) - 1); "
                + "means over the seeds with their 95 % intervals"
        ]
        for regimen in SeedResult.regimens.map(\.text) {
            for way in ways {
                guard let found = way.inductions[regimen] else { continue }
                lines.append("\(regimen), \(way.title): \(found.referred) referred, \(found.stayed) of them stay")
                lines += found.lines.map { "  \($0)" }
                for (index, quarter) in (way.quarters[regimen] ?? []).enumerated() {
                    let use = percent(regimen == "esketamine" ? way.reclinersInUse : way.bedsInUse, index + 1)
                    lines.append(
                        "  quarter \(index + 1): \(percent(quarter.ofThoseWhoStay)) of those who stay, "
                            + "\(percent(quarter.ofThoseReferred)) of those referred, bound \(percent(quarter.bound)); "
                            + "\(regimen == "esketamine" ? "recliners" : "beds") in use \(use)")
                }
            }
        }
        for way in ways {
            lines.append(
                "\(way.title): \(fixed(way.visitsGiven, 0)) visits given a year, told visits of any phase moved a "
                    + "patient \(fixed(way.movesOfAllPhases, 2)), turned away \(fixed(way.turnedAway, 1)), recliners "
                    + "in use \(percent(way.reclinersInUse, 0)), beds \(percent(way.bedsInUse, 0)); told visits of "
                    + "inductions moved: "
                    + way.movedBy.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
                    .joined(separator: ", "))
        }
        for difference in differences {
            lines.append(
                "\(difference.regimen), \(difference.way) less \(difference.less), by seed: of those who stay "
                    + "\(percent(difference.ofThoseWhoStay)), of those referred "
                    + "\(percent(difference.ofThoseReferred)), moves \(fixed(difference.moves, 2))")
        }
        return lines.joined(separator: "\n")
    }
}

extension YearReport.Inductions {
    fileprivate var lines: [String] {
        [
            "in the goal: \(percent(ofThoseWhoStay)) of those who stay, \(percent(ofThoseReferred)) of those referred; "
                + "in the regimen's window \(percent(inWindowOfThoseReferred))",
            "bound \(percent(bound)), ratio to it \(percent(ratioToBound)); by visits lost "
                + byLosses.map { "\($0.lost)\($0.lost == 3 ? "+" : ""): \($0.inGoal) of \($0.inductions)" }
                .joined(separator: ", "),
            "told visits moved an induction \(fixed(moves, 2)); gaps shorter by \(fixed(gaps.shorter, 2)) and longer "
                + "by \(fixed(gaps.longer, 2)) days; first visit after \(fixed(waits.firstVisit, 1)) days, induction "
                + "after " + fixed(waits.induction, 1),
        ]
    }
}

private func percent(_ all: [Estimate], _ index: Int) -> String {
    all.indices.contains(index) ? percent(all[index]) : "unknown"
}

private func percent(_ estimate: Estimate) -> String {
    let reach = (estimate.high - estimate.low) * 50
    return "\(decimal(estimate.mean * 100, 1)) % (± \(decimal(reach, 1)))"
}

private func fixed(_ estimate: Estimate, _ digits: Int) -> String {
    "\(decimal(estimate.mean, digits)) (± \(decimal((estimate.high - estimate.low) / 2, digits)))"
}

private func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
