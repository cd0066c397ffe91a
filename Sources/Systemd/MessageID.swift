/// A 128-bit id that tells one kind of journal message from every other.
package struct MessageID: Hashable, Sendable {
    /// The id as one number.
    package let value: UInt128

    /// The id with this value.
    package init(_ value: UInt128) {
        self.value = value
    }

    /// The id written as 32 hexadecimal digits, in either case; nil for anything else, dashes too.
    package init?(hexadecimal digits: String) {
        guard digits.utf8.count == 32, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let value = UInt128(digits, radix: 16)
        else { return nil }
        self.value = value
    }
}

extension MessageID: CustomStringConvertible {
    /// 32 lower-case hexadecimal digits, as the journal writes it.
    package var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
