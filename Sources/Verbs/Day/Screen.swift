import Planning

/// What is to be done by a key on the live board.
enum BoardKey: Equatable {
    case previousDay, nextDay, today, up, down, quit

    /// The keys in what was typed; what is no key is left out.
    static func keys(in bytes: [UInt8]) -> [BoardKey] {
        var keys: [BoardKey] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            // An arrow comes as escape, bracket or O, letter.
            if byte == 0x1B, let second = rest.first, second == UInt8(ascii: "[") || second == UInt8(ascii: "O") {
                rest.removeFirst()
                switch rest.popFirst() {
                case UInt8(ascii: "A"): keys.append(.up)
                case UInt8(ascii: "B"): keys.append(.down)
                case UInt8(ascii: "C"): keys.append(.nextDay)
                case UInt8(ascii: "D"): keys.append(.previousDay)
                default: break
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x03, 0x04: keys.append(.quit)
            case UInt8(ascii: "t"), UInt8(ascii: "T"): keys.append(.today)
            case UInt8(ascii: "h"): keys.append(.previousDay)
            case UInt8(ascii: "l"): keys.append(.nextDay)
            case UInt8(ascii: "k"): keys.append(.up)
            case UInt8(ascii: "j"): keys.append(.down)
            default: break
            }
        }
        return keys
    }
}

/// A part of some lines that fits a window, with a line of help below.
struct Screen: Equatable {
    /// The lines shown, no more than the window has rows.
    let lines: [String]
    /// The first line shown, from 0, where not all fit.
    let offset: Int

    /// The part of lines that begins at an offset, as far as that can be.
    init(_ all: [String], offset: Int, rows: Int, help: String) {
        let room = max(1, rows - 1)
        self.offset = min(max(0, offset), max(0, all.count - room))
        lines = Array(all.dropFirst(self.offset).prefix(room)) + [help]
    }

    /// What draws it over whatever stands there: no line is cleared before it is written, so that nothing flickers.
    var drawing: String {
        let rows = lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n")
        // A terminal that knows it shows the whole at once.
        return "\u{1B}[?2026h\u{1B}[H" + rows + "\u{1B}[J\u{1B}[?2026l"
    }
}
