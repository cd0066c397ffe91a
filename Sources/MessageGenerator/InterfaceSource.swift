internal import VarlinkDescription

/// A file that the messages are made from.
struct SourceText: Hashable {
    var path: String
    var text: String

    /// The file's name without folder and ending.
    var name: String {
        let file = path.split(separator: "/").last ?? ""
        return String(file[..<(file.lastIndex(of: ".") ?? file.endIndex)])
    }

    /// The name of the folder that it lies in.
    var folder: String { path.split(separator: "/").dropLast().last.map(String.init) ?? "" }
}

/// The description of an interface, kept in parts: one after the other, with an empty line between, they are the text
/// that callers get.
struct InterfaceSource {
    /// The parts in order.
    let parts: [SourceText]
    /// What they say together.
    let description: InterfaceDescription
    /// The line of the whole on which each part begins.
    private let beginnings: [Int]

    /// Joins and reads the parts.
    ///
    /// - Throws: what is no description, with its place in its part.
    init(_ parts: [SourceText]) throws(SourceProblems) {
        self.parts = parts
        var line = 1
        var beginnings: [Int] = []
        for part in parts {
            beginnings.append(line)
            line += part.text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        }
        self.beginnings = beginnings
        do {
            description = try InterfaceDescription(parsing: parts.map(\.text).joined(separator: "\n"))
        } catch {
            let place = Self.place(ofLine: error.line, parts, beginnings)
            throw SourceProblems(all: [SourceProblem(path: place.path, line: place.line, message: error.message)])
        }
    }

    /// The part that holds a line of the whole.
    func part(ofLine line: Int) -> Int { Self.part(ofLine: line, beginnings) }

    /// Something wrong at a line of the whole.
    func problem(_ line: Int, _ message: String) -> SourceProblem {
        let place = Self.place(ofLine: line, parts, beginnings)
        return SourceProblem(path: place.path, line: place.line, message: message)
    }

    private static func part(ofLine line: Int, _ beginnings: [Int]) -> Int {
        beginnings.lastIndex { $0 <= line } ?? 0
    }

    private static func place(
        ofLine line: Int, _ parts: [SourceText], _ beginnings: [Int]
    ) -> (path: String, line: Int) {
        guard !parts.isEmpty else { return ("", line) }
        let part = part(ofLine: line, beginnings)
        return (parts[part].path, line - beginnings[part] + 1)
    }
}
