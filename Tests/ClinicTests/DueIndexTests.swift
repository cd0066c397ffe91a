import Clinic
import Planning
import TestSupport
import Testing

/// The index of what falls due against looking at everything.
@Suite struct DueIndexTests {
    @Test(arguments: [UInt64(11), 12, 13])
    func theIndexKnowsWhatLookingAtEverythingFinds(seed: UInt64) {
        var history = LivingHistory(seed: seed)
        var index = DueIndex(history.world.state, calendars: history.world.calendar.calendars)
        var toldCount = 0
        for step in 0..<120 {
            let place = "seed \(seed), step \(step)"
            let known = history.world.events.count
            _ = history.step()
            index.follow(
                history.world.events[known...].map(\.event), to: history.world.state,
                calendars: history.world.calendar.calendars)
            let (state, calendars) = (history.world.state, history.world.calendar.calendars)
            guard let told = state.alertedThrough else { continue }
            #expect(index.next == nextDue(state, after: told, calendars: calendars), "\(place)")
            let found = index.due(through: history.now, state, calendars: calendars)
            #expect(found == due(state, after: told, through: history.now, calendars: calendars), "\(place)")
            guard step % 3 == 0 else { continue }
            toldCount += found.count
            let events = found.map { Event.alert(.raised($0)) }
            history.world.take(events)
            index.follow(events, to: history.world.state, calendars: calendars)
        }
        #expect(toldCount > 20, "seed \(seed): \(toldCount) told")
        let fresh = DueIndex(history.world.state, calendars: history.world.calendar.calendars)
        #expect(index.next == fresh.next)
    }

    private static func escorted() -> Facility {
        var facility = Sample.facility()
        facility.visitTypes[1].escort = true
        return facility
    }

    private func made(
        _ command: Command, _ world: inout World, now: Instant
    ) -> [Alert] {
        guard case .accepted(let events, _, _) = world.decision(command, now: now) else {
            Issue.record("refused: \(world.decision(command, now: now))")
            return []
        }
        let before = world.state
        world.take(events)
        return madeDue(by: events, from: before, to: world.state, calendars: world.calendar.calendars, now: now)
    }

    @Test func whatABookingFindsDueFallsDueWithItButNoReminderDoes() {
        var world = World(Self.escorted())
        let alerts = made(.course(.book(Sample.order())), &world, now: Sample.now)
        // The evaluation needs no escort, the first infusion is three days on: only agreement is due.
        #expect(Set(alerts.map(\.kind)) == [.visitToConfirm])
        #expect(alerts.allSatisfy { $0.due == Sample.now })
        #expect(Set(alerts.map(\.subject)).count == alerts.count && alerts.count == 4)
    }

    @Test func whatAMoveBringsNearFallsDueWithItAndIsNotToldTwice() {
        var world = World(Self.escorted())
        let booked = world.book()
        let visit = booked.visits[1]
        let day = world.state.visit(visit)!.day
        // Two hours before the day's opening the visit is moved to its last hour: a day's notice is past in both.
        let now = Instant(minute: day.number * 1440 + 420)
        let known = due(
            world.state, after: Instant(seconds: 0), through: now, calendars: world.calendar.calendars)
        #expect(known.contains { $0.kind == .escortMissing && $0.subject == .visit(visit) })
        let wish = PlaceWish(from: day, through: day, clock: 630)
        let moved = made(.visit(.order(visit, .move(wish), .patientRequest)), &world, now: now)
        #expect(!moved.contains { $0.kind == .escortMissing || $0.kind == .visitReminder })
    }

    @Test func anOverrunThatIsRecordedLateIsTold() {
        var world = World()
        let visit = world.book().visits[1]
        let start = Instant(minute: world.state.visit(visit)!.place.minute)
        let now = Instant(seconds: start.seconds + 3600)
        #expect(
            made(.visit(.recordFact(visit, Fact(.arrived, at: start), isOverridden: false)), &world, now: now).isEmpty)
        let begun = made(.visit(.recordFact(visit, Fact(.started, at: start), isOverridden: false)), &world, now: now)
        #expect(begun == [Alert(.visitOverrun, .visit(visit), "preparation", due: now)])
    }

    @Test func aChangedConfigurationTellsOfCredentials() {
        var facility = Sample.facility()
        facility.staff[0].credentials = [Credential(name: "acls", until: Sample.monday + 40)]
        var world = World(facility)
        var configuration = ClinicConfiguration(facility: facility)
        configuration.notifications.credentialDays = 60
        let alerts = made(.configuration(.adopt(configuration)), &world, now: Sample.now)
        #expect(alerts == [Alert(.credentialExpiring, .person("rn-1"), "acls", due: Sample.now)])
    }
}

/// When something next falls due after an instant, looked for among all there is; nil where nothing does on the days
/// given.
func nextDue(_ state: ClinicState, after: Instant, calendars: DayCalendars) -> Instant? {
    let alerts = due(state, after: after, through: Instant(seconds: .max), calendars: calendars)
    let offerEnds = state.openOffers.map(\.until).filter { $0 > after }
    return (alerts.map(\.due) + offerEnds).min()
}
