internal import StrictJSON

/// What a server lets its clients use.
package struct ServerLimits: Sendable, Hashable {
    /// The longest message in bytes, without its NUL.
    package var messageBytes = 1 << 20
    /// The longest message in bytes of a peer who may call nothing but `org.varlink.service`: a call of that is short.
    package var strangerMessageBytes = 1 << 12
    /// How deep the arrays and objects of a message may lie in one another.
    package var messageDepth = 64
    package var connections = 512
    /// Connections of one user.
    package var connectionsPerUser = 64
    /// Bytes of further calls that are read from a connection while one is being answered; more wait in the kernel.
    package var waitingBytes = 1 << 16
    /// Bytes of replies that a client may leave unread before no further call of it is begun.
    package var unreadBytes = 1 << 16
    /// For so long a connection may send nothing at first, or leave a message unfinished.
    package var unfinished = Duration.seconds(30)
    /// For so long a client may leave more than `unreadBytes` of replies unread, and its last replies after that.
    package var unread = Duration.seconds(30)
    /// For so long a connection may lie between calls.
    package var idle = Duration.seconds(3600)

    package init() {}

    var json: JSONLimits { JSONLimits(bytes: messageBytes, depth: messageDepth) }
}
