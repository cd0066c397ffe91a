import Checker
import Planning
import TestSupport
import Testing

/// A change to the scenario, and what a term costs then, weighted, by the number of the visit.
struct CostCase: CustomTestStringConvertible, Sendable {
    let term: CostTerm
    let name: String
    let costs: [Int: Int]
    let change: @Sendable (inout Scenario) -> Void

    var testDescription: String { "\(term.rawValue): \(name)" }

    init(
        _ term: CostTerm, _ name: String, _ costs: [Int: Int] = [:],
        _ change: @escaping @Sendable (inout Scenario) -> Void
    ) {
        self.term = term
        self.name = name
        self.costs = costs
        self.change = change
    }
}

private func rest(
    _ id: VisitID, minutes: Int, on day: Day = Scenario.first, at start: String, chair: ChairID = "c2"
) -> Booking {
    booking(
        id, visitType("rest", attendants: [], stages: [stage(minutes, [:])]), on: day, at: time(start), chair: chair,
        persons: [])
}

private func work(_ id: VisitID, minutes: Int, load: Int, at start: String, persons: [PersonID] = ["n1"]) -> Booking {
    booking(
        id, visitType("watch", stages: [stage(minutes, ["nurse": load])]), on: Scenario.first, at: time(start),
        chair: "c2", persons: persons)
}

private func openUntil(_ closing: String) -> [Weekday: [Interval]] {
    Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours("09:00-" + closing)]) })
}

private let courseCases: [CostCase] = [
    CostCase(.start, "two days after the earliest day", [1: 10]) { $0.request.wish.earliest = Scenario.first - 2 },
    CostCase(.gap, "a day longer than ideal", [2: 10]) {
        $0.request.regimen.phases[0].gaps = [6]
        $0.request.regimen.phases[0].toleranceAfter = 1
    },
    CostCase(.gap, "two days shorter than ideal", [2: 20]) {
        $0.request.regimen.phases[0].gaps = [9]
        $0.request.regimen.phases[0].toleranceBefore = 2
    },
    CostCase(.gap, "the ideal of the first gap counts", [2: 20]) {
        $0.request.regimen.phases = [phase(1, rhythm: true), phase(1, named: "taper", gaps: [7], rhythm: true)]
        $0.request.regimen.phases[1].firstGap = Phase.FirstGap(ideal: 5, minimum: 2, maximum: 7)
    },
    CostCase(.preference, "a window that holds the visit exactly") {
        $0.request.wish.preferred = [window("10:15-11:15")]
    },
    CostCase(.spare, "a goal on the very last day", [2: 30]) { $0.aim(at: 7) },
    CostCase(.spare, "a goal before the last day", [2: 30]) { $0.aim(at: 3) },
    CostCase(.spare, "two days up to the goal", [2: 10]) { $0.aim(at: 9) },
    CostCase(.spare, "as many days up to the goal as there are prices") { $0.aim(at: 10) },
    CostCase(.spare, "a blackout day before the goal", [2: 20]) {
        $0.aim(at: 9)
        $0.request.wish.blackoutDays = [Scenario.second + 1]
    },
    CostCase(.spare, "a day that is closed, and one that is open for a minute", [2: 20]) {
        $0.aim(at: 9)
        $0.facility.closures = [
            Closure(from: Scenario.second + 1, through: Scenario.second + 1),
            Closure(from: Scenario.second + 2, through: Scenario.second + 2, hours: hours("00:00-16:59")),
        ]
    },
    CostCase(.spare, "hours of the patient's on Mondays and Wednesdays", [2: 20]) {
        $0.aim(at: 10)
        $0.request.wish.availability = [window("09:00-12:00", on: [.mon, .wed])]
    },
    CostCase(.spare, "an end of the course a day after the visit", [2: 20]) {
        $0.aim(at: 10)
        $0.request.wish.endDay = Scenario.second + 1
    },
    CostCase(.spare, "a phase of one visit after another") {
        $0.request.regimen.phases = [phase(1), phase(1, named: "taper")]
        $0.request.regimen.phases[1].goal = Phase.Goal(days: 0, spare: [30])
        $0.usual = nil
    },
    CostCase(.preference, "a window that ends a minute early", [1: 8, 2: 8]) {
        $0.request.wish.preferred = [window("10:15-11:14")]
    },
    CostCase(.preference, "a window of another weekday", [1: 8, 2: 8]) {
        $0.request.wish.preferred = [window("09:00-17:00", on: [.fri])]
    },
    CostCase(.rhythm, "a minute from the usual time", [1: 2, 2: 2]) {
        $0.usual = 614
        $0.request.wish.usual = 614
    },
    CostCase(.rhythm, "30 minutes from the usual time", [1: 2, 2: 2]) {
        $0.usual = 645
        $0.request.wish.usual = 645
    },
    CostCase(.rhythm, "31 minutes from the usual time", [1: 4, 2: 4]) {
        $0.usual = 646
        $0.request.wish.usual = 646
    },
    CostCase(.rhythm, "91 minutes from the usual time, and no more further away", [1: 8, 2: 8]) {
        $0.usual = 706
        $0.request.wish.usual = 706
    },
    CostCase(.rhythm, "five hours from the usual time", [1: 8, 2: 8]) {
        $0.usual = 915
        $0.request.wish.usual = 915
    },
    CostCase(.rhythm, "a phase without rhythm", [2: 6]) {
        $0.request.regimen.phases = [phase(1), phase(1, named: "taper", rhythm: true)]
        $0.usual = 540
        $0.request.wish.usual = 540
    },
    CostCase(.continuity, "another nurse than the visit before", [2: 3]) { $0.placements[1].persons = ["n2"] },
    CostCase(.continuity, "never the preferred person", [1: 3, 2: 3]) {
        $0.request.wish.preferredPerson = "n2"
    },
    CostCase(.continuity, "not the preferred person, and then the preferred person", [1: 3]) {
        $0.request.wish.preferredPerson = "n2"
        $0.placements[1].persons = ["n2"]
    },
    CostCase(.continuity, "a preferred person of another role") { $0.request.wish.preferredPerson = "d1" },
    CostCase(.continuity, "a change where the label does not ask for continuity") { scenario in
        scenario.facility.visitTypes[0].attendants[0].continuity = false
        scenario.request.visitTypes = scenario.facility.visitTypes
        scenario.placements[1].persons = ["n2"]
    },
]

