/// The width in which a search keeps costs. Narrow cells make it several times faster; a plan that costs more than they
/// hold is searched for again in wide ones.
protocol CostCell: FixedWidthInteger, SignedInteger, SIMDScalar, Codable {
    /// The cost of an impossible place: every greater cost counts as this, and twice it with a price still fits.
    static var impossible: Self { get }
}

extension Int16: CostCell {
    static var impossible: Int16 { 8192 }
}

/// For the tables of a batch, which are many.
extension Int32: CostCell {
    static var impossible: Int32 { 1 << 29 }
}

extension Int64: CostCell {
    static var impossible: Int64 { 1 << 60 }
}

extension CostCell {
    /// A price as a cell; impossible where it is too much for one.
    static func price(_ cost: Int) -> Self { cost >= Int(impossible) ? impossible : Self(cost) }

    /// Whether no plan that these cells could not hold is cheaper. The price of a first day is added outside of the
    /// cells, so a plan that starts late may cost more than one that they have given up.
    static func surely(_ cost: Int) -> Bool { cost < Int(impossible) }
}

/// Eight costs at once; tables are read and written in such groups.
typealias CostGroup<Cell: CostCell> = SIMD8<Cell>

extension UnsafeMutablePointer where Pointee: CostCell {
    /// The eight costs from an index on.
    @inline(__always)
    func group(_ index: Int) -> CostGroup<Pointee> {
        UnsafeRawPointer(self + index).loadUnaligned(as: CostGroup<Pointee>.self)
    }

    /// Writes eight costs from an index on.
    @inline(__always)
    func setGroup(_ index: Int, _ group: CostGroup<Pointee>) {
        UnsafeMutableRawPointer(self + index).storeBytes(of: group, as: CostGroup<Pointee>.self)
    }
}

extension UnsafeMutablePointer where Pointee: CostCell {
    /// Adds eight costs from an index on; what becomes more than impossible is impossible.
    @inline(__always)
    func add(_ costs: CostGroup<Pointee>, at index: Int) {
        setGroup(index, pointwiseMin(group(index) &+ costs, CostGroup<Pointee>(repeating: Pointee.impossible)))
    }

    /// Adds as many costs, a whole number of groups.
    func add(_ costs: UnsafeMutablePointer<Pointee>, _ count: Int) {
        for cell in Swift.stride(from: 0, to: count, by: 8) { add(costs.group(cell), at: cell) }
    }
}

/// Costs of a step, day by day.
struct DayTable<Cell: CostCell> {
    let first: Int
    let last: Int
    /// Cells of a day: whole groups.
    let size: Int
    let rows: UnsafeMutablePointer<Cell>

    @inline(__always)
    func row(_ day: Int) -> UnsafeMutablePointer<Cell> { rows + (day - first) * size }
}

/// Room for the many small tables of one search, given back all at once. Pointers stay valid as it grows.
final class CostArena<Cell: CostCell> {
    private var blocks: [UnsafeMutablePointer<Cell>] = []
    private var used = 0
    private var room = 0

    deinit { for block in blocks { block.deallocate() } }

    /// Cells of a table that holds `count` costs: whole groups.
    static func rounded(_ count: Int) -> Int { (count + 7) & ~7 }

    /// A table of `count` costs, all impossible, in whole groups.
    func table(_ count: Int) -> UnsafeMutablePointer<Cell> {
        let size = Self.rounded(count)
        if blocks.isEmpty || used + size > room {
            room = max(1 << 13, size)
            used = 0
            blocks.append(.allocate(capacity: room))
        }
        defer { used += size }
        let table = blocks[blocks.count - 1] + used
        table.initialize(repeating: Cell.impossible, count: size)
        return table
    }
}
