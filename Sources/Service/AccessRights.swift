package import Clinic
internal import Glibc

/// Who may do what: roles by the groups that the configuration names, and the service's own users.
package struct AccessRights: Sendable {
    /// The groups of each role, by name.
    package var groups: [Role: [String]]
    /// The user that the service runs as; admin, as root is.
    package var ownUser: Int

    /// Roles by groups, with the user that the service runs as.
    package init(groups: [Role: [String]], ownUser: Int = Int(getuid())) {
        self.groups = groups
        self.ownUser = ownUser
    }

    /// The highest role of a user who is in certain groups, by number; nil for strangers.
    ///
    /// Names become numbers here and now, so that a group made after the start counts without a reload.
    package func role(uid: Int, groups numbers: Set<Int>, users: SystemUsers = .system) -> Role? {
        if uid == 0 || uid == ownUser { return .admin }
        return Role.allCases.last { role in
            groups[role, default: []].contains { name in users.group(name).map(numbers.contains) ?? false }
        }
    }
}

/// The system's list of users and groups.
package struct SystemUsers: Sendable {
    /// The number of a group, if there is one of the name.
    package let group: @Sendable (String) -> Int?
    /// The name of a user, if there is one of the number.
    package let userName: @Sendable (Int) -> String?

    /// A list of users and groups, for tests.
    package init(
        group: @escaping @Sendable (String) -> Int?, userName: @escaping @Sendable (Int) -> String?
    ) {
        self.group = group
        self.userName = userName
    }

    /// As the name service switch knows them.
    package static let system = SystemUsers(
        group: { name in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
                var entry = group()
                var found: UnsafeMutablePointer<group>?
                guard getgrnam_r(name, &entry, buffer.baseAddress!, buffer.count, &found) == 0, found != nil else {
                    return nil
                }
                return Int(entry.gr_gid)
            }
        },
        userName: { uid in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
                var entry = passwd()
                var found: UnsafeMutablePointer<passwd>?
                let status = getpwuid_r(uid_t(uid), &entry, buffer.baseAddress!, buffer.count, &found)
                guard status == 0, found != nil, let name = entry.pw_name else { return nil }
                return String(cString: name)
            }
        })
}
