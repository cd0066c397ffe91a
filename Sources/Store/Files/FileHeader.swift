import Glibc

/// What the first bytes of a database file say, read without SQLite, which might change a file it opens.
enum FileHeader: Equatable {
    /// There is no file, or it is empty.
    case absent
    /// A SQLite database with this `application_id`.
    ///
    /// - Parameter hasServed: whether it keeps a write-ahead log, as every database does that was opened for service
    ///   and no copy of one does.
    case database(applicationID: Int32, hasServed: Bool)
    case other

    /// Reads the header of a file; waits for nobody who should be writing into it.
    ///
    /// - Throws: `StoreError.system` where the file is there and cannot be read.
    init(ofFile path: String) throws(StoreError) {
        // A pipe of that name must not keep the program waiting for somebody who writes.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            guard errno == ENOENT else {
                throw .system("cannot read \(path): \(String(cString: strerror(errno)))")
            }
            self = .absent
            return
        }
        defer { close(descriptor) }
        try self.init(of: descriptor, path)
    }

    /// Reads the header of an open file. Nothing is opened or closed: closing any descriptor of a file takes the locks
    /// away that SQLite has on it.
    ///
    /// - Parameter path: its name, for the words of a failure.
    init(of descriptor: Int32, _ path: String) throws(StoreError) {
        guard FileStatus(of: descriptor)?.isRegular == true else {
            self = .other
            return
        }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = pread(descriptor, &bytes, 100, 0)
        guard count >= 0 else { throw .system("cannot read \(path): \(String(cString: strerror(errno)))") }
        if count == 0 {
            self = .absent
        } else if count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) {
            // The file format has the application id at byte 68, most significant byte first, and at byte 18 a 2 where
            // the file is written by way of a log.
            let id = bytes[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            self = .database(applicationID: Int32(bitPattern: id), hasServed: bytes[18] == 2)
        } else {
            self = .other
        }
    }
}
