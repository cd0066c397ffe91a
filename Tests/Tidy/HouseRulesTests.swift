import Testing

/// Reports every violation as an issue of its own.
private func report(_ violations: [Violation]) {
    for violation in violations { Issue.record("\(violation)") }
}

@Suite("The house rules, on this project")
struct HouseRulesTests {
    private let sources: [SourceFile]

    init() throws {
        sources = try Project.sources()
        try #require(sources.contains { $0.path == "Tests/Tidy/HouseRulesTests.swift" })
    }

    @Test("each target imports what the architecture allows it")
    func imports() {
        report(sources.flatMap(ImportTable.violations))
    }

    @Test("the import table knows the targets of the package, and no others")
    func importTableIsComplete() throws {
        let package = try Project.text("Package.swift")
        let declared = Documents.declared(by: ["module", "quickModule", "program", "plugin"], in: package)
        #expect(declared == Set(ImportTable.allowed.keys))
    }

    @Test("nothing banned is used")
    func bannedWords() {
        report(sources.flatMap(BannedWords.violations))
    }

    @Test("only Wire knows the names of the socket's fields")
    func fieldNames() {
        report(sources.flatMap(FieldNames.violations))
    }

    @Test("types and functions that other targets use are documented, and no documentation repeats a name")
    func documentation() {
        report(sources.flatMap(Shape.documentation))
        report(sources.flatMap(Shape.shortDocumentation))
    }

    @Test("no file and no function is too long, no line too wide, no file empty, none misnamed")
    func shape() {
        report(sources.flatMap(Shape.length))
        report(sources.flatMap(Shape.width))
        report(sources.flatMap(Shape.emptiness))
        report(sources.flatMap(Shape.naming))
        report(sources.flatMap(FunctionLength.violations))
        report(sources.flatMap(ParameterLabels.violations))
    }

    @Test("no two targets have a type of the same name")
    func typeNames() {
        report(TypeNames.violations(in: sources))
    }

    @Test("who promises Sendable unchecked says why")
    func uncheckedPromises() {
        report(sources.flatMap(Shape.uncheckedPromises))
    }

    @Test("the Makefile builds programs and calls scripts that exist")
    func makefile() throws {
        let text = try Project.text("Makefile")
        let package = try Project.text("Package.swift")
        let programs = Documents.declared(by: ["program", "executableTarget"], in: package)
        #expect(programs.contains("infusionctl"))
        report(Documents.productMentions(path: "Makefile", text: text, programs: programs))
        let expanded = text.replacing("$(SCRIPTS)", with: "Tests/EndToEndTests/scripts")
        report(Documents.pathMentions(path: "Makefile", text: expanded, exists: Project.exists))
        let targets = Documents.makeTargets(text)
        for target in ["demo", "test", "soak", "bench", "install", "build", "lint", "format", "clean", "help"] {
            #expect(targets.contains(target), "the Makefile has no target \(target)")
        }
    }

    @Test("pages for readers name commands and files that exist")
    func pages() throws {
        let targets = Documents.makeTargets(try Project.text("Makefile"))
        let docs = try Project.paths(in: ["docs"], endings: [".md"])
        try #require(docs.contains("docs/contract/planning.md"))
        for page in ["README.md", "ARCHITECTURE.md", "Tests/Benchmarks/RESULTS.md"] + docs {
            let text = try Project.text(page)
            report(Documents.makeMentions(path: page, text: text, targets: targets))
            report(Documents.pathMentions(path: page, text: text, exists: Project.exists))
        }
    }

    @Test("every link of a page that is installed leads to a file that is installed with it")
    func installedPages() throws {
        let installed = try Documents.installed(try Project.text("Makefile")) { folder in
            try Project.paths(in: [folder], endings: [".md", ".json"])
        }
        try #require(installed.contains("docs/contract/desk.md") && installed.contains("README.md"))
        for page in installed.sorted() where page.hasSuffix(".md") {
            report(Documents.deadLinks(path: page, text: try Project.text(page), installed: installed))
        }
    }

    @Test("every script is called by the Makefile, by the run of the tests or by another script")
    func deadScripts() throws {
        let folder = "Tests/EndToEndTests/scripts"
        let names = try Project.names(in: folder)
        var callers = try ["Makefile", "Tests/run.sh"].map { ($0, try Project.text($0)) }
        for name in names { callers.append((name, try Project.text("\(folder)/\(name)"))) }
        report(
            names.filter { name in !callers.contains { $0.0 != name && $0.1.contains(name) } }
                .map { Violation(path: "\(folder)/\($0)", line: 0, message: "nobody calls it") })
    }
}
