import Clinic
import Forecast
import Planning
import TestSupport
import Testing

/// Rates counted from a record that was made by hand.
@Suite struct RateCountTests {
    private static let today = day("2026-06-01")
    private static let period = ReportPeriod(from: today - 182, through: today - 1)

    private static let regimen = Regimen(
        id: "gated",
        phases: [
            phase(2, of: "infusion"),
            Phase(
                name: "weekly", visit: "infusion", count: .between(minimum: 1, maximum: 3), gaps: [7],
                gate: Gate(condition: .decision("benefit"), dueDays: 3, otherwise: .hold),
                stops: Stop(measure: "MADRS", atMost: 10)),
        ])

    private static let facility: Facility = {
        var facility = clinic()
        facility.regimens = [regimen]
        return facility
    }()

    private static let template = Template(id: "r1", regimen: regimen, visitTypes: facility.visitTypes)

    private static func visit(
        _ number: Int, of course: Int, _ status: VisitStatus, phase: String = "induction", on day: Day
    ) -> Visit {
        let place = Place(
            start: PromisedTime(day: day, clock: 540), minute: day.number * 1440 + 540, chair: "c1", persons: ["n1"])
        let image = VisitImage(
            number: number, phase: phase, visitType: "infusion", status: status, place: place, heard: nil)
        return Visit(
            VisitID("v\(course * 10 + number)"), image, of: CourseID("c\(course)"), PatientID("p\(course)"),
            visitType())
    }

    private static func course(
        _ number: Int, _ status: CourseStatus, _ visits: [Visit], _ change: (inout CourseProgress) -> Void = { _ in }
    ) -> Course {
        var progress = CourseProgress()
        change(&progress)
        let wish = CourseWish(earliest: today - 100, availability: number == 1 ? [window("09:00-12:00")] : [])
        return Course(
            id: CourseID("c\(number)"), patient: PatientID("p\(number)"), template: template, wish: wish,
            status: status, visits: visits.map(\.id), usual: nil, bookedBy: 1, bookedAt: Instant(seconds: 0),
            progress: progress)
    }

    /// Fifty courses, each of two visits that were given and one that was lost in turn, booked on the last 140 days.
    private static func count(_ courses: Int = 50) -> RateCount {
        var count = RateCount(of: period)
        let losses: [VisitStatus] = [
            .noShow, .cancelled(.early, .patientRequest), .cancelled(.late, .patientUnwell), .notTreated(.ate),
            // What the clinic called off is no loss of the patient's, and what was left out neither.
            .cancelled(.early, .staffing),
        ]
        for number in 1...courses {
            let first = today - 60
            var visits = [
                visit(1, of: number, .completed(.full), on: first),
                visit(2, of: number, losses[number % 5], on: first + 7),
                visit(3, of: number, .completed(.partial), on: first + 8),
            ]
            // Of five two end after the least visit, one after the most, one stops at the gate, one gives up there.
            switch number % 5 {
            case 0, 1: visits.append(visit(4, of: number, .completed(.full), phase: "weekly", on: first + 14))
            case 2:
                visits += (4...6).map {
                    visit($0, of: number, .completed(.full), phase: "weekly", on: first + 14 + ($0 - 4) * 7)
                }
            case 3: break
            default: visits[2] = visit(3, of: number, .omitted, on: first + 8)
            }
            let isOpen = number % 5 < 3
            let status: CourseStatus = isOpen ? .completed : number % 5 == 3 ? .onHold : .ceased
            let own = course(number, status, visits) { if isOpen { $0.openGates = ["weekly"] } }
            count.add(own, visits, booked: today - 140 + number % 5)
        }
        return count
    }

    @Test func `losses, gates, stops and referrals are counted one by one`() throws {
        let rates = Self.count().rates(of: Self.facility)
        // Of each five courses 3, 3, 5, 2 and 1 visits are given, and four are lost.
        let closed = 10 * (3 + 3 + 5 + 2 + 1 + 4)
        for loss in [RatedLoss.noShow, .earlyCancellation, .lateCancellation, .notTreated] {
            let expected = ForecastRate((10_000 + closed / 2) / closed, .counted, cases: closed)
            #expect(rates.losses[loss] == expected, "\(loss)")
        }
        let gate = RegimenPhase("gated", "weekly")
        // Who gave up stood at the gate too: nobody can tell that from a gate that stays closed.
        #expect(rates.gates[gate] == ForecastRate(60, .counted, cases: 50))
        #expect(rates.losses[.givenUp] == ForecastRate(0, .counted, cases: 140))
        #expect(rates.stops[gate] == ForecastRate(67, .counted, cases: 30))
        // Fifty in the 140 days since the first.
        #expect(rates.referrals["gated"] == ForecastRate((50 * 700 + 70) / 140, .counted, cases: 50))
        #expect(rates.times["gated"]?.count == 50)
        #expect(rates.times["gated"]?.first?.availability == [window("09:00-12:00")])
    }

    @Test func `a record of too few cases has the usual rates, and says so`() {
        let rates = Self.count(5).rates(of: Self.facility)
        #expect(rates.losses[.noShow] == ForecastRate(40, .usual, cases: 18))
        #expect(rates.losses[.givenUp] == ForecastRate(10, .usual, cases: 14))
        #expect(rates.gates[RegimenPhase("gated", "weekly")] == ForecastRate(65, .usual, cases: 5))
        let none = RateCount(of: Self.period).rates(of: Self.facility)
        #expect(none.referrals["gated"] == ForecastRate(0, .usual, cases: 0), "it has no phase with a window")
    }

    @Test func `what is said is not counted, and where referrals are said no regimen has others`() {
        var assumed = AssumedRates()
        assumed.losses[.noShow] = 123
        assumed.gates[RegimenPhase("gated", "weekly")] = 7
        assumed.referrals = ["another": 300]
        let rates = Self.count().rates(of: Self.facility, assumed: assumed)
        #expect(rates.losses[.noShow]?.value == 123 && rates.losses[.noShow]?.source == .assumed)
        #expect(rates.losses[.notTreated]?.source == .counted)
        #expect(rates.gates[RegimenPhase("gated", "weekly")]?.value == 7)
        #expect(rates.referrals["gated"] == ForecastRate(0, .assumed, cases: 50))
    }

    @Test func `what was given up before any gate is counted, and what was taken over is no referral`() {
        var count = RateCount(of: Self.period)
        for number in 1...60 {
            let first = Self.today - 50
            // The second visit of every tenth is still to come: there is no gate yet.
            let gaveUp = number % 10 == 0
            let list = [
                Self.visit(1, of: number, .completed(.full), on: first),
                gaveUp
                    ? Self.visit(2, of: number, .tentative, on: Self.today + 3)
                    : Self.visit(2, of: number, .completed(.full), on: first + 7),
            ]
            let course = Self.course(number, gaveUp ? .ceased : .active, list) {
                $0.adoptedFrom = CourseProgress.Adopted(phase: "induction", given: 1, lastDay: first - 7)
            }
            count.add(course, list, booked: Self.today - 60)
        }
        let rates = count.rates(of: Self.facility)
        #expect(rates.losses[.givenUp] == ForecastRate((6 * 1000 + 57) / 114, .counted, cases: 114))
        #expect(rates.referrals["gated"]?.source == .usual && rates.referrals["gated"]?.cases == 0)
    }
}
