/// How record numbers are written and compared. A clinic's own numbers come from many hands: case, and where blanks
/// stand, tell nobody apart.
package enum RecordNumber {
    /// A number as it is kept: without blanks around it, and one blank where there are more.
    package static func tidied(_ number: String) -> String {
        number.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What two numbers have in common that mean the same patient: small letters, plain digits, no blanks.
    package static func key(of number: String) -> String {
        number.lowercased().unicodeScalars.reduce(into: "") { key, scalar in
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .format { return }
            if scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue {
                key += String(Int(digit))
            } else {
                key.unicodeScalars.append(scalar)
            }
        }
    }
}
