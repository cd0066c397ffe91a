import Foundation
import Testing
import VarlinkDescription

@testable import MessageGenerator

/// The files of the example interface.
private enum Example {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Example")

    static func source(_ name: String) throws -> SourceText {
        let file = folder.appending(path: "io.example.Garden/\(name)")
        return SourceText(path: "io.example.Garden/\(name)", text: try String(contentsOf: file, encoding: .utf8))
    }

    static func parts() throws -> [SourceText] {
        try ["1-things.varlink", "2-work.varlink", "3-errors.varlink"].map(source)
    }
}

@Suite("Messages from a description")
struct GeneratorTests {
    /// What is wrong with parts and a table of these texts.
    private func problems(_ parts: [String], table: String) -> [String] {
        let sources = parts.enumerated().map { SourceText(path: "a/\($0.offset + 1).varlink", text: $0.element) }
        let error = #expect(throws: SourceProblems.self) {
            try Generator.files(of: sources, table: SourceText(path: "a/swift.types", text: table))
        }
        return error?.all.map(\.description) ?? []
    }

    /// A description with one type of these fields.
    private func description(_ fields: String) -> String {
        "interface io.example.A\n\ntype T (\(fields))\n"
    }

    @Test("an example's messages read as its golden file; UPDATE_GOLDEN=1 writes it anew")
    func example() throws {
        let parts = try Example.parts()
        let files = try Generator.files(of: parts, table: Example.source("swift.types"))
        let description = parts.map(\.text).joined(separator: "\n")
        let text = files.map { "==== \($0.name)\n\($0.text.replacing(description, with: "…"))" }.joined(separator: "\n")
        let golden = Example.folder.appending(path: "expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try text.write(to: golden, atomically: true, encoding: .utf8)
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = try String(contentsOf: golden, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (number, pair) in zip(lines, expected).enumerated() where pair.0 != pair.1 {
            Issue.record("line \(number + 1) is \"\(pair.0)\", expected \"\(pair.1)\"")
            break
        }
        #expect(lines.count == expected.count)
    }

    @Test("the description is the text of its parts with an empty line between, as it stands")
    func descriptionText() throws {
        let parts = [
            SourceText(path: "a/1.varlink", text: "# As \\n and \"\"\"# are.\ninterface io.example.A\n"),
            SourceText(path: "a/2.varlink", text: "error E ()\n"),
        ]
        let source = try InterfaceSource(parts)
        #expect(
            source.description.text == "# As \\n and \"\"\"# are.\ninterface io.example.A\n\nerror E ()\n")
        let files = try Generator.files(of: parts, table: SourceText(path: "a/swift.types", text: "interface = A\n"))
        #expect(files.map(\.name) == ["a.swift", "a-1.swift", "a-2.swift"])
        #expect(files[0].text.contains("##\"\"\"\n\(source.description.text)\n\"\"\"##\n"))
    }

    @Test("what is no description is told with its place in its part")
    func syntax() {
        let type = "type T (\n  a: int\n  b: int\n)\n"
        let found = problems(["interface io.example.A\n", type], table: "interface = A\n")
        #expect(found == [#"a/2.varlink:3: error: expected "," or ")", found "b""#])
        #expect(
            problems(["interface io.example.A\n", "type T (a: U)\n"], table: "interface = A\n")
                == ["a/2.varlink:1: error: type U is not defined"])
    }

    @Test(
        "types that messages do not know are told with their place",
        arguments: ["float", "object", "any", "?[]?int", "(a: int)", "[string](a, b)"])
    func unknownTypes(type: String) {
        let message =
            "field f has a type that messages do not know: only bool, int, string, types by name, and lists and maps "
            + "of these"
        #expect(problems([description("f: \(type)")], table: "interface = A") == ["a/1.varlink:3: error: " + message])
    }

    @Test("enumerations, words of Swift and choices that are not one text are told with their place")
    func unfitFields() {
        #expect(
            problems([description("a, b")], table: "interface = A")
                == ["a/1.varlink:3: error: type T is no structure: write a string"])
        #expect(
            problems([description("a: int,\n  in: int")], table: "interface = A")
                == ["a/1.varlink:4: error: in is a word of Swift: choose another name"])
        #expect(
            problems([description("a: []string")], table: "interface = A\nfield a = choice K")
                == ["a/1.varlink:3: error: field a is not one text: a choice must be"])
    }

    @Test("an entry of the table that meets nothing is told with its line")
    func unmetEntries() {
        let table = """
            interface = A
            type U = Other.U
            field b = Day
            parameter a = Day
            field T.a = Hour
            field a = Day
            reply R = Go
            """
        #expect(
            problems([description("a: string")], table: table) == [
                "a/swift.types:7: error: the description has no method Go",
                "a/swift.types:2: error: the description has no type U",
                "a/swift.types:3: error: no text of the description is met by field b",
                "a/swift.types:4: error: no text of the description is met by parameter a",
                "a/swift.types:6: error: no text of the description is met by field a",
            ])
    }

    @Test("a choice that no field is of, or whose codes no comment names, is told with its line")
    func choices() {
        let described = "interface io.example.A\n\ntype T (\n  # One or two.\n  a: string\n)\n"
        #expect(
            problems([described], table: "interface = A\nchoice C = one two three\nchoice D = x\nfield a = C\n") == [
                "a/swift.types:2: error: no comment of a field names all codes of C: three",
                "a/swift.types:3: error: no text of the description is met by choice D",
            ])
        #expect(
            problems([described], table: "interface = A\nchoice C = one one\nchoice C = unknown\nfield a = C\n") == [
                "a/swift.types:2: error: code one stands twice",
                "a/swift.types:3: error: no code may be unknown: that is what newer ones are",
            ])
    }

    @Test("where methods ask for roles, one without is told with its place")
    func roles() {
        let methods =
            "interface io.example.A\n# Does it.\n# Role: boss.\nmethod M() -> ()\n# Role: boss\nmethod N() -> ()\n"
        #expect(
            problems([methods], table: "interface = A\nroles = Staff.Role\n")
                == ["a/1.varlink:6: error: no line \"Role: …\" says who may call method N"])
        #expect(
            problems([methods], table: "interface = A\nroles = Staff.Role\nroles = Role\n")
                == ["a/swift.types:3: error: the roles have a type already"])
    }

    @Test("a second sample of a reply must answer what the first does")
    func samples() {
        let methods = "interface io.example.A\nmethod M() -> (a: int, b: ?int)\nmethod N() -> (b: ?int)\n"
        #expect(
            problems([methods], table: "interface = A\nreply R = M\nreply R = N\n") == [
                "a/swift.types:3: error: N does not answer what M does, some that may be absent left out"
            ])
    }

    @Test("lines of the table that say nothing, or say it twice, are told")
    func badTables() {
        let form = SwiftTypes.form
        #expect(
            problems([description("a: int")], table: "field a\ntype T Day\nfield a = some K\nreply R = A B\n") == [
                "a/swift.types:1: error: \(form)", "a/swift.types:2: error: \(form)",
                "a/swift.types:3: error: \(form)", "a/swift.types:4: error: \(form)",
                "a/swift.types:1: error: no line says what stands for the interface, such as "
                    + "\"interface = ClinicInterface\"",
            ])
        #expect(
            problems(
                [description("a: string")], table: "interface = A\ninterface = B\nfield a = D\nfield a = E\n")
                == [
                    "a/swift.types:2: error: the interface has a name already",
                    "a/swift.types:4: error: field a stands twice",
                ])
    }
}
