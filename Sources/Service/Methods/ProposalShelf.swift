internal import Synchronization

/// The last proposals, in memory: lost at a restart, and the oldest goes when there are too many.
package final class ProposalShelf<Kept: Sendable>: Sendable {
    private struct Content {
        var last = 0
        var proposals: [String: Kept] = [:]
        var order: [String] = []
    }

    private let content = Mutex(Content())
    private let limit: Int
    private let prefix: String

    /// A shelf for so many proposals, whose ids begin with the prefix.
    package init(limit: Int = 400, prefix: String = "pr") {
        self.limit = limit
        self.prefix = prefix
    }

    /// Keeps a proposal and gives it an id, `pr1`.
    package func keep(_ proposal: Kept) -> String {
        content.withLock { content in
            content.last += 1
            let id = "\(prefix)\(content.last)"
            content.proposals[id] = proposal
            content.order.append(id)
            if content.order.count > limit { content.proposals[content.order.removeFirst()] = nil }
            return id
        }
    }

    /// Puts a proposal in the place of another, if that is still there.
    package func put(_ proposal: Kept, as id: String) {
        content.withLock { content in
            if content.proposals[id] != nil { content.proposals[id] = proposal }
        }
    }

    /// Takes a proposal away of which nobody was told; the next may have its id.
    package func drop(_ id: String) {
        content.withLock { content in
            guard content.proposals.removeValue(forKey: id) != nil else { return }
            content.order.removeAll { $0 == id }
            if id == "\(prefix)\(content.last)" { content.last -= 1 }
        }
    }

    /// The proposal of an id, if it is still there.
    package func proposal(_ id: String) -> Kept? { content.withLock { $0.proposals[id] } }

    /// How many are kept.
    package var count: Int { content.withLock { $0.proposals.count } }
}
