import Foundation

/// The project whose tests these are.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All its Swift files, in the order of their paths; they are read once for all tests.
    static func sources() throws -> [SourceFile] { try read.get() }

    private static let read = Result {
        try paths(in: ["Sources", "Tests"], endings: [".swift"]).map { SourceFile(path: $0, text: try text($0)) }
    }

    /// The text of a file.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Whether there is a file or folder of this path.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The paths of all files with one of these endings in some folders, in order.
    static func paths(in folders: [String], endings: [String]) throws -> [String] {
        try folders.flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
                .filter { path in endings.contains { path.hasSuffix($0) } }
                .sorted()
                .map { "\(folder)/\($0)" }
        }
    }

    /// The names in a folder.
    static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path).sorted()
    }
}
