internal import Synchronization

/// Tells those who follow the events that there are new ones, and how many there are by now. Nobody is waited for: who
/// is slow hears of the latest only and reads the rest from the record.
final class EventSignal: Sendable {
    private struct Content {
        var last = 0
        var next = 0
        var followers: [Int: AsyncStream<Int>.Continuation] = [:]
    }

    private let content = Mutex(Content())

    /// Says that the last event now has this number.
    func advance(to last: Int) {
        let followers = content.withLock { content in
            content.last = max(content.last, last)
            return Array(content.followers.values)
        }
        for follower in followers { follower.yield(last) }
    }

    /// The numbers of the last event from now on; those passed in between are skipped. Ends with `finish`.
    func follow() -> AsyncStream<Int> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number = content.withLock { content in
                content.next += 1
                content.followers[content.next] = continuation
                return content.next
            }
            continuation.onTermination = { [weak self] _ in
                self?.content.withLock { _ = $0.followers.removeValue(forKey: number) }
            }
        }
    }

    /// Ends all that is followed.
    func finish() {
        for follower in content.withLock({ Array($0.followers.values) }) { follower.finish() }
    }
}
