internal import Glibc

/// What may be shown where output goes: colours, the characters of UTF-8, and how many columns there are.
struct Style: Sendable {
    var hasColour: Bool
    var hasUnicode: Bool
    var columns: Int
    var isTerminal: Bool

    /// The style for plain text of a width.
    static func plain(columns: Int = 80, hasUnicode: Bool = true) -> Style {
        Style(hasColour: false, hasUnicode: hasUnicode, columns: columns, isTerminal: false)
    }

    /// The style for what stands behind a descriptor: colour only on a terminal, and never with NO_COLOR.
    static func of(descriptor: Int32) -> Style {
        let isTerminal = isatty(descriptor) == 1
        let noColour = environment("NO_COLOR").map { !$0.isEmpty } ?? false
        return Style(
            hasColour: isTerminal && !noColour && environment("TERM") != "dumb", hasUnicode: localeIsUnicode,
            columns: columns(of: descriptor), isTerminal: isTerminal)
    }

    /// The style for standard output.
    static var standardOutput: Style { of(descriptor: STDOUT_FILENO) }

    private static func columns(of descriptor: Int32) -> Int {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return environment("COLUMNS").flatMap { Int($0) }.map { max(40, $0) } ?? 80
    }

    private static var localeIsUnicode: Bool {
        let set = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment($0) }.first { !$0.isEmpty }
        return set.map { $0.uppercased().contains("UTF-8") || $0.uppercased().contains("UTF8") } ?? false
    }

    func bold(_ text: String) -> String { coloured(text, "1") }
    func dim(_ text: String) -> String { coloured(text, "2") }
    func red(_ text: String) -> String { coloured(text, "31") }
    func green(_ text: String) -> String { coloured(text, "32") }
    func yellow(_ text: String) -> String { coloured(text, "33") }

    /// The text in a colour given by its ANSI code, where there are colours.
    func coloured(_ text: String, _ code: String) -> String {
        hasColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// A variable of the environment.
func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}
