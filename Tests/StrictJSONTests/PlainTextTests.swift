import StrictJSON
import Testing

/// What texts of people are made of.
@Suite struct PlainTextTests {
    @Test(arguments: [
        ("Ann \u{1B}[2J", 5, "control character U+001B"), ("Ann\rBob", 4, "line break U+000D"),
        ("Ann\nBob", 4, "line break U+000A"), ("a\u{7}", 2, "control character U+0007"),
        ("a\u{9B}2J", 2, "control character U+009B"), ("a\u{2028}", 2, "line break U+2028"),
        ("\u{202E}nnA", 1, "mark that turns the direction of writing U+202E"),
        ("\u{2066}nnA", 1, "mark that turns the direction of writing U+2066"),
        ("Jos\u{FFFD}", 4, "sign for an unreadable character U+FFFD"), ("\u{FEFF}Ann", 1, "byte order mark U+FEFF"),
    ])
    func whatDrivesATerminalIsFound(text: String, place: Int, words: String) throws {
        let flaw = try #require(PlainText.flaw(in: text))
        #expect(flaw.place == place && flaw.words == "\(words) at character \(place)")
        let shown = PlainText.shown(text)
        #expect(text.contains("\u{FFFD}") || PlainText.flaw(in: shown) == nil)
    }

    @Test(arguments: ["", "Ann Example", "Zoë O’Hara-Łukasz 李", "محمد", "שרה", "+1 (555) 010-4477"])
    func lettersOfAnyScriptAreTaken(text: String) {
        #expect(PlainText.flaw(in: text) == nil && PlainText.shown(text) == text)
    }

    @Test func whatAnOldDatabaseHoldsIsShownWrittenOut() {
        #expect(PlainText.shown("\u{1B}]0;x\u{7}Ann") == "\\u{1B}]0;x\\u{7}Ann")
    }
}
