/// One Swift file, as it is and in two views that have the same lines: the code alone, and the comments alone.
struct SourceFile {
    /// The path from the top of the project: `Sources/Planning/Day.swift`.
    let path: String
    /// The lines as they are.
    let lines: [String]
    /// The lines with comments and the contents of literals blanked out; code inside interpolations stays.
    let code: [String]
    /// The lines with everything but comments blanked out.
    let comments: [String]

    /// A file with this text.
    init(path: String, text: String) {
        self.path = path
        lines = Self.lines(of: text)
        var scanner = Scanner(text)
        scanner.run()
        code = Self.lines(of: String(decoding: scanner.code, as: UTF8.self))
        comments = Self.lines(of: String(decoding: scanner.comments, as: UTF8.self))
    }

    /// The lines, without the empty one after the last line end.
    private static func lines(of text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// The folder under Sources or Tests: the target's name.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    /// Whether the file is part of the product rather than of its tests.
    var isProduct: Bool { path.hasPrefix("Sources/") }

    /// The file's name without folder and ending.
    var name: String { String(path.split(separator: "/").last?.dropLast(".swift".count) ?? "") }
}

/// Tells code, comments and literals apart, byte by byte.
private struct Scanner {
    private enum Mode {
        case code
        /// Code in an interpolation, with the parentheses that are open in it.
        case interpolation(open: Int)
        case lineComment
        case blockComment(depth: Int)
        /// A string, or a regular expression between `#/` and `/#`.
        case literal(end: [UInt8], escape: [UInt8], multiline: Bool)
    }

    /// With these begin and end comments, literals and interpolations.
    private static let beginnings = Array("/\"#()".utf8)

    private let bytes: [UInt8]
    private var position = 0
    private var modes: [Mode] = [.code]
    private(set) var code: [UInt8] = []
    private(set) var comments: [UInt8] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        code.reserveCapacity(bytes.count)
        comments.reserveCapacity(bytes.count)
    }

    private func sees(_ text: [UInt8]) -> Bool {
        position + text.count <= bytes.count && bytes[position..<(position + text.count)].elementsEqual(text)
    }

    /// Goes on by so many bytes, and puts them into the views in which they are to be seen.
    private mutating func take(_ count: Int, code isCode: Bool = false, comment isComment: Bool = false) {
        for byte in bytes[position..<min(position + count, bytes.count)] {
            let isEnd = byte == UInt8(ascii: "\n")
            code.append(isCode || isEnd ? byte : UInt8(ascii: " "))
            comments.append(isComment || isEnd ? byte : UInt8(ascii: " "))
        }
        position += count
    }

    mutating func run() {
        while position < bytes.count {
            switch modes[modes.count - 1] {
            case .code: takeCode(open: nil)
            case .interpolation(let open): takeCode(open: open)
            case .lineComment:
                if bytes[position] == UInt8(ascii: "\n") { modes.removeLast() }
                take(1, comment: true)
            case .blockComment(let depth): takeBlockComment(depth)
            case .literal(let end, let escape, let multiline):
                takeLiteral(end: end, escape: escape, multiline: multiline)
            }
        }
    }

    private mutating func takeCode(open: Int?) {
        // Most bytes begin nothing; the rest of this is slow.
        let ordinary = bytes[position...].prefix { !Self.beginnings.contains($0) }.count
        if ordinary > 0 { return take(ordinary, code: true) }
        if sees(Array("//".utf8)) {
            modes.append(.lineComment)
            return take(2, comment: true)
        }
        if sees(Array("/*".utf8)) {
            modes.append(.blockComment(depth: 1))
            return take(2, comment: true)
        }
        if let literal = literalStart() {
            modes.append(literal.mode)
            return take(literal.length, code: true)
        }
        if let open {
            let change = bytes[position] == UInt8(ascii: "(") ? 1 : bytes[position] == UInt8(ascii: ")") ? -1 : 0
            modes.removeLast()
            if open + change > 0 { modes.append(.interpolation(open: open + change)) }
        }
        take(1, code: true)
    }

    private mutating func takeBlockComment(_ depth: Int) {
        let change = sees(Array("/*".utf8)) ? 1 : sees(Array("*/".utf8)) ? -1 : 0
        modes.removeLast()
        if depth + change > 0 { modes.append(.blockComment(depth: depth + change)) }
        take(change == 0 ? 1 : 2, comment: true)
    }

    private mutating func takeLiteral(end: [UInt8], escape: [UInt8], multiline: Bool) {
        if sees(end) {
            modes.removeLast()
            return take(end.count, code: true)
        }
        if sees(escape) {
            if sees(escape + [UInt8(ascii: "(")]) {
                modes.append(.interpolation(open: 1))
                return take(escape.count + 1, code: true)
            }
            return take(escape.count + 1)
        }
        // A line end ends what should have ended before: damage stays within the line.
        if bytes[position] == UInt8(ascii: "\n") && !multiline { modes.removeLast() }
        take(1)
    }

    /// The literal that starts here, and the length of its opening.
    private func literalStart() -> (mode: Mode, length: Int)? {
        let hash = UInt8(ascii: "#")
        let hashes = [UInt8](bytes[position...].prefix { $0 == hash })
        let quote = Array("\"".utf8), slash = Array("/".utf8), quotes = Array("\"\"\"".utf8)
        func seesNext(_ text: [UInt8]) -> Bool { sees(hashes + text) }
        let escape = [UInt8(ascii: "\\")] + hashes
        if seesNext(quotes) {
            return (.literal(end: quotes + hashes, escape: escape, multiline: true), hashes.count + 3)
        }
        if seesNext(quote) {
            return (.literal(end: quote + hashes, escape: escape, multiline: false), hashes.count + 1)
        }
        if !hashes.isEmpty && seesNext(slash) {
            return (.literal(end: slash + hashes, escape: [0], multiline: true), hashes.count + 1)
        }
        return nil
    }
}
