internal import Foundation

/// A bounded queue between threads of our own: those that put never wait, those that take do.
final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
    // Sendable: every access to the fields below happens under the condition's lock.
    private let condition = NSCondition()
    private let limit: Int
    private var waiting: [Element] = []
    private var isClosed = false

    /// A queue in which at most `limit` elements wait.
    init(limit: Int) { self.limit = limit }

    /// Puts an element at the end; false where the queue is full or closed.
    func put(_ element: Element) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed, waiting.count < limit else { return false }
        waiting.append(element)
        condition.signal()
        return true
    }

    /// Waits until something is there and takes the first elements, at most `count`; empty once the queue is closed and
    /// all was taken.
    func take(atMost count: Int) -> [Element] {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty, !isClosed { condition.wait() }
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(taken.count)
        return taken
    }

    /// Takes nothing more in. What waits is still handed out.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }
}
