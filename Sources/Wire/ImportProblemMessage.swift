package import StrictJSON

/// Something that stands in the way of an import.
package struct ImportProblemMessage: WireValue {
    /// The line of the file, from 1; null where it concerns the whole.
    package var line: Int?
    /// Where, as visits[3].start; null where the line says it.
    package var path: String?
    /// What is wrong.
    package var message: String
    /// What may have been meant.
    package var hint: String?

    /// The values of its fields.
    package init(line: Int? = nil, path: String? = nil, message: String, hint: String? = nil) {
        self.line = line
        self.path = path
        self.message = message
        self.hint = hint
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let line: Int? = fields.nullable("line")
        let path: String? = fields.nullable("path")
        let message: String? = fields.required("message")
        let hint: String? = fields.nullable("hint")
        guard let message else { return nil }
        self.init(line: line, path: path, message: message, hint: hint)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("line", line?.json), ("path", path?.json), ("message", message.json), ("hint", hint?.json)])
    }
}
