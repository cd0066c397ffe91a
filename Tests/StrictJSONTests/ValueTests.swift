import StrictJSON
import TestSupport
import Testing

struct ValueTests {
    @Test(
        "Values are written compactly and exactly",
        arguments: [
            (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (-1, "-1"), (9, "9"), (10, "10"),
            (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"),
            (0.1, "0.1"), (1.0, "1.0"), (-0.0, "-0.0"), (1e300, "1e+300"), (0.3, "0.3"),
            (.number(.leastNonzeroMagnitude), "5e-324"),
            ([], "[]"), ([1, [nil]], "[1,[null]]"), ([:], "{}"), (["b": 1, "a": ["c": ""]], #"{"b":1,"a":{"c":""}}"#),
            ("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}é😀", #""\"\\/\b\f\n\r\t\u0000\u001f"# + "\u{7f}é😀\""),
            (["a\n": 1], #"{"a\n":1}"#),
        ] as [(JSONValue, String)])
    func compact(value: JSONValue, text: String) {
        #expect(value.text() == text)
        #expect(value.bytes() == Array(text.utf8))
    }

    @Test("Pretty text is indented by two spaces")
    func pretty() {
        let value: JSONValue = ["a": [1, ["b": nil]], "c": [], "d": [:]]
        #expect(
            value.text(pretty: true) == """
                {
                  "a": [
                    1,
                    {
                      "b": null
                    }
                  ],
                  "c": [],
                  "d": {}
                }
                """)
    }

    @Test("Random values come back from their text as they were", arguments: [firstSeed(), 1, 2])
    func roundTrip(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix(state: seed)
        for _ in 0..<100 {
            let value = randomValue(depth: 5, &random)
            #expect(try JSONValue(parsing: value.bytes()) == value, "seed \(seed)")
            #expect(try JSONDocument(parsing: value.text(pretty: true)).value == value, "seed \(seed)")
        }
    }

    @Test("Accessors give the value of their kind only")
    func accessors() {
        let values: [JSONValue] = [nil, true, 1, 1.5, "a", [1], ["a": 1]]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
        #expect(values.map(\.integer) == [nil, nil, 1, nil, nil, nil, nil])
        #expect(values.map(\.number) == [nil, nil, 1.0, 1.5, nil, nil, nil])
        #expect(values.map(\.string) == [nil, nil, nil, nil, "a", nil, nil])
        #expect(values.map(\.array) == [nil, nil, nil, nil, nil, [1], nil])
        #expect(values.map(\.object) == [nil, nil, nil, nil, nil, nil, ["a": 1]])
        #expect(values.map { $0["a"] } == [nil, nil, nil, nil, nil, nil, 1])
        #expect(JSONValue.integer(1) != .number(1))
    }

    @Test("Setting a member keeps its place, appends a new one, and nil removes")
    func objectMembers() {
        var object: JSONObject = ["a": 1, "b": 2, "c": 3]
        object["b"] = nil
        object["a"] = "one"
        object["d"] = .null
        object["x"] = nil
        #expect(object.keys == ["a", "c", "d"])
        #expect(object.text() == #"{"a":"one","c":3,"d":null}"#)
        #expect(object["b"] == nil)
        #expect(object["d"] == .some(.null))
    }

    @Test("Objects are equal whatever the order of their members, and hash alike")
    func objectEquality() {
        let one: JSONObject = ["a": 1, "b": [["c": 1, "d": 2]]]
        let other: JSONObject = ["b": [["d": 2, "c": 1]], "a": 1]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1])
        #expect(one != ["a": 1, "b": []])
        #expect(one != ["a": 1, "c": [["c": 1, "d": 2]]])
        #expect(JSONObject() == [:])
    }
}

struct ClosestTests {
    @Test(
        "The nearest word is found within an edit for three characters",
        arguments: [
            ("huors", "hours"), ("HOURS", "hours"), ("hour", "hours"), ("hoursx", "hours"), ("houts", "hours"),
            ("staf", "staff"), ("xy", nil), ("", nil), ("gapDayMinimun", "gapDaysMinimum"), ("hxxrs", nil),
        ] as [(String, String?)])
    func closestWord(word: String, meant: String?) {
        #expect(closest(to: word, among: ["hours", "staff", "gapDaysMinimum"]) == meant)
    }

    @Test("Three edits are the limit for long words, and the nearer word wins")
    func limits() {
        #expect(closest(to: "aaaaaaaaaaaaxxx", among: ["aaaaaaaaaaaa"]) == "aaaaaaaaaaaa")
        #expect(closest(to: "aaaaaaaaaaaaxxxx", among: ["aaaaaaaaaaaa"]) == nil)
        #expect(closest(to: "abcdef", among: ["abcdxx", "abcdex", "abcdey"]) == "abcdex")
        #expect(closest(to: String(repeating: "a", count: 101), among: [String(repeating: "a", count: 101)]) == nil)
    }
}

struct LengthTests {
    @Test("A text is as long as its characters, and each is of four bytes at most on average")
    func lengths() {
        #expect("".hasLength(within: 0...0))
        #expect(!"".hasLength(within: 1...2))
        #expect("ab".hasLength(within: 1...2))
        #expect(!"abc".hasLength(within: 1...2))
        #expect(!"a".hasLength(within: 2...3))
        #expect("\r\n".hasLength(within: 1...1))
        #expect("e\u{301}e\u{301}".hasLength(within: 1...2))
        #expect(!("e" + String(repeating: "\u{301}", count: 4)).hasLength(within: 1...2))
        #expect("abc".hasLength(within: 1 ... .max))
    }

    @Test("A text in an error is cut after 60 characters, and after 240 scalars")
    func shortenedTexts() {
        let long = String(repeating: "é", count: 60)
        #expect(shortened(long) == long)
        #expect(shortened(long + "x") == long + "…")
        let marks = "x" + String(repeating: "\u{301}\u{316}", count: 60_000)
        #expect(shortened(marks).unicodeScalars.count == 241)
        #expect(closest(to: marks, among: ["x"]) == nil)
    }
}

/// A small random generator with a seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private func randomString(_ random: inout SplitMix) -> String {
    let pool: [ClosedRange<UInt32>] = [
        1...0x1F, 0x20...0x7E, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF,
    ]
    let scalars = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: pool.randomElement(using: &random) ?? 1...1, using: &random))
    }
    return String(String.UnicodeScalarView(scalars))
}

private func randomValue(depth: Int, _ random: inout SplitMix) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .integer(Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<64, using: &random))
    case 3:
        let number = Double(bitPattern: random.next())
        return .number(number.isFinite ? number : 0.5)
    case 4: return .string(randomString(&random))
    case 5, 6:
        let count = Int.random(in: 0...5, using: &random)
        return .array((0..<count).map { _ in randomValue(depth: depth - 1, &random) })
    default:
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            object[randomString(&random)] = randomValue(depth: depth - 2, &random)
        }
        return .object(object)
    }
}
