import Planning
import Testing
import Wire

@testable import Service

@Suite("Ids of proposals")
struct ProposalNumberTests {
    private func propose(_ world: World, _ patient: String) async throws -> String {
        try #require(try await world.ask(ClinicInterface.ProposeCourse(course: oneVisit(patient))).proposal)
    }

    @Test("an id never names two proposals: not after a kill, not after a stop in good order, not for another kind")
    func unique() async throws {
        var world = try await World()
        let (first, second) = (try await world.patient(1), try await world.patient(2))
        var given: [String] = []
        for isKilled in [true, false, true, true, false] {
            for _ in 0..<3 { given.append(try await propose(world, first)) }
            let old = try #require(given.last)
            if isKilled {
                let next = try await world.killed()
                try await world.finish()
                world = next
            } else {
                try await world.finish()
                world = try await World(folder: world.folder)
            }
            // The desk's old screen: the proposal is gone, and nobody else's is booked.
            given.append(try await propose(world, second))
            let failure = try await world.failure(of: ClinicInterface.BookCourse(proposal: old))
            #expect(failure == .noSuchProposal(proposal: old))
        }
        #expect(Set(given).count == given.count, "\(given)")
        #expect(given.prefix(3) == ["pr1", "pr2", "pr3"])
        #expect(given.allSatisfy { $0.count <= 6 }, "\(given)")
        try await world.close()
    }

    @Test("a repair's id is never that of another one, though the same is proposed again after a restart")
    func repairs() async throws {
        var world = try await World()
        let booked = try await world.course(regimen: "three").visits
        for visit in booked {
            try await world.ask(
                ClinicInterface.AddTimeOff(
                    person: try #require(visit.attendants["nurse"]), from: visit.start.day, through: visit.start.day))
        }
        var given: [String] = []
        for _ in 0..<3 {
            for visit in booked {
                let reply = try await world.ask(ClinicInterface.ProposeRepair(day: visit.start.day))
                if let id = reply.proposal { given.append(id) }
            }
            let next = try await world.killed()
            try await world.finish()
            world = next
        }
        #expect(given.count >= 3 && Set(given).count == given.count, "\(given)")
        try await world.close()
    }

    @Test("numbers are set aside before they run out, and none is given without")
    func shelf() {
        let shelf = ProposalShelf<Int>(limit: 3, prefix: "x")
        let many = ProposalShelf<Int>.numbersAtOnce
        var (through, given) = (0, [String]())
        for number in 0..<(3 * many) {
            if shelf.asksForNumbers() {
                #expect(!shelf.asksForNumbers(), "asked for once")
                through += many
                shelf.use(numbersThrough: through)
            }
            if let id = shelf.keep(number) { given.append(id) }
        }
        let isInOrder = given == (1...(3 * many)).map { "x\($0)" }
        #expect(isInOrder, "\(given.suffix(3))")
        #expect(shelf.lastNumber == 3 * many && shelf.count == 3)
        shelf.use(numbersThrough: nil)
        while shelf.keep(0) != nil {}
        #expect(shelf.lastNumber == through)
        #expect(shelf.asksForNumbers())
    }
}
