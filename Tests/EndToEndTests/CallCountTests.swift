import Foundation
import Testing

@Suite struct CallCountTests {
    private static let interface = "io.infusiond.Clinic."

    /// A clinic of one chair whose Tuesday is full with three patients, the first of whom was told of their visit; a
    /// fourth has Wednesday and would come earlier.
    private func clinic() throws -> (daemon: RunningDaemon, run: ([String]) -> Program.Result) {
        let daemon = try RunningDaemon()
        try daemon.start()
        let environment = ["INFUSIOND_SOCKET": daemon.socket]
        for number in 1...5 {
            let text = "name: Name \(number)\nphone: 555-010\(number)\n"
            let added = Program.verb(
                ["patient", "add", "MRN-\(number)", "--file", "-"], input: text, environment: environment)
            #expect(added.status == 0, "\(added.errors)")
        }
        for number in 1...4 {
            let booked = Program.verb(
                ["course", "book", "id:p\(number)", "one", "--earliest", "2026-03-03"], environment: environment)
            #expect(booked.status == 0, "\(booked.errors)")
        }
        for visit in ["v1", "v2", "v4"] {
            let confirmed = Program.verb(["visit", "confirm", visit], environment: environment)
            #expect(confirmed.status == 0, "\(confirmed.errors)")
        }
        return (daemon, { Program.verb($0, environment: environment) })
    }

    @Test func `what a change comes to, and whom to call, is asked for in one call`() throws {
        let (daemon, run) = try clinic()
        let waiting = run(["waitlist", "add", "v4", "--earlier"])
        #expect(waiting.status == 0, "\(waiting.errors)")
        let steps: [(words: String, method: String, says: String?)] = [
            (
                "visit move v2 --day 2026-03-09 --reason other --dry-run", "MoveVisit",
                "to call: Name 2 (MRN-2), 555-0102"
            ),
            ("visit cancel v1 --reason other --no-make-up", "CancelVisit", "to call: Name 1 (MRN-1), 555-0101"),
            ("undo c1", "Undo", nil),
            ("visit cancel v1 --reason other --no-make-up", "CancelVisit", "to call: Name 1 (MRN-1), 555-0101"),
            ("waitlist offer v1 --to w1", "OfferPlace", "Name 4 (MRN-4), 555-0104"),
            ("waitlist decline f1", "DeclineOffer", nil),
            ("staff off rn-1 2026-03-03", "AddTimeOff", nil),
            ("repair", "ProposeRepair", "to call: Name 2 (MRN-2), 555-0102"),
            ("repair --apply", "ApplyRepair", "to call: Name 2 (MRN-2), 555-0102"),
        ]
        for step in steps {
            let result = run(step.words.split(separator: " ").map(String.init))
            #expect(result.status == 0, "\(step.words): \(result.errors)")
            #expect(result.calls == [Self.interface + step.method], "\(step.words)")
            #expect(step.says.map { result.output.contains($0) } ?? true, "\(step.words): \(result.output)")
        }
        daemon.cut()
    }

    @Test func `why a booking is refused is asked for in one call, and reads like a refused proposal`() throws {
        let (daemon, run) = try clinic()
        let wish = ["id:p5", "one", "--earliest", "2026-03-03", "--start-within", "0"]
        let refused = run(["course", "book"] + wish)
        #expect(refused.status == 2)
        #expect(refused.calls == [Self.interface + "BookCourse"])
        let proposed = run(["course", "propose"] + wish)
        #expect(proposed.status == 2)
        #expect(refused.text == proposed.text)
        #expect(refused.errors.contains("The only day that it could have had:"), "\(refused.errors)")
        daemon.cut()
    }
}
