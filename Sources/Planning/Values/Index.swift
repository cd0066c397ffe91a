/// The index of one kind of thing, so that the index of a course is never taken for that of a visit.
struct Index<Thing>: Hashable, Comparable {
    let number: Int

    init(_ number: Int) { self.number = number }

    static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// A value for each thing of a kind, by its index.
struct Table<Thing, Value> {
    private var values: [Value]

    init(_ values: [Value]) { self.values = values }

    init(repeating value: Value, count: Int) { values = Array(repeating: value, count: count) }

    subscript(index: Index<Thing>) -> Value {
        get { values[index.number] }
        set { values[index.number] = newValue }
    }

    var count: Int { values.count }

    /// The indices, ascending.
    var indices: LazyMapSequence<Range<Int>, Index<Thing>> { values.indices.lazy.map { Index($0) } }
}
