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

    /// The style for a stream: colour only on a terminal, and never with NO_COLOR.
    static func of(_ stream: Console.Stream) -> Style {
        let isTerminal = Console.current.isTerminal(stream)
        let noColour = environment("NO_COLOR").map { !$0.isEmpty } ?? false
        let columns = Console.current.columns(of: stream)
        return Style(
            hasColour: isTerminal && !noColour && environment("TERM") != "dumb", hasUnicode: localeIsUnicode,
            columns: columns ?? environment("COLUMNS").flatMap { Int($0) }.map { max(40, $0) } ?? 80,
            isTerminal: isTerminal)
    }

    /// The style for standard output.
    static var standardOutput: Style { of(.output) }

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
