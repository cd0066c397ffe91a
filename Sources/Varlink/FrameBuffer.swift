internal import NIOCore

/// Bytes that came in, cut into messages at each NUL.
struct FrameBuffer {
    /// The longest message in bytes, without its NUL.
    let limit: Int
    private var bytes = ByteBuffer()
    /// So many readable bytes are known to hold no NUL.
    private var searched = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// The bytes that wait.
    var count: Int { bytes.readableBytes }

    /// Whether nothing waits.
    var isEmpty: Bool { bytes.readableBytes == 0 }

    mutating func append(_ other: inout ByteBuffer) {
        if bytes.readableBytes == 0 {
            bytes = other
            searched = 0
        } else {
            bytes.writeBuffer(&other)
        }
    }

    mutating func removeAll() {
        bytes = ByteBuffer()
        searched = 0
    }

    /// The next message without its NUL, or nil when there is no complete one.
    ///
    /// - Throws: `messageTooLong` as soon as the message must be longer than the limit.
    mutating func next() throws(CloseReason) -> ByteBuffer? {
        let length = bytes.withUnsafeReadableBytes { bytes in
            bytes[searched...].firstIndex(of: 0)
        }
        guard (length ?? bytes.readableBytes) <= limit else { throw .messageTooLong(limit: limit) }
        guard let length else {
            searched = bytes.readableBytes
            return nil
        }
        searched = 0
        let message = bytes.readSlice(length: length)
        bytes.moveReaderIndex(forwardBy: 1)
        if bytes.readableBytes == 0 {
            bytes = ByteBuffer()
        } else if bytes.readerIndex > 1 << 16 {
            bytes.discardReadBytes()
        }
        return message
    }
}
