import Testing

/// Reports every violation as an issue of its own.
private func report(_ violations: [Violation]) {
    for violation in violations { Issue.record("\(violation)") }
}

@Suite("The pages and the code, on this project")
struct ContractTests {
    private let sources: [SourceFile]

    init() throws { sources = try Project.sources() }

    private func page(_ path: String) throws -> Page { Page(path: path, text: try Project.text(path)) }

    /// The file of a target that has the path's last name, in whichever of its rooms it is.
    private func source(_ path: String) throws -> SourceFile {
        let parts = path.split(separator: "/")
        let found = sources.filter {
            $0.path.hasPrefix("\(parts[0])/\(parts[1])/") && $0.path.hasSuffix("/\(parts[parts.count - 1])")
        }
        return try #require(found.count == 1 ? found[0] : nil, "\(path): \(found.count) files")
    }

    /// The cases of an enumeration, which there must be.
    private func cases(of name: String, in path: String) throws -> [Enumeration.Case] {
        let cases = try #require(Enumeration(name, in: try source(path)), "\(path) declares no enum \(name)").cases
        try #require(!cases.isEmpty, "the enum \(name) of \(path) has no cases")
        return cases
    }

    @Test("every page and section that is cited exists")
    func citations() throws {
        // Each page is read once.
        var read: [String: Set<Int>?] = [:]
        func sections(_ path: String) -> Set<Int>? {
            if let known = read[path] { return known }
            let page = try? page(path)
            let numbers = page.map { Set($0.sections.compactMap(\.number)) }
            read[path] = .some(numbers)
            return numbers
        }
        for file in sources {
            let comments = file.comments.joined(separator: "\n")
            report(Citations.violations(path: file.path, text: comments, sections: sections))
        }
        let endings = [".md", ".py", ".sh", ".varlink", ".types"]
        let others = try Project.paths(in: ["Sources", "Tests", "docs"], endings: endings)
        for path in ["README.md", "ARCHITECTURE.md"] + others {
            report(Citations.violations(path: path, text: try Project.text(path), sections: sections))
        }
    }

    @Test("the architecture is read in a few minutes")
    func architecture() throws {
        let count = Documents.wordCount(try Project.text("ARCHITECTURE.md"))
        #expect(count <= 1200, "ARCHITECTURE.md has \(count) words (at most 1200): give a topic a page of its own")
    }

    @Test("every rule, cost term, remedy and status is on the planner's page, and no other")
    func planning() throws {
        let path = "docs/contract/planning.md"
        let page = try page(path)
        let values = "Sources/Planning/Values/Plan.swift"
        let rules = try cases(of: "Rule", in: values).map(\.raw)
        report(Names.violations(path, "rule", named: page.words(inSection: 3), known: rules))
        #expect(page.words(inSection: 3) == rules, "the table has the order of the code, which decides what is named")
        let terms = try cases(of: "CostTerm", in: values).map(\.raw)
        report(Names.violations(path, "cost term", named: page.words(inSection: 4), known: terms))
        #expect(page.words(inSection: 4) == terms, "the table has the order of the code")
        let remedies = try cases(of: "Kind", in: values).map(\.raw)
        report(Names.violations(path, "remedy", named: page.words(inSection: 5), known: remedies))
        let statuses = try cases(of: "VisitStatus", in: "Sources/Clinic/VisitStatus.swift").map(\.raw)
        report(Names.violations(path, "status", named: page.words(inSection: 9), known: statuses))
    }

    @Test("every key of the configuration is on its page, and no other")
    func configuration() throws {
        let readers = [
            "ConfigurationFile", "FacilitySections", "FacilitySections+Staff", "VisitTypeReading", "RegimenReading",
            "PhaseReading", "FileShape",
        ]
        // Changes of gaps stand in export files alone, with the courses that have them.
        let read = try readers.flatMap { Names.keys(in: try source("Sources/Configuration/\($0).swift")) }
            .filter { $0 != "gapChanges" }
        let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let path = "docs/configuration.md"
        let named = Names.keys(of: try page(path))
        #expect(named.count > 100, "the page's tables are not read")
        report(Names.violations(path, "key", named: named, known: read + weekdays))
    }

