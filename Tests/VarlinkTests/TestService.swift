import Foundation
import StrictJSON
import Synchronization
import Testing
import VarlinkDescription

@testable import Varlink

let testDescription = """
    # An interface for tests.
    interface io.example.Test

    # How loud.
    type Tone (soft, loud)

    # A thing with parts.
    type Thing (
      # Its name.
      name: string,
      # Its parts.
      parts: ?[]Thing
    )

    # Gives back what it got.
    method Echo(
      # A text.
      text: string,
      # A thing.
      thing: ?Thing,
      # Numbers by name.
      numbers: ?[string]int,
      # How loud.
      tone: ?Tone
    ) -> (
      # The text.
      text: string
    )

    # Gives back what it got, in a task of its own.
    method Later(
      # A text.
      text: string
    ) -> (
      # The text.
      text: string
    )

    # Waits until the test lets it go.
    method Wait() -> ()

    # Counts from 1.
    # [Requires 'more' flag]
    method Count(
      # The last number.
      to: int
    ) -> (
      # The number.
      number: int
    )

    # Counts from 1 without end until it is cancelled, each number with a long text.
    # [Requires 'more' flag]
    method Flood() -> (
      # The text.
      text: string
    )

    # Counts if asked for more, else gives the last number.
    # [Supports 'more' flag]
    method Maybe(
      # The last number.
      to: int
    ) -> (
      # The number.
      number: int
    )

    # Waits in a series until it is cancelled.
    # [Requires 'more' flag]
    method Watch() -> ()

    # Fails.
    method Fail() -> ()

    # Tells who calls.
    method WhoAmI() -> (
      # The process.
      pid: int,
      # The user.
      uid: int,
      # The group.
      gid: int,
      # The supplementary groups.
      groups: []int
    )

    # Is declared only.
    method Missing() -> ()

    # It did not work.
    error Failed (
      # Why.
      reason: string
    )

    # The client reads too slowly.
    error SlowReader ()

    """

/// Waits for an event that happens once, or has happened.
final class Gate: Sendable {
    private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    var isOpen: Bool { state.withLock { $0.isOpen } }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func opened() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// What a test gives to and learns from the methods of its service.
struct Probe: Sendable {
    let release = Gate()
    /// Opens when `Wait` has begun.
    let waitBegan = Gate()
    /// Opens when `Watch` or `Flood` has ended.
    let seriesEnded = Gate()
    /// Texts that came to `Echo` and `Later`.
    let texts = Texts()

    final class Texts: Sendable {
        private let list = Mutex<[String]>([])
        func append(_ text: String) { list.withLock { $0.append(text) } }
        var all: [String] { list.withLock { $0 } }
    }
}

private func echo(_ call: Call, _ probe: Probe) -> JSONObject {
    let text = call.parameters["text"] ?? nil
    probe.texts.append(text.string ?? "")
    return ["text": text]
}

private func count(_ call: Call, _ series: ReplySeries) async throws(VarlinkError) -> JSONObject {
    let last = call.parameters["to"]?.integer ?? 1
    for number in 1..<max(1, last) {
        try await series.send(["number": .integer(number)])
    }
    return ["number": .integer(last)]
}

private func flood(_ probe: Probe, _ series: ReplySeries) async throws(VarlinkError) -> JSONObject {
    defer { probe.seriesEnded.open() }
    while true {
        try await series.send(["text": .string(String(repeating: "x", count: 10_000))])
    }
}

func testInterface(_ probe: Probe) throws -> Interface {
    Interface(
        try InterfaceDescription(parsing: testDescription),
        methods: [
            "Echo": .immediate { call in echo(call, probe) },
            "Later": .asynchronous { call in echo(call, probe) },
            "Wait": .asynchronous { _ in
                probe.waitBegan.open()
                await probe.release.opened()
                return [:]
            },
            "Count": .series { call, series throws(VarlinkError) in try await count(call, series) },
            "Flood": .series { _, series throws(VarlinkError) in try await flood(probe, series) },
            "Maybe": .series(once: { call in ["number": call.parameters["to"] ?? 0] }) {
                call, series throws(VarlinkError) in try await count(call, series)
            },
            "Watch": .series { _, series throws(VarlinkError) in
                try await series.send([:])
                probe.waitBegan.open()
                let never = AsyncStream<Void> { _ in }
                for await _ in never {}
                probe.seriesEnded.open()
                return [:]
            },
            "Fail": .immediate { _ throws(VarlinkError) in
                throw VarlinkError("io.example.Test.Failed", ["reason": "x"])
            },
            "WhoAmI": .immediate { call in
                [
                    "pid": .integer(Int(call.peer.pid)), "uid": .integer(Int(call.peer.uid)),
                    "gid": .integer(Int(call.peer.gid)), "groups": .array(call.peer.groups.map { .integer(Int($0)) }),
                ]
            },
        ])
}

let testInfo = ServiceInfo(vendor: "Example", product: "test", version: "1", url: "https://example.org")

/// A folder for one test that is removed with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/varlink-test.XXXXXX".utf8CString)
        path = try template.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, mkdtemp(base) != nil else { throw CocoaError(.fileWriteUnknown) }
            return String(cString: base)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// A running service and what it tells about its connections.
struct TestService {
    let folder: TemporaryFolder
    let path: String
    let server: Server
    let probe: Probe
    let events: AsyncStream<Server.Event>

