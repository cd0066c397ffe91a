import Testing

@testable import Systemd

@Suite("Message ids")
struct MessageIDTests {
    @Test("an id is written as 32 lower-case digits, leading zeros too")
    func writing() {
        #expect(MessageID(0x2c76_eb65_8f44_4959_a7bb_3735_1acb_167a).description == "2c76eb658f444959a7bb37351acb167a")
        #expect(MessageID(0xa).description == "0000000000000000000000000000000a")
        #expect(MessageID(.max).description == String(repeating: "f", count: 32))
    }

    @Test(
        "an id is read from exactly 32 hexadecimal digits",
        arguments: [
            ("0000000000000000000000000000000A", 10 as UInt128?),
            (String(repeating: "f", count: 32), .max),
            (String(repeating: "f", count: 31), nil),
            (String(repeating: "f", count: 33), nil),
            ("+000000000000000000000000000000a", nil),
            ("00000000-0000-0000-0000-00000000", nil),
            ("", nil),
        ])
    func reading(text: String, value: UInt128?) {
        #expect(MessageID(hexadecimal: text)?.value == value)
    }

    @Test("every kind has an id of its own that looks random, of the version that systemd asks for")
    func kinds() {
        let ids = MessageKind.allCases.map(\.id)
        #expect(ids.count == 36)
        #expect(Set(ids).count == ids.count)
        for kind in MessageKind.allCases {
            // RFC 4122, version 4: the 13th digit is 4, the 17th is 8, 9, a or b.
            let digits = Array(kind.id.description)
            #expect(digits[12] == "4", "\(kind)")
            #expect("89ab".contains(digits[16]), "\(kind)")
        }
    }

    @Test("only a failing storage is critical, and nothing is below informational")
    func priorities() {
        #expect(MessageKind.allCases.filter { $0.priority <= .critical } == [.storageFailed])
        #expect(MessageKind.allCases.allSatisfy { $0.priority <= .informational })
    }
}