private let dayCases: [CostCase] = [
    CostCase(.crowding, "visits that touch, and one that only turns over") {
        var cleaned = rest("b3", minutes: 60, at: "09:15", chair: "c3")
        cleaned.visitType.turnoverMinutes = 30
        $0.bookings = [
            rest("b1", minutes: 60, at: "09:15"), rest("b2", minutes: 60, at: "11:15"), cleaned,
        ]
    },
    CostCase(.crowding, "two at once, one after the other", [1: 2]) {
        $0.bookings = [
            rest("b1", minutes: 60, at: "09:16"), rest("b2", minutes: 75, at: "10:30"),
            rest("b3", minutes: 75, at: "11:14", chair: "c3"),
        ]
    },
    CostCase(.idle, "stretches as long as the shortest hold") {
        $0.bookings = [
            rest("b1", minutes: 5, at: "09:00", chair: "c1"), rest("b2", minutes: 5, at: "12:35", chair: "c1"),
        ]
    },
    CostCase(.idle, "a stretch a minute shorter than the shortest hold, before", [1: 2]) {
        $0.bookings = [rest("b1", minutes: 6, at: "09:00", chair: "c1")]
    },
    CostCase(.idle, "a minute on both sides", [1: 4]) {
        $0.bookings = [
            rest("b1", minutes: 74, at: "09:00", chair: "c1"), rest("b2", minutes: 30, at: "11:26", chair: "c1"),
        ]
    },
    CostCase(.idle, "closing a minute after the hold", [1: 2, 2: 2]) { $0.facility.hours = openUntil("11:26") },
    CostCase(.idle, "a hold that runs past closing") { $0.facility.hours = openUntil("11:20") },
    CostCase(.idle, "an outage ends the stretch", [1: 2]) {
        let from = Scenario.instant("11:27")
        $0.outages = [Outage(chair: "c1", interval: Interval(from, from + 60))]
    },
    CostCase(.workload, "a minute less than an hour of load") {
        $0.bookings = [work("b1", minutes: 59, load: 100, at: "14:00")]
    },
    CostCase(.workload, "an hour of load, summed before it is rounded", [1: 1]) {
        $0.bookings = [work("b1", minutes: 60, load: 50, at: "12:00"), work("b2", minutes: 60, load: 50, at: "14:00")]
    },
    CostCase(.workload, "off duty for a minute of the hour") {
        $0.bookings = [work("b1", minutes: 60, load: 100, at: "14:00")]
        let from = Scenario.instant("14:10")
        $0.timeOff = [TimeOff(person: "n1", interval: Interval(from, from + 1))]
    },
    CostCase(.workload, "an hour that covers another", [1: 1]) {
        var booking = work("b1", minutes: 60, load: 100, at: "14:00", persons: ["n2"])
        booking.placement.covers = [
            Cover(label: "nurse", person: "n1", interval: Interval(time("14:00"), time("15:00")))
        ]
        $0.bookings = [booking]
    },
]

let costCases = courseCases + dayCases

@Suite struct CostTests {
    @Test(arguments: costCases) func theCostsOfACaseAreAcceptedWhereTheyAreClaimed(_ item: CostCase) {
        var scenario = with(Scenario(), item.change)
        for (number, cost) in item.costs { scenario.claims[number, default: CostTerms()][item.term] = cost }
        let breaches = scenario.breaches()
        #expect(breaches.isEmpty, "\(breaches.map(\.message))")
    }

    @Test(arguments: costCases.filter { !$0.costs.isEmpty })
    func aClaimOfNothingBreaksTheTermAndNoOther(_ item: CostCase) {
        let findings = with(Scenario(), item.change).breaches().map(\.what)
        let expected = item.costs.sorted { $0.key < $1.key }.map {
            Breach.Finding.cost(item.term, claimed: 0, actual: $0.value)
        }
        #expect(findings == expected)
    }

    @Test func everyTermHasACaseOfItsOwnAndWeightsAreTaken() {
        // Nothing costs by these yet.
        let later: Set<CostTerm> = [.site, .session]
        #expect(costCases.allSatisfy { !later.contains($0.term) })
        for term in CostTerm.allCases where !later.contains(term) {
            #expect(costCases.contains { $0.term == term && !$0.costs.isEmpty }, "\(term.rawValue) never costs")
        }
        #expect(costChecks.map(\.term) == CostTerm.allCases)
        var scenario = with { $0.request.wish.earliest = Scenario.first - 1 }
        scenario.facility.planning.weights.start = 11
        #expect(scenario.breaches().map(\.what) == [.cost(.start, claimed: 0, actual: 11)])
    }
}
