import Clinic
import Configuration
import Foundation
import StrictJSON
import Testing

/// A key as a row of the page has it.
private struct DocumentedKey: Sendable {
    /// The way to it in the file, such as `staff[].shifts[].hours`; what is in capitals stands for any name.
    let way: String
    /// What is allowed, in the program's words.
    let allowed: String
    /// `required`, `none`, or the default in JSON.
    let standard: String
}

/// The page about the configuration: its tables, and its file that uses every key.
private struct ConfigurationPage: Sendable {
    let keys: [DocumentedKey]
    let example: JSONValue

    init() throws {
        let page = Self.root.appendingPathComponent("docs/configuration.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        var keys: [DocumentedKey] = []
        var place: String?
        for line in text.components(separatedBy: "\n") {
            if line.hasPrefix("## ") {
                place = line.wholeMatch(of: #/## \d+ `([^`]+)`/#).map { String($0.output.1) }
            }
            guard let place, line.hasPrefix("| `") else { continue }
            let cells = line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            try #require(cells.count == 7, "a row has five cells: \(line)")
            for name in cells[1].matches(of: #/`([^`]+)`/#) {
                keys.append(
                    DocumentedKey(
                        way: "\(place).\(name.output.1)", allowed: cells[2],
                        standard: cells[4].replacingOccurrences(of: "`", with: "")))
            }
        }
        self.keys = keys
        let parts = text.components(separatedBy: "```json\n")
        try #require(parts.count == 2, "the page has one example in JSON")
        example = try JSONValue(parsing: parts[1].components(separatedBy: "```")[0])
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}

/// What is read of a configuration.
private struct ReadConfiguration: Hashable {
    let clinic: ClinicConfiguration
    let access: AccessSettings
    let daemon: DaemonSettings
}

/// The page of every key of the configuration is held against the reader: in both directions, with what is allowed,
/// what is required, and what the defaults are.
@Suite struct DocumentedKeysTests {
    // Read once for all tests.
    private static let page = Result { try ConfigurationPage() }
    private let page: ConfigurationPage

    init() throws { page = try Self.page.get() }

    @Test("the file that uses every key is read without a problem")
    func example() {
        #expect(problems(of: page.example).map(\.description) == [])
        #expect(page.keys.count > 100)
    }

    @Test("what the page allows of a key is what the reader says of a wrong value")
    func allowed() throws {
        for key in page.keys {
            let path = try path(to: key)
            let wrong: JSONValue = value(at: path).bool == nil ? false : 0
            let message = "expected \(key.allowed), found \(wrong.text())"
            let found = problems(of: edited(path, to: wrong)).filter { $0.path == Self.text(path) }.map(\.message)
            #expect(found.contains(message), "\(key.way): \(found)")
        }
    }

    @Test("the keys that the page calls required are those that the reader misses")
    func required() throws {
        for key in page.keys {
            let path = try path(to: key)
            let isMissed = problems(of: edited(path, to: nil)).contains {
                $0.path == Self.text(path) && $0.message.hasSuffix("found nothing")
            }
            #expect(isMissed == (key.standard == "required"), "\(key.way)")
        }
    }

    @Test("a key that is left out means what its default means")
    func defaults() throws {
        for key in page.keys where key.standard != "required" && key.standard != "none" {
            let path = try path(to: key)
            let standard = try JSONValue(parsing: key.standard)
            #expect(read(edited(path, to: nil)) == read(edited(path, to: standard)), "\(key.way)")
        }
    }

    @Test("each object has the keys that the reader asks for, and no others")
    func everyKey() throws {
        var known: [String: Set<String>] = [:]
        for path in Self.objects(in: page.example) where !path.isEmpty && path.last != "load" {
            let unknown = path + ["zzzzzzzz"]
            let problem = problems(of: edited(unknown, to: true)).first { $0.path == Self.text(unknown) }
            let hint = try #require(problem?.hint, "\(Self.text(path)) takes any key")
            let names = hint.replacing("known keys are ", with: "").components(separatedBy: ", ")
            known[Self.way(path), default: []].formUnion(names)
        }
        var named: [String: Set<String>] = [:]
        for key in page.keys where !key.way.hasSuffix(".LABEL") {
            let parts = key.way.components(separatedBy: ".")
            named[parts.dropLast().joined(separator: "."), default: []].insert(parts[parts.count - 1])
        }
        for place in Set(known.keys).union(named.keys).sorted() {
            #expect(named[place] == known[place], "\(place)")
        }
    }

    @Test("the example clinic has no key that the page does not explain")
    func exampleClinic() throws {
        let file = ConfigurationPage.root.appendingPathComponent("config.example.json")
        let clinic = try JSONValue(parsing: Array(Data(contentsOf: file)))
        let named = Set(page.keys.map(\.way))
        for path in Self.objects(in: clinic) where !path.isEmpty && path.last != "load" {
            for key in Self.value(at: path[...], in: clinic).object?.keys ?? [] {
                let way = Self.way(path + [key])
                #expect(named.contains(way), "\(way)")
            }
        }
    }
}

extension DocumentedKeysTests {
    private func problems(of document: JSONValue) -> [JSONProblem] {
        do throws(ConfigurationError) {
            _ = try readConfiguration(document.bytes(), file: "page.json")
            return []
        } catch {
            return error.problems
        }
    }

    /// What is read of a document; nil where it has a problem.
    private func read(_ document: JSONValue) -> ReadConfiguration? {
        guard let file = try? readConfiguration(document.bytes(), file: "page.json") else { return nil }
        return ReadConfiguration(clinic: file.clinic, access: file.access, daemon: file.daemon)
    }

    /// The page's file with another value at a path, or with none.
    private func edited(_ path: [String], to value: JSONValue?) -> JSONValue {
        var document = page.example
        document.set(path, to: value)
        return document
    }

    private func value(at path: [String]) -> JSONValue { Self.value(at: path[...], in: page.example) }

    /// The first place of a key in the page's file, as keys and indices.
    private func path(to key: DocumentedKey) throws -> [String] {
        let parts = key.way.replacing("[]", with: ".[]").components(separatedBy: ".")
        return try #require(Self.find(parts[...], in: page.example), "\(key.way) is not in the example")
    }

    private static func find(_ parts: ArraySlice<String>, in value: JSONValue) -> [String]? {
        guard let part = parts.first else { return [] }
        let rest = parts.dropFirst()
        if part == "[]" {
            for (index, element) in (value.array ?? []).enumerated() {
                if let found = find(rest, in: element) { return [String(index)] + found }
            }
            return nil
        }
        for name in part == part.uppercased() ? value.object?.keys ?? [] : [part] {
            if let inner = value[name], let found = find(rest, in: inner) { return [name] + found }
        }
        return nil
    }

    private static func value(at path: ArraySlice<String>, in value: JSONValue) -> JSONValue {
        guard let step = path.first else { return value }
        let inner = Int(step).flatMap { value.array?[$0] } ?? value[step] ?? .null
        return self.value(at: path.dropFirst(), in: inner)
    }

    /// The paths of all objects in a value.
    private static func objects(in value: JSONValue) -> [[String]] {
        switch value {
        case .object(let object):
            [[]] + object.members.flatMap { key, inner in objects(in: inner).map { [key] + $0 } }
        case .array(let elements):
            elements.enumerated().flatMap { index, inner in objects(in: inner).map { [String(index)] + $0 } }
        case .null, .bool, .integer, .number, .string: []
        }
    }

    /// A path as problems have it: `staff[0].shifts[0].hours`.
    private static func text(_ path: [String]) -> String {
        path.reduce(into: "") { text, step in
            text += Int(step) != nil ? "[\(step)]" : (text.isEmpty ? "" : ".") + step
        }
    }

    /// A path as the page has it: `staff[].shifts[].hours`.
    private static func way(_ path: [String]) -> String {
        text(path).replacing(#/\[\d+\]/#, with: "[]")
    }
}
