/// Pages that texts cite: by a link, or by a name that ends in `.md`, perhaps with sections after it.
enum Citations {
    /// A page as it is cited.
    struct Citation: Equatable {
        /// The line on which it begins, from 1.
        let line: Int
        /// The page as it is written.
        let page: String
        /// Whether it is the target of a link, which begins at the citing page's folder.
        let isLink: Bool
        /// The sections that are named after it; of a stretch the first and the last.
        var sections: [Int] = []
    }

    /// All citations of a text, line by line. One may go on in the next line, behind the mark of a comment.
    static func all(in text: String) -> [Citation] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.flatMap { index -> [Citation] in
            // Most lines cite nothing, and the search is slow.
            guard lines[index].contains(".md") else { return [] }
            let next = index + 1 < lines.count ? lines[index + 1].drop { " /#".contains($0) } : ""
            return citations(in: lines[index], goingOn: String(next), number: index + 1)
        }
    }

    private static func citations(in line: String, goingOn next: String, number: Int) -> [Citation] {
        let link = #/\[[^\]]*\]\(([^)#:\s]+\.md)(?:#[^)]*)?\)(?:,? sections? (\d+(?:(?:, | and | to )\d+)*))?/#
        let name = #/(?:^|[^\w.\/:-])([\w.\/-]*\w\.md)\b`?(?:,? sections? (\d+(?:(?:, | and | to )\d+)*))?/#
        let whole = line + " " + next
        var found: [Citation] = []
        for match in whole.matches(of: link) where begins(match.range, within: line, whole) {
            found.append(
                Citation(
                    line: number, page: String(match.output.1), isLink: true, sections: numbers(match.output.2)))
        }
        // What stands in a link is no name by itself; what stands around it keeps its place.
        let plain = whole.replacing(link) { String(repeating: " ", count: $0.output.0.count) }
        for match in plain.matches(of: name) where begins(match.range, within: line, plain) {
            found.append(
                Citation(
                    line: number, page: String(match.output.1), isLink: false, sections: numbers(match.output.2)))
        }
        return found
    }

    private static func begins(_ range: Range<String.Index>, within line: String, _ whole: String) -> Bool {
        whole.distance(from: whole.startIndex, to: range.lowerBound) < line.count
    }

    private static func numbers(_ text: Substring?) -> [Int] {
        (text ?? "").matches(of: #/\d+/#).compactMap { Int($0.output) }
    }

    /// Citations of pages and sections that are not there. Absolute paths are those of an installed file.
    ///
    /// - Parameter sections: the numbers of a page's sections by its path from the top of the project; nil where there
    ///   is no such page.
    static func violations(path: String, text: String, sections: (String) -> Set<Int>?) -> [Violation] {
        all(in: text).flatMap { citation -> [Violation] in
            if citation.page.hasPrefix("/") { return [] }
            let beside = Documents.resolved(citation.page, from: path)
            let places = citation.isLink ? [beside] : path.hasSuffix(".md") ? [citation.page, beside] : [citation.page]
            guard let found = places.first(where: { sections($0) != nil }), let known = sections(found) else {
                return [Violation(path: path, line: citation.line, message: "there is no \(citation.page)")]
            }
            return citation.sections.filter { !known.contains($0) }.map {
                Violation(path: path, line: citation.line, message: "there is no section \($0) in \(found)")
            }
        }
    }
}
