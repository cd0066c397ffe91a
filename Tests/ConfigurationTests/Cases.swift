import Foundation
import StrictJSON
import Testing

/// The files beside the tests.
enum Files {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Files")

    static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// A complete small configuration.
    static func configuration() throws -> JSONValue { try JSONValue(parsing: bytes("clinic.json")) }

    /// A complete small problem: the configuration's sections and those of its own.
    static func problem() throws -> JSONValue {
        var members = try #require(JSONValue(parsing: bytes("problem-sections.json")).object)
        for member in try #require(configuration().object).members { members[member.key] = member.value }
        return .object(members)
    }

    /// Whether golden files are rewritten instead of compared.
    static let updatesGolden = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

    /// Compares a text with a golden file.
    static func expect(_ text: String, isGolden name: String, _ place: SourceLocation = #_sourceLocation) throws {
        if updatesGolden {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        let golden = String(decoding: try bytes(name), as: UTF8.self)
        #expect(text == golden, sourceLocation: place)
    }
}

/// A file of cases: each has a title (`## …`), edits of a document (`set PATH JSON`, `remove PATH` or `raw TEXT`) and
/// what is told of the document then (lines that begin with `> `).
struct CaseFile {
    struct Case {
        var title: String
        var edits: [String] = []
        var told: [String] = []
    }

    var name: String
    var cases: [Case] = []

    init(_ name: String) throws {
        self.name = name
        for line in String(decoding: try Files.bytes(name), as: UTF8.self).split(separator: "\n").map(String.init) {
            if line.hasPrefix("## ") {
                cases.append(Case(title: String(line.dropFirst(3))))
            } else if line.hasPrefix("> ") {
                cases[cases.count - 1].told.append(String(line.dropFirst(2)))
            } else {
                cases[cases.count - 1].edits.append(line)
            }
        }
    }

    /// Runs every case on a document and compares what `read` tells; "accepted" where it tells nothing.
    func check(on document: JSONValue, _ read: ([UInt8]) -> String?) throws {
        var text = ""
        for one in cases {
            let answer = read(try CaseFile.edited(document, one.edits)) ?? "accepted"
            let told = answer.split(separator: "\n").map(String.init)
            if !Files.updatesGolden { #expect(told == one.told, "\(one.title)") }
            let lines = ["## " + one.title] + one.edits + told.map { "> " + $0 }
            text += lines.joined(separator: "\n") + "\n\n"
        }
        if Files.updatesGolden {
            try text.write(to: Files.folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
    }

    private static func edited(_ document: JSONValue, _ edits: [String]) throws -> [UInt8] {
        var document = document
        for edit in edits {
            let words = edit.split(separator: " ", maxSplits: 2).map(String.init)
            switch words[0] {
            case "set": document.set(path(words[1]), to: try JSONValue(parsing: words[2]))
            case "remove": document.set(path(words[1]), to: nil)
            case "raw": return Array(edit.dropFirst(4).utf8)
            default: Issue.record("no edit: \(edit)")
            }
        }
        return document.bytes(pretty: true)
    }

    private static func path(_ text: String) -> [String] {
        text.replacing("[", with: ".").replacing("]", with: "").split(separator: ".").map(String.init)
    }
}

extension JSONValue {
    /// Sets or removes the value at a path of keys and indices; an index past the end appends.
    mutating func set(_ path: [String], to value: JSONValue?) {
        guard let step = path.first else {
            if let value { self = value }
            return
        }
        let rest = Array(path.dropFirst())
        switch self {
        case .array(var elements):
            guard let index = Int(step), index <= elements.count else {
                Issue.record("no element \(step)")
                return
            }
            if index == elements.count {
                elements.append(value ?? .null)
            } else if rest.isEmpty, value == nil {
                elements.remove(at: index)
            } else {
                elements[index].set(rest, to: value)
            }
            self = .array(elements)
        case .object(var object):
            if rest.isEmpty {
                object[step] = value
            } else {
                var inner = object[step] ?? .object(JSONObject())
                inner.set(rest, to: value)
                object[step] = inner
            }
            self = .object(object)
        case .null, .bool, .integer, .number, .string:
            Issue.record("nothing lies within \(self)")
        }
    }
}
