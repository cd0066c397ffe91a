import Planning

/// Names as people hear and mistype them: without accents, case and order.
package enum NameWords {
    /// A text in plain small letters and digits, each stretch of others a blank: "świątek, łucja" is swiatek lucja.
    package static func folded(_ text: String) -> String {
        var folded = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: folded.unicodeScalars.append(scalar)
            case 0x41...0x5A: folded += scalar.properties.lowercaseMapping
            default: folded += other(scalar)
            }
        }
        return folded.split(separator: " ").joined(separator: " ")
    }

    /// What a letter is without its accents, as its name says: LATIN SMALL LETTER L WITH STROKE is l. An accent alone
    /// is nothing; what is no letter parts words.
    private static func other(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: return ""
        // A name is not parted by them: O'Hara is ohara.
        case _ where ["'", "\u{2019}", "\u{2018}", "`", "\u{02BC}"].contains(scalar): return ""
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: break
        default: return " "
        }
        guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else {
            return scalar.properties.lowercaseMapping
        }
        let words = name.split(separator: " ")
        guard let letter = words.firstIndex(of: "LETTER"), letter + 1 < words.count else { return "" }
        switch words[letter + 1] {
        case "SHARP": return "ss"
        case "DOTLESS": return "i"
        case "THORN": return "th"
        case "ETH": return "d"
        case "ENG": return "n"
        case let base: return base.lowercased()
        }
    }

    /// Whether two full names could be taken for one another: their family names are the same, or differ in one letter.
    package static func areAlike(_ one: String, _ other: String) -> Bool {
        let (left, right) = (Array(familyName(of: one).utf8), Array(familyName(of: other).utf8))
        guard !left.isEmpty, !right.isEmpty else { return false }
        return left == right || min(left.count, right.count) >= 4 && differInOneLetter(left, right)
    }

    /// The family name: what stands before a comma, or else the last word.
    private static func familyName(of name: String) -> String {
        if let comma = name.firstIndex(of: ",") { return folded(String(name[..<comma])) }
        return folded(name).split(separator: " ").last.map(String.init) ?? ""
    }

    /// Whether one letter more, fewer or another makes one of the other, or two neighbours that change places.
    private static func differInOneLetter(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard long.count - short.count <= 1 else { return false }
        let head = zip(short, long).prefix { $0 == $1 }.count
        let tail = zip(short.dropFirst(head).reversed(), long.reversed()).prefix { $0 == $1 }.count
        let (restOfShort, restOfLong) = (short.count - head - tail, long.count - head - tail)
        if restOfLong <= 1 { return true }
        return restOfShort == 2 && restOfLong == 2 && short[head] == long[head + 1] && short[head + 1] == long[head]
    }
}

/// What somebody looks a patient up by, as it was heard.
package struct PatientQuery: Sendable {
    private let words: [Substring]
    private let record: String
    /// The digits of a telephone number; nil where something else is looked for.
    private let digits: String?
    private let text: String

    /// A part of a name, of a record number or of a telephone number, or a birth date.
    package init(_ text: String) {
        self.text = text
        words = NameWords.folded(text).split(separator: " ")
        record = RecordNumber.key(of: text)
        let digits = PatientQuery.digits(of: text)
        let isPhone = text.unicodeScalars.allSatisfy { "0123456789 +-()/.".unicodeScalars.contains($0) }
        self.digits = isPhone && digits.count >= 3 ? digits : nil
    }

    /// Whether it may mean a patient; of nothing, whoever there is.
    package func matches(_ details: PatientDetails) -> Bool {
        if record.isEmpty { return true }
        if RecordNumber.key(of: details.record).contains(record) { return true }
        if let digits, let phone = details.phone, PatientQuery.digits(of: phone).contains(digits) { return true }
        if let born = details.birthDate, born.description == text { return true }
        guard !words.isEmpty, let name = details.name.map(NameWords.folded) else { return false }
        return words.allSatisfy { name.contains($0) }
    }

    private static func digits(of text: String) -> String { text.filter { ("0"..."9").contains($0) } }
}
