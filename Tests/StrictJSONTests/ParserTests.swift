import StrictJSON
import Testing

/// Checks that a text parses to a value, with positions and without.
private func check(_ text: String, is expected: JSONValue, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try JSONValue(parsing: text) == expected, sourceLocation: sourceLocation)
    #expect(try JSONDocument(parsing: text).value == expected, sourceLocation: sourceLocation)
}

/// Checks that a text is refused with this description, with positions and without.
private func check(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits(), fails expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let error = #expect(throws: JSONSyntaxError.self, sourceLocation: sourceLocation) {
        _ = try JSONValue(parsing: bytes, limits: limits)
    }
    #expect(error?.description == expected, sourceLocation: sourceLocation)
    let other = #expect(throws: JSONSyntaxError.self, sourceLocation: sourceLocation) {
        _ = try JSONDocument(parsing: bytes, limits: limits)
    }
    #expect(other == error, sourceLocation: sourceLocation)
}

struct ParserTests {
    @Test(
        "Values of every kind parse",
        arguments: [
            ("null", .null), ("true", true), (" false\t\r\n", false), ("0", 0), ("-0", 0), ("-17", -17),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("1.0", 1.0), ("1e2", 100.0), ("1E+2", 100.0), ("-0.0", -0.0), ("12.5e-1", 1.25),
            ("1e-400", 0.0), ("1.7976931348623157e308", 1.7976931348623157e308),
            ("[]", []), ("[ 1 , [ ] ]", [1, []]), ("{}", [:]), (#"{"a":{"b":[null]}}"#, ["a": ["b": [nil]]]),
            (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\uD83D\uDE00""#, "😀"), (#""\ud800\udc00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
            ("\"\u{7F}é€😀\"", "\u{7F}é€😀"),
        ] as [(String, JSONValue)])
    func values(text: String, value: JSONValue) throws {
        try check(text, is: value)
    }

    @Test("A number with a fraction or an exponent is not an integer", arguments: ["1.0", "1e2", "0.0", "-1E0"])
    func numberIsNotInteger(text: String) throws {
        #expect(try JSONValue(parsing: text).integer == nil)
        #expect(try JSONValue(parsing: text).number != nil)
    }

    @Test(
        "Wrong texts are refused with the place, what was expected and what was found",
        arguments: [
            ("", #"line 1, column 1: expected a value, found the end of the text"#),
            ("  \n ", #"line 2, column 2: expected a value, found the end of the text"#),
            ("\u{FEFF}1", #"line 1, column 1: expected a value, found a byte order mark"#),
            ("1 2", #"line 1, column 3: expected the end of the text, found "2""#),
            ("[1,]", #"line 1, column 4: expected a value, found "]""#),
            ("[1 2]", #"line 1, column 4: expected "," or "]", found "2""#),
            ("[", #"line 1, column 2: expected a value, found the end of the text"#),
            ("[1", #"line 1, column 3: expected "," or "]", found the end of the text"#),
            (#"{"a":1,}"#, #"line 1, column 8: expected a key in quotes, found "}""#),
            ("{a:1}", #"line 1, column 2: expected a key in quotes or "}", found "a""#),
            (#"{"a" 1}"#, #"line 1, column 6: expected ":", found "1""#),
            (#"{"a":}"#, #"line 1, column 6: expected a value, found "}""#),
            (#"{"a":1 "b":2}"#, #"line 1, column 8: expected "," or "}", found "\"""#),
            ("True", #"line 1, column 1: expected a value, found "True""#),
            ("nul", #"line 1, column 1: expected a value, found "nul""#),
            ("truely", #"line 1, column 1: expected a value, found "truely""#),
            ("NaN", #"line 1, column 1: expected a value, found "NaN""#),
            ("-Infinity", #"line 1, column 2: expected a digit, found "Infinity""#),
            ("+1", #"line 1, column 1: expected a value, found "+""#),
            (".5", #"line 1, column 1: expected a value, found ".""#),
            ("1.", #"line 1, column 3: expected a digit, found the end of the text"#),
            ("1e", #"line 1, column 3: expected a digit, found the end of the text"#),
            ("1e+", #"line 1, column 4: expected a digit, found the end of the text"#),
            ("01", #"line 1, column 2: expected no digit after a leading zero, found "1""#),
            ("-", #"line 1, column 2: expected a digit, found the end of the text"#),
            ("0x1", #"line 1, column 2: expected the end of the text, found "x1""#),
            (
                "9223372036854775808",
                "line 1, column 1: expected a whole number from -9223372036854775808 "
                    + "to 9223372036854775807, found 9223372036854775808"
            ),
            (
                "-9223372036854775809",
                "line 1, column 1: expected a whole number from -9223372036854775808 "
                    + "to 9223372036854775807, found -9223372036854775809"
            ),
            ("1e309", #"line 1, column 1: expected a number of at most 1.7976931348623157e+308, found 1e309"#),
            ("\"a", #"line 1, column 3: expected a closing quote, found the end of the text"#),
            ("\"é\u{1}\"", #"line 1, column 3: expected an escape in place of a control character, found byte 0x01"#),
            ("\"\\n\n\"", #"line 1, column 4: expected an escape in place of a control character, found byte 0x0a"#),
            ("\"\u{0}\"", #"line 1, column 2: expected an escape in place of a control character, found byte 0x00"#),
            (#""\x""#, ##"line 1, column 3: expected one of " \ / b f n r t u after a backslash, found "x""##),
            (#""\u12g4""#, #"line 1, column 6: expected a hexadecimal digit, found "g4""#),
            (#""\u0000""#, #"line 1, column 2: expected a character other than U+0000, found \u0000"#),
            (#""\uD83D""#, #"line 1, column 2: expected a pair of surrogates, found a lone \uD83D"#),
            (#""\uD83D\u0041""#, #"line 1, column 2: expected a pair of surrogates, found a lone \uD83D"#),
            (#""\uDE00\uD83D""#, #"line 1, column 2: expected a pair of surrogates, found a lone \uDE00"#),
            ("'a'", #"line 1, column 1: expected a value, found "'""#),
            ("// a\n1", #"line 1, column 1: expected a value, found "/""#),
            ("\u{A0}1", "line 1, column 1: expected a value, found \"\u{A0}\""),
            ("[1,\n  \"é\", ?]", #"line 2, column 8: expected a value, found "?""#),
            ("\u{0}", #"line 1, column 1: expected a value, found byte 0x00"#),
        ])
    func wrongTexts(text: String, error: String) {
        check(Array(text.utf8), fails: error)
    }

    @Test(
        "Bytes that are not UTF-8 are refused where they stand",
        arguments: [
            ([0x22, 0x61, 0xC3, 0x22], 3, "0xc3"), ([0x22, 0xC0, 0x80, 0x22], 2, "0xc0"),
            ([0x22, 0xED, 0xA0, 0x80, 0x22], 2, "0xed"), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 2, "0xf4"),
            ([0x22, 0xC3, 0xA9, 0xFF, 0x22], 3, "0xff"), ([0x22, 0x5C, 0x6E, 0xC3, 0x5C, 0x6E, 0x22], 4, "0xc3"),
            ([0x22, 0x80, 0x22], 2, "0x80"),
        ] as [([UInt8], Int, String)])
    func invalidUTF8(bytes: [UInt8], column: Int, found: String) {
        check(bytes, fails: "line 1, column \(column): expected UTF-8, found byte \(found)")
        check([0xFF], fails: "line 1, column 1: expected a value, found byte 0xff")
    }

    @Test("A text may be as long as the limit and no longer")
    func lengthLimit() throws {
        let text = Array(#"["abc"]"#.utf8)
        #expect(try JSONValue(parsing: text, limits: JSONLimits(bytes: 7)) == ["abc"])
        check(text, limits: JSONLimits(bytes: 6), fails: "line 1, column 7: expected at most 6 bytes, found 7 bytes")
    }

    @Test("Arrays and objects may lie as deep as the limit and no deeper")
    func depthLimit() throws {
        let limits = JSONLimits(depth: 3)
        #expect(try JSONValue(parsing: Array(#"[{"a":[1]}]"#.utf8), limits: limits) == [["a": [1]]])
        check(
            Array(#"[{"a":[[]]}]"#.utf8), limits: limits,
            fails: #"line 1, column 8: expected at most 3 arrays and objects in one another, found "[""#)
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try JSONValue(parsing: deep) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "[" + deep + "]") }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: String(repeating: "[", count: 1_000_000)) }
    }

    @Test("An object may have as many members as the limit and no more")
    func memberLimit() throws {
        let limits = JSONLimits(members: 2)
        #expect(try JSONValue(parsing: Array(#"{"a":1,"b":2}"#.utf8), limits: limits) == ["a": 1, "b": 2])
        check(
            Array(#"{"a":1,"b":2,"c":3}"#.utf8), limits: limits,
            fails: #"line 1, column 14: expected at most 2 members in an object, found "c""#)
    }

    @Test(
        "A duplicate key is refused at once where no positions are kept, in small and large objects",
        arguments: [1, 15, 16, 17, 40])
    func duplicateKeys(count: Int) throws {
        for duplicate in 0..<count {
            let members = (0..<count).map { "\"key\($0)\":\($0)" } + ["\"key\(duplicate)\":0"]
            let text = "{" + members.joined(separator: ",") + "}"
            let error = #expect(throws: JSONSyntaxError.self) { _ = try JSONValue(parsing: text) }
            #expect(error?.message == #"expected each key once, found "key\#(duplicate)" again"#)
            let document = try JSONDocument(parsing: text)
            #expect(document.value.object?.count == count)
            #expect(document.value["key\(duplicate)"] == .integer(duplicate))
            #expect(document.duplicateKeys.map(\.path) == ["key\(duplicate)"])
        }
    }

    @Test("Keys that differ only in an escape or in Unicode's composition are the same key")
    func equivalentKeys() {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: #"{"a":1,"\u0061":2}"#) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: #"{"\u00e9":1,"e\u0301":2}"#) }
    }

    @Test("A key may be as long as the limit and no longer")
    func keyLength() throws {
        let limits = JSONLimits(keyBytes: 10)
        _ = try JSONValue(parsing: #"{"0123456789":1}"#, limits: limits)
        let error = #expect(throws: JSONSyntaxError.self) {
            _ = try JSONValue(parsing: #"{"0123456789a":1}"#, limits: limits)
        }
        #expect(error?.message == "expected a key of at most 10 bytes, found 11 bytes")
        // Two that only differ at the end of many combining marks.
        let marks = String(repeating: "\u{301}\u{316}", count: 60_000)
        #expect(throws: JSONSyntaxError.self) { _ = try JSONValue(parsing: #"{"\#(marks)":1,"\#(marks)\u{301}":2}"#) }
    }

    @Test("Every prefix of a text is refused and no single changed byte crashes the parser")
    func mutations() throws {
        let text = Array(#"{"a":[1,-2.5e3,"x\n\uD83D\uDE00é",true,false,null,{}],"b":{"c":[[]]}}"#.utf8)
        for length in text.indices {
            #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text[..<length])) }
        }
        var accepted = 0
        for index in text.indices {
            for byte in Array("\0\n \"\\{}[]:,-+.019eEutfn".utf8) + [0x7F, 0x80, 0xC3, 0xED, 0xF0, 0xFF] {
                var changed = text
                changed[index] = byte
                let value = try? JSONValue(parsing: changed)
                let document = try? JSONDocument(parsing: changed)
                #expect(value == nil || value == document?.value)
                accepted += value == nil ? 0 : 1
            }
        }
        #expect(accepted > text.count / 2)
    }
}
