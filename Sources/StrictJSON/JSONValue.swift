/// A JSON value. A number written with a fraction or an exponent is a `number`, never an `integer`: `1.0` is not `1`.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A whole number written without fraction and exponent, exact.
    case integer(Int)
    /// Any other number. It must be finite, JSON has no others.
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// An object, its members in the order they were given.
    case object(JSONObject)
}

extension JSONValue {
    /// The string, or nil for any other value.
    package var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The whole number, or nil for any other value, `1.0` included.
    package var integer: Int? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    /// The number, whole or not, or nil for any other value.
    package var number: Double? {
        switch self {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// The truth value, or nil for any other value.
    package var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The elements of an array, or nil for any other value.
    package var array: [JSONValue]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// The object, or nil for any other value.
    package var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// Whether the value is `null`.
    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The value of a member; nil when there is none or when this is not an object.
    package subscript(_ key: String) -> JSONValue? {
        object?[key]
    }
}

extension JSONValue: ExpressibleByNilLiteral {
    package init(nilLiteral: ()) { self = .null }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self = .integer(value) }
}

extension JSONValue: ExpressibleByFloatLiteral {
    /// A number that need not be whole.
    package init(floatLiteral value: Double) { self = .number(value) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object with its members in this order; no key may stand twice.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
}
