import Glibc

/// What the system knows of a file.
struct FileStatus {
    /// Which file it is, whatever its names.
    struct Identity: Hashable, Sendable {
        let device: UInt
        let inode: UInt
    }

    let identity: Identity
    let size: Int
    /// How many names it has.
    let linkCount: Int
    let owner: uid_t
    let group: gid_t
    private let mode: mode_t

    /// Of what a name stands for itself: a symbolic link is not followed. Nil where there is nothing to be seen.
    init?(path: String) {
        var found = stat()
        guard lstat(path, &found) == 0 else { return nil }
        self.init(found)
    }

    /// Of what a name leads to in the end.
    init?(following path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        self.init(found)
    }

    /// Of an open file.
    init?(of descriptor: Int32) {
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { return nil }
        self.init(found)
    }

    /// Of what a name in an open directory stands for itself.
    init?(named name: String, in folder: Int32) {
        var found = stat()
        guard fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        self.init(found)
    }

    private init(_ found: stat) {
        identity = Identity(device: UInt(found.st_dev), inode: UInt(found.st_ino))
        size = Int(found.st_size)
        linkCount = Int(found.st_nlink)
        owner = found.st_uid
        group = found.st_gid
        mode = found.st_mode
    }

    var isRegular: Bool { mode & S_IFMT == S_IFREG }

    /// The bits that say who may do what.
    var permissions: mode_t { mode & 0o777 }

    var kind: String {
        switch mode & S_IFMT {
        case S_IFREG: "a file"
        case S_IFDIR: "a directory"
        case S_IFLNK: "a symbolic link"
        case S_IFIFO: "a pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }
}
