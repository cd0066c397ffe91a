import Testing

/// A check, a text that breaks its rule in these lines, and one, if there can be one, that comes close and does not.
private struct Sample: CustomTestStringConvertible, Sendable {
    let name: String
    let check: Check
    var path = "Sources/Planning/Sample.swift"
    let broken: String
    let lines: [Int]
    let sound: String?

    var testDescription: String { name }
}

private let samples: [Sample] = [
    Sample(
        name: "planning imports nothing", check: ImportTable.violations,
        broken: "import Foundation\n@testable internal import Clinic\nlet a = 1\nimport struct Glibc.stat",
        lines: [1, 2, 4], sound: "// import Foundation\nlet text = \"import Clinic\"\nlet important = 1"),
    Sample(
        name: "the checker shares no code with others than planning", check: ImportTable.violations,
        path: "Sources/Checker/Sample.swift", broken: "package import Planning\nimport Clinic", lines: [2],
        sound: "package import Planning"),
    Sample(
        name: "the clinic's core has no database", check: ImportTable.violations,
        path: "Sources/Clinic/Sample.swift", broken: "internal import GRDB", lines: [1],
        sound: "internal import HashTreeCollections\nimport Planning"),
    Sample(
        name: "only the store knows the database", check: ImportTable.violations,
        path: "Sources/Service/Sample.swift", broken: "internal import GRDB\nimport NIOCore\nimport CSystemd",
        lines: [1, 2, 3], sound: "import Store\nimport Systemd\nimport Foundation"),
    Sample(
        name: "only Wire knows the socket's fields", check: FieldNames.violations,
        path: "Sources/Service/Sample.swift",
        broken: """
            let a = reply["event"]?.integer
            let b = call.parameters["x"]
            let c = fields.nullable("event")
            let d: JSONValue = ["chairs": reply.chairs.json]
            return .present([("event", event?.json), ("b", .string(b))])
            """,
        lines: [1, 2, 3, 4, 5],
        sound: """
            let a = names[person]
            // reply["event"] is for Wire
            let b = ["busy": 1]
            let c = people["rn-1"]
            table.add("event", event)
            """),
    Sample(
        name: "the protocol knows nothing of clinics", check: ImportTable.violations,
        path: "Sources/Varlink/Sample.swift", broken: "import Clinic\nimport Wire", lines: [1, 2],
        sound: "import StrictJSON\nimport NIOCore"),
    Sample(
        name: "a target that the table does not know", check: ImportTable.violations,
        path: "Sources/Unheard/Sample.swift", broken: "let a = 1", lines: [0], sound: nil),
    Sample(
        name: "nothing is printed", check: BannedWords.violations, broken: "print(1)\n  print(\"a\")",
        lines: [1, 2], sound: "// print(1)\nlet a = \"print(1)\"\nfingerprint(1)\na.print(1)\nprinted(2)"),
    Sample(
        name: "the tool may print", check: BannedWords.violations, path: "Sources/Verbs/Sample.swift",
        broken: "debugPrint(1)", lines: [1], sound: "print(1)"),
    Sample(
        name: "the core does not ask for the time", check: BannedWords.violations,
        broken:
            "let a = Date()\nlet b = Date.now\nlet c = ContinuousClock().now\nlet d = SystemRandomNumberGenerator()",
        lines: [1, 2, 3, 4], sound: "let a = UpdateDate()\nlet b: Date? = nil"),
    Sample(
        name: "nothing is forced", check: BannedWords.violations, path: "Tests/PlanningTests/Sample.swift",
        broken: "let a = try! f()\nfatalError(\"no\")\nThread.sleep(forTimeInterval: 1)", lines: [1, 2, 3],
        sound: "let a = try? f()\nlet b = try f()"),
    Sample(
        name: "nothing is public", check: BannedWords.violations, broken: "public struct A {\n    public let b = 1\n}",
        lines: [1, 2], sound: "package struct A {}\nlet republic = 1"),
    Sample(
        name: "nothing is left for later", check: BannedWords.violations,
        broken: "let a = 1 // TODO: more\n/* FIXME */", lines: [1, 2], sound: "let a = \"TODO\""),
    Sample(
        name: "what others use is documented", check: Shape.documentation,
        broken: """
            package struct A {
                /// Documented with a whole sentence.
                package func b() {}
                package static func c() {}

                package nonisolated func d() {}
                /// Documented with a whole sentence.

                package mutating func e() {}
                // Not documentation.
                @inlinable package subscript(index: Int) -> Int { index }
                package static func + (left: A, right: A) -> A { left }
            }
            """,
        lines: [1, 4, 6, 9, 11, 12],
        sound: """
            package import Planning
            /// Documented with a whole sentence.
            @frozen
            package struct A {
                /** Documented. */
                package func b() {}
                package private(set) var c = 3
                package init() {}
                @inlinable package static func < (left: A, right: A) -> Bool { false }
                let package = 2
                let c = package
            }
            package extension A {}
            """),
    Sample(
        name: "documentation says more than a name", check: Shape.shortDocumentation,
        broken: "/// The patient.\nlet patient: Int\n    /// The day.\n    let day: Int", lines: [1, 3],
        sound: """
            /// The patient who is asked first.
            let a = 1
            /// The day of the visit that is
            /// to come.
            let b = 2
            """),
    Sample(
        name: "no file is too long", check: Shape.length,
        broken: String(repeating: "\n", count: 401), lines: [401], sound: String(repeating: "\n", count: 400)),
    Sample(
        name: "no line is too wide", check: Shape.width,
        broken: "\n" + String(repeating: "a", count: 121), lines: [2],
        sound: String(repeating: "a", count: 120) + "\n" + String(repeating: "ä", count: 120)),
    Sample(
        name: "no function has too many parameters without a label", check: ParameterLabels.violations,
        broken: """
            func a(_ b: Int, _ c: [Int: Int], _ d: (Int, Int) -> Int, _ e: Int = f(1, 2), _ g: Int) {}
            struct H {
                package init?<I: J>(
                    _ b: Int, _ c: Int, d: Int, _ e: Int,
                    _ f: Int, _ g: Int
                )
            }
            """,
        lines: [1, 3],
        sound: """
            func a(_ b: Int, _ c: Int, _ d: (_ e: Int, _ f: Int) -> Int, _ g: Int, h: Int) {}
            init(_ b: Int) { self.init(b, _ = 1, _ , _ , _ , _) }
            """),
    Sample(
        name: "no function is too long", check: FunctionLength.violations,
        broken: """
            package static func a(
                b: Int = { 1 }()
            )
                -> Int
            {
            \(String(repeating: "    if c { \"}\" }\n", count: 42))
                init(d) {
                }
            }
            func short() {}
            """,
        lines: [1],
        sound: """
            protocol P {
                func a()
                func b() -> Int
            }
            func c() {
            \(String(repeating: "\n", count: 47))
            }
            let d = self.init { \(String(repeating: "\n", count: 60)) }
            """),
    Sample(
        name: "no file is empty", check: Shape.emptiness, broken: "// Nothing.\nimport Planning\n\n", lines: [0],
        sound: "let a = 1"),
    Sample(
        name: "a file is named after what it declares", check: Shape.naming,
        broken: "struct Ample {\n    func f() {}\n}\nlet sample = Sample()\nprivate func g() {}", lines: [0],
        sound: "struct Ample {}\npackage func g() {}"),
    Sample(
        name: "a file may hold a topic of a type", check: Shape.naming,
        path: "Sources/Planning/Sample+Topic.swift", broken: "struct Topic {}", lines: [0],
        sound: "extension Outer.Sample {\n}"),
    Sample(
        name: "a file may be called after the first word of its types", check: Shape.naming,
        path: "Sources/Verbs/Sample.swift", broken: "struct Other {}\nstruct ASample {}", lines: [0],
        sound: "struct SampleCommand: ParsableCommand {}"),
    Sample(
        name: "an unchecked promise has its reason on the next line", check: Shape.uncheckedPromises,
        broken: "final class A: @unchecked Sendable {\n    let b = 1\n}\nextension C: @unchecked Sendable {}",
        lines: [1, 4], sound: "final class A: @unchecked Sendable {\n    // One thread at a time holds it.\n}"),
]

