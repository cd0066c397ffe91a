import Glibc
import Planning

/// How long runs took, milliseconds, sorted: by the wall's clock, and of the thread's own time, which a busy machine
/// does not lengthen so much.
struct Times {
    let wall: [Double]
    let own: [Double]

    init(_ runs: Int, _ body: (Int) -> Void) {
        let clock = ContinuousClock()
        for index in 0..<min(20, runs) { body(index) }
        let both = (0..<runs).map { index in
            let before = Times.threadTime()
            let taken = clock.measure { body(index) }
            let own = Times.threadTime() - before
            return (Double(taken.components.attoseconds) / 1e15 + Double(taken.components.seconds) * 1e3, own)
        }
        wall = both.map(\.0).sorted()
        own = both.map(\.1).sorted()
    }

    private static func threadTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}

func report(_ name: String, _ times: Times, limit: Double? = nil) {
    func at(_ share: Double, _ times: [Double]) -> Double {
        times[min(times.count - 1, Int(Double(times.count) * share))]
    }
    func text(_ value: Double) -> String {
        let micros = Int(value * 1000 + 0.5)
        return "\(micros / 1000).\(padded(micros % 1000, 3))"
    }
    let most = at(0.99, times.wall)
    let verdict = limit.map { most <= $0 ? "  (bar \(text($0)) ms: met)" : "  (bar \(text($0)) ms: MISSED)" } ?? ""
    print(
        "\(name): p50 \(text(at(0.5, times.wall))) ms, p99 \(text(most)) ms, of its own time "
            + "\(text(at(0.5, times.own))) and \(text(at(0.99, times.own)))\(verdict)")
}

/// What a benchmark's lines may take at p99, milliseconds; nil where nothing is promised.
struct Bars {
    var given: Double?
    var chosen: Double?
    var alternatives: Double?
    var refusal: Double?
    var free: Double?

    /// Tests/Benchmarks/RESULTS.md, "What is wanted", for the medium instance.
    static let medium = Bars(given: 1, chosen: 2, alternatives: 10, refusal: 50, free: 1)
    static let hospital = Bars(given: 20, chosen: 20)
}

func benchmark(_ size: Instance.Size, seed: UInt64, runs: Int, bars: Bars) {
    let instance = Instance(size, seed: seed)
    print(
        "\(size.name): \(size.chairs) chairs, \(size.nurses) nurses, \(size.providers) providers, \(size.weeks) weeks, "
            + "\(instance.bookings) visits booked (\(size.visitsPerWeekday) a weekday asked), seed \(seed)")
    let now = Instance.firstDay.number * 1440 - 1440
    let today = Instance.firstDay - 1
    func planAll(
        _ name: String, usual: Bool, alternatives: Int = 0, features: Set<String> = [], limit: Double?, runs: Int
    ) {
        if let only, !name.contains(only) { return }
        var numbers = SeededNumbers(seed: seed &+ 1)
        let requests = (0..<runs).map { _ in
            instance.request(&numbers, usual: usual, alternatives: alternatives, features: features)
        }
        var plans = 0
        var size = SearchSize()
        let times = Times(runs) { index in
            guard let found = try? planSized(requests[index], on: instance.calendar, now: now, today: today) else {
                preconditionFailure("the instance is too short")
            }
            if case .plan = found.result { plans += 1 }
            size = found.size
        }
        report("  \(name)", times, limit: limit)
        print(
            "    \(plans > 0 ? "plans" : "refusals"); last: \(size.daysOpened) days opened, \(size.expanded) costs, "
                + "\(size.jointChecks) joint checks")
    }
    planAll("24 visits, usual given", usual: true, limit: bars.given, runs: runs)
    planAll("24 visits, usual chosen", usual: false, limit: bars.chosen, runs: runs)
    planAll("24 visits, 5 alternatives", usual: false, alternatives: 5, limit: bars.alternatives, runs: runs / 2)
    // No chair has it: all days are closed, and every remedy is tried.
    let lacking: Set = ["negative-pressure"]
    planAll("refusal with reasons and remedies", usual: false, features: lacking, limit: bars.refusal, runs: 20)
    if let only, !"free places".contains(only) { return }
    report(
        "  free places of 90 days",
        Times(200) { index in
            let places = freePlaces(
                for: instance.calendar.facility.visitTypes[0], from: Instance.firstDay, through: Instance.firstDay + 89,
                on: instance.calendar, now: now, eachDayAtMost: 1)
            precondition(!places.isEmpty)
        }, limit: bars.free)
}

/// How the search grows: courses of more and more visits, in steps and in time for each.
func growth(seed: UInt64) {
    let instance = Instance(Instance.medium, seed: seed)
    let first = Instance.firstDay
    print("growth: the medium instance, seed \(seed), usual given; costs are visits × days × persons")
    for visits in [6, 12, 18, 24] {
        var numbers = SeededNumbers(seed: seed &+ 1)
        let requests = (0..<100).map { _ in instance.request(&numbers, usual: true, visits: visits) }
        var size = SearchSize()
        let times = Times(requests.count) { index in
            let found = try? planSized(
                requests[index], on: instance.calendar, now: first.number * 1440 - 1440, today: first - 1)
            guard let found else { preconditionFailure("the instance is too short") }
            size = found.size
        }
        let middle = times.own[times.own.count / 2] * 1e6
        print(
            "  \(visits) visits: \(size.daysOpened) days opened, \(size.expanded) costs, \(Int(middle / 1000)) µs, "
                + "\(Int(middle) / size.daysOpened) ns a day opened, \(Int(middle) / size.expanded) ns a cost")
    }
}

/// `infusionbench [--hospital] [--only WORD] | growth | batch | year | repair`: WORD is part of a line's name.
let only = CommandLine.arguments.firstIndex(of: "--only").map { CommandLine.arguments[$0 + 1] }
if CommandLine.arguments.dropFirst().first == "batch" {
    batchBenchmark()
} else if CommandLine.arguments.dropFirst().first == "year" {
    try yearBenchmark()
} else if CommandLine.arguments.dropFirst().first == "repair" {
    try repairBenchmark()
} else if ["--help", "-h"].contains(CommandLine.arguments.dropFirst().first) {
    print("infusionbench [--hospital] [--only WORD] | growth | batch | year | repair; infusionbench year --help")
} else if CommandLine.arguments.dropFirst().first == "growth" {
    growth(seed: 1)
} else {
    benchmark(Instance.medium, seed: 1, runs: 1000, bars: .medium)
    if CommandLine.arguments.contains("--hospital") {
        benchmark(Instance.hospital, seed: 1, runs: 100, bars: .hospital)
    }
}
