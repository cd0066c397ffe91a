import Clinic
import ClinicTime
import Planning
import TestSupport
import Testing

/// Whether the simulated year measures what it says: the same patients and fates for all ways of booking, a bound that
/// none can beat, and figures of which each can be counted again.
@Suite struct YearMeasureTests {
    private static let zone = Result { try ClinicZone(named: "America/New_York") }

    // MARK: Fates

    @Test func `who comes and what befalls them in the usual world is for ever the same`() {
        let fates = YearFates(.full, seed: 1, days: 364)
        #expect(fates.patients.count == 396)
        let outcomes = (0..<40).map { patient in
            switch fates.outcome(of: patient, after: 3) {
            case .comes: "."
            case .cancels(let days): "\(days)"
            case .staysAway: "a"
            case .isSentHome: "h"
            case .isLast: "l"
            }
        }
        #expect(outcomes.joined() == "........6...2.2................a..a....0")
    }

    @Test(arguments: YearWorld.allCases)
    func `a world has the losses and the refusals that it is said to have`(world: YearWorld) {
        let fates = YearFates(.full, seed: 5, days: 364, world: world)
        var lostMany = 0
        var (lost, tries, taken) = (0, 0, 0)
        for patient in fates.patients {
            let losses = (0..<60).count { attempt in
                switch fates.outcome(of: patient.number, after: attempt) {
                case .comes, .isLast: false
                case .cancels, .staysAway, .isSentHome: true
                }
            }
            if losses > 14 { lostMany += 1 }
            lost += losses
            tries += 60
            taken += (0..<60).count { fates.takesNextDay(patient.number, after: $0) }
        }
        let percent = (lost * 100 / tries, taken * 100 / tries, lostMany * 100 / fates.patients.count)
        switch world {
        case .usual: #expect((12...14).contains(percent.0) && percent.1 == 100 && percent.2 < 4, "\(percent)")
        case .nextDay:
            #expect((12...14).contains(percent.0) && (58...62).contains(percent.1) && percent.2 < 4, "\(percent)")
        case .heavyLosses:
            #expect((16...20).contains(percent.0) && percent.1 == 100 && (18...32).contains(percent.2), "\(percent)")
        }
    }

    // MARK: The bound

    @Test(arguments: YearWorld.allCases)
    func `no other choice of days brings an induction to its end sooner than the bound`(world: YearWorld) {
        let fates = YearFates(.full, seed: 3, days: 364, world: world)
        let bound = ClairvoyantBound(fates, days: 364)
        var lengths: Set<Int> = []
        for patient in fates.patients.prefix(120) {
            var choices = Choices(fates, bound, patient)
            let least = bound.leastLength(of: patient.number)
            #expect(least == choices.leastLength(), "patient \(patient.number)")
            if let least { lengths.insert(least) }
        }
        #expect(lengths.count > 6, "\(lengths)")
    }

    @Test func `the bound is what a second program counted for the same seeds`() {
        let counted: [YearWorld: [[Int]]] = [
            .usual: [[155, 146, 145], [159, 146, 146], [154, 143, 142]],
            .nextDay: [[155, 146, 144], [159, 146, 145], [154, 143, 140]],
            .heavyLosses: [[155, 145, 141], [159, 144, 143], [154, 143, 140]],
        ]
        for (world, seeds) in counted {
            for (index, expected) in seeds.enumerated() {
                let fates = YearFates(.full, seed: UInt64(index + 1), days: 364, world: world)
                let figures = InductionFigures(
                    fates, YearRecord(), regimen: "esketamine", days: 364, referred: 0..<364)
                #expect([figures.referred, figures.stayed, figures.reachable] == expected, "\(world) \(index + 1)")
            }
        }
    }

    /// Every choice of days for the visits of a patient's induction, tried one after another.
    private struct Choices {
        /// A visit of the induction is to be booked for a day or later, after so many that were given or lost.
        struct Step: Hashable { let visit, attempts: Int, from: Day }

        let fates: YearFates
        let bound: ClairvoyantBound
        let patient: YearFates.Patient
        let minutes: Int
        let leastGaps: [Int]
        let last = YearClinic.firstDay + 363
        var ends: [Step: Day?] = [:]

        init(_ fates: YearFates, _ bound: ClairvoyantBound, _ patient: YearFates.Patient) {
            (self.fates, self.bound, self.patient) = (fates, bound, patient)
            minutes = patient.regimen == "esketamine" ? 170 : 95
            leastGaps = patient.regimen == "esketamine" ? [2, 3] : [2, 2, 3]
        }

