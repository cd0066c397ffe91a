import Clinic
import ClinicTime
import Planning
import TestSupport

/// `infusionbench repair [--seed N] [--days N] [--clinic small|full] [--budget N]`: lets a clinic live through a year,
/// and seeks the repair of every day on which somebody fell ill, a chair broke or the clinic stayed closed: how long
/// that takes, and whether it is proven that nothing better exists.
func repairBenchmark() throws {
    let seed = argument("--seed").flatMap { UInt64($0) } ?? 1
    let days = argument("--days").flatMap { Int($0) } ?? 182
    let clinic = argument("--clinic").flatMap { YearClinic(rawValue: $0) } ?? .full
    let budget = argument("--budget").flatMap { Int($0) }
    if CommandLine.arguments.contains("--stories") { return try repairStories(budget: budget) }
    let zone = try ClinicZone(named: "America/New_York")
    let fates = YearFates(clinic, seed: seed, days: days)
    var year = YearSimulation(fates, zone: zone, days: days, hasWhims: false)
    year.keepsRepairCases = true
    year.run { _ in }
    print("seed \(seed): \(clinic.rawValue) clinic, \(days) days, \(year.repairCases.count) days to repair")
    var proofs: [RepairProof: Int] = [:]
    var milliseconds: [Double] = []
    for found in year.repairCases {
        let clock = ContinuousClock()
        let begun = clock.now
        let result =
            try budget.map {
                try proposeRepair(
                    day: found.day, state: found.state, calendar: found.calendar, now: found.now, budget: $0)
            } ?? proposeRepair(day: found.day, state: found.state, calendar: found.calendar, now: found.now)
        let taken = clock.now - begun
        guard case .found(let repair) = result else { continue }
        let wall = Double(taken.components.attoseconds) / 1e15 + Double(taken.components.seconds) * 1e3
        milliseconds.append(wall)
        proofs[repair.proof ?? .nothing, default: 0] += 1
        let broken = repair.moves.count { !$0.rules.isEmpty }
        print(
            "  \(found.day): \(found.state.visits(on: found.day).count) visits, \(broken) broken, "
                + "\(repair.moves.count) changed, \(repair.moves.count(where: \.changesTime)) of these in time, "
                + "proven: \(repair.proof?.rawValue ?? ""), \(Int(wall)) ms")
    }
    milliseconds.sort()
    let half = milliseconds.isEmpty ? 0 : milliseconds[milliseconds.count / 2]
    func count(_ proof: RepairProof) -> Int { proofs[proof, default: 0] }
    print(
        "\(count(.best)) of \(milliseconds.count) proven best, \(count(.moves)) with the fewest calls and moves, "
            + "\(count(.calls)) with the fewest calls; half within \(Int(half)) ms, all within "
            + "\(Int(milliseconds.last ?? 0)) ms")
}
