import Checker
import Planning
import TestSupport
import Testing

/// Bookings among themselves, as an export holds them.
@Suite struct BookingsTests {
    private let scenario = Scenario()

    private func item(
        _ id: VisitID, _ patient: PatientID = "p1", at start: Int = 615, chair: ChairID = "c1",
        persons: [PersonID] = ["n1"], on day: Day = Scenario.first, overrides: Set<Rule> = []
    ) -> BookingToCheck {
        BookingToCheck(
            booking(id, patient: patient, scenario.infusion, on: day, at: start, chair: chair, persons: persons),
            overrides: overrides)
    }

    private func findings(_ bookings: [BookingToCheck], _ change: (inout Scenario) -> Void = { _ in }) -> [String] {
        let setting = Setting(with(scenario, change).problem, calendars: Scenario.calendars)
        return checkBookings(bookings, in: setting).map { breach in
            guard case .rule(let rule) = breach.what else { return "\(breach.booking?.text ?? ""): \(breach.what)" }
            return "\(breach.booking?.text ?? ""): \(rule.rawValue)"
        }
    }

    @Test func bookingsThatFitHaveNoBreach() {
        #expect(findings([item("b1"), item("b2", "p2", chair: "c2", persons: ["n2"])]).isEmpty)
    }

    @Test func bothBookingsOfAConflictAreNamed() {
        #expect(findings([item("b1"), item("b2", "p2", persons: ["n2"])]) == ["b1: chair-free", "b2: chair-free"])
        #expect(
            findings([item("b1"), item("b2", "p2", chair: "c2")])
                == ["b1: attendant-capacity", "b2: attendant-capacity"])
        #expect(findings([item("b1"), item("b2", at: 720)]) == ["b1: one-visit-a-day", "b2: one-visit-a-day"])
    }

    @Test func aPolicyRuleCanBeOverriddenAndAPhysicalOneCannot() {
        #expect(findings([item("b1", chair: "c3")]) == ["b1: chair-features"])
        #expect(findings([item("b1", chair: "c3", overrides: [.chairFeatures])]).isEmpty)
        #expect(findings([item("b1", chair: "c3", overrides: [.openingHours])]) == ["b1: chair-features"])
        let forced: Set<Rule> = [.chairFree, .attendantCapacity]
        #expect(
            findings([item("b1", overrides: forced), item("b2", "p2", chair: "c1", overrides: forced)])
                == ["b1: chair-free", "b1: attendant-capacity", "b2: chair-free", "b2: attendant-capacity"])
    }

    @Test func aStoredCoverNeedOnlyBeQualifiedOnDutyAndWithinCapacity() {
        let away = TimeOff(
            person: "n1", interval: Interval(Scenario.instant("10:41"), Scenario.instant("10:52")))
        func findings(_ cover: PersonID) -> [String] {
            var covered = item("b1")
            covered.booking.placement.covers = [
                Cover(label: "nurse", person: cover, interval: Interval(time("10:41"), time("10:52")))
            ]
            return self.findings([covered]) {
                $0.timeOff = [away]
                $0.facility.staff.append(person("n4", "nurse", credentials: [Credential(name: "acls")]))
            }
        }
        #expect(findings("n2").isEmpty)
        #expect(findings("n4").isEmpty)
        #expect(findings("n3") == ["b1: attendant-qualified"])
    }

    @Test func whatTheCourseAsksOfAChairAndOfDaysIsChecked() {
        var asked = item("b1")
        asked.request = scenario.request
        asked.request?.wish.features = ["bed"]
        asked.request?.wish.blackoutDays = [Scenario.first]
        asked.request?.wish.endDay = Scenario.first - 1
        #expect(findings([asked]) == ["b1: chair-features", "b1: patient-available", "b1: course-end"])
    }

    /// Confirmed visits of a course that requires authorisation, a week apart, against what was granted.
    private func unauthorisedVisits(
        _ count: Int, _ authorisations: [Authorisation], change: (inout BookingToCheck) -> Void = { _ in }
    ) -> [String] {
        var request = scenario.request
        request.wish.requiresAuthorisation = true
        request.wish.authorisations = authorisations
        let bookings = (0..<count).map { index in
            var visit = item(VisitID("b\(index + 1)"), on: Scenario.first + 7 * index)
            visit.booking.confirmed = true
            visit.request = request
            change(&visit)
            return visit
        }
        return findings(bookings) { $0.facility.staff[0].credentials = [Credential(name: "acls")] }
    }

    private func granted(
        _ visits: Int, from: Day = Scenario.first, through: Day = Scenario.first + 30,
        status: Authorisation.Status = .approved, types: Set<VisitTypeID> = ["infusion"]
    ) -> Authorisation {
        Authorisation(number: "A-1", status: status, visits: visits, visitTypes: types, from: from, through: through)
    }

    @Test func aConfirmedVisitUsesOneVisitOfAnApprovedAuthorisation() {
        #expect(unauthorisedVisits(2, [granted(2)]).isEmpty)
        #expect(unauthorisedVisits(2, [granted(1)]) == ["b2: authorisation"])
        #expect(unauthorisedVisits(1, [granted(1, status: .requested)]) == ["b1: authorisation"])
        #expect(unauthorisedVisits(1, [granted(1, types: ["evaluation"])]) == ["b1: authorisation"])
        #expect(unauthorisedVisits(1, [granted(1, through: Scenario.first)]).isEmpty)
        #expect(unauthorisedVisits(1, [granted(1, from: Scenario.first + 1)]) == ["b1: authorisation"])
    }

    @Test func theNarrowAuthorisationIsLeftToTheVisitThatNeedsIt() {
        // The first visit could use either; the second only the first of them.
        let both = [granted(1), granted(1, through: Scenario.first)]
        #expect(unauthorisedVisits(2, both).isEmpty)
    }

    @Test func authorisationIsAskedOnlyForConfirmedVisitsAndOnlyWhereItIsRequired() {
        #expect(unauthorisedVisits(1, []) { $0.booking.confirmed = false }.isEmpty)
        let notRequired = unauthorisedVisits(1, []) { $0.request?.wish.requiresAuthorisation = false }
        #expect(notRequired.isEmpty)
        #expect(unauthorisedVisits(1, []) { $0.overrides = [.authorisation] }.isEmpty)
    }
}
