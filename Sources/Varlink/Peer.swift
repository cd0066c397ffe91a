internal import Glibc

/// Who is at the other end of a connection, as the kernel saw it when it connected.
package struct Peer: Sendable, Hashable {
    /// The process, 0 when it lives in a namespace out of sight.
    package var pid: Int32
    package var uid: UInt32
    package var gid: UInt32
    package var groups: [UInt32]

    package init(pid: Int32, uid: UInt32, gid: UInt32, groups: [UInt32]) {
        self.pid = pid
        self.uid = uid
        self.gid = gid
        self.groups = groups
    }

    /// The peer of a connected Unix socket; nil when the kernel does not tell.
    init?(ofSocket descriptor: Int32) {
        var credentials = (pid: Int32(0), uid: UInt32(0), gid: UInt32(0))
        var length = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else { return nil }
        guard let groups = Self.groups(ofSocket: descriptor) else { return nil }
        self.init(pid: credentials.pid, uid: credentials.uid, gid: credentials.gid, groups: groups)
    }

    private static func groups(ofSocket descriptor: Int32) -> [UInt32]? {
        let peerGroups: Int32 = 59  // SO_PEERGROUPS, which Glibc's module does not show
        var groups = [UInt32](repeating: 0, count: 64)
        while true {
            var length = socklen_t(groups.count * MemoryLayout<UInt32>.size)
            if getsockopt(descriptor, SOL_SOCKET, peerGroups, &groups, &length) == 0 {
                return Array(groups.prefix(Int(length) / MemoryLayout<UInt32>.size))
            }
            let needed = Int(length) / MemoryLayout<UInt32>.size
            guard errno == ERANGE, needed > groups.count else { return nil }
            groups = [UInt32](repeating: 0, count: needed)
        }
    }
}
