internal import Glibc

/// Files and standard input.
enum Files {
    /// Reads a whole file; "-" is standard input.
    ///
    /// - Throws: why it cannot be read, as a `Failure`.
    static func read(_ path: String) throws -> [UInt8] {
        if path == "-" {
            return try Console.current.input ?? read(descriptor: STDIN_FILENO, name: "standard input")
        }
        let descriptor = open(Console.current.path(path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.failed("\(path): \(reason(errno))") }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, name: path)
    }

    /// Whether a file can be read.
    static func isReadable(_ path: String) -> Bool { access(Console.current.path(path), R_OK) == 0 }

    /// Whether a file can be run.
    static func isExecutable(_ path: String) -> Bool { access(Console.current.path(path), X_OK) == 0 }

    /// The folder that a path lies in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path from the root on, without ".", ".." and empty names; links are not followed.
    static func absolute(_ path: String) -> String {
        var names: [Substring] = []
        for name in (path.hasPrefix("/") ? path : workingFolder + "/" + path).split(separator: "/") where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return "/" + names.joined(separator: "/")
    }

    private static var workingFolder: String {
        guard let path = getcwd(nil, 0) else { return "" }
        defer { free(path) }
        return String(cString: path)
    }

    /// The path of this program, links followed; nil where the system does not say.
    static var program: String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    private static func read(descriptor: Int32, name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count > 0 {
                bytes.append(contentsOf: chunk[..<count])
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw Failure.failed("\(name): \(reason(errno))")
            }
        }
    }
}
