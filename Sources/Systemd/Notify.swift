internal import CSystemd
internal import Glibc

/// What the service tells its manager: that it is ready, that it lives, that it ends.
///
/// Without a manager (no `NOTIFY_SOCKET`) everything here does nothing, and sending never fails: a service that cannot
/// reach its manager goes on serving, and the manager draws its own conclusions.
package struct Notify: Sendable {
    private let sink: @Sendable (String) -> Void

    /// Notices that are handed to the function, each as the lines of one datagram; for tests.
    package init(sink: @escaping @Sendable (String) -> Void) {
        self.sink = sink
    }

    /// Notices to the manager that started this process.
    package static func connected() -> Notify {
        Notify { state in _ = sd_notify(0, state) }
    }

    /// The service is up: opened, checked, migrated, listening. Also ends a reload.
    ///
    /// - Parameter status: one line for `systemctl status`; counts only, never a name.
    package func ready(status: String? = nil) {
        send(["READY=1"] + Self.statusLine(status))
    }

    /// The configuration is being read again; to be followed by ``ready(status:)`` whether it was taken or refused.
    package func reloading() {
        send(["RELOADING=1", "MONOTONIC_USEC=\(Self.monotonicMicroseconds())"])
    }

    /// The service has begun to end.
    package func stopping(status: String? = nil) {
        send(["STOPPING=1"] + Self.statusLine(status))
    }

    /// One line for `systemctl status`; counts only, never a name.
    package func status(_ text: String) {
        send(Self.statusLine(text))
    }

    /// The service lives. To be sent only from where its work is proven to go on, twice in each interval of
    /// ``watchdogInterval()``.
    package func watchdog() {
        send(["WATCHDOG=1"])
    }

    /// Asks for this much time from now on before a start or an end counts as failed.
    package func extendTimeout(microseconds: UInt64) {
        send(["EXTEND_TIMEOUT_USEC=\(microseconds)"])
    }

    /// The number of the error with which the service ends, as `systemctl status` shows it.
    package func failed(errorNumber: Int32, status: String) {
        send(["ERRNO=\(errorNumber)"] + Self.statusLine(status))
    }

    private func send(_ assignments: [String]) {
        sink(assignments.joined(separator: "\n"))
    }

    /// The status on one line: a line end in it would start another assignment.
    private static func statusLine(_ text: String?) -> [String] {
        guard let text else { return [] }
        return ["STATUS=" + String(text.map { $0.isNewline || $0 == "\0" ? " " : $0 })]
    }

    /// The monotonic clock, by which the manager tells an answer to its own reload from an older one.
    private static func monotonicMicroseconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000 + UInt64(now.tv_nsec) / 1_000
    }
}

extension Notify {
    /// The time within which the manager wants a sign of life; nil if it wants none of this process.
    ///
    /// - Throws: ``SystemdFailure`` if the environment that says so is malformed.
    package static func watchdogInterval() throws(SystemdFailure) -> Duration? {
        var microseconds: UInt64 = 0
        let result = sd_watchdog_enabled(0, &microseconds)
        guard result >= 0 else { throw SystemdFailure(step: "read the watchdog's interval", errorNumber: -result) }
        return result > 0 ? .microseconds(Int64(clamping: microseconds)) : nil
    }
}

/// A failure of the service manager's interface.
package struct SystemdFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What could not be done: `read the watchdog's interval`.
    package let step: String
    /// The system's error number, positive.
    package let errorNumber: Int32

    /// `cannot read the watchdog's interval: Invalid argument`.
    package var description: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
            guard let start = text.baseAddress, strerror_r(errorNumber, start, text.count) == 0 else {
                return "cannot \(step): error \(errorNumber)"
            }
            return "cannot \(step): \(String(cString: start))"
        }
    }
}
