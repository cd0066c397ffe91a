import ClinicTime
import Configuration
import Foundation
import Planning
import StrictJSON
import Testing

/// The instances that come with the project (Tests/Instances/FORMAT.md), held against the generator and the solver.
@Suite struct InstanceFilesTests {
    private struct BestKnown: Decodable {
        struct Instance: Decodable {
            let file: String
            let family: String
            let seed: UInt64
            let unplaced: Int
            let cost: Int
            let unplacedBound: Int
            let bound: Int
            let proof: String
            let foundBy: String
            let provenBy: String
        }

        /// Too large to lie here.
        struct Generated: Decodable {
            let family: String
            let seed: UInt64
            let unplaced: Int
            let cost: Int
            let unplacedBound: Int
            let bound: Int
            let foundBy: String
        }

        let instances: [Instance]
        let generated: [Generated]
    }

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Instances")

    private func instances() throws -> [BestKnown.Instance] {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent("best-known.json"))
        return try JSONDecoder().decode(BestKnown.self, from: data).instances
    }

    @Test func whatIsKnownIsNotBetterThanWhatIsProven() throws {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent("best-known.json"))
        let known = try JSONDecoder().decode(BestKnown.self, from: data)
        for one in known.instances {
            #expect(one.unplaced >= one.unplacedBound && one.cost >= one.bound, "\(one.file)")
            #expect(![one.proof, one.foundBy, one.provenBy].contains(""), "\(one.file)")
        }
        for one in known.generated {
            #expect(InstanceFamily(rawValue: one.family) != nil, "\(one.family)-\(one.seed)")
            #expect(one.unplaced >= one.unplacedBound && one.cost >= one.bound, "\(one.family)-\(one.seed)")
        }
    }

    private func problem(_ instance: BestKnown.Instance) throws -> (problem: Problem, bytes: [UInt8]) {
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(instance.file)))
        return (try readProblem(bytes, file: instance.file).problem, bytes)
    }

    @Test func everyFileIsWhatItsFamilyAndSeedGive() throws {
        for instance in try instances() {
            let family = try #require(InstanceFamily(rawValue: instance.family))
            let made = generate(family: family, seed: instance.seed)
            let (read, bytes) = try problem(instance)
            #expect(
                ClinicJSON.encode(made, zone: .utc).bytes(pretty: true) + [UInt8(ascii: "\n")] == bytes,
                "\(instance.file)")
            #expect(read.courses == made.courses && read.bookings == made.bookings, "\(instance.file)")
            #expect(read.now == made.now && read.today == made.today && read.mode == .batch, "\(instance.file)")
        }
    }

    @Test func everyFileHasAnEntry() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".json") && $0 != "best-known.json" }
        #expect(Set(files) == Set(try instances().map(\.file)))
    }

    /// Within a small budget the solver reaches what is known of the smallest; it never betters what is proven.
    @Test func theSolverReachesWhatIsKnownAndNeverBettersWhatIsProven() throws {
        for instance in try instances() {
            let isSmall = instance.family == "tiny" || instance.family == "infeasible"
            let (problem, _) = try problem(instance)
            let calendars = DayCalendars.utc(from: problem.today, count: 250)
            let outcome = try planTogether(problem, calendars: calendars, stepBudget: isSmall ? 2000 : 50)
            let progress = outcome.progress
            if isSmall {
                #expect(progress.unplaced == instance.unplaced && progress.cost == instance.cost, "\(instance.file)")
            }
            #expect(progress.unplaced >= instance.unplacedBound, "\(instance.file)")
            #expect(progress.unplaced != instance.unplaced || progress.cost >= instance.bound, "\(instance.file)")
            // What this program proves holds for what is known, however it was found.
            #expect(progress.unplacedBound <= instance.unplaced, "\(instance.file)")
            #expect(progress.unplaced != instance.unplaced || progress.bound <= instance.cost, "\(instance.file)")
        }
    }
}
