import StrictJSON
import Testing

private enum Reason: String, CaseIterable {
    case hold, extend, cease
}

private struct Shift: Equatable {
    var days: [String]
    var hours: String
    var percent: Int
    var through: Int?
}

private func readShift(_ reader: JSONReader) -> Shift? {
    reader.object { fields in
        let days = fields.array("days", count: 1...7) { $0.choice(among: ["mon", "tue"]) }
        let hours = fields.string("hours", length: 1...11)
        let percent = fields.integer("capacityPercent", 1...100, default: 100)
        let through = fields.optional("through") { $0.integer() }
        guard let days, let hours else { return nil }
        return Shift(days: days, hours: hours, percent: percent, through: through)
    }
}

private func readStaff(_ reader: JSONReader) -> [[Shift]]? {
    reader.object { fields in
        fields.array("staff") { person in
            person.object { $0.array("shifts", of: readShift) }
        }
    }
}

/// The problems of a text read by a function, as `line:column path: message (hint)`.
private func problems<Value>(of text: String, _ read: (JSONReader) -> Value?) throws -> [String] {
    let document = try JSONDocument(parsing: text)
    do {
        _ = try document.decode(read)
        return []
    } catch {
        return error.problems.map { "\($0.line ?? 0):\($0.column ?? 0) \($0)" }
    }
}

