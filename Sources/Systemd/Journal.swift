internal import CSystemd
internal import Glibc

/// Where the program's messages go: the journal, or standard error where there is none.
///
/// Sending never fails and never throws: what journald does not take goes to standard error, and the record of what was
/// to be said is the database. Journald may drop entries under its rate limits without a word.
package struct Journal: Sendable {
    private let sink: @Sendable (JournalEntry) -> Void

    /// A journal that hands every entry to the function; for tests, and for programs that collect.
    package init(sink: @escaping @Sendable (JournalEntry) -> Void) {
        self.sink = sink
    }

    /// The journal of this process, decided once by its environment, as ``Destination`` says.
    ///
    /// - Parameter identifier: the SYSLOG_IDENTIFIER, and the start of each line on standard error.
    package static func connected(identifier: String = "infusiond") -> Journal {
        to(.ofThisProcess(), identifier: identifier)
    }

    /// A journal with a destination that the caller has decided.
    package static func to(_ destination: Destination, identifier: String = "infusiond") -> Journal {
        switch destination {
        case .journald:
            Journal { entry in
                if sendNatively(entry.assignments(identifier: identifier)) < 0 {
                    writeLine(entry.line(identifier: identifier, levelled: true))
                }
            }
        case .standardError(let levelled):
            Journal { entry in writeLine(entry.line(identifier: identifier, levelled: levelled)) }
        }
    }

    /// Sends an entry to the journal.
    package func send(_ entry: JournalEntry) {
        sink(entry)
    }
}

extension Journal {
    /// One of the two places, and how lines are written to the second.
    package enum Destination: Hashable, Sendable {
        /// Structured entries, in journald's native protocol.
        case journald
        /// Lines; `levelled` where a journal reads them and understands `<4>` as a warning.
        case standardError(levelled: Bool)
    }
}

extension Journal.Destination {
    /// A file as the kernel names it, to tell whether two descriptors are the same.
    package struct FileIdentity: Hashable, Sendable {
        package let device: UInt64
        /// The inode's number on that device.
        package let inode: UInt64

        /// The file with these numbers.
        package init(device: UInt64, inode: UInt64) {
            self.device = device
            self.inode = inode
        }

        /// The file that `JOURNAL_STREAM` names: two decimal numbers and a colon between them; nil for anything else.
        package init?(journalStream: String) {
            let parts = journalStream.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]) else { return nil }
            self.init(device: device, inode: inode)
        }
    }

    /// Where to send: to journald if standard error is connected to it and its socket is there.
    ///
    /// systemd sets `JOURNAL_STREAM` for its services, and children inherit it even when their standard error was sent
    /// elsewhere; so it counts only if it names the file that standard error is. Whoever starts the program by hand
    /// sees the messages, though a journal may be running.
    package static func chosen(
        journalStream: String?, standardError: FileIdentity?, socketPresent: Bool
    ) -> Journal.Destination {
        guard let journalStream, let standardError, FileIdentity(journalStream: journalStream) == standardError else {
            return .standardError(levelled: false)
        }
        return socketPresent ? .journald : .standardError(levelled: true)
    }

    /// The choice for this process as it was started.
    static func ofThisProcess() -> Journal.Destination {
        var status = stat()
        let standardError =
            fstat(STDERR_FILENO, &status) == 0
            ? FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)) : nil
        return chosen(
            journalStream: getenv("JOURNAL_STREAM").map { String(cString: $0) }, standardError: standardError,
            socketPresent: access("/run/systemd/journal/socket", W_OK) == 0)
    }
}

/// Hands the assignments to journald; the result is negative if they could not be sent.
private func sendNatively(_ assignments: [String]) -> Int32 {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for assignment in assignments {
        bytes += assignment.utf8
        ends.append(bytes.count)
    }
    return bytes.withUnsafeMutableBytes { buffer in
        var start = 0
        let vectors = ends.map { end in
            defer { start = end }
            return iovec(iov_base: buffer.baseAddress?.advanced(by: start), iov_len: end - start)
        }
        return sd_journal_sendv(vectors, Int32(vectors.count))
    }
}

/// Writes the line to standard error in one piece where the kernel lets it; a closed standard error is not our concern.
private func writeLine(_ line: String) {
    let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
    var written = 0
    while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return }
        written += count
    }
}
