import Testing

@Suite("Code, comments and literals are told apart")
struct SourceFileTests {
    private static let quotes = "\"\"\""

    @Test(
        "code stays, the rest is blanked out",
        arguments: [
            ("let a = 1 // one", "let a = 1", "// one"),
            ("f(/* a /* b */ c */ x)", "f(                  x)", "  /* a /* b */ c */"),
            ("let a = \"b // c\"", "let a = \"      \"", ""),
            ("let a = \"b \\(c(\"d\")) e\" // f", "let a = \"  \\(c(\" \"))  \"", "                        // f"),
            ("let a = \"\\\"b\" + c", "let a = \"   \" + c", ""),
            ("let a = #\"b\"c\\(d)\"# + e", "let a = #\"       \"# + e", ""),
            ("let a = #\"\\#(b)\"# + c", "let a = #\"\\#(b)\"# + c", ""),
            ("let a = #/b\"c/# + d // \"", "let a = #/   /# + d", "                   // \""),
            ("let a = \"unfinished\nlet b = 1", "let a = \"\nlet b = 1", ""),
            ("let a = \(quotes)\n b \"c\" // d\n \(quotes) + e", "let a = \(quotes)\n\n \(quotes) + e", ""),
            ("// \"a\nlet b = c", "\nlet b = c", "// \"a"),
            ("let ä = \"ö\" // ü", "let ä = \"  \"", "            // ü"),
        ])
    func views(text: String, code: String, comments: String) {
        func trimmed(_ lines: [String]) -> [String] {
            lines.map { line in
                var line = line
                while line.last == " " { line.removeLast() }
                return line
            }
        }
        let file = SourceFile(path: "Sources/Planning/A.swift", text: text)
        #expect(trimmed(file.code).joined(separator: "\n") == code)
        #expect(file.code.count == file.lines.count && file.comments.count == file.lines.count)
        let seen = trimmed(file.comments).filter { !$0.isEmpty }.joined(separator: "\n")
        #expect(
            seen.split(separator: "\n").map { $0.drop { $0 == " " } }
                == comments.split(separator: "\n").map { $0.drop { $0 == " " } })
    }

    @Test("a file knows its target, its name, and whether it is part of the product")
    func names() {
        let day = SourceFile(path: "Sources/Planning/Deep/Day+Names.swift", text: "let a = 1\n")
        #expect(day.target == "Planning" && day.name == "Day+Names" && day.isProduct && day.lines.count == 1)
        #expect(!SourceFile(path: "Tests/PlanningTests/DayTests.swift", text: "").isProduct)
    }
}
