extension CSV {
    /// A line of a table as RFC 4180 has it: it ends with CR and LF, and fields stand in quotes where they need them.
    static func line(_ cells: [String]) -> String { cells.map(field).joined(separator: ",") + "\r\n" }

    /// A field; one that a spreadsheet would take for a formula is led by an apostrophe.
    private static func field(_ text: String) -> String {
        var text = text
        let isNumber = Double(text) != nil
        if let first = text.first, "=+-@\t\r".contains(first), !isNumber { text = "'" + text }
        let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        return needsQuotes
            ? "\""
                + text.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"") + "\"" : text
    }
}
