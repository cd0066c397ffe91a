import Glibc
import StrictJSON
import Testing

@testable import Varlink

private let wait = #"{"method":"io.example.Test.Wait"}|"#

private func echo(_ text: String) -> String {
    #"{"method":"io.example.Test.Echo","parameters":{"text":"\#(text)"}}"#
}

struct LimitTests {
    @Test("A message may be as long as the limit and no longer, complete or not")
    func messageLength() async throws {
        var limits = ServerLimits()
        limits.messageBytes = 1000
        let service = try await TestService(limits: limits)
        let text = String(repeating: "x", count: 1000 - echo("").utf8.count)
        let client = try await service.connect()
        try await client.send(echo(text) + "|")
        #expect(try await client.receive() == #"{"parameters":{"text":"\#(text)"}}"#)
        try await client.send(echo(text + "x") + "|")
        #expect(try await client.receive() == nil)
        #expect(await service.closeReason() == .messageTooLong(limit: 1000))

        let other = try await service.connect()
        try await other.send(String(repeating: " ", count: 1001))
        #expect(try await other.receive() == nil)
        #expect(await service.closeReason() == .messageTooLong(limit: 1000))
        await service.stop()
    }

    @Test("A message may be as deep as the limit and no deeper")
    func messageDepth() async throws {
        var limits = ServerLimits()
        limits.messageDepth = 2
        let service = try await TestService(limits: limits)
        let client = try await service.connect()
        try await client.send(echo("x") + "|")
        #expect(try await client.receive() != nil)
        try await client.send(#"{"method":"io.example.Test.Echo","parameters":{"text":[]}}|"#)
        #expect(try await client.receive() == nil)
        guard case .invalidJSON = await service.closeReason() else {
            Issue.record("not closed for its depth")
            return
        }
        await service.stop()
    }

    @Test("Connections beyond the limit are closed, and a closed one makes room")
    func connections() async throws {
        var limits = ServerLimits()
        limits.connections = 2
        let service = try await TestService(limits: limits)
        let clients = [try await service.connect(), try await service.connect()]
        for client in clients {
            try await client.send(echo("x") + "|")
            #expect(try await client.receive() != nil)
        }
        #expect(service.server.register.count == 2)
        let third = try await service.connect()
        #expect(try await third.receive() == nil)
        #expect(await service.closeReason() == .tooManyConnections(limit: 2))
        clients[0].close()
        #expect(await service.closeReason() == .clientClosed)
        let fourth = try await service.connect()
        try await fourth.send(echo("room") + "|")
        #expect(try await fourth.receive() != nil)
        await service.stop()
    }

    @Test("Connections of one user beyond the limit are closed")
    func connectionsPerUser() async throws {
        var limits = ServerLimits()
        limits.connectionsPerUser = 1
        let service = try await TestService(limits: limits)
        let first = try await service.connect()
        try await first.send(echo("x") + "|")
        #expect(try await first.receive() != nil)
        let second = try await service.connect()
        #expect(try await second.receive() == nil)
        #expect(await service.closeReason() == .tooManyConnectionsOfUser(limit: 1))
        await service.stop()
    }

    @Test("Calls behind a long one are read up to a limit, the others wait in the kernel")
    func waitingCalls() async throws {
        var limits = ServerLimits()
        limits.waitingBytes = 1000
        let service = try await TestService(limits: limits)
        let client = try await service.connect()
        try await client.send(wait)
        await service.probe.waitBegan.opened()
        let message = Array(echo(String(repeating: "x", count: 10_000)).utf8) + [0]
        var sent: [UInt8] = []
        var refusals = 0
        while refusals < 100 {
            let rest = Array(message[(sent.count % message.count)...])
            let count = client.sendWithoutWaiting(bytes: rest)
            sent += rest.prefix(count)
            refusals = count == 0 ? refusals + 1 : 0
            if count == 0 { await Task.yield() }
            if sent.count > 20_000_000 { break }
        }
        #expect(sent.count < 20_000_000)
        service.probe.release.open()
        let rest = Array(message[(sent.count % message.count)...])
        let calls = (sent.count + rest.count) / message.count
        async let sending: Void = client.send(bytes: rest)
        #expect(try await client.receive() == #"{"parameters":{}}"#)
        let length = 10_000 + #"{"parameters":{"text":""}}"#.utf8.count
        for _ in 0..<calls { #expect(try await client.receive()?.utf8.count == length) }
        try await sending
        await service.stop()
    }

    @Test("Many short calls with long replies are answered one after the other, however little may be unread")
    func longReplies() async throws {
        var limits = ServerLimits()
        limits.unreadBytes = 100
        let service = try await TestService(limits: limits)
        let client = try await service.connect()
        let parameters = #"{"interface":"io.example.Test"}"#
        let call = #"{"method":"org.varlink.service.GetInterfaceDescription","parameters":\#(parameters)}|"#
        async let sent: Void = client.send(String(repeating: call, count: 1000))
        for _ in 0..<1000 { #expect(try await client.receive()?.hasPrefix(#"{"parameters":{"description":"#) == true) }
        try await sent
        await service.stop()
    }

    @Test("A client that calls on and on without reading is stopped and at last closed")
    func unreadReplies() async throws {
        var limits = ServerLimits()
        limits.unread = .milliseconds(200)
        let service = try await TestService(limits: limits)
        let client = try await service.connect()
        let message = Array(echo(String(repeating: "x", count: 10_000)).utf8) + [0]
        try await client.send(bytes: Array(repeatElement(message, count: 400).joined()))
        #expect(await service.closeReason() == .unread)
        #expect(service.probe.texts.all.count < 100)
        await service.stop()
    }

    @Test("A connection that says nothing, or stops within its first message, is closed", arguments: ["", "{"])
    func unfinished(text: String) async throws {
        var limits = ServerLimits()
        limits.unfinished = .milliseconds(10)
        let service = try await TestService(limits: limits)
        let client = try await service.connect()
        try await client.send(text)
        #expect(try await client.receive() == nil)
        #expect(await service.closeReason() == .unfinished)
        await service.stop()
    }

    @Test("A connection that stops within a later message is closed")
    func unfinishedLater() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(echo("x") + "|{")
        #expect(try await client.receive() != nil)
        async let end = client.receive()
        while service.server.register.count > 0 {
            service.server.register.expire(.message)
            await Task.yield()
        }
        #expect(try await end == nil)
        #expect(await service.closeReason() == .unfinished)
        await service.stop()
    }

    @Test("A connection that lies between calls for too long is closed, one whose call takes long is not")
    func idle() async throws {
        var limits = ServerLimits()
        limits.idle = .milliseconds(10)
        let service = try await TestService(limits: limits)
        let client = try await service.connect()
        try await client.send(wait)
        await service.probe.waitBegan.opened()
        let other = try await service.connect()
        try await other.send(echo("x") + "|")
        #expect(try await other.receiveAll().count == 1)
        #expect(await service.closeReason() == .idle)
        service.probe.release.open()
        #expect(try await client.receiveAll() == [#"{"parameters":{}}"#])
        #expect(await service.closeReason() == .idle)
        await service.stop()
    }

    @Test("Stopping answers what has come in, accepts no more, and removes the socket")
    func shutdown() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(wait + echo("behind") + "|")
        await service.probe.waitBegan.opened()
        async let stopped: Void = service.server.shutdown(within: .seconds(60))
        while access(service.path, F_OK) == 0 { await Task.yield() }
        await #expect(throws: UnixSocket.Failure(code: ENOENT)) { _ = try await service.connect() }
        service.probe.release.open()
        #expect(try await client.receiveAll() == [#"{"parameters":{}}"#, #"{"parameters":{"text":"behind"}}"#])
        await stopped
        #expect(await service.closeReason() == .shutdown)
        #expect(service.server.register.count == 0)
    }

    @Test("Stopping cuts a connection that takes longer than the limit")
    func shutdownLimit() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(wait)
        await service.probe.waitBegan.opened()
        await service.server.shutdown(within: .milliseconds(1))
        #expect(try await client.receiveAll() == [])
        service.probe.release.open()
    }
}
