package import StrictJSON
package import VarlinkDescription

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
        case (.enumeration(let words), .string(let word)) where words.contains { $0.utf8.elementsEqual(word.utf8) }:
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
}