        mutating func leastLength() -> Int? {
            guard let goal = YearClinic.goal(of: patient.regimen) else { return nil }
            // The evaluation, and what is lost before the induction's first visit.
            var (attempts, given) = (0, 0)
            while given < 2 {
                switch fates.outcome(of: patient.number, after: attempts) {
                case .comes: given += 1
                case .isLast: return nil
                case .cancels, .staysAway, .isSentHome: break
                }
                attempts += 1
            }
            var least: Int?
            var first = patient.referred + 1
            while first <= last {
                if bound.isPossible(first, for: patient, minutes: minutes) {
                    let next = Step(visit: 1, attempts: attempts, from: first + leastGaps[0])
                    if let end = end(next, of: goal.visits) { least = min(least ?? .max, end - first) }
                }
                first = first + 1
            }
            return least
        }

        /// The soonest day of the last visit; nil where there is none.
        private mutating func end(_ step: Step, of visits: Int) -> Day? {
            if let known = ends[step] { return known }
            var soonest: Day?
            // Longer than nine days is nobody kept waiting by what is closed.
            for day in stride(from: 0, through: 9, by: 1).map({ step.from + $0 }) where day <= last {
                guard bound.isPossible(day, for: patient, minutes: minutes) else { continue }
                let found: Day? =
                    switch fates.outcome(of: patient.number, after: step.attempts) {
                    case .comes where step.visit + 1 == visits, .isLast where step.visit + 1 == visits: day
                    case .isLast: nil
                    case .comes:
                        end(
                            Step(
                                visit: step.visit + 1, attempts: step.attempts + 1,
                                from: day + leastGaps[step.visit % leastGaps.count]), of: visits)
                    case .cancels(let before) where before > 0:
                        end(Step(visit: step.visit, attempts: step.attempts + 1, from: step.from), of: visits)
                    case .cancels, .staysAway, .isSentHome:
                        end(
                            Step(
                                visit: step.visit, attempts: step.attempts + 1,
                                from: day
                                    + (fates.takesNextDay(patient.number, after: step.attempts + 1) ? 1 : 2)),
                            of: visits)
                    }
                if let found { soonest = min(soonest ?? found, found) }
            }
            ends[step] = .some(soonest)
            return soonest
        }
    }

    // MARK: Years

    @Test(arguments: [(YearWorld.heavyLosses, BookingWay.windows), (.usual, .least), (.nextDay, .least)])
    func `nobody beats the bound, and whoever leaves for want of benefit leaves, however visits are booked`(
        world: YearWorld, way: BookingWay
    ) throws {
        let days = 154
        let fates = YearFates(.small, seed: 2, days: days, world: world)
        let bound = ClairvoyantBound(fates, days: days)
        var sheet = Sheet()
        let record = way.live(fates, zone: try Self.zone.get(), days: days) { sheet.look(at: $0) }
        var complete = 0
        for (patient, given) in record.inductionDays {
            guard let goal = YearClinic.goal(of: fates.patients[patient].regimen), given.count >= goal.visits
            else { continue }
            complete += 1
            let (length, least) = (given[goal.visits - 1] - given[0], bound.leastLength(of: patient))
            #expect(least.map { $0 <= length } ?? false, "patient \(patient): \(length), bound \(least ?? -1)")
        }
        #expect(complete > 10, "\(complete) inductions were completed")
        let weekly = Set(record.visits.filter { $0.phase == "weekly" }.map(\.patient))
        let unhelped = fates.patients.filter { $0.regimen == "esketamine" && !$0.responds }.map(\.number)
        #expect(unhelped.allSatisfy { fates.comesBack($0) != nil || !weekly.contains($0) })
        #expect(unhelped.contains { weekly.contains($0) }, "nobody came back")
        #expect(sheet.problems.isEmpty, "\(sheet.problems)")
        #expect(way != .windows || sheet.lines > 5, "\(sheet.lines) inductions were late on the sheet")
    }

    /// Compares the inductions of which the desk knows in the morning with the morning sheet.
    private struct Sheet {
        private var day: Day?
        var lines = 0
        var problems: [String] = []

        mutating func look(at year: borrowing YearSimulation) {
            guard year.last.hasPrefix("morning"), year.clinic.today != day else { return }
            day = year.clinic.today
            let sheet = wholeMorningSheet(
                of: year.clinic.today, now: year.clinic.now, state: year.clinic.state, calendar: year.clinic.calendar)
            let inductions = Set(
                sheet.filter { $0.kind == .slipping && $0.detail == "induction" }.compactMap(\.course))
            lines += inductions.count
            let known = year.lateInductions
            // A goal of six infusions is longer than the days after which the sheet tells of them.
            let missing = known.subtracting(inductions)
            if !missing.isEmpty { problems.append("\(year.clinic.today): \(missing) are not on the sheet") }
            let esketamine = inductions.filter {
                year.clinic.state.course($0)?.template.regimen.id == "esketamine"
            }
            let unknown = esketamine.subtracting(known)
            if !unknown.isEmpty { problems.append("\(year.clinic.today): \(unknown) are on the sheet only") }
        }
    }

