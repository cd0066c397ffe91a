package import Clinic
internal import ClinicTime
package import Configuration
internal import Glibc
package import Logging
internal import ServiceLifecycle
internal import Store
internal import StrictJSON
internal import Synchronization
package import Systemd
internal import UnixSignals
internal import Varlink

/// The daemon: a clinic's service on a socket, watched by its service manager.
package struct Daemon: ServiceLifecycle.Service {
    /// What it is started with.
    package struct Options: Sendable {
        package var version: String
        package var database: String
        /// The socket's path; not used where a socket is inherited.
        package var socket: String
        /// The instant from which a simulated clock runs; nil for the system's clock.
        package var simulateFrom: Instant?

        package init(version: String, database: String, socket: String, simulateFrom: Instant? = nil) {
            self.version = version
            self.database = database
            self.socket = socket
            self.simulateFrom = simulateFrom
        }

        /// The instant of a text such as 2026-03-02T07:00:00-05:00; nil for any other shape.
        package static func instant(_ text: String) -> Instant? { instantSeconds(text).map { Instant(seconds: $0) } }
    }

    let options: Options
    let configuration: ConfigurationFile
    let read: @Sendable () throws(ConfigurationError) -> ConfigurationFile
    let journal: Journal
    let notify: Notify
    let logger: Logger

    /// A daemon with its configuration, and how that is read again.
    package init(
        options: Options, configuration: ConfigurationFile,
        reading read: @escaping @Sendable () throws(ConfigurationError) -> ConfigurationFile, journal: Journal,
        notify: Notify, logger: Logger
    ) {
        self.options = options
        self.configuration = configuration
        self.read = read
        self.journal = journal
        self.notify = notify
        self.logger = logger
    }

    /// Runs until a signal tells it to stop, or until the storage fails in a way that only a restart settles.
    ///
    /// - Throws: `DaemonError` with what kept it from running or ended it.
    package func runUntilStopped() async throws {
        var quiet = logger
        quiet.logLevel = .critical
        var group = ServiceGroupConfiguration(
            services: [.init(service: self, successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        group.maximumGracefulShutdownDuration = .seconds(60)
        group.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: group).run()
    }

    /// Runs until it is told to stop, or until the storage fails in a way that only a restart settles.
    ///
    /// - Throws: `DaemonError` with what kept it from running or ended it.
    package func run() async throws {
        // What the daemon writes is the clinic's alone; its socket gets its own mode.
        umask(0o077)
        let longStart = LongStart(notify)
        defer { longStart.end() }
        let end = AsyncStream<StoreError>.makeStream()
        let hangups = hangups()
        let connections = ConnectionCount()
        let failures = FirstFailure()
        let (service, store) = try makeService(connections) {
            failures.note($0)
            end.continuation.yield($0)
        }
        let server = try await begin(service, store, connections, failures)
        let attendance = Task { await attend(service, reloadingAt: hangups) }
        longStart.end()
        notify.ready(status: service.statusLine)
        if store.opening.wasClean { checkInBackground(service, store) { end.continuation.yield($0) } }

        let failure = await withGracefulShutdownHandler {
            for await failure in end.stream { return failure as StoreError? }
            return nil
        } onGracefulShutdown: {
            end.continuation.finish()
        }
        notify.stopping()
        await server.shutdown(within: .seconds(20))
        attendance.cancel()
        if let failure { throw DaemonError.storage(failure) }
        await attendance.value
        do throws(StoreError) {
            try await service.finish(notifying: Notifier(service: service, journal: journal))
        } catch {
            throw DaemonError.storage(error)
        }
    }

    private func makeService(
        _ connections: ConnectionCount, fatal: @escaping @Sendable (StoreError) -> Void
    ) throws(DaemonError) -> (ClinicService, Store) {
        let (journal, logger) = (journal, logger)
        let dependencies = ClinicService.Dependencies(
            version: options.version, own: Self.own, configuration: read, connections: { connections.value },
            storageFailed: { error, isFatal in
                if isFatal {
                    journal.send(.storageFailed(error))
                    fatal(error)
                } else {
                    logger.warning("storage: \(error)")
                }
            },
            configurationRefused: { count, path in
                journal.send(.configurationRefused(count, firstAt: path))
            },
            rollFailed: { course, why in
                logger.warning(
                    "no places for what came inside the horizon",
                    metadata: ["course": "\(course)", "why": "\(why)"])
            })
        do throws(StoreError) {
            let store = try Store(path: options.database, simulated: options.simulateFrom != nil)
            let service = try ClinicService(
                store: store, configuration: configuration, clock: clock(for: store), dependencies: dependencies)
            return (service, store)
        } catch {
            throw .storage(error)
        }
    }

    /// The daemon as the author of what it does unasked.
    private static var own: Caller {
        let uid = getuid()
        return Caller(
            uid: Int(uid), user: SystemUsers.system.userName(uid) ?? String(uid), pid: Int(getpid()), role: .admin)
    }

    /// The system's clock; or a simulated one, which goes on where it stood.
    private func clock(for store: Store) -> ServiceClock {
        guard let from = options.simulateFrom else { return .system }
        return .simulated(from: max(from, store.opening.lastInstant ?? from))
    }

    /// Starts the service and answers those who call. Nothing is recorded before it is sure that somebody can.
    private func begin(
        _ service: ClinicService, _ store: Store, _ connections: ConnectionCount, _ failures: FirstFailure
    ) async throws -> Server {
        let socket: ListeningSocket
        do {
            socket = try listen()
        } catch {
            try? store.close()
            throw error
        }
        let server: Server
        do {
            server = try makeServer(service, connections)
            try await start(service, failures)
        } catch {
            socket.abandon()
            throw error
        }
        // Who called while the service started has waited there.
        try await server.start(on: socket)
        return server
    }

    private func start(_ service: ClinicService, _ failures: FirstFailure) async throws(DaemonError) {
        do throws(StartFailure) {
            try await service.start(configuration)
        } catch {
            // What the database said tells more than that the first command failed.
            if let failure = failures.first { throw .storage(failure) }
            throw .refusedAtStart(error)
        }
    }

    /// Listens on the inherited socket, or on one of its own.
    private func listen() throws -> ListeningSocket {
        if let inherited = try inheritedSockets().first(where: \.isUnixListener) {
            return ListeningSocket(inherited: inherited.descriptor)
        }
        do throws(ListeningFailure) {
            return try ListeningSocket(path: options.socket)
        } catch {
            throw DaemonError.socket(error)
        }
    }

    /// A server that answers those who call with what the service says.
    private func makeServer(_ service: ClinicService, _ connections: ConnectionCount) throws -> Server {
        var limits = ServerLimits()
        limits.messageBytes = configuration.daemon.limits.messageBytes
        limits.connections = configuration.daemon.limits.connections
        limits.connectionsPerUser = configuration.daemon.limits.connectionsPerUser
        let logger = logger
        return Server(
            interfaces: try service.interfaces(),
            info: ServiceInfo(
                vendor: "infusiond", product: "infusiond", version: options.version,
                url: "https://infusiond.io"), limits: limits,
            authorise: { service.refusal(of: $0, interface: $1, method: $2) },
            isKnown: { service.callers.role(of: $0) != nil },
            observe: { event in
                connections.count(event)
                if case .closed(let peer, let reason) = event, reason != .clientClosed, reason != .shutdown {
                    logger.info("connection of uid \(peer.map { String($0.uid) } ?? "unknown") closed: \(reason.name)")
                }
            })
    }

    /// Checks the file while the service runs; damage ends it.
    private func checkInBackground(
        _ service: ClinicService, _ store: Store, fatal: @escaping @Sendable (StoreError) -> Void
    ) {
        let journal = journal
        service.inBackground {
            do throws(StoreError) {
                try store.quickCheck()
            } catch {
                journal.send(.storageFailed(error))
                fatal(error)
            }
        }
    }
}

extension CloseReason {
    /// The reason without what the client sent.
    fileprivate var name: String {
        switch self {
        case .invalidJSON: "invalid JSON"
        case .unknownMember: "unknown member in the envelope"
        case .flagNotBoolean: "a flag that is not true or false"
        case .clientClosed, .shutdown, .notAnObject, .noMethod, .parametersNotAnObject, .severalFlags, .messageTooLong,
            .tooManyConnections, .tooManyConnectionsOfUser, .noCredentials, .unfinished, .unread, .idle:
            "\(self)"
        }
    }
}

/// The first failure of the storage that ends the process.
private final class FirstFailure: Sendable {
    private let noted = Mutex<StoreError?>(nil)

    var first: StoreError? { noted.withLock { $0 } }

    func note(_ error: StoreError) { noted.withLock { $0 = $0 ?? error } }
}
