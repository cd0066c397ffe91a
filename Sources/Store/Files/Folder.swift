import CLinux
import Glibc

/// An open directory: what is done in it is done relative to it, wherever its own name leads meanwhile.
final class Folder: Sendable {
    let path: String
    let descriptor: Int32

    /// Flags of the system's `renameat2`.
    private static let neverReplacing: UInt32 = 1
    private static let exchanging: UInt32 = 2

    /// - Throws: `.unusable` where no directory has the name or it may not be read.
    init(_ path: String) throws(StoreError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed("opened", path) }
    }

    deinit { close(descriptor) }

    /// The whole path of a name in it.
    func path(of name: String) -> String { path == "/" ? "/" + name : path + "/" + name }

    func status(of name: String) -> FileStatus? { FileStatus(named: name, in: descriptor) }

    /// How many bytes may still be written on its device.
    var room: Int {
        var found = statvfs()
        guard fstatvfs(descriptor, &found) == 0 else { return 0 }
        return Int(found.f_bavail) * Int(found.f_frsize)
    }

    /// The names in it.
    var names: [String] {
        // A descriptor of its own: closing the stream closes it.
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(name)
        }
        return names.sorted()
    }

    func remove(_ name: String) { unlinkat(descriptor, name, 0) }

    /// Gives a file another name, in this directory or another of the same file system.
    ///
    /// - Parameter replacing: whether what has the name already is replaced.
    /// - Returns: false where the other directory lies on another file system.
    @discardableResult
    func rename(
        _ name: String, to other: String, in folder: Folder? = nil, replacing: Bool = false
    ) throws(StoreError) -> Bool {
        let target = folder ?? self
        let flags = replacing ? 0 : Folder.neverReplacing
        if renameat2(descriptor, name, target.descriptor, other, flags) == 0 { return true }
        switch errno {
        case EXDEV: return false
        case EINVAL, ENOSYS:
            // A file system that cannot do it at once: a second name replaces nothing either.
            guard linkat(descriptor, name, target.descriptor, other, 0) == 0 else {
                throw .failed("made", target.path(of: other))
            }
            remove(name)
            return true
        default: throw .failed("made", target.path(of: other))
        }
    }

    /// Lets two files have each other's names, at once.
    func exchange(_ one: String, _ other: String) throws(StoreError) {
        if renameat2(descriptor, one, descriptor, other, Folder.exchanging) == 0 { return }
        guard [EINVAL, ENOSYS].contains(errno) else { throw .failed("replaced", path(of: other)) }
        try exchangeByNames(one, other)
    }

    /// The same where the file system cannot do it at once; `other` is one of the two files at any time.
    func exchangeByNames(_ one: String, _ other: String) throws(StoreError) {
        let between = one + ".was"
        guard linkat(descriptor, other, descriptor, between, 0) == 0 else {
            throw .failed("replaced", path(of: other))
        }
        guard renameat(descriptor, one, descriptor, other) == 0 else {
            let failure = StoreError.failed("replaced", path(of: other))
            remove(between)
            throw failure
        }
        guard renameat(descriptor, between, descriptor, one) == 0 else {
            let failure = StoreError.failed("replaced", path(of: other))
            renameat(descriptor, other, descriptor, one)
            renameat(descriptor, between, descriptor, other)
            throw failure
        }
    }

    /// Writes through to the device which names it has.
    func sync() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw .failed("written through", path) }
    }
}
