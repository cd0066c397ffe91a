import Testing

@testable import StrictJSON

/// A value of every kind of field.
private struct Bag: Hashable, Shaped {
    enum Colour: String, CaseIterable, JSONCoded { case red, blue }

    var name: String
    var count: Int?
    var tags: Set<String>
    var colours: [Colour]
    var isOpen: Bool
    var span: Span
    var limits: Limits
    var prices: [String: Int]
    var note: String

    static let shape = Shape<Bag>(
        Bag.init(name:count:tags:colours:isOpen:span:limits:prices:note:),
        Field("name", \.name),
        Field("count", \.count),
        Field("tags", \.tags),
        Field("colours", \.colours, Colour.json.list.always),
        Field("open", \.isOpen),
        Field(\.span, inline: Span.shape),
        Field("limits", \.limits, Limits.json.omitted(as: Limits())),
        Field("prices", \.prices, .keyed(Int.json, by: { $0 }, named: { $0 }, order: { $0 < $1 })),
        Field("note", \.note, String.json.or("none")))
}

private struct Span: Hashable, Shaped {
    var from: Int
    var until: Int

    static let shape = Shape<Span>(
        { $0 < $1 ? Span(from: $0, until: $1) : nil },
        Field("from", \.from),
        Field("until", \.until))
}

private struct Limits: Hashable, Shaped {
    var most = 5
    var least = 1

    static let shape = Shape(Limits(), DefaultedField("most", \.most), DefaultedField("least", \.least))
}

@Suite struct ShapeTests {
    private static let full = Bag(
        name: "a", count: 3, tags: ["y", "x"], colours: [.blue, .red], isOpen: true, span: Span(from: 1, until: 2),
        limits: Limits(most: 7), prices: ["b": 2, "a": 1], note: "n")
    private static let empty = Bag(
        name: "", count: nil, tags: [], colours: [], isOpen: false, span: Span(from: 0, until: 9), limits: Limits(),
        prices: [:], note: "none")

    @Test func membersStandInTheOrderOfTheFieldsAndAbsentOnesAreLeftOut() {
        #expect(
            Bag.json.write(Self.full).text()
                == #"{"name":"a","count":3,"tags":["x","y"],"colours":["blue","red"],"open":true,"from":1,"until":2,"#
                + #""limits":{"most":7,"least":1},"prices":{"a":1,"b":2},"note":"n"}"#)
        #expect(
            Bag.json.write(Self.empty).text() == #"{"name":"","colours":[],"from":0,"until":9,"note":"none"}"#)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        for bag in [Self.full, Self.empty] {
            #expect(try Bag.json.write(bag).decode(Bag.json.read) == bag)
        }
        let some = try JSONValue(parsing: #"{"until":9,"from":0,"colours":[],"name":"","limits":{"least":3}}"#)
        var bag = Self.empty
        bag.limits.least = 3
        #expect(try some.decode(Bag.json.read) == bag)
        #expect(try JSONValue(parsing: "[null,4]").decode([Int?].json.read) == [nil, 4])
    }

    @Test func allProblemsAreFoundAtOnce() throws {
        let text =
            #"{"count":"x","colours":["green"],"open":1,"from":2,"until":"y","#
            + #""limits":{"most":null,"least":"z"}}"#
        let wrong = #"{"name":"a","colours":[],"from":2,"until":1,"extra":1}"#
        #expect(
            try problems(text) == [
                #"name: expected a string, found nothing"#,
                #"count: expected a whole number, found "x""#,
                #"colours[0]: expected one of "red", "blue", found "green""#,
                #"open: expected true or false, found 1"#,
                #"until: expected a whole number, found "y""#,
                #"limits.least: expected a whole number, found "z""#,
            ])
        #expect(
            try problems(wrong) == [
                #"extra: unknown key "extra" (known keys are name, count, tags, colours, open, from, until, limits, "#
                    + "prices, note)"
            ])
    }

    @Test func aValueThatIsRefusedIsAProblem() throws {
        let text = #"{"name":"a","colours":[],"from":2,"until":1}"#
        #expect(try problems(text) == ["expected another value, found an object"])
    }

    @Test func whatIsLookedAtTogetherIsToldAtItsKeyAndOnlyWhereEachFieldIsRight() throws {
        let shape = Shape<Limits>(
            { Limits(most: $0, least: $1) }, Field("most", \.most, .within(1...9)),
            Field("least", \.least, .within(1...9))
        ).checked { limits, fields in
            if limits.least > limits.most { fields.problem("least", "\(limits.least) is more than most") }
        }
        #expect(try problems(#"{"most":7,"least":7}"#, of: shape.codec) == [])
        #expect(try problems(#"{"most":3,"least":7}"#, of: shape.codec) == ["least: 7 is more than most"])
        #expect(
            try problems(#"{"most":0,"least":7}"#, of: shape.codec)
                == ["most: expected a whole number from 1 to 9, found 0"])
        #expect(shape.write(Limits(most: 2, least: 4)).text() == #"{"most":2,"least":4}"#)
    }

    private func problems(_ text: String) throws -> [String] { try problems(text, of: Bag.json) }

    private func problems<Value>(_ text: String, of codec: Codec<Value>) throws -> [String] {
        do {
            _ = try JSONValue(parsing: text).decode(codec.read)
            return []
        } catch let error as JSONInvalid {
            return error.problems.map(\.description)
        }
    }
}
