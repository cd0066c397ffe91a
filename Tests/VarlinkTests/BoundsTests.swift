import StrictJSON
import Testing
import VarlinkDescription

@testable import Varlink

@Suite("Bounds of fields")
struct BoundsTests {
    private static let text = """
        # For tests.
        interface io.example.Bounds

        # A thing.
        type Thing (
          # How many. [1 to 3 things]
          count: int,
          # What it is called. [2 to 4 characters]
          name: ?string
        )

        # Takes everything.
        method Take(
          # A number. [-5 to 7]
          number: ?int,
          # A number without more.
          other: ?int,
          # A text. [1 to 4 bytes]
          bytes: ?string,
          # A text without more.
          text: ?string,
          # Numbers. [1 to 2 numbers] [0 to 9]
          numbers: ?[]int,
          # Things, see things[3].count.
          things: ?[]Thing,
          # Texts by name.
          map: ?[string]string
        ) -> ()

        # A value that cannot be.
        error InvalidValue (
          # Where.
          field: string,
          # What is wrong.
          message: string,
          # What may have been meant.
          hint: ?string
        )

        """

    private func refusal(_ parameters: JSONObject) throws -> String? {
        let interface = Interface(
            try InterfaceDescription(parsing: Self.text), methods: ["Take": .immediate { _ in [:] }])
        let call = Call(
            interface: interface.description.name, method: "Take", parameters: parameters,
            peer: Peer(pid: 1, uid: 1, gid: 1, groups: []))
        guard case .immediate(let body)? = interface.methods["Take"] else { return "no method" }
        do throws(VarlinkError) {
            _ = try body(call)
            return nil
        } catch {
            #expect(error.name == "io.example.Bounds.InvalidValue")
            return "\(error.parameters["field"]?.string ?? ""): \(error.parameters["message"]?.string ?? "")"
        }
    }

    @Test("a value at its bound is taken, the next one refused with the way to it and the limit")
    func limits() throws {
        for number in [-5, 0, 7] { #expect(try refusal(["number": .integer(number)]) == nil) }
        for number in [-6, 8, Int.min, Int.max] {
            #expect(
                try refusal(["number": .integer(number)])
                    == "number: expected a whole number from -5 to 7, found \(number)")
        }
        #expect(try refusal(["other": 1_000_000]) == nil)
        #expect(
            try refusal(["other": -1_000_001])
                == "other: expected a whole number from -1000000 to 1000000, found -1000001")
        #expect(try refusal(["bytes": "éé"]) == nil)
        #expect(try refusal(["bytes": "ééx"]) == "bytes: expected 1 to 4 bytes, found 5")
        #expect(try refusal(["bytes": ""]) == "bytes: expected 1 to 4 bytes, found 0")
        #expect(try refusal(["text": .string(String(repeating: "é", count: 500))]) == nil)
        #expect(
            try refusal(["text": .string(String(repeating: "x", count: 501))])
                == "text: expected 0 to 500 characters, found 501")
        #expect(try refusal(["numbers": [0, 9]]) == nil)
        #expect(try refusal(["numbers": []]) == "numbers: expected 1 to 2 numbers, found 0")
        #expect(try refusal(["numbers": [0, 1, 2]]) == "numbers: expected 1 to 2 numbers, found 3")
        #expect(try refusal(["numbers": [9, 10]]) == "numbers[1]: expected a whole number from 0 to 9, found 10")
        #expect(try refusal(["things": [["count": 3, "name": "four"]]]) == nil)
        #expect(
            try refusal(["things": [["count": 1], ["count": 4]]]) == "things[1].count: expected 1 to 3 things, found 4")
        #expect(
            try refusal(["things": [["count": 1, "name": "x"]]])
                == "things[0].name: expected 2 to 4 characters, found 1")
        #expect(
            try refusal(["map": ["a b": .string(String(repeating: "x", count: 501))]])
                == #"map["a b"]: expected 0 to 500 characters, found 501"#)
    }

    @Test("one character of many bytes is as long as its bytes")
    func oneCharacter() throws {
        let text = "x" + marks(120_000)
        #expect(text.count == 1)
        #expect(
            try refusal(["text": .string(text)])
                == "text: expected 0 to 500 characters of at most 2000 bytes, found 240001")
    }

    @Test(
        "a bracket that says no bounds of its field is told where the description is read",
        arguments: [
            ("int", "[1 to many]"), ("int", "[2 to 1]"), ("int", "[1 to 2 3 4]"), ("bool", "[1 to 2]"),
            ("string", "[1 to 2]"), ("string", "[-1 to 2 characters]"), ("Thing", "[1 to 2 bytes]"),
        ])
    func malformed(type: String, bracket: String) {
        let text = """
            # For tests.
            interface io.example.Bounds

            # A thing.
            type Thing (
              # A field. \(bracket)
              field: \(type)
            )

            """
        #expect(throws: InterfaceSyntaxError.self) { _ = try InterfaceDescription(parsing: text) }
    }
}
