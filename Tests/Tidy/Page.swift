/// A page in Markdown: its sections with their tables.
struct Page {
    /// A table without its head.
    struct Table: Equatable {
        /// The rows, each as its cells.
        var rows: [[String]] = []

        /// The cells of a column.
        func cells(_ column: Int) -> [String] { rows.compactMap { column < $0.count ? $0[column] : nil } }

        /// The words in code quotes of a column, row by row.
        func words(_ column: Int) -> [String] { cells(column).flatMap { Page.words($0) } }
    }

    /// A heading with what follows it.
    struct Section {
        /// The number with which the heading begins.
        let number: Int?
        /// The heading without its number.
        let title: String
        /// The tables up to the next heading.
        var tables: [Table] = []
    }

    let path: String
    let sections: [Section]

    /// A page of this text.
    init(path: String, text: String) {
        self.path = path
        var sections = [Section(number: nil, title: "")]
        var isInTable = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let heading = line.wholeMatch(of: #/#{1,6} (?:(\d+) )?(.*)/#) {
                let number = heading.output.1.flatMap { Int($0) }
                sections.append(Section(number: number, title: String(heading.output.2)))
            }
            let isRow = line.hasPrefix("|")
            defer { isInTable = isRow }
            guard isRow else { continue }
            let last = sections.count - 1
            // The first row is the head, the second only dashes.
            if !isInTable { sections[last].tables.append(Table()) }
            guard isInTable, !line.hasPrefix("| ---") else { continue }
            sections[last].tables[sections[last].tables.count - 1].rows.append(Page.cells(of: line))
        }
        self.sections = sections
    }

    /// The tables of a section.
    func tables(inSection number: Int) -> [Table] { sections.first { $0.number == number }?.tables ?? [] }

    /// The words in code quotes of a column of all tables of a section.
    func words(inSection number: Int, column: Int = 0) -> [String] {
        tables(inSection: number).flatMap { $0.words(column) }
    }

    /// The words in code quotes.
    static func words(_ text: String) -> [String] {
        text.matches(of: #/`([^`]+)`/#).map { String($0.output.1) }
    }

    private static func cells(of row: Substring) -> [String] {
        row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { cell in
            cell.split(separator: " ").joined(separator: " ")
        }
    }
}
