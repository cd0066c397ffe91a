internal import NIOCore
internal import NIOPosix

/// A Varlink service on a Unix socket.
package final class Server: Sendable {
    /// What a server tells about its connections.
    package enum Event: Sendable, Hashable {
        case opened(Peer)
        /// A connection ended; the peer is nil when its credentials could not be read.
        case closed(Peer?, CloseReason)
    }

    /// Says whether a peer may call a method of an interface: nil when it may.
    package typealias Authorise = @Sendable (Peer, _ interface: String, _ method: String) -> VarlinkError?

    /// Says whether a peer may call anything but `org.varlink.service`. It is asked before a message is read.
    package typealias Know = @Sendable (Peer) -> Bool

    private let routes: Routes
    private let isKnown: Know
    private let limits: ServerLimits
    private let observe: @Sendable (Event) -> Void
    private let group: MultiThreadedEventLoopGroup
    let register: ConnectionRegister

    /// A service of these interfaces and `org.varlink.service`; it does not listen yet.
    ///
    /// - Parameters:
    ///   - threads: the number of event loops. Immediate methods run on them.
    ///   - checksReplies: whether each reply is held against the description, a difference being a bug that stops the
    ///     process. For tests and debugging.
    ///   - authorise: called with the interface and the method before any method but those of `org.varlink.service`;
    ///     what it returns is the reply.
    ///   - isKnown: whether a peer's messages may be longer than `strangerMessageBytes`.
    ///   - observe: told of connections, on an event loop.
    package init(
        interfaces: [Interface], info: ServiceInfo, limits: ServerLimits = ServerLimits(), threads: Int = 1,
        checksReplies: Bool = false,
        authorise: @escaping Authorise = { _, _, _ in nil },
        isKnown: @escaping Know = { _ in true },
        observe: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        let service = ServiceInterface.interface(info: info, others: interfaces.map(\.description))
        routes = Routes([service] + interfaces, checksReplies: checksReplies, authorise: authorise)
        self.limits = limits
        self.isKnown = isKnown
        self.observe = observe
        group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        register = ConnectionRegister(limits: limits)
    }

    /// Accepts connections at a socket. Where it cannot, it gives the socket up.
    ///
    /// - Throws: the system's error when the descriptor is no listening socket.
    package func start(on socket: ListeningSocket) async throws {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 128)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: max(1, limits.unreadBytes / 2), high: max(2, limits.unreadBytes))
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.accept(channel) }
            }
        do {
            register.add(listener: try await bootstrap.withBoundSocket(socket.descriptor).get(), socket)
        } catch {
            // The descriptor is closed by then.
            socket.removeOwnFile()
            throw error
        }
    }

    /// Stops: accepts no more, ends all series, answers the calls that have come in, and closes. What takes longer
    /// than the time limit is cut; code that still runs then runs on, and nobody gets its reply.
    package func shutdown(within limit: Duration) async {
        let (listeners, connections) = register.close()
        for listener in listeners {
            try? await listener.channel.close().get()
            listener.socket.removeOwnFile()
        }
        let (done, tellDone) = AsyncStream.makeStream(of: Never.self)
        let timer = group.any().scheduleTask(in: TimeAmount(limit)) {
            for connection in connections { connection.channel.close(promise: nil) }
            tellDone.finish()
        }
        for connection in connections {
            connection.loop.execute { connection.connection.value.drain() }
        }
        register.whenDone { tellDone.finish() }
        for await _ in done {}
        timer.cancel()
        for connection in connections { try? await connection.channel.closeFuture.get() }
        if register.isDone {
            try? await group.shutdownGracefully()
        } else {
            let group = self.group
            register.whenDone { group.shutdownGracefully { _ in } }
        }
    }

    private func accept(_ channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        let peer = try pipeline.withUnsafeTransportIfAvailable { (descriptor: NIOBSDSocket.Handle) in
            Peer(ofSocket: descriptor)
        }
        guard let peer = peer ?? nil else {
            observe(.closed(nil, .noCredentials))
            throw CloseReason.noCredentials
        }
        let number: Int
        do {
            number = try register.admit(peer)
        } catch {
            observe(.closed(peer, error))
            throw error
        }
        let register = self.register
        let observe = self.observe
        let connection = Connection(
            peer: peer, routes: routes, limits: limits, isKnown: isKnown, register: register
        ) { reason in
            register.remove(number, of: peer)
            observe(.closed(peer, reason))
        }
        try pipeline.addHandler(connection)
        let entry = ConnectionRegister.Entry(
            channel: channel, loop: channel.eventLoop,
            connection: NIOLoopBound(connection, eventLoop: channel.eventLoop))
        observe(.opened(peer))
        guard register.add(entry, number: number) else { throw CloseReason.shutdown }
    }
}
