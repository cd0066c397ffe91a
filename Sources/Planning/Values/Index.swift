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

    // Lends the value: a part of it is read without a copy of the whole, as from the list itself.
    subscript(index: Index<Thing>) -> Value {
        @inline(__always) _read { yield values[index.number] }
        @inline(__always) _modify { yield &values[index.number] }
    }

    var count: Int { values.count }

    var indices: LazyMapSequence<Range<Int>, Index<Thing>> { values.indices.lazy.map { Index($0) } }
}
