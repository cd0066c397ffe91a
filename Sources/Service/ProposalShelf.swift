package import Clinic
internal import Synchronization

/// The last proposals, in memory: lost at a restart, and the oldest goes when there are too many.
package final class ProposalShelf: Sendable {
    private struct Content {
        var last = 0
        var proposals: [String: Proposal] = [:]
        var order: [String] = []
    }

    private let content = Mutex(Content())
    private let limit: Int

    /// A shelf for so many proposals.
    package init(limit: Int = 400) { self.limit = limit }

    /// Keeps a proposal and gives it an id, `pr1`.
    package func keep(_ proposal: Proposal) -> String {
        content.withLock { content in
            content.last += 1
            let id = "pr\(content.last)"
            content.proposals[id] = proposal
            content.order.append(id)
            if content.order.count > limit { content.proposals[content.order.removeFirst()] = nil }
            return id
        }
    }

    /// The proposal of an id, if it is still there.
    package func proposal(_ id: String) -> Proposal? { content.withLock { $0.proposals[id] } }

    /// How many are kept.
    package var count: Int { content.withLock { $0.proposals.count } }
}
