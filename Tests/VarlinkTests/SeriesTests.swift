import StrictJSON
import Testing

@testable import Varlink

private func number(_ number: Int, continues: Bool) -> String {
    #"{"parameters":{"number":\#(number)}"# + (continues ? #","continues":true}"# : "}")
}

struct SeriesTests {
    @Test("A series gives replies that continue and a last one that does not, then the next call is answered")
    func series() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(
            #"{"method":"io.example.Test.Count","parameters":{"to":3},"more":true}|"#
                + #"{"method":"io.example.Test.Count","parameters":{"to":1},"more":true}|"#)
        let expected = [number(1, continues: true), number(2, continues: true), number(3, continues: false)]
        for text in expected { #expect(try await client.receive() == text) }
        #expect(try await client.receive() == number(1, continues: false))
        await service.stop()
    }

    @Test("A method that supports more gives one reply without the flag")
    func supportsMore() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(
            #"{"method":"io.example.Test.Maybe","parameters":{"to":2}}|"#
                + #"{"method":"io.example.Test.Maybe","parameters":{"to":2},"more":true}|"#)
        #expect(try await client.receive() == number(2, continues: false))
        #expect(try await client.receive() == number(1, continues: true))
        #expect(try await client.receive() == number(2, continues: false))
        await service.stop()
    }

    @Test("A method without series answers a call for more by one reply")
    func moreForSingle() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Echo","parameters":{"text":"x"},"more":true}|"#)
        #expect(try await client.receive() == #"{"parameters":{"text":"x"}}"#)
        await service.stop()
    }

    @Test("A client that closes ends its series")
    func clientCloses() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Watch","more":true}|"#)
        #expect(try await client.receive() == #"{"parameters":{},"continues":true}"#)
        await service.probe.waitBegan.opened()
        client.close()
        await service.probe.seriesEnded.opened()
        #expect(await service.closeReason() == .clientClosed)
        await service.stop()
    }

    @Test("A client that ends its side keeps its series")
    func halfClosed() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Count","parameters":{"to":300},"more":true}|"#)
        client.endInput()
        let all = try await client.receiveAll()
        #expect(all.count == 300)
        #expect(all.last == number(300, continues: false))
        await service.stop()
    }

    @Test("A client that does not read stops its series, takes no memory, and gets an error at the end")
    func slowReader() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Flood","more":true}|"#)
        while !service.probe.seriesEnded.isOpen {
            service.server.register.expire(.reader)
            await Task.yield()
        }
        let all = try await client.receiveAll()
        #expect(await service.closeReason() == .unread)
        let bytes = all.reduce(0) { $0 + $1.utf8.count }
        #expect(bytes < 2_000_000, "\(bytes) bytes were sent to a client that did not read")
        #expect(all.last == #"{"error":"io.example.Test.SlowReader","parameters":{}}"#)
        await service.stop()
    }

    @Test("A series to a client that never reads is cut at last")
    func neverReader() async throws {
        var limits = ServerLimits()
        limits.unread = .milliseconds(20)
        let service = try await TestService(limits: limits)
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Flood","more":true}|"#)
        await service.probe.seriesEnded.opened()
        #expect(await service.closeReason() == .unread)
        client.close()
        await service.stop()
    }

    @Test("A series at the pace of its client loses nothing")
    func pace() async throws {
        let service = try await TestService()
        let path = service.path
        let numbers = try await blocking {
            var numbers: [Int] = []
            var replies = try Client(path: path).callForMore("io.example.Test.Count", ["to": 3000])
            while let reply = try replies.next() { numbers.append(reply["number"]?.integer ?? -1) }
            return numbers
        }
        #expect(numbers == Array(1...3000))
        await service.stop()
    }

    @Test("Stopping ends a series with its last reply")
    func shutdown() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Watch","more":true}|"#)
        await service.probe.waitBegan.opened()
        await service.stop()
        #expect(try await client.receiveAll() == [#"{"parameters":{},"continues":true}"#, #"{"parameters":{}}"#])
        #expect(await service.closeReason() == .shutdown)
    }
}
