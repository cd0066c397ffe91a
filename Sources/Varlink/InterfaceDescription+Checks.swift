package import StrictJSON

/// Why parameters do not fit what an interface declares.
package struct ParameterMismatch: Sendable, Hashable {
    /// The bare name of the field, the innermost one.
    package var field: String
    /// What is wrong with it.
    package var reason: Reason

    /// What can be wrong with a field.
    package enum Reason: Sendable, Hashable {
        /// It is not declared.
        case undeclared
        /// It is declared, not nullable, and absent or null.
        case missing
        /// Its value has another type.
        case mistyped
    }
}

extension InterfaceDescription {
    /// The first field in which an object does not fit a structure, or nil when it fits.
    package func mismatch(of object: JSONObject, with fields: [FieldDescription]) -> ParameterMismatch? {
        for (key, value) in object.members {
            guard let field = fields.first(where: { $0.name == key }) else {
                return ParameterMismatch(field: key, reason: .undeclared)
            }
            if let mismatch = mismatch(of: value, with: field.type, in: key) { return mismatch }
        }
        for field in fields where !field.isNullable && object[field.name] == nil {
            return ParameterMismatch(field: field.name, reason: .missing)
        }
        return nil
    }

    private func mismatch(of value: JSONValue, with type: VarlinkType, in field: String) -> ParameterMismatch? {
        switch (type, value) {
        case (.nullable, .null), (.any, _), (.bool, .bool), (.int, .integer), (.float, .number), (.float, .integer),
            (.string, .string), (.object, .object):
            return nil
        case (.nullable(let inner), _):
            return mismatch(of: value, with: inner, in: field)
        case (.named(let name), _):
            return mismatch(of: value, with: self.type(named: name), in: field)
        case (.structure(let fields), .object(let object)):
            return mismatch(of: object, with: fields)
        case (.enumeration(let words), .string(let word)) where words.contains(word):
            return nil
        case (.array(let element), .array(let values)):
            return values.lazy.compactMap { mismatch(of: $0, with: element, in: field) }.first
        case (.map(let element), .object(let object)):
            return object.members.lazy.compactMap { mismatch(of: $0.value, with: element, in: field) }.first
        case (_, .null):
            return ParameterMismatch(field: field, reason: .missing)
        case (.bool, _), (.int, _), (.float, _), (.string, _), (.object, _), (.structure, _), (.enumeration, _),
            (.array, _), (.map, _):
            return ParameterMismatch(field: field, reason: .mistyped)
        }
    }

    /// What would trouble old parsers or readers: `any`, an enumeration of one word, a trailing comma is already
    /// refused, an error without parentheses, a type, method, error or field without a comment.
    package func shortcomings() -> [String] {
        var found: [String] = []
        if documentation.isEmpty { found.append("interface \(name) has no comment") }
        for type in types {
            if type.documentation.isEmpty { found.append("type \(type.name) has no comment") }
            check(type.type, in: type.name, &found)
        }
        for method in methods {
            if method.documentation.isEmpty { found.append("method \(method.name) has no comment") }
            check(.structure(method.input), in: method.name, &found)
            check(.structure(method.output), in: method.name, &found)
        }
        for error in errors {
            if error.documentation.isEmpty { found.append("error \(error.name) has no comment") }
            check(.structure(error.fields), in: error.name, &found)
        }
        for line in text.split(separator: "\n") where line.hasPrefix("error ") && !line.contains("(") {
            found.append("\(line) has no parentheses")
        }
        return found
    }

    private func check(_ type: VarlinkType, in place: String, _ found: inout [String]) {
        switch type {
        case .any: found.append("\(place) has the type any")
        case .enumeration(let words):
            if words.count < 2 { found.append("\(place) is an enumeration of one word") }
        case .structure(let fields):
            for field in fields {
                let inner = "\(place).\(field.name)"
                if field.documentation.isEmpty { found.append("field \(inner) has no comment") }
                check(field.type, in: inner, &found)
            }
        case .array(let element), .map(let element), .nullable(let element): check(element, in: place, &found)
        case .bool, .int, .float, .string, .object, .named: break
        }
    }
}
