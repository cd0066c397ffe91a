import Clinic
import ClinicTime
import Planning
import TestSupport

/// `infusionbench year [--seeds N] [--first-seed N] [--days N] [--clinic small|full] [--check each|daily]`: simulates
/// years of a clinic by this program and by booking each next visit at the earliest free place, with the same patients
/// and the same fates, and says how many inductions were given as a whole within their windows. With `--check` every
/// hard rule is asked of all visits to come after each thing that happens, or once a day.
func yearBenchmark() throws {
    let count = argument("--seeds").flatMap { UInt64($0) } ?? 5
    let first = argument("--first-seed").flatMap { UInt64($0) } ?? 1
    let days = argument("--days").flatMap { Int($0) } ?? 364
    let clinic = argument("--clinic").flatMap { YearClinic(rawValue: $0) } ?? .full
    let zone = try ClinicZone(named: "America/New_York")
    var sums: [String: (figures: [InductionFigures], seeds: Int)] = [:]
    for seed in first..<(first + count) {
        let fates = YearFates(clinic, seed: seed, days: days)
        print("seed \(seed): \(clinic.rawValue) clinic, \(days) days, \(fates.patients.count) patients referred")
        var ways: [(String, [Int: TestSupport.Induction])] = []
        for keepsWindows in [false, true] {
            let begun = ContinuousClock.now
            var year = YearSimulation(fates, zone: zone, days: days, hasWhims: false, keepsWindows: keepsWindows)
            run(&year)
            let seconds = (ContinuousClock.now - begun).components.seconds
            let name = keepsWindows ? "whole courses, windows kept" : "whole courses"
            print(
                "  \(name): \(year.clinic.events.count) events, \(year.taken) commands, \(year.repairs) repairs, "
                    + "\(year.turnedAway.count) turned away, \(seconds) s")
            if keepsWindows {
                let rules = year.windowsLost.rules.sorted { $0.value > $1.value }
                    .map { "\($0.value) \($0.key)" }
                print("    \(year.windowsLost.count) windows lost with a visit; days closed by")
                print("      \(rules.joined(separator: ", "))")
            }
            for regimen: RegimenID in ["esketamine", "iv-3x2"] {
                let (courses, moved) = year.toldVisitsMoved(of: regimen)
                print("    \(regimen): \(moved) told visits of \(courses) inductions moved")
            }
            if argument("--stories") != nil { tellStories(year) }
            if argument("--refusals") != nil {
                let often = year.refused.sorted { $0.value > $1.value }.prefix(25)
                for (what, count) in often { print("    \(count) \(what)") }
            }
            ways.append((name, year.inductions))
        }
        for spacing in FirstCome.Spacing.allCases {
            var desk = FirstCome(fates, zone: zone, days: days, spacing: spacing)
            desk.run()
            ways.append(("first come, \(spacing.rawValue) gap", desk.inductions))
        }
        for (name, inductions) in ways {
            for regimens: Set<RegimenID> in [["esketamine"], ["iv-3x2"]] {
                let figures = InductionFigures(fates, days: days, regimens: regimens, inductions)
                let title = "\(regimens.first?.text ?? ""), \(name)"
                print("  \(title): \(text(figures))")
                sums[title, default: ([], 0)].figures.append(figures)
            }
        }
    }
    print("all seeds")
    for (title, sum) in sums.sorted(by: { $0.key < $1.key }) {
        let referred = sum.figures.reduce(0) { $0 + $1.referred }
        let (begun, within) = sum.figures.reduce((0, 0)) { ($0.0 + $1.begun, $0.1 + $1.inWindow) }
        let shares = sum.figures.map { percent($0.inWindow, $0.referred) }.sorted()
        print(
            "  \(title): \(percent(within, referred)) % of \(referred) referred and \(percent(within, begun)) % of "
                + "\(begun) begun are complete in their window (by seed \(shares.first ?? 0) to \(shares.last ?? 0) %)")
        print("    \(causes(sum.figures))")
    }
}

private func run(_ year: inout YearSimulation) {
    let check = argument("--check")
    var day = year.clinic.today
    year.run { year in
        if check == "each" || check == "daily" && year.clinic.today != day {
            for breach in year.breaches() {
                print("  BREACH at \(year.clinic.today), after \(year.last): \(breach)")
            }
        }
        if year.clinic.today != day {
            for stuck in year.stuckCourses() { print("  STUCK at \(year.clinic.today): \(stuck)") }
        }
        day = year.clinic.today
    }
}

private func text(_ figures: InductionFigures) -> String {
    "\(figures.referred) referred, \(figures.begun) begun, \(figures.complete) complete (median \(figures.medianDays) "
        + "days), \(figures.inWindow) in the window: \(percent(figures.inWindow, figures.referred)) % of those "
        + "referred, \(percent(figures.inWindow, figures.begun)) % of those begun"
}

/// Where those who were not complete in their window were lost, and how far gaps were from ideal.
private func causes(_ figures: [InductionFigures]) -> String {
    let givenUp = figures.reduce(0) { $0 + $1.givenUp }
    let parts = (0...3).map { losses in
        let shares = figures.compactMap { $0.byLosses[losses] }
        let (referred, within) = (shares.reduce(0) { $0 + $1.referred }, shares.reduce(0) { $0 + $1.inWindow })
        return "\(losses)\(losses == 3 ? "+" : "") lost \(within) of \(referred)"
    }
    let gaps = figures.reduce((0, 0, 0)) { ($0.0 + $1.gaps.count, $0.1 + $1.gaps.shorter, $0.2 + $1.gaps.longer) }
    let perGap = { (days: Int) in gaps.0 == 0 ? "0" : "\(Double(days * 100 / gaps.0) / 100)" }
    return "\(givenUp) gave up; \(parts.joined(separator: ", ")); gaps shorter by \(perGap(gaps.1)) and longer by "
        + "\(perGap(gaps.2)) days on average"
}

private func percent(_ part: Int, _ whole: Int) -> Int { whole == 0 ? 0 : (part * 100 + whole / 2) / whole }

/// What became of each induction, visit by visit.
private func tellStories(_ year: YearSimulation) {
    for course in year.clinic.state.allCourses where course.template.regimen.id == "esketamine" {
        let visits = year.clinic.state.visits(of: course).filter { $0.phase == "induction" }
        let booked = year.clinic.events.lazy.compactMap { event in
            if case .course(.booked(let booked)) = event.event, booked.course == course.id { booked } else { nil }
        }.first
        let planned = booked?.visits.filter { $0.image.phase == "induction" }.map(\.image.place.day) ?? []
        let first = planned.first ?? year.clinic.today
        print("    \(course.id) \(course.status) from \(first) \(first.weekday): planned \(planned.map { $0 - first })")
        print(
            "      \(visits.map { "\($0.number):\($0.day - first)\($0.status.name.prefix(4))" }.joined(separator: " "))"
        )
    }
}
