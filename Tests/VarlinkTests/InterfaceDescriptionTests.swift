import StrictJSON
import Testing
import VarlinkDescription

@testable import Varlink

struct InterfaceDescriptionTests {
    @Test("A description is read with its comments, types, methods and errors")
    func whole() throws {
        let text = """
            # The test
            #  of things.
            interface org.example.a-b.c1
            type Enum (one, two)
            # A struct
            type Struct (
              # Inner comment
              a_b: ?[]?[string](x, y), # trailing
              c: (d: bool, e: Enum)
            )
            # [Supports 'more' flag]
            method M(a: int, b: float, c: string, d: object, e: any)->()
            method N() -> (s: Struct)
            error Bad(why: string)
            error Worse
            """
        let interface = try InterfaceDescription(parsing: text)
        #expect(interface.name == "org.example.a-b.c1")
        #expect(interface.documentation == "The test\n of things.")
        #expect(interface.text == text)
        #expect(interface.types.map(\.name) == ["Enum", "Struct"])
        #expect(interface.types[0].type == .enumeration(["one", "two"]))
        guard case .structure(let fields) = interface.types[1].type else {
            Issue.record("Struct is no structure")
            return
        }
        #expect(fields.map(\.name) == ["a_b", "c"])
        #expect(fields[0].type == .nullable(.array(.nullable(.map(.enumeration(["x", "y"]))))))
        #expect(fields[0].documentation == "Inner comment")
        #expect(fields[0].isNullable && !fields[1].isNullable)
        #expect(interface.methods.map(\.name) == ["M", "N"])
        #expect(interface.methods[0].input.map(\.type) == [.int, .float, .string, .object, .any])
        #expect(interface.methods[0].supportsMore && !interface.methods[0].requiresMore)
        #expect(interface.methods[1].output.map(\.type) == [.named("Struct")])
        #expect(interface.errors.map(\.name) == ["Bad", "Worse"])
        #expect(interface.errors[1].fields == [])
        #expect(interface.method(named: "N")?.name == "N")
        #expect(interface.method(named: "X") == nil)
        #expect(interface.error(named: "Bad")?.fields.map(\.name) == ["why"])
    }

