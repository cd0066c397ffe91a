/// A name of the record or the socket as words: patientRequest is patient request.
package func spacedWords(_ name: String) -> String {
    name.reduce(into: "") { text, letter in text += letter.isUppercase ? " \(letter.lowercased())" : "\(letter)" }
}

/// A code of the socket as words.
package func spacedWords(_ code: some WireCode) -> String { spacedWords(code.code) }
