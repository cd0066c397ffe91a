/// A row of bits, one for each slot of a day, in words of 64: the slots that a rule allows. Every row of a calendar has
/// the same number of words, so that rows combine word by word without a length check.
typealias BitRow = UnsafeMutablePointer<UInt64>

/// Operations on rows of a common number of words.
struct BitRows: Sendable {
    /// Words of each row.
    let words: Int

    func clear(_ row: BitRow) { row.update(repeating: 0, count: words) }

    func fill(_ row: BitRow) { row.update(repeating: ~0, count: words) }

    func copy(_ row: BitRow, from source: UnsafePointer<UInt64>) { row.update(from: source, count: words) }

    func and(_ row: BitRow, _ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>) {
        for word in 0..<words { row[word] = left[word] & right[word] }
    }

    func formAnd(_ row: BitRow, _ other: UnsafePointer<UInt64>) {
        for word in 0..<words { row[word] &= other[word] }
    }

    func formOr(_ row: BitRow, _ other: UnsafePointer<UInt64>) {
        for word in 0..<words { row[word] |= other[word] }
    }

    func formAndNot(_ row: BitRow, _ other: UnsafePointer<UInt64>) {
        for word in 0..<words { row[word] &= ~other[word] }
    }

    func isEmpty(_ row: UnsafePointer<UInt64>) -> Bool {
        for word in 0..<words where row[word] != 0 { return false }
        return true
    }

    /// Whether two rows have a bit in common.
    func share(_ row: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>) -> Bool {
        for word in 0..<words where row[word] & other[word] != 0 { return true }
        return false
    }

    /// Whether another row has every bit of the row.
    func isHeld(_ row: UnsafePointer<UInt64>, by other: UnsafePointer<UInt64>) -> Bool {
        for word in 0..<words where row[word] & ~other[word] != 0 { return false }
        return true
    }

    /// Word `word` of the row moved towards bit 0 by `count` bits; zeros come in from beyond the end.
    @inline(__always)
    func shifted(_ row: UnsafePointer<UInt64>, _ count: Int, _ word: Int) -> UInt64 {
        let source = word + (count >> 6)
        let offset = UInt64(count & 63)
        let low = source < words ? row[source] >> offset : 0
        let high = offset != 0 && source + 1 < words ? row[source + 1] << (64 - offset) : 0
        return low | high
    }

    /// Ands the other row, moved towards bit 0 by `count` bits: bit s asks for bit s + count of the other.
    func formAnd(_ row: BitRow, _ other: UnsafePointer<UInt64>, movedBy count: Int) {
        for word in 0..<words { row[word] &= shifted(other, count, word) }
    }

    /// The row moved towards bit 0 by `count` bits.
    func move(_ row: BitRow, from other: UnsafePointer<UInt64>, by count: Int) {
        for word in 0..<words { row[word] = shifted(other, count, word) }
    }

    /// Keeps the bits that begin a run of `length` set bits. Doubles the length it has checked at each pass, so it
    /// takes log2(length) passes.
    func erode(_ row: BitRow, length: Int) {
        var checked = 1
        while checked < length {
            let step = min(checked, length - checked)
            // Ascending: a word reads itself and later ones, which this pass has not changed yet.
            if step < 64 {
                let down = UInt64(step)
                for word in 0..<(words - 1) { row[word] &= row[word] >> down | row[word + 1] << (64 - down) }
                row[words - 1] &= row[words - 1] >> down
            } else {
                for word in 0..<words { row[word] &= shifted(row, step, word) }
            }
            checked += step
        }
    }

    func set(_ row: BitRow, _ range: Range<Int>) {
        forEachWord(of: range) { word, mask in row[word] |= mask }
    }

    func unset(_ row: BitRow, _ range: Range<Int>) {
        forEachWord(of: range) { word, mask in row[word] &= ~mask }
    }

    @inline(__always)
    func contains(_ row: UnsafePointer<UInt64>, _ bit: Int) -> Bool {
        (row[bit >> 6] >> UInt64(bit & 63)) & 1 != 0
    }

    /// Calls back for each set bit, ascending.
    @inline(__always)
    func forEachBit(_ row: UnsafePointer<UInt64>, _ body: (Int) -> Void) {
        for word in 0..<words {
            var rest = row[word]
            while rest != 0 {
                body((word << 6) + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    @inline(__always)
    private func forEachWord(of range: Range<Int>, _ body: (Int, UInt64) -> Void) {
        let from = max(0, range.lowerBound)
        let until = min(words << 6, range.upperBound)
        guard from < until else { return }
        for word in (from >> 6)...((until - 1) >> 6) {
            let low = max(from - (word << 6), 0)
            let high = min(until - (word << 6), 64)
            let below: UInt64 = high == 64 ? ~0 : (1 << UInt64(high)) - 1
            let mask = below & ~((1 << UInt64(low)) - 1)
            body(word, mask)
        }
    }
}
