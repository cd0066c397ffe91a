import Dispatch
import Systemd
import Testing

@testable import Service

@Suite("A start that takes long")
struct LongStartTests {
    @Test("the manager is asked for more time, and no more once the service is ready")
    func asks() async {
        let (notices, continuation) = AsyncStream<String>.makeStream()
        let start = LongStart(Notify { continuation.yield($0) }, every: .milliseconds(1))
        for await notice in notices.prefix(2) { #expect(notice == "EXTEND_TIMEOUT_USEC=90000000") }
        start.end()
        continuation.finish()
    }

    @Test(
        "each request lasts beyond the next one, and all together have an end",
        arguments: [(30, 90), (3_510, 90), (3_511, 89), (3_599, 1), (3_600, nil), (9_999, nil)] as [(Int, Int?)])
    func limits(passed: Int, seconds: Int?) {
        #expect(LongStart.seconds(after: passed) == seconds)
        #expect(LongStart.secondsAsked >= 2 * LongStart.everySeconds)
    }
}
