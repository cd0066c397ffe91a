internal import Glibc

/// Bytes that came in, cut into messages at each NUL.
struct FrameBuffer {
    /// Buffers up to this many bytes are kept for the next messages, larger ones are given back.
    private static let keptBytes = 1 << 16

    /// The longest message in bytes, without its NUL.
    var limit: Int
    private var bytes: [UInt8] = []
    private var start = 0
    /// The bytes before this index are known to hold no NUL after `start`.
    private var searched = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// The bytes that wait.
    var count: Int { bytes.count - start }

    var isEmpty: Bool { count == 0 }

    mutating func append(_ more: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: more)
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptBytes)
        start = 0
        searched = 0
    }

    /// Reads the next message, without its NUL, with a function; nil when there is no complete one.
    ///
    /// - Throws: `messageTooLong` as soon as the message must be longer than the limit, or what the function throws.
    mutating func next<Value>(
        _ read: (UnsafeBufferPointer<UInt8>) throws(CloseReason) -> Value
    ) throws(CloseReason) -> Value? {
        let end = firstNUL()
        guard (end ?? bytes.count) - start <= limit else { throw .messageTooLong(limit: limit) }
        guard let end else {
            searched = bytes.count
            return nil
        }
        let value = try bytes.withUnsafeBufferPointer { bytes throws(CloseReason) in
            try read(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        }
        start = end + 1
        searched = start
        if start == bytes.count {
            removeAll()
        } else if start > Self.keptBytes {
            bytes.removeSubrange(..<start)
            start = 0
            searched = 0
        }
        return value
    }

    private func firstNUL() -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base + searched, 0, bytes.count - searched) else {
                return nil
            }
            return UnsafeRawPointer(base).distance(to: found)
        }
    }
}