@Suite("Each check finds what it looks for, and nothing else")
struct ChecksTests {
    @Test("a text that breaks the rule is reported at its lines", arguments: samples)
    private func broken(sample: Sample) {
        let found = sample.check(SourceFile(path: sample.path, text: sample.broken))
        #expect(found.map(\.line).sorted() == sample.lines, "\(found)")
        #expect(found.allSatisfy { $0.path == sample.path && !$0.message.isEmpty })
    }

    @Test("a text that only comes close is not", arguments: samples)
    private func sound(sample: Sample) {
        guard let text = sample.sound else { return }
        let found = sample.check(SourceFile(path: sample.path, text: text))
        #expect(found.isEmpty, "\(found)")
    }

    @Test("every banned word is found where its ban holds")
    func everyWord() {
        let path = "Sources/Planning/Sample.swift"
        for word in BannedWords.inCode {
            let found = BannedWords.violations(in: SourceFile(path: path, text: "_ = 1; \(word.text)"))
            #expect(found.contains { $0.message.hasPrefix(word.text) }, "\(word.text)")
        }
        for word in BannedWords.inComments {
            let found = BannedWords.violations(in: SourceFile(path: path, text: "// \(word.text)"))
            #expect(found.contains { $0.message.hasPrefix(word.text) }, "\(word.text)")
        }
    }

