import Checker
import ClinicTime
import Configuration
import Dispatch
import Foundation
import Planning
import StrictJSON

/// The value after a word of the command line.
func argument(_ word: String) -> String? {
    let arguments = CommandLine.arguments
    guard let index = arguments.firstIndex(of: word), index + 1 < arguments.count else { return nil }
    return arguments[index + 1]
}

/// A problem's days, as many as its courses ask for, and what is made of them.
func withDays<Result>(
    of problem: Problem, _ body: (DayCalendars) throws(NeedsDays) -> Result
) -> (Result, DayCalendars) {
    var last = problem.today + 120
    while true {
        let first = min(problem.today, problem.courses.map(\.wish.earliest).min() ?? problem.today)
        let days = DayCalendars.utc(from: first, count: last - first + 1)
        do throws(NeedsDays) {
            return (try body(days), days)
        } catch {
            last = max(last + 1, error.through)
        }
    }
}

/// `infusionbench batch [--family NAME] [--seed N] [--seconds N] [--steps N] [--problem FILE] [--write PREFIX]`: plans
/// a made-up batch, or a file's, and says what came of it; with `--write` problem and answer are written, too. With
/// `--mode each` every course is planned alone and timed; `--clinic NAME` is then the medium clinic of the other
/// benchmarks with some courses of 24 visits.
func batchBenchmark() {
    let seconds = argument("--seconds").flatMap(Double.init) ?? 10
    let steps = argument("--steps").flatMap { Int($0) } ?? Int.max
    let seed = argument("--seed").flatMap(UInt64.init) ?? 1
    var problems: [(name: String, problem: Problem)] = []
    if let file = argument("--problem") {
        guard let bytes = FileManager.default.contents(atPath: file),
            let read = try? readProblem([UInt8](bytes), file: file)
        else { preconditionFailure("\(file) is no problem file") }
        problems = [(file, read.problem)]
    } else if let name = argument("--clinic") {
        let courses = argument("--courses").flatMap { Int($0) } ?? 4
        problems = [("\(name)-\(seed)", Instance(Instance.medium, seed: seed).problem(courses: courses, seed: seed))]
    } else {
        let families = argument("--family").map { name in InstanceFamily.allCases.filter { $0.rawValue == name } }
        problems = (families ?? InstanceFamily.allCases).map {
            (
                "\($0.rawValue)-\(seed)",
                generate(family: $0, seed: seed, courses: argument("--courses").flatMap { Int($0) })
            )
        }
    }
    for (name, problem) in problems {
        if argument("--mode") == "each" {
            runEach(name, problem)
        } else {
            runBatch(name, problem, seconds: seconds, steps: steps)
        }
    }
}

/// Plans every course alone, and says how long one takes: for the comparison by cpsat_course.py.
private func runEach(_ name: String, _ problem: Problem) {
    var problem = problem
    problem.mode = .each
    let (answer, days) = withDays(of: problem) { days throws(NeedsDays) in try solve(problem, calendars: days) }
    func makeCalendar() -> PlanningCalendar {
        PlanningCalendar(
            facility: problem.facility, calendars: days, timeOff: problem.timeOff, outages: problem.outages,
            bookings: problem.bookings)
    }
    report("\(name) calendar", Times(5) { _ in _ = makeCalendar() })
    let calendar = makeCalendar()
    for request in problem.courses {
        let times = Times(50) { _ in
            _ = try? plan(request, on: calendar, now: problem.now, today: problem.today)
        }
        report("\(name) \(request.id)", times)
    }
    writeFiles(name, problem, answer)
}

private func runBatch(_ name: String, _ problem: Problem, seconds: Double, steps: Int) {
    let clock = ContinuousClock()
    let isQuiet = CommandLine.arguments.contains("--quiet")
    let searchSeed = argument("--search-seed").flatMap(UInt64.init) ?? 1
    var start = clock.now
    let (outcome, days) = withDays(of: problem) { days throws(NeedsDays) in
        start = clock.now
        let end = start + .seconds(seconds)
        return try planTogether(
            problem, calendars: days, seed: searchSeed, stepBudget: steps,
            concurrently: { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) },
            shouldStop: { clock.now > end },
            report: { progress in
                if isQuiet { return }
                print(
                    "  \(clock.now - start): \(progress.unplaced) unplaced, cost \(progress.cost), "
                        + "\(progress.steps) steps"
                )
            })
    }
    let taken = clock.now - start
    let progress = outcome.progress
    let breaches = Checker.check(outcome.answer, of: problem, calendars: days)
    for breach in breaches.prefix(5) { print("  BREACH \(breach.message)") }
    let visits = outcome.answer.plans.reduce(0) { $0 + $1.visits.count }
    print(
        "\(name): \(problem.courses.count) courses, \(visits) visits; \(progress.unplaced) unplaced (at least "
            + "\(progress.unplacedBound)), cost \(progress.cost) (at least \(progress.bound)), "
            + "\(progress.steps) steps in \(taken)"
    )
    writeFiles(name, problem, outcome.answer)
}

/// Writes problem and answer where `--write` asks for it.
private func writeFiles(_ name: String, _ problem: Problem, _ answer: Answer) {
    if let prefix = argument("--write") {
        write(ClinicJSON.encode(problem, zone: .utc).bytes(pretty: true) + [10], to: prefix + name + ".json")
        write(writeAnswer(answer, zone: .utc), to: prefix + name + ".answer.json")
    }
}

private func write(_ bytes: [UInt8], to path: String) {
    let isWritten = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    precondition(isWritten, "\(path) cannot be written")
}
