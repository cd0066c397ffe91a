/// Room for the many small tables of one search, given back all at once. Pointers stay valid as it grows.
final class CostArena {
    /// The cost of what is impossible: above every plan's cost, and twice it still fits.
    static let impossible: Int32 = 1 << 29

    private var blocks: [UnsafeMutablePointer<Int32>] = []
    private var used = 0
    private var room = 0
    private let blockCount = 1 << 13

    deinit { for block in blocks { block.deallocate() } }

    /// A table of `count` costs; its contents are not set.
    func table(_ count: Int) -> UnsafeMutablePointer<Int32> {
        if used + count > room {
            room = max(blockCount, count)
            used = 0
            blocks.append(.allocate(capacity: room))
        }
        defer { used += count }
        return blocks[blocks.count - 1] + used
    }
}
