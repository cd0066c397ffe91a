/// The candidate that a mistyped word most likely meant: equal but for case, or within one edit for three characters
/// of the word (at least one, at most three edits). The first of equally near ones; nil when none is near.
///
/// An edit inserts, removes or replaces a character or swaps two neighbours.
package func closest(to word: String, among candidates: some Sequence<String>) -> String? {
    // Bytes first: one character may be a million combining marks, and comparing it takes time in their square.
    guard word.utf8.count <= 4 * wordLengthMaximum else { return nil }
    let typed = Array(word.lowercased())
    guard typed.count <= wordLengthMaximum else { return nil }
    let limit = min(3, max(1, typed.count / 3))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
        let meant = Array(candidate.lowercased())
        guard abs(meant.count - typed.count) <= limit else { continue }
        let distance = editDistance(typed, meant)
        if distance <= limit, distance < best?.distance ?? .max {
            best = (candidate, distance)
        }
    }
    return best?.candidate
}

/// Characters of the longest word for which another one is sought.
private let wordLengthMaximum = 100

/// Insertions, removals, replacements and swaps of neighbours that turn one word into the other.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
            var distance = min(replaced, last[column + 1] + 1, current[column] + 1)
            let isSwap =
                row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
            if isSwap { distance = min(distance, beforeLast[column - 1] + 1) }
            current.append(distance)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
