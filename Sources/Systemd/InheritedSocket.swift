internal import CSystemd
internal import Glibc

/// A socket that the service manager opened and handed to this process.
package struct InheritedSocket: Hashable, Sendable {
    /// The name from the socket unit's `FileDescriptorName=`; `unknown` where the manager gave none.
    package let name: String
    /// The open descriptor, which the process owns from now on. It is closed on exec.
    package let descriptor: Int32

    /// Whether it is a Unix stream socket that listens, that is, whether a server can accept on it.
    package var isUnixListener: Bool {
        sd_is_socket_unix(descriptor, Int32(SOCK_STREAM.rawValue), 1, nil, 0) > 0
    }
}

/// The sockets that were handed to this process, in the order of the manager; empty if it was started without.
///
/// Reads the environment and leaves it as it is, so that a second call gives the same sockets; descriptors from 3 on
/// are taken only when `LISTEN_PID` names this process.
///
/// - Throws: ``SystemdFailure`` if the environment that says so is malformed, or a descriptor is not open.
package func inheritedSockets() throws(SystemdFailure) -> [InheritedSocket] {
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let count = sd_listen_fds_with_names(0, &names)
    guard count >= 0 else { throw SystemdFailure(step: "take the inherited sockets", errorNumber: -count) }
    defer {
        for index in 0..<Int(count) { free(names?[index]) }
        free(names)
    }
    return (0..<Int(count)).map { index in
        let name = names?[index].map { String(cString: $0) } ?? "unknown"
        return InheritedSocket(name: name, descriptor: SD_LISTEN_FDS_START + Int32(index))
    }
}
