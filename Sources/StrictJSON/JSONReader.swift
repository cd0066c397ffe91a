/// A value with its place in the document, to be read into a type.
///
/// Every function returns nil after it has recorded what is wrong, so that reading goes on and finds all problems:
///
/// ```swift
/// let shift = reader.object { fields in
///     let days = fields.array("days", of: { $0.choice(of: Weekday.self) })
///     let percent = fields.integer("capacityPercent", 1...100, default: 100)
///     let through = fields.optional("through") { $0.parsed(as: "a day", Day.init(text:)) }
///     guard let days else { return nil }
///     return Shift(days: days, percent: percent, through: through)
/// }
/// ```
package struct JSONReader {
    /// The value; `null` where a required member is missing.
    package let value: JSONValue
    /// The list that problems go to.
    package let problems: JSONProblems
    /// Whether this stands for a required member that is not there.
    let isMissing: Bool
    /// The way to what the value is in, and the step from there; nil for the document.
    private let parent: JSONPath?
    private let step: JSONPath.Step?
    let source: JSONSource?
    let node: Int

    init(_ value: JSONValue, source: JSONSource?, problems: JSONProblems) {
        self.init(value, problems: problems, isMissing: false, parent: nil, step: nil, source: source, node: 0)
    }

    private init(
        _ value: JSONValue, problems: JSONProblems, isMissing: Bool, parent: JSONPath?, step: JSONPath.Step?,
        source: JSONSource?, node: Int
    ) {
        self.value = value
        self.problems = problems
        self.isMissing = isMissing
        self.parent = parent
        self.step = step
        self.source = source
        self.node = node
    }

    /// The way to the value; nil for the document. It is made anew: who reads several children asks once.
    var path: JSONPath? { step.map { JSONPath(parent: parent, step: $0) } }

    /// Where the value stands in the text, when there is one.
    package var position: JSONPosition? {
        source.map { $0.position(ofByte: Int($0.nodes[node].offset)) }
    }

    /// The line on which the value begins, from 1; nil where there is no text.
    package var line: Int? {
        source.map { $0.line(ofByte: Int($0.nodes[node].offset)) }
    }

    /// The way to the value, such as `staff[3].shifts`.
    package var pathText: String { JSONPath.text(of: path) }

    /// Records a problem with this value.
    package func problem(_ message: String, hint: String? = nil) {
        problems.append(JSONProblem(path: pathText, position: position, message: message, hint: hint))
    }

    /// Records that the value is not what was expected, as `expected …, found …`, and returns nil.
    package func mismatch<Value>(expected: String, hint: String? = nil) -> Value? {
        problem("expected \(expected), found \(isMissing ? "nothing" : Self.found(value))", hint: hint)
        return nil
    }

    /// Reads true or false.
    package func bool() -> Bool? {
        value.bool ?? mismatch(expected: "true or false")
    }

    /// A whole number within a range.
    package func integer(_ range: ClosedRange<Int> = .min ... .max) -> Int? {
        if let integer = value.integer, range.contains(integer) { return integer }
        let name =
            switch (range.lowerBound, range.upperBound) {
            case (.min, .max): "a whole number"
            case (let least, .max): "a whole number of at least \(least)"
            case (.min, let most): "a whole number of at most \(most)"
            case (let least, let most): "a whole number from \(least) to \(most)"
            }
        return mismatch(expected: name)
    }

    /// A number, whole or not, within a range.
    package func number(
        _ range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    ) -> Double? {
        if let number = value.number, range.contains(number) { return number }
        let isBounded = range.upperBound < .greatestFiniteMagnitude || range.lowerBound > -.greatestFiniteMagnitude
        let name = isBounded ? "a number from \(range.lowerBound) to \(range.upperBound)" : "a number"
        return mismatch(expected: name)
    }

    /// A string of some length in characters, which have four bytes each on average at most.
    package func string(length: ClosedRange<Int> = 0 ... .max) -> String? {
        if let string = value.string, string.hasLength(within: length) { return string }
        let name =
            switch (length.lowerBound, length.upperBound) {
            case (0, .max): "a string"
            case (1, .max): "a string that is not empty"
            case (let least, .max): "a string of at least \(least) characters"
            case (let least, let most): "a string of \(least) to \(most) characters"
            }
        return mismatch(expected: name)
    }

    /// A string of some length that is one line, and has nothing in it that drives a terminal; see `PlainText`. What is
    /// wrong with it is told without the string.
    package func plainText(length: ClosedRange<Int> = 0 ... .max) -> String? {
        guard let string = string(length: length) else { return nil }
        guard let flaw = PlainText.flaw(in: string) else { return string }
        problem("expected one line of plain text, found a \(flaw.words)")
        return nil
    }

    /// A string that a function understands; `name` says what it should be, such as `a day such as "2026-03-02"`.
    package func parsed<Value>(as name: String, _ parse: (String) -> Value?) -> Value? {
        value.string.flatMap(parse) ?? mismatch(expected: name)
    }

    /// One of some words.
    package func choice(among words: [String]) -> String? {
        if let string = value.string, words.contains(string) { return string }
        let hint = value.string.flatMap { closest(to: $0, among: words) }.map { "did you mean \(quoted($0))?" }
        return mismatch(expected: "one of \(words.map(quoted).joined(separator: ", "))", hint: hint)
    }

    /// A case of an enumeration, by its raw value.
    package func choice<Choice: CaseIterable & RawRepresentable<String>>(of type: Choice.Type) -> Choice? {
        if let string = value.string, let choice = Choice(rawValue: string) { return choice }
        return choice(among: Choice.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
    }

    /// The elements of an array, each read by the function; nil when one of them or their number is wrong.
    package func array<Element>(
        count: ClosedRange<Int> = 0 ... .max, of read: (JSONReader) -> Element?
    ) -> [Element]? {
        guard let values = value.array else { return mismatch(expected: "an array") }
        guard count.contains(values.count) else {
            let (least, most) = (count.lowerBound, count.upperBound)
            let name = most == .max ? "at least \(least)" : least == most ? "\(least)" : "\(least) to \(most)"
            problem("expected \(name) elements, found \(values.count)")
            return nil
        }
        var elements: [Element] = []
        elements.reserveCapacity(values.count)
        let path = path
        var node = self.node + 1
        for (index, value) in values.enumerated() {
            if let element = read(child(value, .index(index), of: path, node: node)) { elements.append(element) }
            if let source { node += Int(source.nodes[node].size) }
        }
        return elements.count == values.count ? elements : nil
    }

    /// The members of an object whose keys are names given in the document, in order; nil when one of them is wrong.
    package func map<Element>(of read: (String, JSONReader) -> Element?) -> [(key: String, value: Element)]? {
        guard let object = value.object else { return mismatch(expected: "an object") }
        var elements: [(key: String, value: Element)] = []
        elements.reserveCapacity(object.count)
        let path = path
        var node = self.node + 1
        for member in object.members {
            let reader = child(member.value, .key(member.key), of: path, node: node)
            if let element = read(member.key, reader) { elements.append((key: member.key, value: element)) }
            if let source { node += Int(source.nodes[node].size) }
        }
        return elements.count == object.count ? elements : nil
    }

    /// An object with known keys, read field by field. Keys that were not asked for are recorded as unknown.
    package func object<Value>(_ read: (JSONFields) -> Value?) -> Value? {
        guard let object = value.object else { return mismatch(expected: "an object") }
        let fields = JSONFields(of: self, object)
        let value = read(fields)
        fields.recordUnknownKeys()
        return value
    }

    /// The value read by the function, when it met no problem.
    func decoded<Value>(by read: (JSONReader) -> Value?) throws(JSONInvalid) -> Value {
        let value = read(self)
        if value == nil, problems.count == 0 {
            problem("expected another value, found \(Self.found(self.value))")
        }
        guard problems.count == 0, let value else { throw JSONInvalid(problems: problems.sorted) }
        return value
    }
}

extension String {
    /// Whether it has so many characters, and no more than four bytes for each that it may have. A single character
    /// may be any number of combining marks: what is no longer than some characters is no longer than so many bytes.
    package func hasLength(within characters: ClosedRange<Int>) -> Bool {
        let bytes = utf8.count
        guard bytes >= characters.lowerBound, bytes <= 4 * min(characters.upperBound, .max / 4) else { return false }
        if characters.lowerBound <= 1, bytes <= characters.upperBound { return true }
        return characters.contains(count)
    }
}

extension JSONReader {
    /// A reader of a value in this one, to which `path` is the way.
    func child(_ value: JSONValue, _ step: JSONPath.Step, of path: JSONPath?, node: Int) -> JSONReader {
        JSONReader(
            value, problems: problems, isMissing: false, parent: path, step: step, source: source, node: node)
    }

    /// A reader that stands for a member that is not there; it has the position of this object.
    func missingChild(_ key: String) -> JSONReader {
        JSONReader(
            .null, problems: problems, isMissing: true, parent: path, step: .key(key), source: source, node: node)
    }

    /// How a value is named in a problem: scalars as they are, strings cut, the others by their kind.
    static func found(_ value: JSONValue) -> String {
        switch value {
        case .string(let string): quoted(string)
        case .array: "an array"
        case .object: "an object"
        case .null, .bool, .integer, .number: value.text()
        }
    }
}
