import Foundation

/// The file systems that a process sees, as proc(5) lists them.
enum MountTable {
    /// Whether an open file lies in a directory for temporary files that systemd has made for this service alone
    /// (`PrivateTmp=`): whoever asked would not find it there.
    static func isPrivate(_ descriptor: Int32) -> Bool {
        guard let about = systemText("/proc/self/fdinfo/\(descriptor)"), let table = systemText("/proc/self/mountinfo"),
            let mount = about.split(separator: "\n").first(where: { $0.hasPrefix("mnt_id:") })
        else { return false }
        return isPrivate(mount: String(mount.dropFirst(7)).trimmingCharacters(in: .whitespaces), in: table)
    }

    /// Whether a mount of a table shows such a directory. A line is
    /// `number parent device root place options …`, the root being what of the file system is shown.
    static func isPrivate(mount: String, in table: String) -> Bool {
        table.split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            guard words.count > 4, words[0] == mount else { return false }
            return words[3].split(separator: "/").contains { $0.hasPrefix("systemd-private-") }
        }
    }
}
