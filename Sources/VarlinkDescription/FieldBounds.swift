/// What a value from outside may be at most and at least.
///
/// A field's comment says it in brackets: `[1 to 100]` or `[1 to 26 weeks]` of a number, `[1 to 64 characters]` or
/// `[1 to 4095 bytes]` of a text, `[1 to 1000 ids]` of a list or a map, before what its elements may be. What a comment
/// does not say is as usual, so that no number, no text and no list is without bounds.
package struct FieldBounds: Sendable, Hashable {
    /// What a number may be.
    package var numbers: ClosedRange<Int> = -1_000_000...1_000_000
    /// How long a text may be.
    package var lengths = 0...500
    /// Whether the length of a text is counted in bytes; else in characters, which have four bytes each on average at
    /// most.
    package var isInBytes = false
    /// How many elements a list or a map may have.
    package var counts = 0...1000
    /// What numbers count, where the comment says it.
    package var numberUnit: String?
    /// What a list's elements are called.
    package var countUnit = "elements"
    /// Whether no number is in it of which the comment says nothing.
    package private(set) var isOwn = false

    package init() {}

    /// A bracket in a comment that looks like bounds and is none of the field's.
    struct Malformed: Error {
        var text: String
    }

    /// The bounds of a type that a comment says.
    init(of type: VarlinkType, documentation: String) throws(Malformed) {
        let kinds = Kinds(type)
        for text in Self.brackets(in: documentation) {
            let words = text.split(separator: " ").map(String.init)
            guard (3...4).contains(words.count), words[1] == "to", let least = Int(words[0]), let most = Int(words[2]),
                least <= most
            else { throw Malformed(text: text) }
            let unit = words.count == 4 ? words[3] : nil
            if let unit, ["characters", "bytes"].contains(unit), kinds.hasTexts, least >= 0 {
                lengths = least...most
                isInBytes = unit == "bytes"
            } else if kinds.hasElements, let unit, least >= 0 {
                counts = least...most
                countUnit = unit
            } else if kinds.hasNumbers {
                numbers = least...most
                numberUnit = unit
                isOwn = true
            } else {
                throw Malformed(text: text)
            }
        }
        if !kinds.hasNumbers { isOwn = true }
    }

    /// What stands in brackets and begins with a number and "to".
    private static func brackets(in text: String) -> [String] {
        text.split(separator: "[").dropFirst().compactMap { part in
            guard let end = part.firstIndex(of: "]") else { return nil }
            let inside = part[..<end]
            let isMeant = inside.first.map { $0.isNumber || $0 == "-" } ?? false
            return isMeant && inside.contains(" ") ? String(inside) : nil
        }
    }

    /// What a type has that can be bounded; what stands in structures is bounded by their own fields.
    private struct Kinds {
        var hasNumbers = false
        var hasTexts = false
        var hasElements = false

        init(_ type: VarlinkType) { add(type) }

        private mutating func add(_ type: VarlinkType) {
            switch type {
            case .int, .float: hasNumbers = true
            case .string: hasTexts = true
            case .array(let element), .map(let element):
                hasElements = true
                add(element)
            case .nullable(let inner): add(inner)
            case .bool, .object, .any, .named, .structure, .enumeration: break
            }
        }
    }
}
