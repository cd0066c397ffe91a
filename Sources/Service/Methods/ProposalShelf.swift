internal import Synchronization

/// The last proposals, in memory: lost at a restart, and the oldest goes when there are too many. Their ids are kept:
/// the numbers in them are set aside in the database before anybody is given one, so that no id ever names two.
package final class ProposalShelf<Kept: Sendable>: Sendable {
    private struct Content {
        /// The last number that was given, and the last that may be.
        var last = 0
        var through = 0
        var isAsking = false
        var proposals: [String: Kept] = [:]
        var order: [String] = []
    }

    /// So many numbers are set aside at once; more are when half of them are given.
    package static var numbersAtOnce: Int { 1_000 }

    /// The letters before the number in an id.
    package let prefix: String
    private let content = Mutex(Content())
    private let limit: Int

    /// A shelf for so many proposals, whose ids begin with the prefix. It has no numbers yet.
    package init(limit: Int = 400, prefix: String = "pr") {
        self.limit = limit
        self.prefix = prefix
    }

    /// Has more numbers for ids: `numbersAtOnce` through a last one, which nobody else has; nil where none could be set
    /// aside.
    package func use(numbersThrough through: Int?) {
        content.withLock { content in
            content.isAsking = false
            guard let through else { return }
            // They mostly follow on those that it has: then none is left out.
            let before = through - Self.numbersAtOnce
            if before != content.through { content.last = before }
            content.through = through
        }
    }

    /// Whether more numbers are to be set aside; whoever is told so has to.
    package func asksForNumbers() -> Bool {
        content.withLock { content in
            guard !content.isAsking, content.through - content.last < Self.numbersAtOnce / 2 else { return false }
            content.isAsking = true
            return true
        }
    }

    /// The last number that was given.
    package var lastNumber: Int { content.withLock { $0.last } }

    /// Keeps a proposal and gives it an id, `pr1`; nil where no number is left.
    package func keep(_ proposal: Kept) -> String? {
        content.withLock { content in
            guard content.last < content.through else { return nil }
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
