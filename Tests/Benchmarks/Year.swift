import ClinicTime
import Dispatch
import Glibc
import Planning
import Synchronization
import TestSupport

/// `infusionbench year`: simulates years of a clinic by several ways of booking, with the same patients and the same
/// fates, several at a time, and says how the inductions went; `YearOptions.help` says how it is called.
func yearBenchmark() throws {
    let arguments = CommandLine.arguments.dropFirst(2)
    if arguments.contains("--help") || arguments.contains("-h") { return print(YearOptions.help) }
    let options: YearOptions
    do throws(YearOptions.Problem) {
        options = try YearOptions(arguments)
    } catch {
        tell("error: \(error.text)\nhint: infusionbench year --help")
        exit(64)
    }
    let zone = try ClinicZone(named: "America/New_York")
    let report = YearReport(options, live(options, zone: zone))
    print(options.isJSON ? try report.json() : report.text())
}

/// The years of all seeds by all ways, lived side by side; what is slow begins first.
private func live(_ options: YearOptions, zone: ClinicZone) -> [SeedResult] {
    let seeds = (0..<options.seeds).map { options.firstSeed + UInt64($0) }
    let years = options.ways.flatMap { way in seeds.map { (way: way, seed: $0) } }
    let found = Mutex<[SeedResult]>([])
    let gate = DispatchSemaphore(value: options.jobs ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let group = DispatchGroup()
    let queue = DispatchQueue(label: "years", attributes: .concurrent)
    for year in years {
        gate.wait()
        queue.async(group: group) {
            let begun = ContinuousClock.now
            let result = live(year.way, seed: year.seed, options, zone: zone)
            let seconds = (ContinuousClock.now - begun).components.seconds
            let count = found.withLock { found in
                found.append(result)
                return found.count
            }
            tell("\(count) of \(years.count): seed \(year.seed), \(year.way.title), \(seconds) s")
            gate.signal()
        }
    }
    group.wait()
    let order = Dictionary(uniqueKeysWithValues: options.ways.enumerated().map { ($1, $0) })
    return found.withLock { $0 }.sorted { (order[$0.way] ?? 0, $0.seed) < (order[$1.way] ?? 0, $1.seed) }
}

private func live(_ way: BookingWay, seed: UInt64, _ options: YearOptions, zone: ClinicZone) -> SeedResult {
    let fates = YearFates(options.clinic, seed: seed, days: options.days, world: options.world)
    var day: Day?
    let record = way.live(fates, zone: zone, days: options.days, aim: options.aim) { year in
        guard let check = options.check else { return }
        let isNewDay = year.clinic.today != day
        day = year.clinic.today
        var problems = check == .each || isNewDay ? year.breaches().map { "BREACH: \($0)" } : []
        if isNewDay { problems += year.stuckCourses().map { "STUCK: \($0)" } }
        for problem in problems { tell("seed \(seed), \(year.clinic.today), after \(year.last): \(problem)") }
    }
    return SeedResult(way, seed: seed, fates, record, options)
}

/// A line to the standard error, where it disturbs no report.
private func tell(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    bytes.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
