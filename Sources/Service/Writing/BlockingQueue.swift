internal import Foundation

/// A bounded queue between threads of our own: those that put never wait, those that take do.
final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
    // Sendable: every access to the fields below happens under the condition's lock.
    private let condition = NSCondition()
    private let limit: Int
    private let patience: TimeInterval
    private let company: Int
    private var waiting: [Element] = []
    private var isUrgent = false
    private var deadline = Date.distantFuture
    private var isClosed = false

    /// A queue in which at most `limit` elements wait.
    ///
    /// - Parameters:
    ///   - patience: for how many seconds elements that are in no hurry wait for company.
    ///   - company: how many of them are taken at once, however short they have waited.
    init(limit: Int, patience: TimeInterval = 0, company: Int = 1) {
        self.limit = limit
        self.patience = patience
        self.company = company
    }

    /// Puts an element at the end; false where the queue is full or closed.
    ///
    /// - Parameter isPatient: whether it may wait for others to be taken with it.
    func put(_ element: Element, isPatient: Bool = false) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed, waiting.count < limit else { return false }
        if waiting.isEmpty { deadline = Date(timeIntervalSinceNow: patience) }
        waiting.append(element)
        if !isPatient || waiting.count >= company { isUrgent = true }
        // Whoever takes must know of the deadline of the first patient one, and of every urgent one.
        if isUrgent || waiting.count == 1 { condition.signal() }
        return true
    }

    /// Waits until something is there and takes the first elements, at most `count`; empty once the queue is closed and
    /// all was taken.
    func take(atMost count: Int) -> [Element] {
        condition.lock()
        defer { condition.unlock() }
        while !isUrgent, !isClosed {
            if waiting.isEmpty {
                condition.wait()
            } else if !condition.wait(until: deadline) {
                break
            }
        }
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(taken.count)
        isUrgent = !waiting.isEmpty
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
