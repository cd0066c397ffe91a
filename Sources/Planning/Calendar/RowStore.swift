/// The rows of a board: room for words that stays where it is as long as the store lives, so that rows are read without
/// a copy or a check.
final class RowStore: @unchecked Sendable {
    // Whoever makes a store fills it before anybody else sees it; afterwards it is only read.
    let words: BitRow
    let count: Int

    /// Room for so many words, all 0.
    init(count: Int) {
        self.count = max(1, count)
        words = .allocate(capacity: self.count)
        words.initialize(repeating: 0, count: self.count)
    }

    /// A store that begins with the words of another, for others to be filled in.
    init(copying other: RowStore, count: Int) {
        self.count = max(other.count, count)
        words = .allocate(capacity: self.count)
        words.initialize(from: other.words, count: other.count)
        (words + other.count).initialize(repeating: 0, count: self.count - other.count)
    }

    deinit { words.deallocate() }
}
