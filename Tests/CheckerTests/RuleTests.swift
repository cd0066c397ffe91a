import Checker
import Planning
import TestSupport
import Testing

/// A change to the scenario, and whether it breaks a rule.
struct RuleCase: CustomTestStringConvertible, Sendable {
    let rule: Rule
    let name: String
    let breaks: Bool
    let change: @Sendable (inout Scenario) -> Void

    var testDescription: String { "\(rule.rawValue): \(name)" }

    static func keeps(_ rule: Rule, _ name: String, _ change: @escaping @Sendable (inout Scenario) -> Void) -> RuleCase
    {
        RuleCase(rule: rule, name: name, breaks: false, change: change)
    }

    static func breaks(_ rule: Rule, _ name: String, _ change: @escaping @Sendable (inout Scenario) -> Void) -> RuleCase
    {
        RuleCase(rule: rule, name: name, breaks: true, change: change)
    }
}

/// A visit type that needs nobody, to take a chair without loads.
private func chairOnly(_ minutes: Int) -> VisitType {
    visitType("rest", attendants: [], stages: [stage(minutes, [:])])
}

/// A visit type that puts a load on one nurse.
private func watch(_ minutes: Int, load: Int) -> VisitType {
    visitType("watch", stages: [stage(minutes, ["nurse": load])])
}

private func open(_ windows: String...) -> [Weekday: [Interval]] {
    Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, windows.map { hours($0) }) })
}

private func away(_ person: PersonID, _ from: String, _ until: String) -> TimeOff {
    TimeOff(person: person, interval: Interval(Scenario.instant(from), Scenario.instant(until)))
}

private func out(_ chair: ChairID, _ from: String, _ until: String) -> Outage {
    Outage(chair: chair, interval: Interval(Scenario.instant(from), Scenario.instant(until)))
}

private func cover(_ person: PersonID, _ from: String, _ until: String) -> Cover {
    Cover(label: "nurse", person: person, interval: Interval(time(from), time(until)))
}

private let chairCases: [RuleCase] = [
    .keeps(.openingHours, "the last stage ends at closing, turnover runs past it") {
        $0.facility.hours = open("09:00-11:15")
    },
    .keeps(.openingHours, "openings that touch are one") { $0.facility.hours = open("09:00-10:30", "10:30-17:00") },
    .keeps(.openingHours, "a dated opening is enough") {
        $0.facility.hours = [:]
        $0.facility.openings = [Scenario.first, Scenario.second].map { Opening(day: $0, hours: hours("10:15-11:15")) }
    },
    .keeps(.openingHours, "a half day closed until the start") {
        $0.facility.closures = [Closure(from: Scenario.first, through: Scenario.first, hours: hours("00:00-10:15"))]
    },
    .breaks(.openingHours, "closing a minute early") { $0.facility.hours = open("09:00-11:14") },
    .breaks(.openingHours, "two openings with a gap between") {
        $0.facility.hours = open("09:00-10:30", "10:31-17:00")
    },
    .breaks(.openingHours, "a closed day, though it has a dated opening") {
        $0.facility.openings = [Opening(day: Scenario.first, hours: hours("08:00-18:00"))]
        $0.facility.closures = [Closure(from: Scenario.first, through: Scenario.first)]
    },
    .keeps(.chairInService, "outages up to the start and from the hold's end") {
        $0.outages = [out("c1", "08:00", "10:15"), out("c1", "11:25", "17:00"), out("c2", "08:00", "17:00")]
    },
    .breaks(.chairInService, "an outage in the last minute of turnover") { $0.outages = [out("c1", "11:24", "12:00")] },
    .breaks(.chairInService, "an outage until a minute after the start") { $0.outages = [out("c1", "09:00", "10:16")] },
    .keeps(.chairFeatures, "a feature that the course asks for and the chair has") {
        $0.request.wish.features = ["monitor"]
    },
    .breaks(.chairFeatures, "a feature that the course asks for") { $0.request.wish.features = ["bed"] },
    .breaks(.chairFeatures, "a feature that the visit type asks for") { $0.placements[0].chair = "c3" },
    .keeps(.chairFree, "holds that touch, and another chair's") { scenario in
        scenario.bookings = [
            booking("b1", chairOnly(75), on: Scenario.first, at: time("09:00"), persons: []),
            booking("b2", chairOnly(60), on: Scenario.first, at: time("11:25"), persons: []),
            booking("b3", chairOnly(60), on: Scenario.first, at: time("10:30"), chair: "c2", persons: []),
        ]
    },
    .breaks(.chairFree, "a hold that begins in the last minute of turnover") {
        $0.bookings = [booking("b1", chairOnly(60), on: Scenario.first, at: time("11:24"), persons: [])]
    },
    .breaks(.chairFree, "a hold that runs in from before") {
        $0.bookings = [booking("b1", chairOnly(76), on: Scenario.first, at: time("09:00"), persons: [])]
    },
]

