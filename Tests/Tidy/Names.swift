/// Names that pages and code must have in common.
enum Names {
    /// What a page has and the code has not, and the other way round.
    static func violations(_ page: String, _ what: String, named: [String], known: [String]) -> [Violation] {
        let (named, known) = (Set(named), Set(known))
        let missing = known.subtracting(named).sorted().map { "\(what) \($0) is not on the page" }
        let surplus = named.subtracting(known).sorted().map { "\(what) \($0) is not in the code" }
        return (missing + surplus).map { Violation(path: page, line: 0, message: $0) }
    }

    /// The keys that readers ask for: `fields.integer("horizonDays"`, and those of a shape's fields,
    /// `Field("gap", \.gap)`.
    static func keys(in file: SourceFile) -> [String] {
        let text = file.lines.joined(separator: "\n")
        let asked = text.matches(of: #/\bfields\.\w+\(\s*"(\w+)"/#).map { String($0.output.1) }
        return asked + text.matches(of: #/Field\(\s*"(\w+)"/#).map { String($0.output.1) }
    }

    /// The keys of a page about a configuration: the headings and the first column name ways to them, such as
    /// `shifts[].hours` in the section `staff[]`. What is written in capitals stands for a name of the clinic's own.
    static func keys(of page: Page) -> [String] {
        page.sections.flatMap { section -> [String] in
            let heading = Page.words(section.title)
            guard let place = heading.first, section.title == "`\(place)`" else { return [] }
            return (heading + section.tables.flatMap { $0.words(0) }).flatMap { way in
                way.split { ".[]".contains($0) }.map(String.init).filter { $0 != $0.uppercased() }
            }
        }
    }

    /// The exit codes of a program that ends by throwing them: `ExitCode(78)`, `ExitCode.failure`; and those of its
    /// argument parser, 0 and 64.
    static func exitCodes(in files: [SourceFile]) -> [String] {
        files.flatMap(\.lines).compactMap { $0.prefixMatch(of: #/ +(\d+) +[a-z]/#).map { String($0.output.1) } }
    }

    /// The errors that an interface's description declares.
    static func errors(in description: String) -> [String] {
        description.split(separator: "\n").compactMap { line in
            line.prefixMatch(of: #/error (\w+)/#).map { String($0.output.1) }
        }
    }

    /// The fields that journal entries may have: `JournalField("INFUSIOND_COURSE"`.
    static func journalFields(in file: SourceFile) -> [String] {
        file.lines.flatMap { line in
            line.matches(of: #/JournalField\("(\w+)"/#).map { String($0.output.1) }
        }
    }
}
