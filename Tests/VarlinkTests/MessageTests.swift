import StrictJSON
import Testing

@testable import Varlink

struct MessageTests {
    @Test(
        "Messages with a wrong envelope close the connection, each for its reason",
        arguments: [
            ("", .invalidJSON("line 1, column 1: expected a value, found the end of the text")),
            ("{", .invalidJSON(#"line 1, column 2: expected a key in quotes or "}", found the end of the text"#)),
            (#"{"method":"a.b.C",}"#, .invalidJSON(#"line 1, column 19: expected a key in quotes, found "}""#)),
            (
                #"{"method":"a.b.C","method":"a.b.C"}"#,
                .invalidJSON(#"line 1, column 19: expected each key once, found "method" again"#)
            ),
            (
                #"{"method":"a\u0000"}"#,
                .invalidJSON(#"line 1, column 13: expected a character other than U+0000, found \u0000"#)
            ),
            (#"{"method":"a.b.C"}{}"#, .invalidJSON(#"line 1, column 19: expected the end of the text, found "{""#)),
            ("\u{FEFF}{}", .invalidJSON("line 1, column 1: expected a value, found a byte order mark")),
            ("hello", .invalidJSON(#"line 1, column 1: expected a value, found "hello""#)),
            ("[]", .notAnObject), ("null", .notAnObject), ("1", .notAnObject), (#""a""#, .notAnObject),
            ("{}", .noMethod), (#"{"parameters":{}}"#, .noMethod), (#"{"method":null}"#, .noMethod),
            (#"{"method":7}"#, .noMethod), (#"{"Method":"a.b.C"}"#, .unknownMember("Method")),
            (#"{"method":"a.b.C","parameters":[]}"#, .parametersNotAnObject),
            (#"{"method":"a.b.C","parameters":"x"}"#, .parametersNotAnObject),
            (#"{"method":"a.b.C","id":1}"#, .unknownMember("id")),
            (#"{"method":"a.b.C","id":{}}"#, .unknownMember("id")),
            (#"{"method":"a.b.C","org.example":1}"#, .unknownMember("org.example")),
            (#"{"method":"a.b.C","org.example":null}"#, .unknownMember("org.example")),
            (#"{"method":"a.b.C","continues":false}"#, .unknownMember("continues")),
            (#"{"method":"a.b.C","error":"x"}"#, .unknownMember("error")),
            (#"{"method":"a.b.C","more":1}"#, .flagNotBoolean("more")),
            (#"{"method":"a.b.C","more":null}"#, .flagNotBoolean("more")),
            (#"{"method":"a.b.C","oneway":"true"}"#, .flagNotBoolean("oneway")),
            (#"{"method":"a.b.C","upgrade":{}}"#, .flagNotBoolean("upgrade")),
            (#"{"method":"a.b.C","oneway":true,"more":true}"#, .severalFlags),
            (#"{"method":"a.b.C","more":true,"upgrade":true}"#, .severalFlags),
            (#"{"method":"a.b.C","oneway":true,"more":false,"upgrade":true}"#, .severalFlags),
        ] as [(String, CloseReason)])
    func wrongMessages(text: String, reason: CloseReason) async throws {
        #expect(throws: reason) { _ = try call(parsing: Array(text.utf8)) }
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Echo","parameters":{"text":"first"}}|"# + text + "|")
        try await client.send(#"{"method":"io.example.Test.Echo","parameters":{"text":"never"}}|"#)
        #expect(try await client.receiveAll() == [#"{"parameters":{"text":"first"}}"#])
        #expect(await service.closeReason() == reason)
        #expect(service.probe.texts.all == ["first"])
        await service.stop()
    }

    @Test(
        "Messages with a right envelope are read",
        arguments: [
            (#"{"method":"a.b.C"}"#, CallMessage(method: "a.b.C")),
            (#"{"method":"a.b.C","parameters":null}"#, CallMessage(method: "a.b.C")),
            (#"{"parameters":{},"method":"a.b.C"}"#, CallMessage(method: "a.b.C")),
            (#" {"method":"a.b.C","parameters":{"x":[1]}} "#, CallMessage(method: "a.b.C", parameters: ["x": [1]])),
            (#"{"method":"a.b.C","oneway":true}"#, CallMessage(method: "a.b.C", mode: .oneway)),
            (#"{"method":"a.b.C","more":true,"oneway":false}"#, CallMessage(method: "a.b.C", mode: .more)),
            (#"{"method":"a.b.C","upgrade":true}"#, CallMessage(method: "a.b.C", mode: .upgrade)),
            (#"{"method":"a.b.C","more":false,"oneway":false,"upgrade":false}"#, CallMessage(method: "a.b.C")),
            (#"{"method":"a.b.C","org.example.x":{"y":1},"a.":{}}"#, CallMessage(method: "a.b.C")),
            (#"{"method":""}"#, CallMessage(method: "")),
        ])
    func rightMessages(text: String, message: CallMessage) throws {
        #expect(try call(parsing: Array(text.utf8)) == message)
    }

    @Test("Calls come back from their bytes", arguments: CallMessage.Mode.allCases)
    func callBytes(mode: CallMessage.Mode) throws {
        let message = CallMessage(method: "a.b.C", parameters: ["x": "\u{1}"], mode: mode)
        let bytes = message.bytes()
        #expect(bytes.last == 0)
        #expect(bytes.dropLast().contains(0) == false)
        #expect(try call(parsing: bytes.dropLast()) == message)
    }

    @Test("Replies come back from their bytes")
    func replyBytes() {
        let replies = [
            ReplyMessage(["a": 1]), ReplyMessage([:], continues: true),
            ReplyMessage(VarlinkError("a.b.C", ["why": "\u{0}"])),
        ]
        let texts = replies.map { String(decoding: $0.bytes(), as: UTF8.self) }
        #expect(
            texts == [
                "{\"parameters\":{\"a\":1}}\0", "{\"parameters\":{},\"continues\":true}\0",
                "{\"error\":\"a.b.C\",\"parameters\":{\"why\":\"\\u0000\"}}\0",
            ])
        #expect(replies.map { reply(parsing: $0.bytes().dropLast()) } == [replies[0], replies[1], nil])
    }

    @Test(
        "What is no reply is refused",
        arguments: [
            "", "[]", "1", #"{"parameters":1}"#, #"{"continues":1}"#, #"{"error":null}"#,
            #"{"error":"a","continues":true}"#,
            #"{"error":"a","error":"b"}"#,
        ])
    func wrongReplies(text: String) {
        #expect(reply(parsing: Array(text.utf8)) == nil)
    }

    @Test("A reply may leave out or null its parameters and have members nobody knows")
    func liberalReplies() {
        for text in ["{}", #"{"parameters":null}"#, #"{"x":1}"#] {
            #expect(reply(parsing: Array(text.utf8)) == ReplyMessage([:]))
        }
    }
}

/// Reads a call, as a server does.
func call(parsing bytes: [UInt8]) throws(CloseReason) -> CallMessage {
    try bytes.withUnsafeBufferPointer { bytes throws(CloseReason) in
        try CallMessage(parsing: bytes, limits: JSONLimits())
    }
}

/// Reads a reply, as a client does.
func reply(parsing bytes: [UInt8]) -> ReplyMessage? {
    bytes.withUnsafeBufferPointer { ReplyMessage(parsing: $0, limits: JSONLimits()) }
}
