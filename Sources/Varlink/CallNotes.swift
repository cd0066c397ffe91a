internal import Synchronization

/// What is noted of a call while it is answered, by ids: each once, however often it comes up.
package final class CallNotes: Sendable {
    private let ids = Mutex<Set<String>>([])

    init() {}

    /// Notes ids.
    ///
    /// - Returns: those that were not noted yet, in their order.
    package func add(_ texts: [String]) -> [String] {
        ids.withLock { ids in texts.filter { ids.insert($0).inserted } }
    }
}
