import Clinic
import Foundation
import Planning
import Store
import Testing
import Varlink
import Wire

@testable import Service

@Suite("The clock")
struct ClockTests {
    @Test("a simulated clock moves only when advanced, is kept, and resumes where it stood")
    func advance() async throws {
        let world = try await World()
        let admin = World.peer(.admin)
        #expect(try await world.ask(ServiceInterface.GetClock(), by: admin).now.text == "2026-03-02T07:00:00+00:00")
        let reply = try await world.ask(ServiceInterface.AdvanceClock(minutes: 90), by: admin)
        #expect(reply.now.text == "2026-03-02T08:30:00+00:00")
        let until = try #require(ZonedInstant("2026-03-05T10:00:00+01:00"))
        let later = try await world.ask(ServiceInterface.AdvanceClock(until: until), by: admin)
        #expect(later.now.text == "2026-03-05T09:00:00+00:00")
        #expect(try await world.ask(ServiceInterface.Status(), by: admin).today == Day("2026-03-05"))
        try await world.finish()
        let store = try Store(path: world.folder.appending(path: "clinic.sqlite").path, simulated: true)
        #expect(store.opening.lastInstant == Instant(seconds: until.second))
        try store.close()
    }

    @Test("it does not go back, and not both by minutes and until")
    func wrong() async throws {
        let world = try await World()
        let before = try #require(ZonedInstant("2026-03-02T06:59:59+00:00"))
        for call in [
            ServiceInterface.AdvanceClock(until: before), ServiceInterface.AdvanceClock(minutes: -1),
            ServiceInterface.AdvanceClock(until: before, minutes: 1), ServiceInterface.AdvanceClock(),
        ] {
            let error = await #expect(throws: VarlinkError.self) { try await world.ask(call, by: World.peer(.admin)) }
            #expect(error?.name == "io.infusiond.Service.InvalidValue")
        }
        #expect(world.service.clock.now == World.start)
        try await world.close()
    }

    @Test("the system's clock is not advanced")
    func system() async throws {
        let world = try await World(clock: .system)
        let error = await #expect(throws: VarlinkError.self) {
            try await world.ask(ServiceInterface.AdvanceClock(minutes: 1), by: World.peer(.admin))
        }
        #expect(error?.name == "io.infusiond.Service.NotSimulated")
        try await world.close()
    }
}