    @Test func `a desk that books the next visit gives nobody the day back that was called off`() throws {
        let fates = YearFates(.small, seed: 4, days: 182)
        var desk = FirstCome(fates, zone: try Self.zone.get(), days: 182, spacing: .ideal)
        desk.run()
        #expect(desk.calledOff.count > 10, "\(desk.calledOff.count) visits were called off before their day")
        #expect(desk.calledOff.allSatisfy { $0.day != $0.instead })
        #expect(desk.calledOff.contains { $0.instead < $0.day }, "no earlier day was ever taken")
    }

    @Test func `figures count each patient once, and a share of those who stay is no share of all`() throws {
        let (days, regimen) = (182, RegimenID("esketamine"))
        let fates = YearFates(.small, seed: 2, days: days)
        let record = BookingWay.least.live(fates, zone: try Self.zone.get(), days: days)
        let whole = InductionFigures(fates, record, regimen: regimen, days: days, referred: 0..<days)
        let halves = [0..<40, 40..<days].map {
            InductionFigures(fates, record, regimen: regimen, days: days, referred: $0)
        }
        #expect(whole.referred == halves.reduce(0) { $0 + $1.referred })
        #expect(whole.inGoal == halves.reduce(0) { $0 + $1.inGoal })
        #expect(whole.moved == halves.reduce(0) { $0 + $1.moved })
        #expect(whole.stayed == whole.byLosses.values.reduce(0) { $0 + $1.count })
        #expect(whole.inGoal <= whole.inWindow && whole.inWindow <= whole.complete && whole.complete <= whole.begun)
        #expect(whole.stayed < whole.referred && whole.reachable <= whole.stayed && whole.begun > 0)
        let late = InductionFigures(fates, record, regimen: regimen, days: days, referred: (days - 90)..<days)
        #expect(late.referred == 0, "inductions that cannot be over yet were counted")
    }

    @Test func `the share of a chair's time is what its visits held of the hours that the clinic was open`() {
        var record = YearRecord()
        let chair = ChairID("chair-1")
        // Monday has 600 minutes for two recliners, Sunday none; the second visit is of another day, the third of a
        // bed.
        for (offset, chair) in [(0, chair), (1, chair), (0, ChairID("bed-1"))] {
            record.note(
                YearRecord.Visit(
                    patient: 0, phase: "induction", day: YearClinic.firstDay + offset, chair: chair, minutes: 180))
        }
        let monday = ChairUse(.small, record, feature: "recliner", days: 0..<1)
        #expect(monday.held == 180 && monday.open == 1200 && monday.share == 0.15)
        #expect(ChairUse(.small, record, feature: "recliner", days: 5..<7).open == 0)
        // 24 December is open until noon.
        let eve = day("2026-12-24") - YearClinic.firstDay
        #expect(ChairUse(.small, record, feature: "recliner", days: eve..<(eve + 1)).open == 480)
    }

    // MARK: Statistics and options

    @Test func `an interval is Student's`() {
        let three = Estimate([1, 2, 3])
        #expect(three.mean == 2 && abs(three.high - 4.4843) < 0.001 && abs(three.low + 0.4843) < 0.001)
        let one = Estimate([0.5])
        #expect(one.low == 0.5 && one.high == 0.5 && one.seeds == 1)
        for (seeds, quantile) in [(31, 2.0423), (32, 2.0395), (61, 2.0003), (121, 1.9799)] {
            // Half of the values 0 and half 2, and one in the middle where their number is odd.
            let values = (0..<seeds).map { Double($0 * 2 / (seeds - 1)) }
            let estimate = Estimate(values)
            let squares = values.reduce(0) { $0 + ($1 - estimate.mean) * ($1 - estimate.mean) }
            let error = (squares / Double(seeds - 1) / Double(seeds)).squareRoot()
            #expect(abs((estimate.high - estimate.mean) / error - quantile) < 0.001, "\(seeds) seeds")
        }
    }

    @Test func `options that are not known, or have no meaning, are refused`() throws {
        let options = try YearOptions(["--first-seed", "21", "--world", "nextDay", "--ways", "least,windows", "--json"])
        #expect(options.firstSeed == 21 && options.world == .nextDay && options.isJSON && options.seeds == 20)
        #expect(options.ways == [.least, .windows])
        func problem(_ line: String) -> String? {
            do throws(YearOptions.Problem) {
                _ = try YearOptions(line.split(separator: " ").map(String.init))
                return nil
            } catch {
                return error.text
            }
        }
        #expect(problem("--seed 3") == "--seed is not an option of year")
        #expect(problem("7") == "7 is not an option of year")
        #expect(problem("--seeds") == "--seeds lacks its value")
        #expect(problem("--seeds 0") == "--seeds 0: a whole number of 1 to 100000")
        #expect(problem("--world best") == "--world best: one of usual, nextDay, heavyLosses")
        #expect(problem("--ways windows,best") == "--ways best: one of goals, windows, gaps, least, ideal")
        #expect(problem("--days 180 --warm-up 91")?.hasPrefix("180 days are too few") == true)
    }
}