    init(
        limits: ServerLimits = ServerLimits(),
        authorise: @escaping @Sendable (Peer, String, String) -> VarlinkError? = { _, _, _ in nil },
        isKnown: @escaping @Sendable (Peer) -> Bool = { _ in true }
    ) async throws {
        let folder = try TemporaryFolder()
        let probe = Probe()
        let (events, continuation) = AsyncStream.makeStream(of: Server.Event.self)
        let server = Server(
            interfaces: [try testInterface(probe)], info: testInfo, limits: limits, checksReplies: true,
            authorise: authorise, isKnown: isKnown, observe: { continuation.yield($0) })
        let path = folder.path + "/socket"
        try await server.start(on: ListeningSocket(path: path))
        (self.folder, self.path, self.server, self.probe, self.events) = (folder, path, server, probe, events)
    }

    func connect() async throws -> RawClient { try await RawClient(path: path) }

    /// Why the next connection that ends did so.
    func closeReason() async -> CloseReason? {
        for await event in events {
            if case .closed(_, let reason) = event { return reason }
        }
        return nil
    }

    func stop() async {
        probe.release.open()
        await server.shutdown(within: .seconds(60))
    }
}

/// Runs blocking code on a thread of its own, so that it takes none from the tasks it waits for.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

/// A client that sends and takes bytes as they are.
final class RawClient: Sendable {
    private let descriptor: Int32
    private let received = Mutex<[UInt8]>([])

    init(path: String) async throws {
        descriptor = try await blocking {
            let socket = try UnixSocket()
            try socket.connect(to: path, microseconds: 10_000_000)
            return socket.release()
        }
    }

    deinit { Glibc.close(descriptor) }

    /// Sends a text in which `|` stands for NUL.
    func send(_ text: String) async throws {
        try await send(bytes: text.utf8.map { $0 == UInt8(ascii: "|") ? 0 : $0 })
    }

    func send(bytes: [UInt8]) async throws {
        let descriptor = self.descriptor
        try await blocking {
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.send(descriptor, Array(bytes[sent...]), bytes.count - sent, Int32(MSG_NOSIGNAL))
                if count < 0 { return }
                sent += count
            }
        }
    }

    /// Sends as much as the kernel takes without waiting; how many bytes that was.
    func sendWithoutWaiting(bytes: [UInt8]) -> Int {
        max(0, Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT)))
    }

    /// The next message without its NUL, or nil at the end.
    func receive() async throws -> String? {
        let descriptor = self.descriptor
        let start = received.withLock { bytes in
            defer { bytes = [] }
            return bytes
        }
        let (message, rest): (String?, [UInt8]) = try await blocking {
            var bytes = start
            while true {
                if let end = bytes.firstIndex(of: 0) {
                    return (String(decoding: bytes[..<end], as: UTF8.self), Array(bytes[(end + 1)...]))
                }
                var chunk = [UInt8](repeating: 0, count: 1 << 16)
                let count = recv(descriptor, &chunk, chunk.count, 0)
                if count <= 0 { return (nil, bytes) }
                bytes += chunk[..<count]
            }
        }
        received.withLock { $0 = rest }
        return message
    }

    /// All messages up to the end.
    func receiveAll() async throws -> [String] {
        var all: [String] = []
        while let message = try await receive() { all.append(message) }
        return all
    }

    func endInput() { shutdown(descriptor, Int32(SHUT_WR)) }

    func close() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
