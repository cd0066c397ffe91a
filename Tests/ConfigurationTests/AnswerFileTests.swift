import ClinicTime
import Configuration
import Planning
import StrictJSON
import Testing

struct AnswerFileTests {
    @Test("an answer is written byte for byte as the golden file and read back as the same value")
    func golden() throws {
        let file = try readProblem(Files.problem().bytes(), file: "problem.json")
        let answer = Answer(outcomes: [try .plan(plan(file.problem)), .refusal(AnswerFileTests.refusal)])
        let bytes = writeAnswer(answer, zone: file.zone)
        try Files.expect(String(decoding: bytes, as: UTF8.self), isGolden: "answer.json")
        let read = try readAnswer(bytes, file: "answer.json", to: file.problem, zone: file.zone)
        #expect(read.answer == answer)
        #expect(read.misstatements.isEmpty)
    }

    @Test("a plan without a usual time leaves it out")
    func noUsual() throws {
        let file = try readProblem(Files.problem().bytes(), file: "problem.json")
        var plan = try plan(file.problem)
        plan.usual = nil
        #expect(ClinicJSON.encode(plan, zone: file.zone)["usual"] == nil)
    }

    @Test("an answer file that cannot be used or contradicts itself is told with all its problems")
    func badAnswers() throws {
        let problem = try readProblem(Files.problem().bytes(), file: "problem.json")
        let cases = try CaseFile("bad-answers.txt")
        #expect(cases.cases.count > 25)
        try cases.check(on: JSONValue(parsing: Files.bytes("answer.json"))) { bytes in
            do throws(ConfigurationError) {
                let read = try readAnswer(bytes, file: "answer.json", to: problem.problem, zone: problem.zone)
                guard !read.misstatements.isEmpty else { return nil }
                return read.misstatements.map { "misstated: \($0)" }.joined(separator: "\n")
            } catch {
                return error.description
            }
        }
    }

    /// A plan in the night in which the clocks go back: the evaluation in the second showing of the hour.
    private func plan(_ problem: Problem) throws -> Plan {
        let evaluation = try #require(problem.facility.visitType("evaluation"))
        let infusion = try #require(problem.facility.visitType("iv-40"))
        let first = PlannedVisit(
            number: 1, phase: "evaluation", visitType: evaluation,
            placement: Placement(day: Day("2026-11-01")!, start: 150, chair: "room-1", persons: ["md-1"]),
            terms: terms([.start: 5]))
        let covers = [
            Cover(label: "nurse", person: "rn-1", interval: Interval(135, 150)),
            Cover(label: "nurse", person: "rn-1", interval: Interval(150, 170)),
        ]
        let second = PlannedVisit(
            number: 2, phase: "induction", visitType: infusion,
            placement: Placement(
                day: Day("2026-11-01")!, start: 115, chair: "chair-1", persons: ["rn-1"], covers: covers),
            terms: terms([.gap: 20, .preference: 8, .rhythm: 6, .continuity: 3, .crowding: 1, .idle: 2, .workload: 4]))
        var later = first
        later.placement.day = Day("2026-11-02")!
        later.terms[.start] = 10
        return Plan(
            course: "k1", usual: 600, visits: [first, second],
            alternatives: [Alternative(visits: [later, second], difference: 5)])
    }

    private func terms(_ values: [CostTerm: Int]) -> CostTerms {
        values.reduce(into: CostTerms()) { terms, value in terms[value.key] = value.value }
    }

    private static let refusal = Refusal(
        course: "k2", visit: 3, phase: "induction",
        days: [
            Refusal.ClosedDay(day: Day("2026-11-10")!, closedBy: .attendantCapacity),
            Refusal.ClosedDay(day: Day("2026-11-11")!, closedBy: nil),
        ],
        wouldHelp: [Refusal.Remedy(kind: .startWindow, target: "k2", amount: 3, cost: 120)])
}
