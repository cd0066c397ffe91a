package import Clinic
internal import Glibc
internal import Synchronization
package import Varlink

/// Who may do what: roles by the groups that the configuration names, and the service's own users.
package struct AccessRights: Sendable {
    private let groups: [Role: Set<UInt32>]
    private let ownUser: UInt32

    /// Roles by the names of groups. Names are looked up once, now: asking on every call would make the socket wait for
    /// whatever serves the system's users. Names without a group give nobody anything.
    ///
    /// - Parameter ownUser: the user that the service runs as; admin, as root is.
    package init(groups names: [Role: [String]], ownUser: UInt32 = getuid(), users: SystemUsers = .system) {
        groups = names.mapValues { Set($0.compactMap(users.group)) }
        self.ownUser = ownUser
    }

    /// The highest role of a peer; nil for strangers.
    package func role(of peer: Peer) -> Role? {
        if peer.uid == 0 || peer.uid == ownUser { return .admin }
        let own = Set(peer.groups + [peer.gid])
        return Role.allCases.last { !groups[$0, default: []].isDisjoint(with: own) }
    }
}

/// The rights in force, and the names of the users who came.
package final class Callers: Sendable {
    private struct Content {
        var rights: AccessRights
        var names: [UInt32: String] = [:]
    }

    private let content: Mutex<Content>
    private let users: SystemUsers

    package init(_ rights: AccessRights, users: SystemUsers = .system) {
        content = Mutex(Content(rights: rights))
        self.users = users
    }

    /// Brings other rights into force, for connections that are open too.
    package func change(to rights: AccessRights) {
        content.withLock { content in
            content.rights = rights
            content.names = [:]
        }
    }

    /// What a peer may do; nil for strangers.
    package func role(of peer: Peer) -> Role? { content.withLock { $0.rights }.role(of: peer) }

    /// Whether the name of a peer's user is known, so that `caller` need not look it up.
    package func knowsName(of peer: Peer) -> Bool { content.withLock { $0.names[peer.uid] != nil } }

    /// A peer as the author of what it asks for; nil for strangers. A name that is not known yet is looked up, which
    /// takes as long as whatever serves the system's users does: on a thread that may wait.
    package func caller(_ peer: Peer) -> Caller? {
        guard let role = role(of: peer) else { return nil }
        let name = content.withLock { $0.names[peer.uid] } ?? lookUp(peer.uid)
        return Caller(uid: Int(peer.uid), user: name, pid: Int(peer.pid), role: role)
    }

    private func lookUp(_ uid: UInt32) -> String {
        let name = users.userName(uid) ?? String(uid)
        content.withLock { $0.names[uid] = name }
        return name
    }
}

/// The system's list of users and groups.
package struct SystemUsers: Sendable {
    /// The number of a group, if there is one of the name.
    package let group: @Sendable (String) -> UInt32?
    /// The name of a user, if there is one of the number.
    package let userName: @Sendable (UInt32) -> String?

    /// A list of users and groups, for tests.
    package init(
        group: @escaping @Sendable (String) -> UInt32?, userName: @escaping @Sendable (UInt32) -> String?
    ) {
        self.group = group
        self.userName = userName
    }

    /// As the name service switch knows them.
    package static let system = SystemUsers(group: groupNumber, userName: userName(of:))
}

private func groupNumber(_ name: String) -> UInt32? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 65_536) { buffer in
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        guard let start = buffer.baseAddress,
            getgrnam_r(name, &entry, start, buffer.count, &found) == 0, found != nil
        else { return nil }
        return entry.gr_gid
    }
}

private func userName(of uid: UInt32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 65_536) { buffer in
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        guard let start = buffer.baseAddress, getpwuid_r(uid, &entry, start, buffer.count, &found) == 0, found != nil,
            let name = entry.pw_name as UnsafeMutablePointer<CChar>?
        else { return nil }
        return String(cString: name)
    }
}
