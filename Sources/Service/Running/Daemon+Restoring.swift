internal import FoundationEssentials
internal import Glibc
internal import Store

extension Daemon {
    /// Puts a backup in the place of a database that no daemon has open; what was there is set aside.
    ///
    /// - Returns: what was done, a line each.
    /// - Throws: why not; then everything is as it was.
    package static func restore(_ file: String, to database: String) throws(DaemonError) -> [String] {
        umask(0o077)
        do throws(StoreError) {
            // Whoever calls may read the backup; what is written belongs to whoever the service runs as.
            let source = try RestoreSource(path: file)
            try becomeOwner(of: database)
            return lines(of: try Store.restore(source, to: database), from: file)
        } catch {
            throw .storage(error)
        }
    }

    private static func lines(of restored: Restored, from file: String) -> [String] {
        let moment = Date(timeIntervalSince1970: TimeInterval(restored.lastSeconds)).ISO8601Format()
        let size = (restored.bytes + 1_023) / 1_024
        let through = "up to event e\(restored.lastEvent) of \(moment)"
        var lines = ["\(restored.path): restored from \(file), checked, \(size) KiB, \(through)"]
        if restored.tookLog { lines.append("taken in: the write-ahead log that lay beside \(file)") }
        if let strange = restored.strangeLog { lines.append("left out: \(strange), which is not this backup's") }
        lines += restored.setAside.map { "set aside: \($0)" }
        if let numbers = restored.numbersPassedOver {
            lines.append(
                "passed over: \(numbers) numbers of proposals, since those given after the backup are not known")
        }
        return lines + ["what came later is not in it; start the daemon again"]
    }

    /// Where root calls, goes on as the owner of the database's folder, or of the database where the folder is root's:
    /// root need not trust what lies in a folder that another user may write.
    private static func becomeOwner(of database: String) throws(StoreError) {
        guard geteuid() == 0 else { return }
        let real = URL(fileURLWithPath: database).resolvingSymlinksInPath()
        guard let owner = owner(of: real.deletingLastPathComponent().path) ?? owner(of: real.path) else { return }
        var group = owner.group
        guard setgroups(1, &group) == 0, setgid(owner.group) == 0, setuid(owner.user) == 0 else {
            throw .system("cannot become the owner of \(database): \(String(cString: strerror(errno)))")
        }
    }

    /// Who owns a file; nil for root, or where there is none.
    private static func owner(of path: String) -> (user: uid_t, group: gid_t)? {
        var found = stat()
        guard stat(path, &found) == 0, found.st_uid != 0 else { return nil }
        return (found.st_uid, found.st_gid)
    }
}
