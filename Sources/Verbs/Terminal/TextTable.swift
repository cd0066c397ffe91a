/// Rows under headers, each column as wide as its widest cell.
struct TextTable {
    /// How the cells of a column stand.
    enum Alignment { case left, right }

    private let headers: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// A table with these columns.
    init(_ columns: (String, Alignment)...) {
        headers = columns.map(\.0)
        alignments = columns.map(\.1)
    }

    /// Adds a row; it has as many cells as there are columns.
    mutating func add(_ cells: String...) { add(cells) }

    /// Adds a row; it has as many cells as there are columns. A patient's id is shown as who is meant.
    mutating func add(_ cells: [String]) { rows.append(cells.map(Names.current.text)) }

    /// Whether there is no row.
    var isEmpty: Bool { rows.isEmpty }

    /// The lines. Without rows there are none; columns without any text in the rows are left out.
    func lines(_ style: Style, hasHeaders: Bool = true) -> [String] {
        let shown = headers.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        guard !shown.isEmpty else { return [] }
        let widths = headers.indices.map { column in
            rows.reduce(hasHeaders ? headers[column].count : 0) { max($0, $1[column].count) }
        }
        func line(_ cells: [String]) -> String {
            let padded = shown.map { column in
                alignments[column] == .left
                    ? cells[column].padded(to: widths[column]) : cells[column].padded(before: widths[column])
            }
            return padded.joined(separator: "  ").trimmingEnd
        }
        return (hasHeaders ? [style.bold(line(headers))] : []) + rows.map(line)
    }
}

extension String {
    /// The text with spaces after it to a width.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// The text with spaces before it to a width.
    func padded(before width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

    /// The text without the spaces at its end.
    var trimmingEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// The text without the spaces around it.
    var trimmed: String {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}

/// A count with its noun: 1 visit, 2 visits.
func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}
