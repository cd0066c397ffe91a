import Testing

private let page = """
    # A page

    ## 1 Words

    | rule | weight |
    | --- | --- |
    | `chair-free` | 5 |
    | `gap`, `phase-window` | 10, or `none` |

    Between tables.

    | code | name |
    | --- | --- |
    | 0 | done |

    ## 2 `staff[]`

    | key | meaning |
    | --- | --- |
    | `shifts[].hours` | when |
    | `load.LABEL` | how much |

    ### More
    """

@Suite("What pages say is read, and held against the code")
struct PagesTests {
    private let read = Page(path: "docs/page.md", text: page)

    @Test("a page has sections with numbers, titles and tables")
    func sections() {
        #expect(read.sections.map(\.number) == [nil, nil, 1, 2, nil])
        #expect(read.sections.map(\.title) == ["", "A page", "Words", "`staff[]`", "More"])
        #expect(read.sections.map(\.tables.count) == [0, 0, 2, 1, 0])
    }

    @Test("a table has rows without its head, and words in code quotes")
    func tables() {
        let tables = read.tables(inSection: 1)
        #expect(tables[0].rows == [["`chair-free`", "5"], ["`gap`, `phase-window`", "10, or `none`"]])
        #expect(tables[0].words(0) == ["chair-free", "gap", "phase-window"])
        #expect(tables[1].cells(1) == ["done"])
        #expect(read.words(inSection: 1, column: 1) == ["none"])
        #expect(read.words(inSection: 3) == [])
    }

    @Test("the cases of an enumeration are read with their raw values, those of others are not")
    func enumeration() throws {
        let text = """
            enum Other { case other }
            package enum Kind: String {
                /// A case with a word of its own.
                case chairFree = "chair-free"
                case gap, window
                case ended(Reason, at: Int), open
                enum Inner { case inner }
                var priority: Int {
                    switch self {
                    case .gap: 1
                    }
                }
            }
            enum Status: Int32 {
                case failed = 1
            }
            enum Wide: UInt128 { // {
                case one = 0x2c76_eb65
            }
            """
        let file = SourceFile(path: "Sources/Planning/Kind.swift", text: text)
        let kind = try #require(Enumeration("Kind", in: file))
        #expect(kind.cases.map(\.name) == ["chairFree", "gap", "window", "ended", "open"])
        #expect(kind.cases.map(\.raw) == ["chair-free", "gap", "window", "ended", "open"])
        #expect(Enumeration("Status", in: file)?.cases == [Enumeration.Case(name: "failed", raw: "1")])
        #expect(Enumeration("Wide", in: file)?.cases.map(\.raw) == ["0x2c76_eb65"])
        #expect(Enumeration("Absent", in: file)?.cases == nil)
    }

