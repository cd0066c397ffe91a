internal import Foundation

// Called by the plugin WireMessages: the folder to write to, the table, the parts of the description in order.

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 3 else {
    FileHandle.standardError.write(Data("usage: MessageGenerator FOLDER TABLE PART…\n".utf8))
    exit(64)
}

do {
    let folder = URL(filePath: arguments[1])
    let sources = try arguments.dropFirst().map { path in
        SourceText(path: path, text: try String(contentsOf: URL(filePath: path), encoding: .utf8))
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in try Generator.files(of: Array(sources.dropFirst()), table: sources[0]) {
        let url = folder.appending(path: file.name)
        // What is as it was keeps its time, so that it is not compiled again.
        if (try? String(contentsOf: url, encoding: .utf8)) == file.text { continue }
        try Data(file.text.utf8).write(to: url, options: .atomic)
    }
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
