import Foundation
import Glibc

/// Where a copy is to go: a name in an open directory that nothing has yet, or an earlier copy.
///
/// Whoever names it may be allowed less than this process: nothing is followed, opened or replaced here that is not
/// known to be harmless.
final class BackupTarget {
    private let folder: Folder
    private let name: String
    /// The earlier copy, locked so that no daemon begins to work on it; -1 for none.
    private var earlier: Int32 = -1

    private var path: String { folder.path(of: name) }

    /// Looks at a path without changing anything but making the folder for copies.
    ///
    /// - Parameter database: the database to be copied.
    /// - Throws: `.unusable`, `.foreignFile` or `.inUse` where no copy may have the path.
    init(_ path: String, of database: FileLock) throws(StoreError) {
        let folderPath = (path as NSString).deletingLastPathComponent
        name = (path as NSString).lastPathComponent
        guard path.hasPrefix("/"), !path.hasSuffix("/"), ![".", "..", ""].contains(name) else {
            throw .unusable(path: path, why: "is not the absolute path of a file")
        }
        BackupTarget.makeFolder(folderPath, of: database)
        do throws(StoreError) {
            folder = try Folder(folderPath)
        } catch {
            throw BackupTarget.explained(error, database)
        }
        try checkFolder(database)
        try checkName(database)
        try checkEarlier()
    }

    deinit { if earlier >= 0 { close(earlier) } }

    /// The folder for copies beside a database; a service that may write nowhere else may write there.
    static func folderPath(of database: FileLock) -> String { database.folderPath + "/backups" }

    private static func makeFolder(_ path: String, of database: FileLock) {
        guard (path as NSString).lastPathComponent == "backups",
            let above = realpath((path as NSString).deletingLastPathComponent, nil)
        else { return }
        defer { free(above) }
        if String(cString: above) == database.folderPath { mkdir(path, 0o700) }
    }

    /// With the hint where copies can go.
    private static func explained(_ error: StoreError, _ database: FileLock) -> StoreError {
        guard case .unusable(let path, let why, _) = error else { return error }
        return .unusable(
            path: path, why: why,
            hint: "the daemon writes copies to \(folderPath(of: database)), and to folders that its user may write and "
                + "its unit allows (ReadWritePaths=)")
    }

    private func checkFolder(_ database: FileLock) throws(StoreError) {
        if MountTable.isPrivate(folder.descriptor) {
            let why = "lies in a folder that only the daemon sees (PrivateTmp=): nobody else would find the copy"
            throw BackupTarget.explained(.unusable(path: path, why: why), database)
        }
        guard faccessat(folder.descriptor, ".", W_OK | X_OK, AT_EACCESS) == 0 else {
            throw BackupTarget.explained(.failed("made", path), database)
        }
    }

    private func checkName(_ database: FileLock) throws(StoreError) {
        // Whatever database has such a neighbour would take it for its own log.
        if let companion = Draft.companions.first(where: name.hasSuffix) {
            throw other("has the name of a database's own file: names that end with \(companion) are SQLite's")
        }
        guard let found = folder.status(of: name) else { return }
        if found.identity == database.identity { throw other("is the database in service") }
        guard found.isRegular else { throw other("is \(found.kind), not a file") }
    }

    /// An earlier copy is replaced, and nothing else: a database that has served is not an earlier copy, wherever it
    /// came from.
    private func checkEarlier() throws(StoreError) {
        guard folder.status(of: name) != nil else { return }
        earlier = openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard earlier >= 0 else { throw .failed("replaced", path) }
        guard case .database(Schema.applicationID, let hasServed) = try FileHeader(of: earlier, path) else {
            throw .foreignFile(path: path)
        }
        guard flock(earlier, LOCK_EX | LOCK_NB) == 0 else {
            throw .inUse(path: path, holder: FileLock.holder(of: earlier))
        }
        if let reader = FileLock.reader(of: earlier) { throw .inUse(path: path, holder: reader) }
        if hasServed { throw other("is a database that was in service, not an earlier copy") }
    }

    private func other(_ why: String) -> StoreError {
        .unusable(path: path, why: why, hint: "choose another name")
    }

    /// Gives the name to a copy that is whole; where it lies on another file system, to what it holds.
    func take(_ copy: Draft) throws(StoreError) {
        do throws(StoreError) {
            try put(copy, replacing: earlier >= 0)
        } catch .unusable(_, let why, _) {
            throw .unusable(path: path, why: why)
        }
    }

    private func put(_ copy: Draft, replacing isReplacing: Bool) throws(StoreError) {
        if try copy.folder.rename(copy.name, to: name, in: folder, replacing: isReplacing) {
            try copy.folder.sync()
        } else {
            let here = try Draft(in: folder, prefix: Store.copyPrefix)
            try here.fill(from: copy.descriptor)
            try here.sync()
            try folder.rename(here.name, to: name, replacing: isReplacing)
        }
        try folder.sync()
    }
}
