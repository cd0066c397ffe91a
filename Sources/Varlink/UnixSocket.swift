internal import Glibc

/// A descriptor of a Unix stream socket that is closed when it goes out of use.
struct UnixSocket: ~Copyable {
    /// What the kernel said, by `errno`.
    struct Failure: Error, Hashable, CustomStringConvertible {
        var code: Int32
        var description: String { String(cString: strerror(code)) }
    }

    /// The longest path of a socket, in bytes.
    static let pathBytesMaximum = 107

    let descriptor: Int32

    init() throws(Failure) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if descriptor < 0 { throw Failure(code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Gives the descriptor away.
    consuming func release() -> Int32 {
        let descriptor = self.descriptor
        discard self
        return descriptor
    }

    /// Connects to a path, waiting no longer than `microseconds` for room in the listener's queue.
    func connect(to path: String, microseconds: Int) throws(Failure) {
        var limit = timeval(tv_sec: microseconds / 1_000_000, tv_usec: microseconds % 1_000_000)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = try Self.withAddress(path) { address, length in
            Glibc.connect(descriptor, address, length) == 0 ? 0 : errno
        }
        if result != 0 { throw Failure(code: result) }
    }

    /// Binds to a path and listens.
    func listen(at path: String, backlog: Int32) throws(Failure) {
        let result = try Self.withAddress(path) { address, length in
            bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, backlog) == 0 ? 0 : errno
        }
        if result != 0 { throw Failure(code: result) }
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(Failure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= pathBytesMaximum, !bytes.contains(0) else {
            throw Failure(code: bytes.count > pathBytesMaximum ? ENAMETOOLONG : EINVAL)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                body(pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
