import StrictJSON

/// Texts in quotes and JSON given by the user.
enum JSONOutput {
    /// A text in quotes.
    static func quoted(_ text: String) -> String { JSONValue.string(text).text() }

    /// The object that a text spells.
    ///
    /// - Throws: what is wrong with it, as a usage error that calls it `name`.
    static func object(_ bytes: [UInt8], name: String) throws -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw Failure.usage("\(name): \(error)")
        }
        guard let object = value.object else { throw Failure.usage("\(name): expected a JSON object") }
        return object
    }
}
