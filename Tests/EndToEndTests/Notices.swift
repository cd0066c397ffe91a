import Foundation
import Glibc
import Testing

/// The service manager's end of the notify socket.
final class Notices {
    /// The socket's path, for NOTIFY_SOCKET.
    let path: String
    /// What came, one datagram each.
    private(set) var received: [String] = []
    private let descriptor: Int32

    /// Listens at a path.
    init(path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
    }

    deinit { close(descriptor) }

    /// Reads datagrams until one has the line.
    func wait(for line: String) throws {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            try #require(poll(&source, 1, 60_000) > 0, "\(line) never came; \(received)")
            let count = recv(descriptor, &buffer, buffer.count, 0)
            try #require(count > 0)
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            received.append(text)
            if text.split(separator: "\n").contains(where: { $0 == line }) { return }
        }
    }
}
