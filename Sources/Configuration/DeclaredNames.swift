internal import Planning
internal import StrictJSON

/// The ids of one kind of thing that a file declares; references are read against them.
final class DeclaredNames {
    /// The kind in the singular, such as "visit type".
    private let kind: String
    private var places: [String: String] = [:]
    /// The ids in order.
    private(set) var ids: [String] = []

    init(_ kind: String) { self.kind = kind }

    /// Reads an id where it is declared; a second declaration is a problem.
    func declaration<Thing>(_ reader: JSONReader) -> Identifier<Thing>? {
        guard let id: Identifier<Thing> = reader.id() else { return nil }
        declare(id.text, reader)
        return id
    }

    /// Reads a name where it is declared, as `declaration` does an id.
    func nameDeclaration(_ reader: JSONReader) -> String? {
        guard let name = reader.name() else { return nil }
        declare(name, reader)
        return name
    }

    private func declare(_ name: String, _ reader: JSONReader) {
        if let first = places[name] {
            reader.problem("\(kind) \(quote(name)) is declared twice", hint: "the first is \(first)")
        } else {
            places[name] = reader.pathText
            ids.append(name)
        }
    }

    /// Reads an id that must have been declared.
    func reference<Thing>(_ reader: JSONReader) -> Identifier<Thing>? {
        guard let id: Identifier<Thing> = reader.id() else { return nil }
        guard places[id.text] == nil else { return id }
        let hint =
            closest(to: id.text, among: ids).map { "did you mean \(quote($0))?" }
            ?? (ids.isEmpty ? "no \(kind) is declared" : "known are \(ids.prefix(20).joined(separator: ", "))")
        reader.problem("unknown \(kind) \(quote(id.text))", hint: hint)
        return nil
    }
}

extension JSONReader {
    /// An id: 1 to 64 letters, digits and . _ : - of ASCII.
    func id<Thing>() -> Identifier<Thing>? {
        let isID = { (text: String) in
            (1...64).contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in
                    switch byte {
                    case 48...58, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                    default: false
                    }
                }
        }
        return parsed(as: "an id of 1 to 64 letters, digits and . _ : -") { isID($0) ? Identifier<Thing>($0) : nil }
    }
}
