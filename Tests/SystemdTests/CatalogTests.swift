import Foundation
import Testing

@testable import Systemd

/// One text of a catalogue file.
private struct CatalogText: Equatable {
    let id: String
    let header: [String: String]
    let body: String
}

/// The texts of a catalogue file in systemd's format: `-- id`, header lines, an empty line, the body.
private func texts(of catalog: String) -> [CatalogText] {
    var texts: [CatalogText] = []
    for part in ("\n" + catalog).components(separatedBy: "\n-- ").dropFirst() {
        let lines = part.components(separatedBy: "\n")
        let header = lines.dropFirst().prefix { !$0.isEmpty }
        let pairs = header.compactMap { line -> (String, String)? in
            guard let colon = line.range(of: ": ") else { return nil }
            return (String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
        }
        let body = lines.dropFirst(1 + header.count).joined(separator: "\n").trimmingCharacters(in: .newlines)
        texts.append(CatalogText(id: lines[0], header: Dictionary(pairs) { first, _ in first }, body: body))
    }
    return texts
}

/// The names between at signs in a text: `@INFUSIOND_COURSE@`.
private func references(in text: String) -> [String] {
    text.split(whereSeparator: { " \n\"'(),.:;".contains($0) })
        .filter { $0.count > 2 && $0.hasPrefix("@") && $0.hasSuffix("@") }
        .map { String($0.dropFirst().dropLast()) }
}

@Suite("The message catalogue")
struct CatalogTests {
    private let catalog: [CatalogText]

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        catalog = texts(of: try String(contentsOf: root.appending(path: "systemd/infusiond.catalog"), encoding: .utf8))
    }

    @Test("the reader of catalogues finds ids, headers, bodies and references")
    func reader() {
        let read = texts(
            of: "# a comment\n\n-- aa\nSubject: One\nDefined-By: x\n\nText @A_B@.\n\n-- bb\nSubject: Two\n\nMore\n")
        #expect(
            read == [
                CatalogText(id: "aa", header: ["Subject": "One", "Defined-By": "x"], body: "Text @A_B@."),
                CatalogText(id: "bb", header: ["Subject": "Two"], body: "More"),
            ])
        #expect(references(in: read[0].body) == ["A_B"])
    }

    @Test("every kind has one text, and every text a kind")
    func bothWays() {
        let written = catalog.map(\.id)
        let known = MessageKind.allCases.map(\.id.description)
        #expect(Set(known).subtracting(written).isEmpty, "kinds without a text")
        #expect(Set(written).subtracting(known).isEmpty, "texts without a kind")
        #expect(Set(written).count == written.count, "two texts for one id")
    }

    @Test("every kind is sent by some part of the service")
    func sent() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "Sources/Service")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        let sources = try names.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
        let words = Set(sources.split { !$0.isLetter && $0 != "." })
        let unsent = MessageKind.allCases.filter { !words.contains(".\($0)") }
        #expect(unsent.isEmpty)
    }

    @Test("every text has a subject, says what to do, and names only fields that can be there")
    func bodies() {
        let ours = Set(
            [
                JournalField.event(""), .course(""), .visit(""), .patient(""), .chair(""), .person(""), .due(""),
                .rule(""), .actor(""), .count(0), .code(""), .proposal(""), .moved(0), .unplaced(0), .calls(0),
            ].map(\.name))
        #expect(!catalog.isEmpty)
        for text in catalog {
            #expect(text.header["Subject"]?.isEmpty == false, "\(text.id)")
            #expect(text.header["Defined-By"] == "infusiond", "\(text.id)")
            #expect(text.body.count > 120, "\(text.id)")
            let unknown = Set(references(in: text.body)).subtracting(ours)
            #expect(unknown.isEmpty, "\(text.id) \(unknown)")
        }
        #expect(catalog.contains { references(in: $0.body).contains("INFUSIOND_COURSE") })
    }
}
