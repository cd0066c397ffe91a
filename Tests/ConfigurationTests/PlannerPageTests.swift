import ClinicTime
import Configuration
import Foundation
import Planning
import Testing

/// The course that the page about the planner works out by hand.
@Suite struct PlannerPageTests {
    @Test("the planner finds the plan, the costs and the alternatives of the page")
    func course() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = try Array(Data(contentsOf: root.appendingPathComponent("docs/planner-example.json")))
        let file = try readProblem(bytes, file: "planner-example.json")
        let calendars = file.zone.calendars(from: file.problem.today, through: file.problem.today + 30)
        let answer = try solve(file.problem, calendars: calendars)
        let plan = try #require(answer.plans.first)
        #expect(plan.visits.map(\.placement.day.description) == ["2026-03-02", "2026-03-03", "2026-03-05"])
        #expect(plan.visits.map(\.placement.start) == [540, 540, 540])
        #expect(plan.visits.map(\.placement.chair.text) == ["chair-2", "chair-1", "chair-1"])
        #expect(plan.visits.map(\.terms.total) == [1, 10, 0])
        #expect((plan.terms[.gap], plan.terms[.crowding], plan.cost) == (10, 1, 11))
        #expect(plan.alternatives.map(\.cost) == [15, 35])
    }
}
