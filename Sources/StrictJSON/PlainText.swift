/// Texts of people, such as names, telephone numbers, remarks and notes: each is one line, and does nothing but be
/// read.
package enum PlainText {
    /// A character that no such text has.
    package struct Flaw: Hashable, Sendable {
        /// Which character it is, from 1.
        package let place: Int
        package let scalar: Unicode.Scalar

        /// In words: control character U+001B at character 5.
        package var words: String {
            "\(PlainText.kind(of: scalar)) \(PlainText.code(of: scalar)) at character \(place)"
        }
    }

    /// The first character that no text of people has: one that drives a terminal, breaks a line, turns the direction
    /// of writing, or stands for what could not be read. Nil where there is none.
    package static func flaw(in text: String) -> Flaw? {
        // What most texts consist of is looked at byte by byte.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return nil }
        for (index, scalar) in text.unicodeScalars.enumerated() where isUnwanted(scalar) {
            return Flaw(place: index + 1, scalar: scalar)
        }
        return nil
    }

    /// The text with each such character written out, as in \u{1B}: what an old database holds is shown so.
    package static func shown(_ text: String) -> String {
        guard flaw(in: text) != nil else { return text }
        return text.unicodeScalars.reduce(into: "") { shown, scalar in
            if isUnwanted(scalar), scalar != "\u{FFFD}" {
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFD: true
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func kind(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: "line break"
        case 0x202A...0x202E, 0x2066...0x2069: "mark that turns the direction of writing"
        case 0xFEFF: "byte order mark"
        case 0xFFFD: "sign for an unreadable character"
        default: "control character"
        }
    }

    private static func code(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
