internal import Glibc
package import StrictJSON

/// A connection to a Varlink service for programs that do one thing after the other. Plain system calls, no event loop.
package final class Client {
    private let socket: UnixSocket
    private let path: String
    private let timeout: Duration
    private let limits: JSONLimits
    private var received: FrameBuffer
    /// Whether a series runs or a message was cut short, so that no call can be made.
    private var isSpent = false

    /// Connects to the service at a path.
    ///
    /// - Parameters:
    ///   - timeout: how long connecting, and each call, may take.
    ///   - replyBytes: the longest reply that is accepted.
    /// - Throws: `unreachable`.
    package init(path: String, timeout: Duration = .seconds(30), replyBytes: Int = 64 << 20) throws(ClientError) {
        self.path = path
        self.timeout = timeout
        limits = JSONLimits(bytes: replyBytes)
        received = FrameBuffer(limit: replyBytes)
        do {
            socket = try UnixSocket()
            try socket.connect(to: path, microseconds: max(1, Int(timeout / .microseconds(1))))
        } catch {
            throw .unreachable(path: path, reason: error.description)
        }
    }

    /// Makes a call and waits for its reply.
    ///
    /// - Throws: an error of the service as `refused`, or what went wrong on the way.
    package func call(_ method: String, _ parameters: JSONObject = [:]) throws(ClientError) -> JSONObject {
        let deadline = Deadline(timeout)
        try send(CallMessage(method: method, parameters: parameters), deadline)
        let reply = try reply(deadline)
        if reply.continues {
            throw spent(.protocolViolation("a further reply was announced for a call that did not ask for it"))
        }
        return reply.parameters
    }

    /// Makes a call that may get any number of replies. No other call can be made until the last has been taken.
    ///
    /// - Parameter replyTimeout: how long each reply may take; nil to wait for ever.
    package func callForMore(
        _ method: String, _ parameters: JSONObject = [:], replyTimeout: Duration? = nil
    ) throws(ClientError) -> Replies {
        try send(CallMessage(method: method, parameters: parameters, mode: .more), Deadline(timeout))
        isSpent = true
        return Replies(client: self, timeout: replyTimeout)
    }

    /// The replies of a call that asked for more.
    package struct Replies {
        private let client: Client
        private let timeout: Duration?
        private var isDone = false

        fileprivate init(client: Client, timeout: Duration?) {
            self.client = client
            self.timeout = timeout
        }

        /// Waits for the next reply; nil after the last.
        ///
        /// - Throws: an error of the service as `refused`, or what went wrong on the way; nothing follows it.
        package mutating func next() throws(ClientError) -> JSONObject? {
            guard !isDone else { return nil }
            isDone = true
            client.isSpent = false
            let reply = try client.reply(Deadline(timeout))
            isDone = !reply.continues
            client.isSpent = reply.continues
            return reply.parameters
        }
    }

    // MARK: Messages

    /// The end of a time limit, if there is one.
    private struct Deadline {
        var limit: (Duration, ContinuousClock.Instant)?

        init(_ limit: Duration?) {
            self.limit = limit.map { ($0, ContinuousClock.now + $0) }
        }
    }

    private func send(_ message: CallMessage, _ deadline: Deadline) throws(ClientError) {
        guard !isSpent else { throw .protocolViolation("the connection is taken by a series or broken") }
        let bytes = message.bytes()
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.send(
                    socket.descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, deadline)
            } else if errno == EPIPE || errno == ECONNRESET {
                return  // what the service said before it closed is worth reading
            } else if errno != EINTR {
                throw spent(.disconnected(reason: UnixSocket.Failure(code: errno).description))
            }
        }
    }

    private func reply(_ deadline: Deadline) throws(ClientError) -> ReplyMessage {
        let reply = try message(deadline)
        guard let reply else { throw spent(.protocolViolation("a message that is no reply")) }
        if let error = reply.error { throw .refused(VarlinkError(error, reply.parameters)) }
        return reply
    }

    /// The next message, read; the inner nil is a message that is no reply.
    private func message(_ deadline: Deadline) throws(ClientError) -> ReplyMessage? {
        while true {
            do {
                if let reply = try received.next({ ReplyMessage(parsing: $0, limits: limits) }) { return reply }
            } catch {
                throw spent(.protocolViolation("a reply longer than \(limits.bytes) bytes"))
            }
            try receive(deadline)
        }
    }

    private func receive(_ deadline: Deadline) throws(ClientError) {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket.descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
        if count > 0 {
            chunk.withUnsafeBytes { received.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        } else if count == 0 || errno == ECONNRESET {
            throw spent(.disconnected(reason: "the service closed the connection"))
        } else if errno == EAGAIN {
            try wait(for: POLLIN, deadline)
        } else if errno != EINTR {
            throw spent(.disconnected(reason: UnixSocket.Failure(code: errno).description))
        }
    }

    private func wait(for events: Int32, _ deadline: Deadline) throws(ClientError) {
        var milliseconds: Int32 = -1
        if let (limit, instant) = deadline.limit {
            let rest = instant - ContinuousClock.now
            guard rest > .zero else { throw spent(.timeout(limit)) }
            milliseconds = Int32(clamping: Int((rest / .milliseconds(1)).rounded(.up)))
        }
        var descriptor = pollfd(fd: socket.descriptor, events: Int16(events), revents: 0)
        poll(&descriptor, 1, milliseconds)
    }

    private func spent(_ error: ClientError) -> ClientError {
        isSpent = true
        return error
    }
}

/// Why a call gave no reply.
package enum ClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nobody answers at the path.
    case unreachable(path: String, reason: String)
    /// The service did not answer in time.
    case timeout(Duration)
    /// The connection ended before the reply.
    case disconnected(reason: String)
    /// The service does not speak the protocol, or the client was used against it.
    case protocolViolation(String)
    /// The service answered with an error.
    case refused(VarlinkError)

    /// What went wrong, without a hint.
    package var description: String {
        switch self {
        case .unreachable(let path, let reason): "no service at \(path): \(reason)"
        case .timeout(let limit): "no answer within \(limit)"
        case .disconnected(let reason): "connection lost: \(reason)"
        case .protocolViolation(let what): "protocol violated: \(what)"
        case .refused(let error): "refused by \(error.name)"
        }
    }
}
