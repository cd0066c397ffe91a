internal import Glibc

/// Where a server listens.
package struct ListeningSocket: Sendable {
    /// The descriptor; the server takes it over.
    let descriptor: Int32
    /// The file that the server removes when it stops, when it made it.
    let ownFile: OwnFile?

    struct OwnFile: Sendable {
        var path: String
        var device: UInt
        var inode: UInt
    }

    /// A socket that listens already, such as one inherited from systemd. Its file is not ours to remove.
    package init(inherited descriptor: Int32) {
        self.descriptor = descriptor
        ownFile = nil
    }

    /// Makes a socket at a path. A file left by a server that is gone is replaced; one that answers is not.
    /// Servers that start at the same time take turns by a lock on the folder.
    ///
    /// - Parameter mode: the permissions of the file; who may do what is decided by the peer's credentials.
    package init(path: String, mode: UInt32 = 0o666) throws(ListeningFailure) {
        let folder = Self.folder(of: path)
        let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw ListeningFailure(path: path, cause: .system(errno)) }
        defer { close(lock) }
        guard flock(lock, LOCK_EX) == 0 else { throw ListeningFailure(path: path, cause: .system(errno)) }
        try Self.removeDeadSocket(at: path)
        do throws(UnixSocket.Failure) {
            let socket = try UnixSocket()
            try socket.listen(at: path, backlog: 128)
            var status = stat()
            guard chmod(path, mode) == 0, lstat(path, &status) == 0 else {
                throw UnixSocket.Failure(code: errno)
            }
            ownFile = OwnFile(path: path, device: status.st_dev, inode: status.st_ino)
            descriptor = socket.release()
        } catch {
            throw ListeningFailure(path: path, cause: .system(error.code))
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func removeDeadSocket(at path: String) throws(ListeningFailure) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw ListeningFailure(path: path, cause: .system(errno))
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw ListeningFailure(path: path, cause: .notASocket) }
        do {
            try UnixSocket().connect(to: path, microseconds: 1_000_000)
        } catch {
            guard error.code == ECONNREFUSED else {
                throw ListeningFailure(path: path, cause: error.code == EAGAIN ? .answers : .system(error.code))
            }
            guard unlink(path) == 0 else { throw ListeningFailure(path: path, cause: .system(errno)) }
            return
        }
        throw ListeningFailure(path: path, cause: .answers)
    }

    /// Gives it up where no server has taken it over.
    package func abandon() {
        close(descriptor)
        removeOwnFile()
    }

    /// Removes the file, if it is still the one that was made here.
    func removeOwnFile() {
        guard let ownFile else { return }
        var status = stat()
        guard lstat(ownFile.path, &status) == 0 else { return }
        if status.st_dev == ownFile.device, status.st_ino == ownFile.inode { unlink(ownFile.path) }
    }
}

/// Why a server cannot listen at a path.
package struct ListeningFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package var path: String
    package var cause: Cause

    /// What can stand in the way.
    package enum Cause: Sendable, Hashable {
        /// Another server answers there.
        case answers
        /// A file is there that is no socket.
        case notASocket
        /// The system refused, by its `errno`.
        case system(Int32)
    }

    package var description: String {
        switch cause {
        case .answers: "another server answers at \(path)"
        case .notASocket: "the file at \(path) is not a socket"
        case .system(let code): "cannot listen at \(path): \(UnixSocket.Failure(code: code))"
        }
    }
}
