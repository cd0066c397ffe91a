import Planning

/// Milliseconds of each run, sorted.
func milliseconds(_ runs: Int, _ body: (Int) -> Void) -> [Double] {
    let clock = ContinuousClock()
    for index in 0..<min(20, runs) { body(index) }
    return (0..<runs).map { index in
        let taken = clock.measure { body(index) }
        return Double(taken.components.attoseconds) / 1e15 + Double(taken.components.seconds) * 1e3
    }.sorted()
}

func report(_ name: String, _ times: [Double], limit: Double? = nil) {
    func at(_ share: Double) -> Double { times[min(times.count - 1, Int(Double(times.count) * share))] }
    func text(_ value: Double) -> String {
        let micros = Int(value * 1000 + 0.5)
        return "\(micros / 1000).\(padded(micros % 1000, 3))"
    }
    let verdict = limit.map { at(0.99) <= $0 ? "  (bar \(text($0)) ms: met)" : "  (bar \(text($0)) ms: MISSED)" } ?? ""
    print("\(name): p50 \(text(at(0.5))) ms, p99 \(text(at(0.99))) ms, most \(text(times.last!)) ms\(verdict)")
}

func benchmark(_ size: Instance.Size, seed: UInt64, runs: Int, limits: (given: Double, chosen: Double)) {
    let instance = Instance(size, seed: seed)
    print(
        "\(size.name): \(size.chairs) chairs, \(size.nurses) nurses, \(size.providers) providers, \(size.weeks) weeks, "
            + "\(instance.bookings) visits booked (\(size.visitsPerWeekday) a weekday asked), seed \(seed)")
    let now = Instance.firstDay.number * 1440 - 1440
    let today = Instance.firstDay - 1
    func planAll(
        _ name: String, usual: Bool, alternatives: Int = 0, features: Set<String> = [], limit: Double, runs: Int
    ) {
        if let only, !name.contains(only) { return }
        var numbers = SeededNumbers(seed: seed &+ 1)
        let requests = (0..<runs).map { _ in
            instance.request(&numbers, usual: usual, alternatives: alternatives, features: features)
        }
        var plans = 0
        var size = SearchSize()
        let times = milliseconds(runs) { index in
            let (result, one) = planSized(requests[index], on: instance.calendar, now: now, today: today)
            if case .plan = result { plans += 1 }
            if case .needsDays(let day) = result { preconditionFailure("the instance reaches to \(day)") }
            size = one
        }
        report("  \(name)", times, limit: limit)
        print(
            "    \(plans > 0 ? "plans" : "refusals"); last: \(size.daysOpened) days opened, \(size.expanded) costs, "
                + "\(size.jointChecks) joint checks")
    }
    planAll("24 visits, usual given", usual: true, limit: limits.given, runs: runs)
    planAll("24 visits, usual chosen", usual: false, limit: limits.chosen, runs: runs)
    planAll("24 visits, 5 alternatives", usual: false, alternatives: 5, limit: 10, runs: runs / 2)
    planAll("refusal with reasons and remedies", usual: false, features: ["hyperbaric"], limit: 50, runs: 20)
    if let only, !"free places".contains(only) { return }
    report(
        "  free places of 90 days",
        milliseconds(200) { index in
            let places = freePlaces(
                for: instance.calendar.facility.visitTypes[0], from: Instance.firstDay, through: Instance.firstDay + 89,
                on: instance.calendar, now: now, eachDayAtMost: 1)
            precondition(!places.isEmpty)
        }, limit: 1)
}

/// `infusionbench [--hospital] [--only WORD]`: WORD is part of a line's name.
let only = CommandLine.arguments.firstIndex(of: "--only").map { CommandLine.arguments[$0 + 1] }
if CommandLine.arguments.dropFirst().first == "batch" {
    batchBenchmark()
} else if CommandLine.arguments.dropFirst().first == "year" {
    try yearBenchmark()
} else {
    benchmark(Instance.medium, seed: 1, runs: 1000, limits: (1, 2))
    if CommandLine.arguments.contains("--hospital") {
        benchmark(Instance.hospital, seed: 1, runs: 100, limits: (20, 20))
    }
}
