import Foundation
import Glibc

/// A database that another is to be made of, such as a backup, or what was set aside before. It is only read, and not
/// by SQLite, which would take whatever lies beside it for its log.
package final class RestoreSource {
    package let path: String
    let descriptor: Int32
    /// The write-ahead log that lies beside it and belongs to it; -1 for none.
    private(set) var log: Int32 = -1
    /// The file that lies beside it as a log and cannot be its own: a backup has none.
    private(set) var strangeLog: String?

    /// Opens a file and looks at its header.
    ///
    /// - Throws: `.unusable` or `.foreignFile` for what is no database of this program, `.inUse` for one in service.
    package init(path: String) throws(StoreError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed("read", path) }
        guard FileStatus(of: descriptor)?.isRegular == true else {
            throw .unusable(path: path, why: "is not a file")
        }
        guard case .database(Schema.applicationID, let hasServed) = try FileHeader(of: descriptor, path) else {
            throw .foreignFile(path: path)
        }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else {
            throw .inUse(path: path, holder: FileLock.holder(of: descriptor))
        }
        if let reader = FileLock.reader(of: descriptor) { throw .inUse(path: path, holder: reader) }
        try lookBeside(hasServed)
    }

    deinit {
        for descriptor in [log, descriptor] where descriptor >= 0 { close(descriptor) }
    }

    private func lookBeside(_ hasServed: Bool) throws(StoreError) {
        guard let real = realpath(path, nil) else { throw .failed("read", path) }
        defer { free(real) }
        let own = String(cString: real)
        if let journal = FileStatus(path: own + "-journal"), journal.size > 0 {
            throw .unusable(path: path, why: "was left in the middle of a transaction: \(own)-journal lies beside it")
        }
        guard let beside = FileStatus(path: own + "-wal"), beside.size > 0 else { return }
        guard hasServed else {
            strangeLog = own + "-wal"
            return
        }
        log = open(own + "-wal", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC)
        guard log >= 0 else { throw .failed("read", own + "-wal") }
    }
}