private let personCases: [RuleCase] = [
    .keeps(.attendantQualified, "a credential valid through the day of the last visit") {
        $0.facility.staff[0].credentials = [Credential(name: "acls", until: Scenario.second)]
    },
    .keeps(.attendantQualified, "one of two credentials of a name is still valid") {
        $0.facility.staff[0].credentials.insert(Credential(name: "acls", until: day("2020-01-01")), at: 0)
    },
    .breaks(.attendantQualified, "a credential that ended the day before") {
        $0.facility.staff[0].credentials = [Credential(name: "acls", until: Scenario.second - 1)]
    },
    .breaks(.attendantQualified, "a credential never held") { $0.placements[0].persons = ["n3"] },
    .breaks(.attendantQualified, "another role") {
        $0.facility.staff[2].credentials = [Credential(name: "acls")]
        $0.placements[0].persons = ["d1"]
    },
    .breaks(.attendantQualified, "a cover without the credential") {
        $0.timeOff = [away("n1", "10:40", "10:50")]
        $0.placements[0].covers = [cover("n3", "10:40", "10:50")]
    },
    .keeps(.attendantOnDuty, "time off until the start and from the end") {
        $0.timeOff = [away("n1", "08:00", "10:15"), away("n1", "11:15", "12:00")]
    },
    .keeps(.attendantOnDuty, "an absence in a handover stage with a cover") {
        $0.timeOff = [away("n1", "10:41", "10:52")]
        $0.placements[0].covers = [cover("n2", "10:41", "10:52")]
    },
    .keeps(.attendantOnDuty, "a presence until the last stage that names it ends") {
        $0.facility.staff[2].shifts[0].hours = hours("09:30-11:00")
    },
    .keeps(.attendantOnDuty, "one presence takes over from another") {
        $0.facility.staff[2].shifts[0].hours = hours("09:30-10:37")
        $0.facility.staff.append(person("d2", "provider", hours: "10:37-16:00"))
    },
    .breaks(.attendantOnDuty, "off duty at the first minute of a stage without handover") {
        $0.timeOff = [away("n1", "10:14", "10:16")]
    },
    .breaks(.attendantOnDuty, "an absence without a cover") { $0.timeOff = [away("n1", "10:41", "10:52")] },
    .breaks(.attendantOnDuty, "a cover who is off duty for a minute") {
        $0.timeOff = [away("n1", "10:41", "10:52"), away("n2", "10:51", "10:52")]
        $0.placements[0].covers = [cover("n2", "10:41", "10:52")]
    },
    .breaks(.attendantOnDuty, "no presence in the last minute") {
        $0.facility.staff[2].shifts[0].hours = hours("09:30-10:59")
    },
    .breaks(.attendantOnDuty, "no presence for a minute between two") {
        $0.facility.staff[2].shifts[0].hours = hours("09:30-10:37")
        $0.facility.staff.append(person("d2", "provider", hours: "10:38-16:00"))
    },
    .keeps(.attendantCapacity, "loads that add up to capacity") {
        $0.bookings = [booking("b1", watch(60, load: 40), on: Scenario.first, at: time("10:00"), chair: "c2")]
    },
    .keeps(.attendantCapacity, "a load that ends as the visit starts") {
        $0.bookings = [booking("b1", watch(15, load: 100), on: Scenario.first, at: time("10:00"), chair: "c2")]
    },
    .keeps(.attendantCapacity, "a cover whose loads add up to capacity") {
        $0.timeOff = [away("n1", "10:41", "10:52")]
        $0.placements[0].covers = [cover("n2", "10:41", "10:52")]
        $0.bookings = [
            booking("b1", watch(60, load: 80), on: Scenario.first, at: time("10:00"), chair: "c2", persons: ["n2"])
        ]
    },
    .keeps(.attendantCapacity, "a stored load that another carries while the person is away") {
        $0.facility.staff[0].capacityPercent = 60
        $0.timeOff = [away("n1", "09:00", "10:15")]
        $0.bookings = [booking("b1", watch(30, load: 60), on: Scenario.first, at: time("09:45"), chair: "c2")]
    },
    .breaks(.attendantCapacity, "loads one percent above capacity") {
        $0.bookings = [booking("b1", watch(60, load: 41), on: Scenario.first, at: time("10:00"), chair: "c2")]
    },
    .breaks(.attendantCapacity, "the loads of two labels of one person") { scenario in
        scenario.facility.visitTypes[0].attendants.append(Attendant(label: "second", role: "nurse"))
        scenario.facility.visitTypes[0].stages[0].load["second"] = 41
        scenario.request.visitTypes = scenario.facility.visitTypes
        scenario.placements[0].persons = ["n1", "n1"]
        scenario.placements[1].persons = ["n1", "n2"]
    },
    .breaks(.attendantCapacity, "a cover one percent above capacity") {
        $0.timeOff = [away("n1", "10:41", "10:52")]
        $0.placements[0].covers = [cover("n2", "10:41", "10:52")]
        $0.bookings = [
            booking("b1", watch(60, load: 81), on: Scenario.first, at: time("10:00"), chair: "c2", persons: ["n2"])
        ]
    },
    .breaks(.attendantCapacity, "a person in training") { $0.facility.staff[0].capacityPercent = 59 },
]