    @Test("what only one of page and code has is reported")
    func names() {
        let found = Names.violations("docs/page.md", "rule", named: ["a", "b"], known: ["b", "c"])
        #expect(
            found.map(\.description) == [
                "docs/page.md: rule c is not on the page", "docs/page.md: rule a is not in the code",
            ])
        #expect(Names.violations("docs/page.md", "rule", named: ["a"], known: ["a"]).isEmpty)
    }

    @Test("keys are read from readers and from a page's headings and first columns")
    func keys() {
        let text = """
            let a = fields.integer("horizonDays", 0...9)
            let b = fields.value(
                "firmDays", default: 1)
            let shape = Shape(Weights(), DefaultedField("gap", \\.gap), Field("idle", { $0.idle }))
            other.integer("no", 1)
            """
        let file = SourceFile(path: "Sources/Configuration/A.swift", text: text)
        #expect(Set(Names.keys(in: file)) == ["horizonDays", "firmDays", "gap", "idle"])
        #expect(Set(Names.keys(of: read)) == ["staff", "shifts", "hours", "load"])
    }

    @Test("exit codes, errors and journal fields are read from their declarations")
    func declarations() {
        func file(_ text: String) -> SourceFile { SourceFile(path: "Sources/infusiond/A.swift", text: text) }
        let codes = Names.exitCodes(in: [file("              0   ended"), file("    78  the file is wrong")])
        #expect(codes == ["0", "78"])
        let description = "# error No (\nerror Refused (\n  error: string\n)\nerror Busy ()"
        #expect(Names.errors(in: description) == ["Refused", "Busy"])
        let field = "static func event() { JournalField(\"INFUSIOND_EVENT\", id) }"
        #expect(Names.journalFields(in: file(field)) == ["INFUSIOND_EVENT"])
    }

    @Test("words are counted, and files that a page names without a path are looked for")
    func mentions() {
        #expect(Documents.wordCount("One two,\n- three `four five`\n") == 6)
        let found = Documents.fileMentions(
            path: "docs/page.md", text: "`Plan.swift` and `Flan.swift`,\n`DecideX.swift`", names: ["Plan.swift"])
        #expect(found.map(\.description) == ["docs/page.md:1: there is no Flan.swift"])
    }

    @Test("a link begins at its page's folder")
    func links() {
        #expect(Documents.resolved("planner.md", from: "docs/adding.md") == "docs/planner.md")
        #expect(Documents.resolved("../planner.md", from: "docs/contract/planning.md") == "docs/planner.md")
        #expect(Documents.resolved("./docs", from: "README.md") == "docs")
        let text = "[up](../README.md) [down](sub/a.md#top) [away](b.md), docs/c.md"
        let there: Set<String> = ["README.md", "docs/sub/a.md"]
        let found = Documents.pathMentions(path: "docs/page.md", text: text, exists: there.contains)
        #expect(found.map(\.message) == ["there is no docs/b.md", "there is no docs/c.md"])
    }
}

/// A text that cites pages, and what is told of it.
private typealias CitingText = (text: String, told: [String])

private let citingPages: [CitingText] = [
    ("/// See docs/page.md.", []),
    ("/// See README.md, and `docs/deep/other.md`.", []),
    ("/// See PAGE.md.\n/// And docs/none.md.", ["1: there is no PAGE.md", "2: there is no docs/none.md"]),
    ("/// Installed as /usr/share/doc/infusiond/ANY.md.", []),
]

private let citingSections: [CitingText] = [
    ("/// docs/page.md section 1", []),
    ("/// (docs/page.md, section 2), docs/deep/other.md section 4", []),
    ("/// docs/page.md section 3", ["1: there is no section 3 in docs/page.md"]),
    ("/// docs/page.md sections 1, 2 and 7", ["1: there is no section 7 in docs/page.md"]),
    ("/// docs/page.md sections 1 to 9", ["1: there is no section 9 in docs/page.md"]),
    ("/// docs/page.md\n    /// section 8", ["1: there is no section 8 in docs/page.md"]),
    ("# docs/page.md\n# section 2 holds", []),
    ("/// docs/page.md has no section 8", []),
]

private let linking: [CitingText] = [
    ("[other.md](deep/other.md) section 4", []),
    ("[other.md](deep/other.md) section 5", ["1: there is no section 5 in docs/deep/other.md"]),
    ("[a page](none.md)", ["1: there is no none.md"]),
    ("page.md section 2, [a site](https://example.org/x.md)", []),
]

@Suite("Cited pages and sections are looked for")
struct CitationsTests {
    private let pages = ["docs/page.md": page, "docs/deep/other.md": "## 4 Four\n", "README.md": "# Read\n"]

    private func told(_ text: String, in path: String = "Sources/Planning/A.swift") -> [String] {
        let violations = Citations.violations(path: path, text: text) { cited in
            pages[cited].map { Set(Page(path: cited, text: $0).sections.compactMap(\.number)) }
        }
        return violations.map { "\($0.line): \($0.message)" }
    }

    @Test("a page by its path or its bare name must be there", arguments: citingPages.indices)
    func names(index: Int) {
        #expect(told(citingPages[index].text) == citingPages[index].told)
    }

    @Test("sections that are named after a page must be there", arguments: citingSections.indices)
    func sections(index: Int) {
        #expect(told(citingSections[index].text) == citingSections[index].told)
    }

    @Test("a link of a page begins at its folder, and its text is no citation", arguments: linking.indices)
    func linksOfPages(index: Int) {
        #expect(told(linking[index].text, in: "docs/start.md") == linking[index].told)
    }
}
