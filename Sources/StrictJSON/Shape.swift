/// An object with known keys, described once: it is read and written from the same list of fields.
///
/// ```swift
/// extension Person: Shaped {
///     static let shape = Shape<Person>(
///         Person.init(id:name:shifts:),
///         Field("id", \.id),
///         Field("name", \.name, String.json.or("")),
///         Field("shifts", \.shifts))
/// }
/// ```
///
/// Fields are written in the order of the list. All of them are read before the value is made of them, so that every
/// problem is found.
package struct Shape<Root: Sendable>: Sendable {
    typealias Members = [(key: String, value: JSONValue)]

    /// Reads the fields out of an object that may have others.
    let readFields: @Sendable (JSONFields) -> Root?
    let writeFields: @Sendable (Root, inout Members) -> Void

    /// A shape of these fields; `make` gets their values in their order, and may refuse them.
    package init<each Value>(
        _ make: @escaping @Sendable (repeat each Value) -> Root?, _ fields: repeat Field<Root, each Value>
    ) {
        var readers: [@Sendable (JSONFields) -> Any?] = []
        var writers: [@Sendable (Root, inout Members) -> Void] = []
        for field in repeat each fields {
            readers.append(field.read)
            writers.append(field.write)
        }
        self.init(readers: readers, writers: writers) { values in
            make(repeat next(&values, as: (each Value).self))
        }
    }

    /// A shape of fields whose types are forgotten: looking up the types of tuples at each object costs more than its
    /// reading. `make` takes the values again in their order.
    private init(
        readers: [@Sendable (JSONFields) -> Any?], writers: [@Sendable (Root, inout Members) -> Void],
        make: @escaping @Sendable (inout IndexingIterator<[Any]>) -> Root?
    ) {
        readFields = { object in
            var values: [Any] = []
            values.reserveCapacity(readers.count)
            for read in readers {
                if let value = read(object) { values.append(value) }
            }
            guard values.count == readers.count else { return nil }
            var left = values.makeIterator()
            return make(&left)
        }
        writeFields = { root, members in
            for write in writers { write(root, &members) }
        }
    }

    /// A shape of fields that keep what `standard` has where they are absent.
    package init(_ standard: Root, _ fields: DefaultedField<Root>...) {
        readFields = { object in
            var read = standard
            for field in fields { field.read(object, &read) }
            return read
        }
        writeFields = { root, members in
            for field in fields { field.write(root, &members) }
        }
    }

    private init(
        readFields: @escaping @Sendable (JSONFields) -> Root?,
        writeFields: @escaping @Sendable (Root, inout Members) -> Void
    ) {
        self.readFields = readFields
        self.writeFields = writeFields
    }

    /// The shape of values whose fields are right each, and are looked at together: `check` records what is wrong.
    package func checked(_ check: @escaping @Sendable (Root, JSONFields) -> Void) -> Shape {
        Shape(
            readFields: { [readFields] fields in
                let value = readFields(fields)
                if let value { check(value, fields) }
                return value
            }, writeFields: writeFields)
    }

    /// Reads a value; nil after every problem was recorded.
    package func read(_ reader: JSONReader) -> Root? { reader.object(readFields) }

    /// The value as an object.
    package func write(_ value: Root) -> JSONValue {
        var members: Members = []
        writeFields(value, &members)
        return .object(JSONObject(distinct: members))
    }

    /// The shape as a codec of a member.
    package var codec: Codec<Root> { Codec(read: read, write: write) }
}

/// The next of the values that the fields of a shape have read, each of which is of its field's type.
private func next<Value>(_ values: inout IndexingIterator<[Any]>, as type: Value.Type) -> Value {
    guard let any = values.next(), let value = any as? Value else { preconditionFailure("a field is not of its type") }
    return value
}

/// A part of an object: its key, where the value has it, and how it is written and read.
package struct Field<Root: Sendable, Value: Sendable>: Sendable {
    /// Reads a `Value`; nil after the problem was recorded.
    let read: @Sendable (JSONFields) -> Any?
    let write: @Sendable (Root, inout Shape<Root>.Members) -> Void

    /// A member of the object.
    package init(_ key: String, _ get: @escaping @Sendable (Root) -> Value, _ codec: Codec<Value>) {
        let readValue = codec.read
        if let absence = codec.absence {
            let standard: any Sendable = absence.standard
            read = { $0.optional(key) { readValue($0).map { $0 as Any } } ?? standard as Any }
            write = { root, members in
                let value = get(root)
                if !absence.isOmitted(value) { members.append((key, codec.write(value))) }
            }
        } else {
            read = { $0.value(key) { readValue($0).map { $0 as Any } } }
            write = { root, members in members.append((key, codec.write(get(root)))) }
        }
    }

    /// A member of the object in the usual shape of its type.
    package init(_ key: String, _ get: @escaping @Sendable (Root) -> Value) where Value: JSONCoded {
        self.init(key, get, Value.json)
    }

    /// Members that stand in the object itself, as another shape has them.
    package init(_ get: @escaping @Sendable (Root) -> Value, inline shape: Shape<Value>) {
        read = { object in shape.readFields(object).map { $0 as Any } }
        write = { root, members in
            shape.writeFields(get(root), &members)
        }
    }
}

/// A part of an object that has a value where it is absent.
package struct DefaultedField<Root: Sendable>: Sendable {
    let read: @Sendable (JSONFields, inout Root) -> Void
    let write: @Sendable (Root, inout Shape<Root>.Members) -> Void

    /// A member of the object.
    package init<Value: Sendable>(
        _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ codec: Codec<Value>
    ) {
        read = { object, root in
            if let value = object.optional(key, codec.read) { root[keyPath: path] = value }
        }
        write = { root, members in
            if let value = codec.member(root[keyPath: path]) { members.append((key, value)) }
        }
    }

    /// A member of the object in the usual shape of its type.
    package init<Value: JSONCoded>(_ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable) {
        self.init(key, path, Value.json)
    }
}

/// A type whose values are objects with known keys.
package protocol Shaped: JSONCoded {
    /// The fields, in the order in which they are written.
    static var shape: Shape<Self> { get }
}

extension Shaped {
    /// An object of the type's fields.
    package static var json: Codec<Self> { shape.codec }
}
