import Glibc

/// A file under a name of its own until it is whole and gets the one that it is made for. Nobody could have made it
/// before, nobody else may read it, and nobody can open it as a database meanwhile.
final class Draft {
    /// What may lie beside a database.
    static let companions = ["-wal", "-shm", "-journal"]

    let folder: Folder
    let name: String
    let descriptor: Int32

    var path: String { folder.path(of: name) }

    /// - Parameter prefix: the beginning of its name.
    init(in folder: Folder, prefix: String) throws(StoreError) {
        let name = prefix + String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
        let descriptor = openat(
            folder.descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed("made", folder.path(of: name)) }
        flock(descriptor, LOCK_EX | LOCK_NB)
        (self.folder, self.name, self.descriptor) = (folder, name, descriptor)
    }

    /// Takes it away where it still has its own name. Another file may have that name now: it stays.
    deinit {
        if isInPlace { folder.remove(name) }
        for companion in Draft.companions { folder.remove(name + companion) }
        close(descriptor)
    }

    private var isInPlace: Bool {
        guard let here = folder.status(of: name)?.identity else { return false }
        return here == FileStatus(of: descriptor)?.identity
    }

    /// Fills it with what another file has.
    func fill(from source: Int32) throws(StoreError) { try Draft.copy(from: source, to: descriptor, path) }

    /// Puts beside it what lay beside the other file.
    func fill(companion: String, from source: Int32) throws(StoreError) {
        let beside = openat(
            folder.descriptor, name + companion, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard beside >= 0 else { throw .failed("made", path + companion) }
        defer { close(beside) }
        try Draft.copy(from: source, to: beside, path + companion)
    }

    /// Gives it the owner and the permissions of another file.
    func adopt(_ other: FileStatus) throws(StoreError) {
        guard let own = FileStatus(of: descriptor) else { throw .failed("read", path) }
        if own.owner != other.owner || own.group != other.group {
            guard fchown(descriptor, other.owner, other.group) == 0 else {
                throw .failed("given to its owner", path)
            }
        }
        guard fchmod(descriptor, other.permissions) == 0 else { throw .failed("made", path) }
    }

    /// Writes it through to the device.
    func sync() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw .failed("written through", path) }
    }

    private static func copy(from source: Int32, to target: Int32, _ path: String) throws(StoreError) {
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        var offset = 0
        while true {
            let count = pread(source, &piece, piece.count, off_t(offset))
            guard count >= 0 else { throw .failed("read", path) }
            if count == 0 { return }
            var written = 0
            while written < count {
                let more = piece.withUnsafeBytes { bytes in
                    pwrite(target, bytes.baseAddress?.advanced(by: written), count - written, off_t(offset + written))
                }
                guard more > 0 else { throw .failed("written", path) }
                written += more
            }
            offset += count
        }
    }

    /// Takes away drafts of a directory that nobody works on any more: a power cut left them.
    static func removeAbandoned(in folder: Folder, prefix: String) {
        for name in folder.names where name.hasPrefix(prefix) && !companions.contains(where: name.hasSuffix) {
            let descriptor = openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            guard FileStatus(of: descriptor)?.isRegular == true, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                continue
            }
            for companion in companions { folder.remove(name + companion) }
            folder.remove(name)
        }
    }
}
