/// Tables of RFC 4180, and as spreadsheet programs write them: commas, semicolons or tabs, quotes, one row a line.
enum CSV {
    /// A row with the line of the file on which it begins, from 1.
    struct Row: Equatable {
        let line: Int
        var values: [String]
    }

    private static let separators: [Character] = [";", "\t", ","]

    /// What parts the columns of a first line: that which makes the most of them.
    static func separator(of line: String) -> Character {
        separators.max { line.count(of: $0) <= line.count(of: $1) } ?? ","
    }

    /// The rows that have anything in them.
    static func rows(_ text: String, separator: Character, file: String) throws -> [Row] {
        var reader = CSVReader(separator: separator)
        for character in text { reader.take(character) }
        guard !reader.isQuoted else {
            throw Failure.failed("\(file):\(reader.row.line): a quote that begins here is not closed")
        }
        reader.endRow()
        return reader.rows
    }
}

/// Reads a table character by character.
private struct CSVReader {
    let separator: Character
    private(set) var rows: [CSV.Row] = []
    private(set) var row = CSV.Row(line: 1, values: [])
    private(set) var isQuoted = false
    private var value = ""
    private var line = 1
    /// Whether the last character was a quote inside of quotes: two of them are one.
    private var wasQuote = false

    init(separator: Character) { self.separator = separator }

    mutating func take(_ character: Character) {
        if character.isNewline { line += 1 }
        if wasQuote {
            wasQuote = false
            if character == "\"" {
                value.append("\"")
                return
            }
            isQuoted = false
        }
        if isQuoted {
            if character == "\"" { wasQuote = true } else { value.append(character) }
        } else if character == "\"", value.allSatisfy(\.isWhitespace) {
            (isQuoted, value) = (true, "")
        } else if character == separator {
            endValue()
        } else if character.isNewline {
            endRow()
        } else {
            value.append(character)
        }
    }

    private mutating func endValue() {
        row.values.append(value.trimmed)
        value = ""
    }

    mutating func endRow() {
        if wasQuote { (wasQuote, isQuoted) = (false, false) }
        endValue()
        if row.values.contains(where: { !$0.isEmpty }) { rows.append(row) }
        row = CSV.Row(line: line, values: [])
    }
}

extension String {
    fileprivate func count(of character: Character) -> Int { self.count { $0 == character } }
}
