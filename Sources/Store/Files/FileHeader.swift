import Glibc

/// What the first bytes of a database file say, read without SQLite, which might change a file it opens.
enum FileHeader: Equatable {
    /// There is no file, or it is empty.
    case absent
    /// A SQLite database with this `application_id`.
    case database(applicationID: Int32)
    /// Something else.
    case other

    /// Reads the header of a file.
    ///
    /// - Throws: `StoreError.system` where the file is there and cannot be read.
    init(ofFile path: String) throws(StoreError) {
        // A pipe of that name must not keep the program waiting for somebody who writes.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            guard errno == ENOENT else {
                throw .system("cannot read \(path): \(String(cString: strerror(errno)))")
            }
            self = .absent
            return
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            self = .other
            return
        }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(descriptor, &bytes, 100)
        guard count >= 0 else { throw .system("cannot read \(path): \(String(cString: strerror(errno)))") }
        if count == 0 {
            self = .absent
        } else if count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) {
            // The file format has the application id at byte 68, most significant byte first.
            let id = bytes[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            self = .database(applicationID: Int32(bitPattern: id))
        } else {
            self = .other
        }
    }
}
