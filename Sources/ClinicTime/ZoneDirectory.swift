internal import Glibc

/// The directory in which the system keeps its time zones.
struct ZoneDirectory {
    var path: String

    /// The bytes of a zone's file.
    ///
    /// - Throws: that the name is none, that there is no such zone, or that its file cannot be read.
    func bytes(ofZone name: String) throws(ZoneError) -> [UInt8] {
        guard ZoneDirectory.isName(name) else {
            if let suggestion = suggestion(for: name) { throw .unknown(name, suggestion: suggestion) }
            throw .invalidName(name)
        }
        let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .unknown(name, suggestion: suggestion(for: name)) }
            throw .unreadable(name, cause: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unknown(name, suggestion: suggestion(for: name))
        }
        guard let bytes = ZoneDirectory.contents(of: descriptor, limit: 1 << 20) else {
            throw .unreadable(name, cause: String(cString: strerror(errno)))
        }
        guard bytes.starts(with: "TZif".utf8) else { throw .unknown(name, suggestion: suggestion(for: name)) }
        return bytes
    }

    /// Whether a zone could have the name: a relative path within the directory, of letters, digits and + - _.
    private static func isName(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"): true
            default: false
            }
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return isPlain && name.utf8.count <= 100 && !parts.contains("")
    }

    private static func contents(of descriptor: CInt, limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while bytes.count < limit {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// The names of the zones, from the table of them that tzdata installs; empty where it is not there.
    var names: [String] {
        let descriptor = open("\(path)/tzdata.zi", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        guard let bytes = ZoneDirectory.contents(of: descriptor, limit: 1 << 22) else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let words = line.split(separator: UInt8(ascii: " "))
            guard words.count >= 3 else { return nil }
            switch words[0] {
            case [UInt8(ascii: "Z")]: return String(decoding: words[1], as: UTF8.self)
            case [UInt8(ascii: "L")]: return String(decoding: words[2], as: UTF8.self)
            default: return nil
            }
        }
    }

    /// The zone that was probably meant: the same but for case, spaces and a missing region, or two letters off.
    private func suggestion(for name: String) -> String? {
        let typed = ZoneDirectory.folded(name)
        guard (2...100).contains(typed.count) else { return nil }
        let names = names.sorted()
        if let same = names.first(where: { ZoneDirectory.folded($0) == typed }) { return same }
        if let same = names.first(where: { ZoneDirectory.folded($0).hasSuffix("/" + typed) }) { return same }
        let near = names.map { ($0, ZoneDirectory.edits(typed, ZoneDirectory.folded($0))) }.filter { $0.1 <= 2 }
        return near.min { $0.1 < $1.1 }?.0
    }

    private static func folded(_ name: String) -> String {
        String(name.lowercased().map { $0 == " " ? "_" : $0 })
    }

    /// Insertions, removals and replacements that turn one word into the other.
    private static func edits(_ left: String, _ right: String) -> Int {
        guard abs(left.utf8.count - right.utf8.count) <= 2 else { return .max }
        let right = Array(right.utf8)
        var last = Array(0...right.count)
        for (row, letter) in left.utf8.enumerated() {
            var current = [row + 1]
            for column in right.indices {
                let replaced = last[column] + (letter == right[column] ? 0 : 1)
                current.append(min(replaced, last[column + 1] + 1, current[column] + 1))
            }
            last = current
        }
        return last[right.count]
    }
}