    @Test("a violation reads like a compiler's message")
    func description() {
        #expect(Violation(path: "A.swift", line: 3, message: "no").description == "A.swift:3: no")
        #expect(Violation(path: "A.swift", line: 0, message: "no").description == "A.swift: no")
    }
}

@Suite("Names of types are held against those of other targets")
struct TypeNamesTests {
    @Test("a type of another target's name is reported at both, a nested one and an extension are not")
    func typeNames() {
        let files = [
            SourceFile(
                path: "Sources/Planning/Step.swift",
                text: "/// A struct Hop.\npackage struct Step<Thing>: Hashable {\n    struct Hop {}\n}\n"),
            SourceFile(
                path: "Sources/Checker/Step.swift",
                text: "@frozen final class Step {}\nextension Hop {}\nprivate enum Hop {}\nlet step = Hop.self\n"),
            SourceFile(path: "Sources/Checker/Other.swift", text: "extension Step {}\nimport struct Glibc.stat\n"),
            SourceFile(path: "Tests/PlanningTests/Step.swift", text: "struct Step {}\nprivate enum Hop {}\n"),
        ]
        let found = TypeNames.violations(in: files)
        #expect(
            found.map(\.description) == [
                "Sources/Planning/Step.swift:2: Checker has a type of the name Step too",
                "Sources/Checker/Step.swift:1: Planning has a type of the name Step too",
            ])
    }
}

@Suite("What pages promise is held against what is there")
struct DocumentsTests {
    @Test("the Makefile's targets are its rules, not its variables")
    func makeTargets() {
        let makefile =
            "A := 1\nB ?= 2\nbindir:=x\ndemo: ## see\n\tcommand: x\ntest lint: x\n.PHONY: demo\nstep-back: demo\n"
        #expect(Documents.makeTargets(makefile) == ["demo", "step-back"])
    }

    @Test("a command that the Makefile does not know is reported, prose is not")
    func makeMentions() {
        let page = "Type `make demo` or `make fly`.\n    make walk\n    $ make demo && make swim\nThey make sense.\n"
        let found = Documents.makeMentions(path: "README.md", text: page, targets: ["demo"])
        #expect(found.map(\.line) == [1, 2, 3])
        #expect(found.map(\.message) == ["fly", "walk", "swim"].map { "the Makefile has no target \($0)" })
    }

    @Test("a program that the package does not have is reported")
    func productMentions() {
        let text = "swift build --product infusiond\nswift build --product infusion\n"
        let found = Documents.productMentions(path: "Makefile", text: text, programs: ["infusiond"])
        #expect(found.map(\.description) == ["Makefile:2: the package has no program infusion"])
    }

    @Test("a path that leads nowhere is reported, addresses are not")
    func pathMentions() {
        let page = """
            [the design](ARCHITECTURE.md), [the plan](PLAN.md), [a site](https://example.org/x), [here](#top)
            See `Sources/Planning` and `Sources/Palmistry/Hand.swift`, systemd/infusiond@.service, .ci/run.
            Installed as /usr/lib/systemd/system/x and share/systemd/y.
            """
        let there: Set<String> = [
            "ARCHITECTURE.md", "Sources/Planning", "systemd/infusiond@.service", ".ci/run",
        ]
        let found = Documents.pathMentions(path: "README.md", text: page, exists: there.contains)
        #expect(found.map(\.line) == [1, 2])
        #expect(found.map(\.message) == ["there is no PLAN.md", "there is no Sources/Palmistry/Hand.swift"])
    }

    @Test("what is installed to be read is known from the Makefile, and a link that leaves it is reported")
    func installedPages() throws {
        let makefile =
            "DESTDIR ?=\nPAGES := README.md LICENSE $(shell find docs -type f)\n\ninstall:\n\tinstall README.md\n"
        let installed = Documents.installed(makefile) { folder in ["\(folder)/a.md", "\(folder)/deep/b.md"] }
        #expect(installed == ["README.md", "LICENSE", "docs/a.md", "docs/deep/b.md"])
        let page =
            "[one](../../LICENSE), [two](../../docs/deep), [three](b.md#x)\n[four](../../Package.swift), [five](#x)"
        let found = Documents.deadLinks(path: "docs/deep/b.md", text: page, installed: installed)
        #expect(found.map(\.description) == ["docs/deep/b.md:2: Package.swift is not installed with it"])
    }

    @Test("a package's targets are read from its declarations")
    func declared() {
        let package =
            "    module(\"A\", [\"B\"]),\n    program(\"c\", []),\n    .executableTarget(\n"
            + "        name: \"d\", path: \"e\"),\n    tests(\"ATests\", [\"A\"]),\n"
        #expect(Documents.declared(by: ["module"], in: package) == ["A"])
        #expect(Documents.declared(by: ["program", "executableTarget"], in: package) == ["c", "d"])
    }
}
