import StrictJSON
import TestSupport
import Testing
import VarlinkDescription

@testable import Varlink

/// A small random generator with a seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

struct RandomTests {
    private static let good = [
        #"{"method":"io.example.Test.Echo","parameters":{"text":"x"}}"#,
        #"{"method":"io.example.Test.Later","parameters":{"text":"y"},"oneway":true}"#,
        #"{"method":"io.example.Test.Count","parameters":{"to":3},"more":true}"#,
        #"{"method":"org.varlink.service.GetInfo","more":false,"a.b":{}}"#,
    ]

    /// Good messages, some of them with bytes changed, removed or added.
    private static func stream(_ random: inout SplitMix) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            var message = Array((good.randomElement(using: &random) ?? "").utf8) + [0]
            if Int.random(in: 0..<4, using: &random) == 0 {
                let index = Int.random(in: 0..<message.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: message[index] = UInt8(truncatingIfNeeded: random.next())
                case 1: message.remove(at: index)
                default: message.insert(UInt8(truncatingIfNeeded: random.next()), at: index)
                }
            }
            bytes += message
        }
        return bytes
    }

    @Test("Random streams never harm the service", arguments: [firstSeed(), 1, 2])
    func streams(seed: UInt64) async throws {
        print("seed \(seed)")
        var random = SplitMix(state: seed)
        let service = try await TestService()
        for _ in 0..<40 {
            let client = try await service.connect()
            try await client.send(bytes: Self.stream(&random))
            client.endInput()
            for message in try await client.receiveAll() {
                #expect(throws: Never.self, "seed \(seed)") { try JSONValue(parsing: message) }
            }
        }
        let client = try await service.connect()
        try await client.send(Self.good[0] + "|")
        #expect(try await client.receive() == #"{"parameters":{"text":"x"}}"#)
        await service.stop()
    }

    @Test(
        "Random bytes never crash the readers of messages and descriptions",
        arguments: [firstSeed(), 1])
    func readers(seed: UInt64) {
        print("seed \(seed)")
        var random = SplitMix(state: seed)
        var described = 0
        for _ in 0..<300 {
            var bytes = Self.stream(&random)
            bytes.withUnsafeMutableBufferPointer { buffer in
                _ = try? CallMessage(parsing: UnsafeBufferPointer(buffer), limits: JSONLimits())
            }
            _ = reply(parsing: bytes)
            var text = Array(testDescription.utf8)
            for _ in 0..<Int.random(in: 0..<3, using: &random) {
                text[Int.random(in: 0..<text.count, using: &random)] = UInt8(truncatingIfNeeded: random.next())
            }
            let description = try? InterfaceDescription(parsing: String(decoding: text, as: UTF8.self))
            described += description == nil ? 0 : 1
        }
        #expect(described > 0)
    }

    @Test(
        "Frames come out of a buffer as they went in, however they are cut",
        arguments: [firstSeed(), 1])
    func frames(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix(state: seed)
        for _ in 0..<50 {
            let messages = (0..<20).map { _ in
                (0..<Int.random(in: 0...50, using: &random)).map { _ in UInt8.random(in: 1...255, using: &random) }
            }
            #expect(try framed(messages.flatMap { $0 + [0] }, &random) == messages, "seed \(seed)")
        }
    }
}

/// The messages that a buffer gives when bytes come in pieces of random length.
private func framed(_ bytes: [UInt8], _ random: inout SplitMix) throws -> [[UInt8]] {
    var frames = FrameBuffer(limit: 50)
    var messages: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        let length = min(rest.count, Int.random(in: 1...80, using: &random))
        rest.prefix(length).withUnsafeBytes { frames.append($0) }
        rest = rest.dropFirst(length)
        while let message = try frames.next({ Array($0) }) { messages.append(message) }
    }
    return messages
}
