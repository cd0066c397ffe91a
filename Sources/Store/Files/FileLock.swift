import Glibc

/// Holds a file beside the database while a process has it open for writing: two writers could damage it.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of a database.
    ///
    /// - Throws: `StoreError.inUse` where another process has it.
    init(ofDatabase path: String) throws(StoreError) {
        let file = path + ".lock"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .system("cannot make \(file): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path: path)
        }
    }

    /// Gives the lock back.
    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}