private let dayCases: [RuleCase] = [
    .keeps(.gap, "the longest gap that tolerance allows") {
        $0.request.regimen.phases[0].toleranceAfter = 1
        $0.facility.staff[0].credentials = [Credential(name: "acls")]
        $0.placements[1].day = Scenario.second + 1
    },
    .keeps(.gap, "the shortest gap that tolerance allows") {
        $0.request.regimen.phases[0].toleranceBefore = 1
        $0.placements[1].day = Scenario.second - 1
    },
    .keeps(.gap, "the last day of the start window") { $0.request.wish.earliest = Scenario.first - 3 },
    .keeps(.gap, "the first gap of a phase where it has one") {
        $0.request.regimen.phases = [phase(1, rhythm: true), phase(1, named: "taper", gaps: [1], rhythm: true)]
        $0.request.regimen.phases[1].firstGap = Phase.FirstGap(ideal: 5, minimum: 2, maximum: 7)
    },
    .breaks(.gap, "a day more than tolerance allows") {
        $0.request.regimen.phases[0].toleranceAfter = 1
        $0.facility.staff[0].credentials = [Credential(name: "acls")]
        $0.placements[1].day = Scenario.second + 2
    },
    .breaks(.gap, "a day less than tolerance allows") {
        $0.request.regimen.phases[0].toleranceBefore = 1
        $0.placements[1].day = Scenario.second - 2
    },
    .breaks(.gap, "a day after the start window") { $0.request.wish.earliest = Scenario.first - 4 },
    .breaks(.gap, "a day before the earliest day") { $0.request.wish.earliest = Scenario.first + 1 },
    .breaks(.gap, "a day more than the first gap of a phase allows") {
        $0.request.regimen.phases = [phase(1, rhythm: true), phase(1, named: "taper", gaps: [7], rhythm: true)]
        $0.request.regimen.phases[1].firstGap = Phase.FirstGap(ideal: 5, minimum: 2, maximum: 6)
    },
    .keeps(.phaseWindow, "exactly as many days as the phase may take") {
        $0.request.regimen.phases[0].withinDays = 7
    },
    .keeps(.phaseWindow, "the window begins anew with the next phase") {
        $0.request.regimen.phases = [phase(1, rhythm: true), phase(1, named: "taper", rhythm: true)]
        $0.request.regimen.phases[1].withinDays = 1
    },
    .breaks(.phaseWindow, "a day more than the phase may take") { $0.request.regimen.phases[0].withinDays = 6 },
    .keeps(.patientAvailable, "windows that hold the visit exactly, and another blackout day") {
        $0.request.wish.availability = [window("10:15-10:45"), window("10:45-11:15")]
        $0.request.wish.blackoutDays = [Scenario.first + 1]
    },
    .breaks(.patientAvailable, "a window that ends a minute early") {
        $0.request.wish.availability = [window("10:15-11:14")]
    },
    .breaks(.patientAvailable, "a window of another weekday") {
        $0.request.wish.availability = [window("09:00-17:00", on: [.tue])]
    },
    .breaks(.patientAvailable, "a blackout day") { $0.request.wish.blackoutDays = [Scenario.second] },
    .keeps(.oneVisitADay, "the patient's visit on the day before, another patient's on the day") {
        $0.bookings = [
            booking("b1", patient: "p1", chairOnly(30), on: Scenario.second - 1, at: 615, persons: []),
            booking("b2", patient: "p2", chairOnly(30), on: Scenario.second, at: 615, chair: "c2", persons: []),
        ]
    },
    .breaks(.oneVisitADay, "another visit of the patient on the day") {
        $0.bookings = [booking("b1", patient: "p1", chairOnly(30), on: Scenario.second, at: 840, persons: [])]
    },
    .keeps(.leadTime, "a start exactly so long after now") { $0.now = Scenario.instant("09:15") },
    .breaks(.leadTime, "a start a minute too soon") { $0.now = Scenario.instant("09:16") },
    .keeps(.courseEnd, "a visit on the course's last day") { $0.request.wish.endDay = Scenario.second },
    .breaks(.courseEnd, "a visit after the course's last day") { $0.request.wish.endDay = Scenario.second - 1 },
]