/// Checks that reading the member `x` gives this one problem.
private func check<Value>(
    _ json: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ read: (JSONReader) -> Value?
) throws {
    let found = try problems(of: #"{"x":\#(json)}"#) { $0.object { $0.value("x", read) } }
    #expect(found == ["1:6 x: " + message], sourceLocation: sourceLocation)
}

struct ReaderTests {
    @Test("A document reads into values, absence and null taking the default")
    func goodDocument() throws {
        let text = """
            {"staff": [{"shifts": [
              {"days": ["mon"], "hours": "07:30-16:00", "capacityPercent": 50, "through": 3},
              {"hours": "x", "days": ["tue", "mon"], "through": null, "capacityPercent": null}
            ]}, {"shifts": []}]}
            """
        let staff = try JSONDocument(parsing: text).decode(readStaff)
        let first = Shift(days: ["mon"], hours: "07:30-16:00", percent: 50, through: 3)
        #expect(staff == [[first, Shift(days: ["tue", "mon"], hours: "x", percent: 100, through: nil)], []])
        #expect(try JSONValue(parsing: text).decode(readStaff) == staff)
    }

    @Test("All problems of a document are reported at once, in the order of the text, with path and place")
    func allProblems() throws {
        let text = """
            {"staff": [
              {"shifts": [{"days": ["mon", "teu"], "huors": "", "hours": "", "hours": "9"}]},
              {"shifts": [
                {"days": [], "hours": 7, "capacityPercent": 101}, 5,
                {"capacityPercent": 1.0, "a b": {"c": 1}}
              ], "shifts": 1}
            ], "zzzzz": 1}
            """
        #expect(
            try problems(of: text, readStaff) == [
                #"2:32 staff[0].shifts[0].days[1]: expected one of "mon", "tue", found "teu" (did you mean "tue"?)"#,
                #"2:40 staff[0].shifts[0].huors: unknown key "huors" (did you mean "hours"?)"#,
                #"2:62 staff[0].shifts[0].hours: expected a string of 1 to 11 characters, found """#,
                #"2:66 staff[0].shifts[0].hours: key "hours" stands here a second time"#,
                #"4:14 staff[1].shifts[0].days: expected 1 to 7 elements, found 0"#,
                #"4:27 staff[1].shifts[0].hours: expected a string of 1 to 11 characters, found 7"#,
                #"4:49 staff[1].shifts[0].capacityPercent: expected a whole number from 1 to 100, found 101"#,
                #"4:55 staff[1].shifts[1]: expected an object, found 5"#,
                #"5:5 staff[1].shifts[2].days: expected an array, found nothing"#,
                #"5:5 staff[1].shifts[2].hours: expected a string of 1 to 11 characters, found nothing"#,
                #"5:25 staff[1].shifts[2].capacityPercent: expected a whole number from 1 to 100, found 1.0"#,
                #"5:30 staff[1].shifts[2]["a b"]: unknown key "a b" "#
                    + "(known keys are days, hours, capacityPercent, through)",
                #"6:6 staff[1].shifts: key "shifts" stands here a second time"#,
                #"7:4 zzzzz: unknown key "zzzzz" (known keys are staff)"#,
            ])
    }

    @Test("Whole numbers are checked against their range at its limits")
    func integers() throws {
        for integer in [1, 1440] {
            #expect(try JSONValue.integer(integer).decode { $0.integer(1...1440) } == integer)
        }
        try check("0", "expected a whole number from 1 to 1440, found 0") { $0.integer(1...1440) }
        try check("1441", "expected a whole number from 1 to 1440, found 1441") { $0.integer(1...1440) }
        try check("0", "expected a whole number of at least 1, found 0") { $0.integer(1 ... .max) }
        try check("10", "expected a whole number of at most 9, found 10") { $0.integer(.min...9) }
        try check("1.0", "expected a whole number, found 1.0") { $0.integer() }
        try check(#""abc""#, #"expected a whole number from 1 to 100, found "abc""#) { $0.integer(1...100) }
        try check("[1]", "expected a whole number, found an array") { $0.integer() }
        try check("null", "expected a whole number, found null") { $0.integer() }
    }

    @Test("Other scalars are checked by kind and limit")
    func scalars() throws {
        #expect(try JSONValue.integer(1).decode { $0.number(0...1) } == 1.0)
        try check("1.5", "expected a number from 0.0 to 1.0, found 1.5") { $0.number(0...1) }
        try check("true", "expected a number, found true") { $0.number() }
        try check("0", "expected true or false, found 0") { $0.bool() }
        try check("{}", "expected a string, found an object") { $0.string() }
        try check(#""""#, #"expected a string that is not empty, found """#) { $0.string(length: 1 ... .max) }
        try check(#""a""#, #"expected a string of at least 2 characters, found "a""#) { $0.string(length: 2 ... .max) }
        #expect(try JSONValue.string("é😀").decode { $0.string(length: 2...2) } == "é😀")
        try check(#""abc""#, #"expected a string of 1 to 2 characters, found "abc""#) { $0.string(length: 1...2) }
        try check(#""x""#, #"expected a digit, found "x""#) { $0.parsed(as: "a digit") { Int($0) } }
        #expect(try JSONValue.string("7").decode { $0.parsed(as: "a digit") { Int($0) } } == 7)
    }

    @Test("A case of an enumeration is read by its raw value, with a suggestion")
    func choices() throws {
        #expect(try JSONValue.string("cease").decode { $0.choice(of: Reason.self) } == .cease)
        try check(
            #""exted""#, #"expected one of "hold", "extend", "cease", found "exted" (did you mean "extend"?)"#
        ) { $0.choice(of: Reason.self) }
        try check("3", #"expected one of "hold", "extend", "cease", found 3"#) { $0.choice(of: Reason.self) }
    }

    @Test("Objects with free keys are read in order, each wrong member told")
    func maps() throws {
        let loads = try JSONValue(parsing: #"{"nurse": 60, "a b": 0}"#).decode { $0.map { $1.integer(0...100) } }
        #expect(loads.map(\.key) == ["nurse", "a b"])
        #expect(loads.map(\.value) == [60, 0])
        let found = try problems(of: #"{"nurse": 160, "a b": true}"#) { $0.map { $1.integer(0...100) } }
        #expect(
            found == [
                "1:11 nurse: expected a whole number from 0 to 100, found 160",
                #"1:23 ["a b"]: expected a whole number from 0 to 100, found true"#,
            ])
    }

    @Test("A field that takes several shapes says so when it is missing or wrong")
    func shapes() throws {
        let read: (JSONReader) -> Int? = { reader in
            reader.value.integer ?? reader.value["max"]?.integer
                ?? reader.mismatch(expected: "a whole number or an object with max")
        }
        try check("null", "expected a whole number or an object with max, found null", read)
        let missing = try problems(of: "{}") { $0.object { $0.value("x", read) } }
        #expect(missing == ["1:1 x: expected a whole number or an object with max, found nothing"])
        let silent = try problems(of: "{}") { $0.object { $0.value("x") { $0.value.integer } } }
        #expect(silent == ["1:1 x: required key is missing"])
        let silentWrong = try problems(of: #"{"x":""}"#) { $0.object { $0.value("x") { $0.value.integer } } }
        #expect(silentWrong == ["1:6 x: expected another value"])
    }

    @Test("Fields can be tested, ignored, read raw and blamed")
    func fields() throws {
        let found = try problems(of: #"{"a":null,"b":1,"c":[2],"d":3}"#) { reader in
            reader.object { fields in
                #expect(!fields.has("a"))
                #expect(fields.has("b"))
                #expect(!fields.has("e"))
                #expect(fields.raw("c") == [2])
                #expect(fields.raw("e") == nil)
                fields.ignore("d")
                fields.problem("b", "too early", hint: "wait")
                fields.problem("e", "needed with b")
                return 1
            }
        }
        #expect(found == ["1:1 e: needed with b", "1:15 b: too early (wait)"])
    }

    @Test("A key that is read but has a wrong default value keeps reading with the default")
    func defaults() throws {
        var percent: Int?
        let found = try problems(of: #"{"percent":"x","word":"hold","flag":1}"#) { reader in
            reader.object { fields in
                percent = fields.integer("percent", default: 7)
                #expect(fields.choice("word", default: Reason.cease) == .hold)
                #expect(fields.choice("other", default: Reason.cease) == .cease)
                #expect(fields.bool("flag", default: true))
                #expect(fields.string("name", default: "n") == "n")
                #expect(fields.array("list", default: [1]) { $0.integer() } == [1])
                return 1
            }
        }
        #expect(percent == 7)
        let wrongPercent = #"1:12 percent: expected a whole number, found "x""#
        #expect(found == [wrongPercent, "1:37 flag: expected true or false, found 1"])
    }

    @Test("Duplicate keys inside a dropped duplicate are not told, and paths reach into arrays")
    func nestedDuplicates() throws {
        let text = #"{"a":[{"b":1,"b":{"c":1,"c":2}}],"z":{"k":[[0],{"q":0,"q":0}]}}"#
        let document = try JSONDocument(parsing: text)
        #expect(document.duplicateKeys.map(\.path) == ["a[0].b", "z.k[1].q"])
        #expect(document.duplicateKeys.map(\.column) == [14, 55])
    }

    @Test("A text made of problems keeps a bounded list of them")
    func boundedProblems() throws {
        let text = "[" + Array(repeating: "\"x\"", count: 5000).joined(separator: ",") + "]"
        let error = #expect(throws: JSONInvalid.self) {
            _ = try JSONDocument(parsing: text).decode { $0.array { $0.integer() } }
        }
        #expect(error?.problems.count == JSONProblems.maximum)
        let doubles = "{" + Array(repeating: "\"x\":1", count: 5000).joined(separator: ",") + "}"
        #expect(try JSONDocument(parsing: doubles).duplicateKeys.count == 100)
    }

    @Test("Long texts are cut where they are told")
    func longTexts() throws {
        let long = String(repeating: "y", count: 1000)
        let found = try problems(of: #"{"\#(long)":1,"x":"\#(long)"}"#) { $0.object { $0.integer("x") } }
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.utf8.count < 300 })
    }

    @Test("Every value knows its line and column, wherever lines end")
    func places() throws {
        let breaks = ["", "\n", " ", "\r\n", "\n\n", "\t"]
        var text = "["
        for index in 0..<400 {
            text += (index > 0 ? "," : "") + breaks[index * 7 % 6] + (index % 3 == 0 ? "\"ä\(index)\"" : "\(index)")
        }
        text += "\n]"
        var expected: [[Int]] = []
        var (line, column, isInside) = (1, 1, false)
        for scalar in text.unicodeScalars {
            let isSpace = scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t"
            let isBetween = isSpace || scalar == "," || scalar == "[" || scalar == "]"
            if !isBetween, !isInside { expected.append([line, column, line]) }
            isInside = !isBetween
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        let found = try JSONDocument(parsing: text).decode { reader in
            reader.array { value in value.position.map { [$0.line, $0.column, value.line ?? 0] } }
        }
        #expect(found == expected && found.count == 400)
    }
}