    @Test("every exit code is on the service's page with its name, and no other")
    func exitCodes() throws {
        let path = "docs/contract/service.md"
        let tables = try page(path).tables(inSection: 6)
        try #require(tables.count == 2, "one table for infusionctl, one for infusiond")
        let statuses = try cases(of: "Status", in: "Sources/Verbs/Terminal/Failure.swift")
        let named = zip(tables[0].cells(0), tables[0].cells(1)).map { "\($0) \($1)" }
        report(
            Names.violations(
                path, "exit code of infusionctl", named: named,
                known: ["0 done"] + statuses.map { "\($0.raw) \($0.name)" }))
        let daemon = sources.filter { $0.path.hasPrefix("Sources/infusiond/") }
        report(
            Names.violations(
                path, "exit code of infusiond", named: tables[1].cells(0), known: Names.exitCodes(in: daemon)))
    }

    @Test("every error of the clinic's interface is on the service's page, and no other")
    func errors() throws {
        let path = "docs/contract/service.md"
        let description = try Project.text("Sources/Wire/Interfaces/io.infusiond.Clinic/errors.varlink")
        let named = try page(path).tables(inSection: 9).first?.words(0) ?? []
        report(Names.violations(path, "error", named: named, known: Names.errors(in: description)))
    }

    @Test("every MESSAGE_ID with its name and every field is on the journal's page, and no other")
    func journal() throws {
        let path = "docs/journal.md"
        let page = try page(path)
        let kinds = try cases(of: "MessageKind", in: "Sources/Systemd/MessageKind.swift").map { kind in
            "\(kind.name) \(kind.raw.dropFirst(2).replacing("_", with: ""))"
        }
        let rows = page.tables(inSection: 3).flatMap(\.rows)
        let named = rows.map { row in row.prefix(2).flatMap { Page.words($0) }.joined(separator: " ") }
        report(Names.violations(path, "message", named: named, known: kinds))
        let fields = Names.journalFields(in: try source("Sources/Systemd/JournalEntry.swift"))
        report(Names.violations(path, "field", named: page.words(inSection: 1).filter(Self.isField), known: fields))
        let used = page.words(inSection: 3, column: 3).map { "INFUSIOND_\($0)" }
        #expect(Set(used).subtracting(fields).isEmpty, "kinds have fields that there are none of")
    }

    private static func isField(_ word: String) -> Bool { word.hasPrefix("INFUSIOND_") }

    @Test("every kind of event, alert and action is on the events' page, and no other")
    func events() throws {
        let path = "docs/events.md"
        let page = try page(path)
        let events = try sources.filter(Self.isOfEvents).flatMap { try cases(of: "Kind", in: $0.path).map(\.raw) }
        // An exception's kind begins the names of its two events.
        let exceptions = try cases(of: "Kind", in: "Sources/Clinic/AvailabilityException.swift").map(\.raw)
        let lists = [
            (
                section: 2, what: "event",
                known: events + exceptions.flatMap { ["\($0)Added", "\($0)Removed"] }
            ),
            (section: 3, what: "alert", known: try cases(of: "Kind", in: "Sources/Clinic/Alert.swift").map(\.raw)),
            (
                section: 4, what: "action",
                known: try cases(of: "CourseAction", in: "Sources/Clinic/CourseChanged.swift").map(\.raw)
            ),
        ]
        for list in lists {
            report(Names.violations(path, list.what, named: page.words(inSection: list.section), known: list.known))
        }
    }

    /// Whether a file has the events of a subject, with their names.
    private static func isOfEvents(_ file: SourceFile) -> Bool {
        file.path.hasPrefix("Sources/Clinic/Events/") && file.path.hasSuffix("Event.swift")
            && !["/Event.swift", "/AvailabilityEvent.swift"].contains(where: file.path.hasSuffix)
    }

    @Test("the lists of places name files that there are")
    func adding() throws {
        let names = Set(sources.map { "\($0.name).swift" })
        let path = "docs/adding.md"
        report(Documents.fileMentions(path: path, text: try Project.text(path), names: names))
    }
}
