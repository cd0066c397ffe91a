internal import Synchronization
internal import Wire

/// Files on their way in, in parts: the last two, in memory. What is not imported is lost at a restart.
final class ImportShelf: Sendable {
    /// Bytes that a file has at most.
    static let mostBytes = 64 << 20

    private struct Upload {
        let uid: UInt32
        let name: String
        var parts: [Int: String] = [:]

        var bytes: Int { parts.values.reduce(0) { $0 + $1.utf8.count } }
    }

    private let uploads = Mutex<[Upload]>([])

    /// Keeps a part of a user's file.
    ///
    /// - Returns: how many bytes of the file have come; nil where it would be too long: then it stays as it was.
    func keep(_ text: String, part: Int, of name: String, uid: UInt32) -> Int? {
        uploads.withLock { uploads in
            var upload = Upload(uid: uid, name: name)
            let index = uploads.firstIndex { $0.uid == uid && $0.name == name }
            if let index { upload = uploads[index] }
            upload.parts[part] = text
            let bytes = upload.bytes
            guard bytes <= Self.mostBytes else { return nil }
            if let index { uploads.remove(at: index) }
            uploads = uploads.suffix(1) + [upload]
            return bytes
        }
    }

    /// A user's file of a name and a checksum; nil where it has not come whole.
    func bytes(of name: String, uid: UInt32, checksum: String) -> [UInt8]? {
        let parts = uploads.withLock { uploads in
            uploads.first { $0.uid == uid && $0.name == name }?.parts.sorted { $0.key < $1.key }.map(\.value)
        }
        guard let bytes = parts?.flatMap(\.utf8), Checksum.text(of: bytes) == checksum else { return nil }
        return bytes
    }

    /// Drops a user's file.
    func drop(_ name: String, uid: UInt32) {
        uploads.withLock { $0.removeAll { $0.uid == uid && $0.name == name } }
    }
}
