/// Lines of Swift, with the depth at which they stand.
struct Lines {
    private var lines: [(depth: Int, text: String)] = []

    /// Appends a line at a depth of indentation.
    mutating func add(_ text: String, _ depth: Int = 0) { lines.append((depth, text)) }

    /// Adds all lines of others, so much deeper.
    mutating func add(_ others: Lines, _ depth: Int = 0) {
        lines += others.lines.map { ($0.depth + depth, $0.text) }
    }

    /// Adds a list between a beginning and an end: on one line, or where it is long each item on one of its own.
    mutating func add(_ beginning: String, list items: [String], _ end: String, _ depth: Int = 0) {
        let line = beginning + items.joined(separator: ", ") + end
        if line.count <= 96 { return add(line, depth) }
        add(beginning, depth)
        for (index, item) in items.enumerated() { add(item + (index + 1 < items.count ? "," : ""), depth + 1) }
        add(end, depth)
    }

    /// Adds an empty line, unless there is nothing above.
    mutating func space() { if !lines.isEmpty { add("") } }

    /// Adds a comment as documentation, each of its lines on one.
    mutating func document(_ comment: String, _ depth: Int = 0) {
        for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
            add(line.isEmpty ? "///" : "/// \(line)", depth)
        }
    }

    var text: String {
        lines.map { $0.text.isEmpty ? "\n" : String(repeating: "    ", count: $0.depth) + $0.text + "\n" }.joined()
    }

    /// Whether there are none.
    var isEmpty: Bool { lines.isEmpty }
}
