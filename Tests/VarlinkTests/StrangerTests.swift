import StrictJSON
import Synchronization
import Testing
import VarlinkDescription

@testable import Varlink

/// Combining marks in an order that Unicode changes: what compares texts as Unicode has it sorts them.
func marks(_ count: Int) -> String {
    String(String.UnicodeScalarView((0..<count).map { $0.isMultiple(of: 2) ? "\u{301}" : "\u{316}" }))
}

@Suite("What is done for anybody is bounded")
struct StrangerTests {
    @Test("a stranger's message may be as long as a call of org.varlink.service needs and no longer")
    func messageLength() async throws {
        var limits = ServerLimits()
        limits.strangerMessageBytes = 100
        let isKnown = Mutex(false)
        let service = try await TestService(limits: limits, isKnown: { _ in isKnown.withLock { $0 } })
        let call = #"{"method":"org.varlink.service.GetInfo"}"#
        let longest = call + String(repeating: " ", count: 100 - call.utf8.count)
        let client = try await service.connect()
        try await client.send(longest + "|")
        #expect(try await client.receive()?.contains("Example") == true)
        try await client.send(longest + " |")
        #expect(try await client.receive() == nil)
        #expect(await service.closeReason() == .messageTooLong(limit: 100))

        // Not even the beginning of one is kept, and whoever gets a role on the way may go on.
        let other = try await service.connect()
        try await other.send(longest + "|")
        #expect(try await other.receive() != nil)
        isKnown.withLock { $0 = true }
        try await other.send(longest + String(repeating: " ", count: 10_000) + "|")
        #expect(try await other.receive() != nil)
        isKnown.withLock { $0 = false }
        try await other.send(String(repeating: " ", count: 101))
        #expect(try await other.receive() == nil)
        #expect(await service.closeReason() == .messageTooLong(limit: 100))
        await service.stop()
    }

    @Test(
        "a name of 240 KB that Unicode would have to sort is answered like any other, and others are served",
        arguments: ["io.example.Test.Echo", "io.example.Test", "", "org.varlink.service.x"])
    func longName(beginning: String) async throws {
        let service = try await TestService(authorise: { _, _, _ in .permissionDenied })
        let (client, other) = (try await service.connect(), try await service.connect())
        try await client.send(#"{"method":"\#(beginning + marks(120_000))"}|"#)
        let answer = try await client.receive()
        #expect(answer?.contains("NotFound") == true)
        #expect((answer?.utf8.count ?? .max) < 4096)
        try await other.send(#"{"method":"org.varlink.service.GetInfo"}|"#)
        #expect(try await other.receive() != nil)
        let asked = #""parameters":{"interface":"io.example.Test\#(marks(120_000))"}"#
        try await client.send(#"{"method":"org.varlink.service.GetInterfaceDescription",\#(asked)}|"#)
        #expect(try await client.receive()?.contains("InterfaceNotFound") == true)
        await service.stop()
    }

    @Test("names are compared by their bytes: a letter that Unicode holds to be another one is another one")
    func bytes() async throws {
        let text = """
            # For tests.
            interface io.example.Kelvin

            # Answers.
            method Kelvin() -> ()

            """
        let description = try InterfaceDescription(parsing: text)
        let interface = Interface(description, methods: ["Kelvin": .immediate { _ in [:] }])
        let routes = Routes([interface], checksReplies: false, authorise: { _, _, _ in nil })
        let peer = Peer(pid: 1, uid: 1, gid: 1, groups: [])
        _ = try routes.route(CallMessage(method: "io.example.Kelvin.Kelvin"), of: peer)
        #expect("\u{212A}elvin" == "Kelvin")
        #expect(throws: VarlinkError.methodNotFound("io.example.Kelvin.\u{212A}elvin")) {
            _ = try routes.route(CallMessage(method: "io.example.Kelvin.\u{212A}elvin"), of: peer)
        }
        #expect(throws: VarlinkError.interfaceNotFound("io.example.\u{212A}elvin")) {
            _ = try routes.route(CallMessage(method: "io.example.\u{212A}elvin.Kelvin"), of: peer)
        }
    }

    @Test("a long name is told by its beginning")
    func shortened() {
        let routes = Routes([], checksReplies: false, authorise: { _, _, _ in nil })
        let peer = Peer(pid: 1, uid: 1, gid: 1, groups: [])
        #expect(throws: VarlinkError.interfaceNotFound(String(repeating: "x", count: 200) + "…")) {
            _ = try routes.route(CallMessage(method: String(repeating: "x", count: 201)), of: peer)
        }
    }
}
