package import StrictJSON
package import VarlinkDescription

/// A value that has the declared type and is beyond what its description lets it be.
package struct OutOfBounds: Sendable, Hashable {
    /// The way to it: `course.availability[0].hours`.
    package var path: String
    /// What is wrong, with what is allowed.
    package var message: String

    /// The same, seen from what the value lies in.
    fileprivate func inside(_ place: String) -> OutOfBounds {
        let isDirect = path.isEmpty || path.hasPrefix("[")
        return OutOfBounds(path: place + (isDirect ? "" : ".") + path, message: message)
    }
}

extension InterfaceDescription {
    /// The first value beyond its bounds in an object that fits a structure's types; nil where there is none.
    ///
    /// It is looked for before any code sees a value, in time that grows with the length of the message: texts by bytes
    /// first, for a single character may be as long as a message.
    package func outOfBounds(in object: JSONObject, _ fields: [FieldDescription]) -> OutOfBounds? {
        for (key, value) in object.members {
            guard let field = fields.first(where: { $0.name == key }) else { continue }
            if let found = outOfBounds(value, field.type, field.bounds) { return found.inside(key) }
        }
        return nil
    }

    private func outOfBounds(_ value: JSONValue, _ type: VarlinkType, _ bounds: FieldBounds) -> OutOfBounds? {
        switch (type, value) {
        case (.nullable(let inner), _): return outOfBounds(value, inner, bounds)
        case (.named(let name), _): return outOfBounds(value, self.type(named: name), bounds)
        case (.structure(let fields), .object(let object)): return outOfBounds(in: object, fields)
        case (.array(let element), .array(let values)):
            if let complaint = bounds.complaint(ofCount: values.count) { return complaint }
            for (index, value) in values.enumerated() {
                if let found = outOfBounds(value, element, bounds) { return found.inside("[\(index)]") }
            }
            return nil
        case (.map(let element), .object(let object)):
            if let complaint = bounds.complaint(ofCount: object.count) { return complaint }
            for (key, value) in object.members {
                let found = bounds.complaint(ofText: key) ?? outOfBounds(value, element, bounds)
                if let found { return found.inside("[\(JSONValue.string(shortened(key)).text())]") }
            }
            return nil
        case (.int, .integer(let number)): return bounds.complaint(ofNumber: number)
        case (.string, .string(let text)): return bounds.complaint(ofText: text)
        case (.bool, _), (.int, _), (.float, _), (.string, _), (.object, _), (.any, _), (.structure, _),
            (.enumeration, _), (.array, _), (.map, _):
            return nil
        }
    }
}

extension FieldBounds {
    fileprivate func complaint(ofNumber number: Int) -> OutOfBounds? {
        if numbers.contains(number) { return nil }
        let range = "\(numbers.lowerBound) to \(numbers.upperBound)"
        let expected = numberUnit.map { "\(range) \($0)" } ?? "a whole number from \(range)"
        return OutOfBounds(path: "", message: "expected \(expected), found \(number)")
    }

    fileprivate func complaint(ofCount count: Int) -> OutOfBounds? {
        if counts.contains(count) { return nil }
        let expected = "\(counts.lowerBound) to \(counts.upperBound) \(countUnit)"
        return OutOfBounds(path: "", message: "expected \(expected), found \(count)")
    }

    fileprivate func complaint(ofText text: String) -> OutOfBounds? {
        let bytes = text.utf8.count
        // What is counted in bytes is no text of people's: a path, a file.
        if !isInBytes, bytes <= 4 * lengths.upperBound, let flaw = PlainText.flaw(in: text) {
            return OutOfBounds(path: "", message: "expected one line of plain text, found a \(flaw.words)")
        }
        guard !(isInBytes ? lengths.contains(bytes) : text.hasLength(within: lengths)) else { return nil }
        let (most, range) = (lengths.upperBound, "\(lengths.lowerBound) to \(lengths.upperBound)")
        if isInBytes { return OutOfBounds(path: "", message: "expected \(range) bytes, found \(bytes)") }
        // Few characters may be many bytes; then they are not counted.
        let found = bytes > 4 * most ? " of at most \(4 * most) bytes, found \(bytes)" : ", found \(text.count)"
        return OutOfBounds(path: "", message: "expected \(range) characters" + found)
    }
}