    @Test(
        "Wrong descriptions are refused with the line",
        arguments: [
            ("", #"line 1: expected "interface", found the end of the text"#),
            ("interface foo", #"line 1: expected an interface name such as "io.example.Name", found "foo""#),
            ("interface a.b_", #"line 1: expected an interface name such as "io.example.Name", found "a.b_""#),
            ("interface a..b", #"line 1: expected an interface name such as "io.example.Name", found "a..b""#),
            ("interface a.b\n\nmethods X", #"line 3: expected type, method or error, found "methods""#),
            ("interface a.b\nmethod x() -> ()", #"line 2: expected a name with a capital first letter, found "x""#),
            ("interface a.b\nmethod X() ()", #"line 2: expected "->", found "(""#),
            ("interface a.b\nmethod X(a) -> ()", #"line 2: expected ":" after a, found ")""#),
            ("interface a.b\nmethod X(a: int,) -> ()", #"line 2: expected a field name, found ")""#),
            ("interface a.b\nmethod X(a: int b: int) -> ()", #"line 2: expected "," or ")", found "b""#),
            ("interface a.b\nmethod X(a: ??int) -> ()", "line 2: a type is nullable twice"),
            ("interface a.b\nmethod X(a: integer) -> ()", #"line 2: expected a type, found "integer""#),
            ("interface a.b\nmethod X(a: [int]string) -> ()", #"line 2: expected "]", found "int""#),
            ("interface a.b\nmethod X(a: int, a: int) -> ()", "line 2: field a stands twice"),
            ("interface a.b\nmethod X(a__b: int) -> ()", #"line 2: expected a field name, found "a__b""#),
            ("interface a.b\nmethod X(é: int) -> ()", #"line 2: expected a field name, found "é""#),
            ("interface a.b\ntype T (a, b: int)", "line 2: words and fields are mixed at b"),
            ("interface a.b\ntype T (a: int, b)", #"line 2: expected ":" after b, found ")""#),
            ("interface a.b\ntype T (a: U)", "line 2: type U is not defined"),
            ("interface a.b\ntype T ()\nerror T ()", "line 3: T is defined twice"),
            ("interface a.b\ntype T (a: int", #"line 2: expected "," or ")", found the end of the text"#),
            (
                "interface a.b\nmethod X(a: " + String(repeating: "?[]", count: 100) + "int) -> ()",
                "line 2: types lie more than 32 deep"
            ),
            ("interface a.b\ntype T " + String(repeating: "(a: ", count: 100), "line 2: types lie more than 32 deep"),
        ])
    func wrong(text: String, message: String) {
        let error = #expect(throws: InterfaceSyntaxError.self) { _ = try InterfaceDescription(parsing: text) }
        #expect(error?.description == message)
    }

    @Test(
        "Parameters are held against the declared fields, the innermost field being named",
        arguments: [
            (#"{"text":""}"#, nil),
            (#"{"text":"","thing":null,"numbers":{},"tone":"loud"}"#, nil),
            (#"{"text":"","thing":{"name":"","parts":[{"name":"","parts":[]}]},"numbers":{"a":1}}"#, nil),
            (#"{}"#, ("text", .missing)),
            (#"{"text":null}"#, ("text", .missing)),
            (#"{"text":1}"#, ("text", .mistyped)),
            (#"{"text":"","texts":""}"#, ("texts", .undeclared)),
            (#"{"text":"","tone":"shrill"}"#, ("tone", .mistyped)),
            (#"{"text":"","tone":1}"#, ("tone", .mistyped)),
            (#"{"text":"","numbers":{"a":1.0}}"#, ("numbers", .mistyped)),
            (#"{"text":"","numbers":{"a":null}}"#, ("numbers", .missing)),
            (#"{"text":"","numbers":[]}"#, ("numbers", .mistyped)),
            (#"{"text":"","thing":[]}"#, ("thing", .mistyped)),
            (#"{"text":"","thing":{}}"#, ("name", .missing)),
            (#"{"text":"","thing":{"name":"","x":1}}"#, ("x", .undeclared)),
            (#"{"text":"","thing":{"name":"","parts":[{"name":true}]}}"#, ("name", .mistyped)),
        ] as [(String, (String, ParameterMismatch.Reason)?)])
    func parameters(text: String, expected: (field: String, reason: ParameterMismatch.Reason)?) throws {
        let object = try #require(try JSONValue(parsing: text).object)
        let interface = try InterfaceDescription(parsing: testDescription)
        let input = try #require(interface.method(named: "Echo")).input
        let mismatch = expected.map { ParameterMismatch(field: $0.field, reason: $0.reason) }
        #expect(interface.mismatch(of: object, with: input) == mismatch)
    }

    @Test("Every type takes its own values and no others")
    func types() throws {
        let interface = try InterfaceDescription(
            parsing: "interface a.b\nmethod M(b: ?bool, i: ?int, f: ?float, s: ?string, o: ?object, a: ?any) -> ()")
        let input = interface.methods[0].input
        let values: [JSONValue] = [true, 1, 1.5, "", [:], []]
        let taken: [String: [Bool]] = [
            "b": [true, false, false, false, false, false], "i": [false, true, false, false, false, false],
            "f": [false, true, true, false, false, false], "s": [false, false, false, true, false, false],
            "o": [false, false, false, false, true, false], "a": [true, true, true, true, true, true],
        ]
        for (field, expected) in taken {
            #expect(values.map { interface.mismatch(of: JSONObject([(field, $0)]), with: input) == nil } == expected)
        }
    }

    @Test("Shortcomings that old parsers or readers stumble over are listed")
    func shortcomings() throws {
        #expect(try InterfaceDescription(parsing: testDescription).shortcomings() == [])
        #expect(try InterfaceDescription(parsing: ServiceInterface.text).shortcomings() == [])
        let poor = try InterfaceDescription(
            parsing: "interface a.b\ntype T (one)\nmethod M(a: any) -> (b: []int)\nerror E\nerror F (c: ?(one))")
        #expect(
            poor.shortcomings() == [
                "interface a.b has no comment", "type T has no comment", "T is an enumeration of one word",
                "method M has no comment", "field M.a has no comment", "M.a has the type any",
                "field M.b has no comment", "error E has no comment", "error F has no comment",
                "field F.c has no comment", "F.c is an enumeration of one word", "error E has no parentheses",
            ])
    }
}
