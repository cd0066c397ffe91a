import Clinic
import Foundation
import GRDB
import Planning
import Store
import Systemd
import Testing
import Varlink
import Wire

@testable import Service

@Suite("The waiting list")
struct WaitingTests {
    /// One chair, Tuesday full with three patients; a fourth has Wednesday and would come earlier.
    private func fullTuesday(folder: World? = nil) async throws -> (world: World, first: String, waiting: String) {
        let world = try await World(clinicText(chairs: 1))
        var first = ""
        for number in 1...3 {
            let patient = try await world.patient(number)
            let booked = try await world.ask(
                ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
            if number == 1 { first = booked.visits[0].id }
        }
        let patient = try await world.patient(4)
        let booked = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 20)))
        #expect(booked.visits[0].start.day == Day("2026-03-04"))
        try await world.ask(ClinicInterface.AddWaiting(visit: booked.visits[0].id, earlier: true))
        return (world, first, booked.visits[0].id)
    }

    private func cancel(_ visit: String, request: String? = nil) -> ClinicInterface.CancelVisit {
        ClinicInterface.CancelVisit(visit: visit, makeUp: false, reason: "patientRequest", request: request)
    }

    @Test("what is only shown, what is answered and what the journal is told of a freed place say the same")
    func shown() async throws {
        // Whoever wants to come earlier gains; whoever wants afternoons gains nothing by a morning.
        for isEarlier in [true, false] {
            let (world, first, waiting) = try await fullTuesday()
            if !isEarlier {
                try await world.ask(ClinicInterface.RemoveWaiting(waiting: "w1"))
                try await world.ask(
                    ClinicInterface.AddWaiting(
                        visit: waiting,
                        windows: [WeekWindow(days: [.tue], hours: Interval(13 * 60, 14 * 60))]))
            }
            var asked = cancel(first)
            asked.dryRun = true
            let preview = try await world.ask(asked)
            let answer = try await world.ask(cancel(first))
            let (shown, freed) = (preview.difference?.freed?.first, answer.difference?.freed?.first)
            #expect(shown == freed && freed?.visit == first)
            #expect(freed?.entries == (isEarlier ? ["w1"] : []) && freed?.matches?.count == freed?.entries.count)
            #expect(!preview.recorded && answer.recorded)
            let sent = NotifierTests.Sent()
            try await world.service.finish(notifying: Notifier(service: world.service, journal: sent.journal))
            let told = sent.all.map(\.message).filter { $0.contains("waiting list") }
            let who = isEarlier ? "w1" : "nobody"
            #expect(told == ["free on chair-1 at 2026-03-03 09:00: \(who) on the waiting list gains by it"])
        }
    }

    @Test("a cancellation names who gains, an offer holds the place, and accepting it moves the visit")
    func story() async throws {
        let (world, first, waiting) = try await fullTuesday()
        let cancelled = try await world.ask(cancel(first, request: "c"))
        let freed = try #require(cancelled.difference?.freed?.first)
        #expect(freed.visit == first && freed.chair == "chair-1" && freed.entries == ["w1"])
        let match = try #require(freed.matches?.first)
        #expect(match.entry.id == "w1" && match.entry.name == "Name 4")
        #expect(match.moves.map(\.visit) == [waiting] && match.daysEarlier == 1 && match.gain > 0)
        // The same request is answered the same, with those who gained then.
        #expect(try await world.ask(cancel(first, request: "c")) == cancelled)

        let shown = try await world.ask(ClinicInterface.MatchWaiting(visit: first)).place
        #expect(shown.matches?.map(\.entry.id) == ["w1"])
        let named = try await world.ask(
            ClinicInterface.MatchWaiting(
                day: Day("2026-03-03"), at: ClockTime(minutes: freed.from.clock), chair: "chair-1"))
        #expect(named.place.matches?.map(\.entry.id) == ["w1"])

        let offer = try await world.ask(ClinicInterface.OfferPlace(waiting: "w1", visit: first, holdMinutes: 30)).offer
        #expect(offer.id == "f1" && offer.name == "Name 4")
        let patient = try await world.patient(5)
        let taken = try await world.failure(
            of: ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        guard case .refused? = taken else {
            Issue.record("an offered place was booked: \(String(describing: taken))")
            return
        }
        let list = try await world.ask(ClinicInterface.ListWaiting())
        #expect(list.waiting.map(\.offer) == ["f1"] && list.offers.map(\.phone) == [nil])

        let preview = try await world.ask(ClinicInterface.AcceptOffer(offer: "f1", dryRun: true))
        #expect(!preview.recorded && preview.difference?.visits.count == 1)
        let accepted = try await world.ask(ClinicInterface.AcceptOffer(offer: "f1"))
        #expect(accepted.recorded && accepted.difference?.action == .offerAccepted)
        #expect(accepted.difference?.calls == [])
        let visit = try await world.ask(ClinicInterface.ShowVisit(visit: waiting)).found
        #expect(visit.start == freed.from && visit.status == .confirmed && visit.told)
        let left = try await world.ask(ClinicInterface.ListWaiting())
        #expect(left.waiting.isEmpty && left.offers.isEmpty)
        #expect(try world.service.store.verify().findings == [])
        try await world.close()
    }

    @Test("what is answered and kept has no names, and neither has any event")
    func noNames() async throws {
        let (world, first, _) = try await fullTuesday()
        try await world.ask(cancel(first, request: "c"))
        try await world.ask(ClinicInterface.OfferPlace(waiting: "w1", visit: first, request: "o"))
        try await world.finish()
        let queue = try DatabaseQueue(path: world.folder.appending(path: "clinic.sqlite").path)
        let kept = try await queue.read { database in
            try String.fetchAll(
                database, sql: "SELECT CAST(answer AS TEXT) FROM request UNION ALL SELECT payload FROM event")
        }
        #expect(kept.count { $0.contains("w1") } > 3)
        for text in kept { #expect(!text.contains("Name 4")) }
        try queue.close()
        try FileManager.default.removeItem(at: world.folder)
    }

    @Test("an offer ends by itself when its time is over, and after a restart too")
    func expiry() async throws {
        let (world, first, _) = try await fullTuesday()
        try await world.ask(cancel(first))
        try await world.ask(ClinicInterface.OfferPlace(waiting: "w1", visit: first, holdMinutes: 30))
        let stops = try await world.ask(ServiceInterface.AdvanceClock(minutes: 29), by: World.peer(.admin))
        #expect(stops.stops.isEmpty)
        #expect(try await world.ask(ClinicInterface.ListWaiting()).offers.count == 1)
        try await world.finish()

        let later = Instant(seconds: World.start.seconds + 3600)
        let again = try await World(clinicText(chairs: 1), folder: world.folder, clock: .simulated(from: later))
        #expect(try await again.ask(ClinicInterface.ListWaiting()).offers.isEmpty)
        #expect(try await again.ask(ClinicInterface.ListWaiting()).waiting.count == 1)
        let failure = try await again.failure(of: ClinicInterface.AcceptOffer(offer: "f1"))
        guard case .refused("offer", "there is no open offer f1", _, _, _)? = failure else {
            Issue.record("accepted after its time: \(String(describing: failure))")
            return
        }
        // Nobody took it in time: it is not offered to them again, and anybody may book it.
        #expect(try await again.ask(ClinicInterface.MatchWaiting(visit: first)).place.matches == [])
        let patient = try await again.patient(5)
        try await again.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        #expect(try again.service.store.verify().findings == [])
        try await again.close()
    }

    @Test("the clock stops where an offer ends")
    func stop() async throws {
        let (world, first, _) = try await fullTuesday()
        try await world.ask(cancel(first))
        let offer = try await world.ask(ClinicInterface.OfferPlace(waiting: "w1", visit: first, holdMinutes: 5)).offer
        let moved = try await world.ask(ServiceInterface.AdvanceClock(minutes: 10), by: World.peer(.admin))
        #expect(moved.stops == [offer.until])
        #expect(try await world.ask(ClinicInterface.ListWaiting()).offers.isEmpty)
        try await world.close()
    }

    @Test("what cannot be is told with what was asked")
    func mistakes() async throws {
        let (world, first, waiting) = try await fullTuesday()
        func refused(_ call: some WireCall) async throws -> String? {
            switch try await world.failure(of: call) {
            case .refused(_, let message, _, _, _)?: message
            case .invalidValue(let field, let message, _)?: "\(field): \(message)"
            case let failure?: "\(failure)"
            case nil: nil
            }
        }
        #expect(
            try await refused(ClinicInterface.AddWaiting(course: "c1", visit: "v1"))
                == "course: expected exactly one of course and visit")
        #expect(try await refused(ClinicInterface.AddWaiting(visit: waiting)) == "it waits already, as w1")
        #expect(
            try await refused(ClinicInterface.MatchWaiting(visit: first)) == "visit: visit \(first) has its place still"
        )
        #expect(
            try await refused(ClinicInterface.MatchWaiting(day: Day("2026-03-03")))
                == "visit: expected a visit that has left its place, or day, at and chair")
        #expect(
            try await refused(ClinicInterface.RemoveWaiting(waiting: "w9"))
                == "the waiting list has no entry w9")
        try await world.ask(cancel(first))
        try await world.ask(ClinicInterface.OfferPlace(waiting: "w1", visit: first))
        #expect(
            try await refused(ClinicInterface.OfferPlace(waiting: "w1", visit: first)) == "offer f1 to it is open")
        #expect(
            try await refused(ClinicInterface.OfferPlace(waiting: "w1", visit: first, holdMinutes: 0))
                == "holdMinutes: expected a whole number from 1 to 10080, found 0")
        try await world.ask(ClinicInterface.DeclineOffer(offer: "f1"))
        #expect(
            try await refused(ClinicInterface.OfferPlace(waiting: "w1", visit: first))
                == "w1 cannot take the place, or gains nothing by it")
        try await world.ask(ClinicInterface.RemoveWaiting(waiting: "w1"))
        #expect(try await world.ask(ClinicInterface.ListWaiting()).waiting.isEmpty)
        try await world.close()
    }
}
