import Glibc
import StrictJSON
import Testing

@testable import Varlink

/// A service that answers every connection with these bytes and closes, or stays silent for nil.
private func withFalseService<Value: Sendable>(
    answering bytes: [UInt8]?, _ body: @escaping @Sendable (String) throws -> Value
) async throws -> Value {
    let folder = try TemporaryFolder()
    let path = folder.path + "/socket"
    let listener = try UnixSocket()
    try listener.listen(at: path, backlog: 5)
    let descriptor = listener.descriptor
    async let value = blocking { try body(path) }
    if let bytes {
        try await blocking {
            let connection = accept(descriptor, nil, nil)
            var call = [UInt8](repeating: 0, count: 10_000)
            recv(connection, &call, call.count, 0)
            send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            close(connection)
        }
    }
    return try await value
}

struct ClientTests {
    @Test("A call gives its reply, and the error of the service as such")
    func call() async throws {
        let service = try await TestService()
        let path = service.path
        let (reply, error, after) = try await blocking {
            let client = try Client(path: path)
            let long = String(repeating: "é\n", count: 200_000)
            let reply = try client.call("io.example.Test.Later", ["text": .string(long)])["text"] == .string(long)
            let error = failure { () throws(ClientError) in try client.call("io.example.Test.Fail") }
            return (reply, error, try client.call("io.example.Test.Echo", ["text": "after"]))
        }
        #expect(reply)
        #expect(error == .refused(VarlinkError("io.example.Test.Failed", ["reason": "x"])))
        #expect(after == ["text": "after"])
        await service.stop()
    }

    @Test("Where nobody listens the service is unreachable")
    func unreachable() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        #expect(throws: ClientError.unreachable(path: path, reason: "No such file or directory")) {
            _ = try Client(path: path)
        }
        do {
            let dead = try UnixSocket()
            try dead.listen(at: path, backlog: 1)
        }
        #expect(throws: ClientError.unreachable(path: path, reason: "Connection refused")) {
            _ = try Client(path: path)
        }
        let long = String(repeating: "x", count: 108)
        #expect(throws: ClientError.unreachable(path: long, reason: "File name too long")) {
            _ = try Client(path: long)
        }
    }

    @Test("A service that does not answer in time is a timeout, and the connection is spent")
    func timeout() async throws {
        let limit = Duration.milliseconds(5)
        let errors = try await withFalseService(answering: nil) { path in
            let client = try Client(path: path, timeout: limit)
            return (0..<2).map { _ in failure { () throws(ClientError) in try client.call("a.b.C") } }
        }
        #expect(errors == [.timeout(limit), .protocolViolation("the connection is taken by a series or broken")])
    }

    @Test(
        "What is no proper reply is told as such",
        arguments: [
            ([], .disconnected(reason: "the service closed the connection")),
            (Array(#"{"parameters":{}}"#.utf8), .disconnected(reason: "the service closed the connection")),
            (Array("hello\0".utf8), .protocolViolation("a message that is no reply")),
            ([0], .protocolViolation("a message that is no reply")),
            (
                Array("{\"continues\":true}\0".utf8),
                .protocolViolation("a further reply was announced for a call that did not ask for it")
            ),
            (Array(repeating: 32, count: 1001), .protocolViolation("a reply longer than 1000 bytes")),
            (Array("{\"error\":\"a.b.C\"}\0".utf8), .refused(VarlinkError("a.b.C"))),
        ] as [([UInt8], ClientError)])
    func falseReplies(bytes: [UInt8], expected: ClientError) async throws {
        let error = try await withFalseService(answering: bytes) { path in
            failure { () throws(ClientError) in try Client(path: path, replyBytes: 1000).call("a.b.C") }
        }
        #expect(error == expected)
    }

    @Test("A series is taken reply by reply; until its end no other call is made")
    func series() async throws {
        let service = try await TestService()
        let path = service.path
        let (numbers, refusal, after) = try await blocking {
            let client = try Client(path: path)
            var replies = try client.callForMore("io.example.Test.Count", ["to": 3])
            var numbers = [try replies.next()?["number"]?.integer]
            let refusal = failure { () throws(ClientError) in try client.call("io.example.Test.Wait") }
            while let reply = try replies.next() { numbers.append(reply["number"]?.integer) }
            #expect(try replies.next() == nil)
            return (numbers, refusal, try client.call("io.example.Test.Echo", ["text": "after"]))
        }
        #expect(numbers == [1, 2, 3])
        #expect(refusal == .protocolViolation("the connection is taken by a series or broken"))
        #expect(after == ["text": "after"])
        await service.stop()
    }

    @Test("A series may end with an error, after which calls are made again")
    func seriesError() async throws {
        let service = try await TestService()
        let path = service.path
        let (error, end, after) = try await blocking {
            let client = try Client(path: path)
            var replies = try client.callForMore("io.example.Test.Fail")
            let error = failure { () throws(ClientError) in try replies.next() }
            return (error, try replies.next(), try client.call("io.example.Test.Echo", ["text": "after"]))
        }
        #expect(error == .refused(VarlinkError("io.example.Test.Failed", ["reason": "x"])))
        #expect(end == nil)
        #expect(after == ["text": "after"])
        await service.stop()
    }
}

/// What went wrong, or nil.
private func failure<Value>(of body: () throws(ClientError) -> Value) -> ClientError? {
    do throws(ClientError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