/// Every case; those of `authorisation` are among the tests of bookings.
let ruleCases = chairCases + personCases + dayCases

@Suite struct RuleTests {
    @Test func theScenarioItselfHasNoBreach() {
        #expect(Scenario().breaches().isEmpty)
    }

    @Test(arguments: ruleCases) func aCaseBreaksItsRuleAndNoOtherOrNone(_ item: RuleCase) {
        let findings = with(Scenario(), item.change).findings()
        let isOfRule = findings.allSatisfy { $0 == .rule(item.rule) }
        #expect(isOfRule, "\(findings)")
        #expect(findings.isEmpty != item.breaks)
    }

    @Test func everyRuleIsBrokenByACaseOfItsOwnAndKeptByAnother() {
        for rule in Rule.allCases where rule != .authorisation {
            #expect(ruleCases.contains { $0.rule == rule && $0.breaks }, "\(rule.rawValue) is never broken")
            #expect(ruleCases.contains { $0.rule == rule && !$0.breaks }, "\(rule.rawValue) is never kept at its limit")
        }
        #expect(ruleChecks.map(\.rule) == Rule.allCases.filter { $0 != .authorisation })
    }

    @Test(arguments: ruleCases.filter(\.breaks)) func aBreachSaysWhatIsWrongInOneSentence(_ item: RuleCase) {
        for breach in with(Scenario(), item.change).breaches() {
            #expect(!breach.message.isEmpty && !breach.message.hasSuffix("."))
        }
    }
}
