/// A set of days counted from an origin, as bits.
struct DaySet {
    private(set) var words: [UInt64]

    init(days: Int) { words = [UInt64](repeating: 0, count: max(1, (days + 63) / 64)) }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    func contains(_ day: Int) -> Bool {
        let word = day >> 6
        return day >= 0 && word < words.count && (words[word] >> UInt64(day & 63)) & 1 != 0
    }

    mutating func insert(_ day: Int) {
        let word = day >> 6
        while word >= words.count { words.append(0) }
        words[word] |= 1 << UInt64(day & 63)
    }

    mutating func formUnion(_ other: DaySet) {
        while words.count < other.words.count { words.append(0) }
        for word in other.words.indices { words[word] |= other.words[word] }
    }

    /// Calls back for each day, ascending.
    func forEachDay(_ body: (Int) -> Void) {
        for word in words.indices {
            var rest = words[word]
            while rest != 0 {
                body((word << 6) + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    var days: [Int] {
        var result: [Int] = []
        forEachDay { result.append($0) }
        return result
    }

    /// The first day and the last; nil for none.
    var bounds: ClosedRange<Int>? {
        guard let low = words.firstIndex(where: { $0 != 0 }), let high = words.lastIndex(where: { $0 != 0 })
        else { return nil }
        return ((low << 6) + words[low].trailingZeroBitCount)...((high << 6) + 63 - words[high].leadingZeroBitCount)
    }

    /// Every day that lies one of `gaps` after one of these.
    func spread(by gaps: ClosedRange<Int>) -> DaySet {
        var result = DaySet(days: 0)
        guard let bounds else { return result }
        result.words = [UInt64](repeating: 0, count: ((bounds.upperBound + gaps.upperBound) >> 6) + 1)
        for gap in gaps {
            let wordsMoved = gap >> 6
            let bitsMoved = UInt64(gap & 63)
            for (index, word) in words.enumerated() where word != 0 {
                result.words[index + wordsMoved] |= word << bitsMoved
                if bitsMoved != 0, index + wordsMoved + 1 < result.words.count {
                    result.words[index + wordsMoved + 1] |= word >> (64 - bitsMoved)
                }
            }
        }
        return result
    }
}
