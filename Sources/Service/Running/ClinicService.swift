package import Clinic
internal import ClinicTime
package import Configuration
internal import HashTreeCollections
package import Planning
package import Store
package import Varlink
package import VarlinkDescription
internal import Wire

/// The running clinic without a socket: the database, the writer, the readers and the code of all methods.
package final class ClinicService: Sendable {
    /// What it needs to know of its surroundings.
    package struct Dependencies: Sendable {
        package var version: String
        /// Who the service itself is, for what it does unasked.
        package var own: Caller
        /// Reads the configuration file again.
        package var configuration: @Sendable () throws(ConfigurationError) -> ConfigurationFile
        /// How many connections there are.
        package var connections: @Sendable () -> Int
        /// Told of every failure of the storage; fatal where the process must end.
        package var storageFailed: @Sendable (StoreError, _ isFatal: Bool) -> Void
        /// Told of a configuration that was refused: how many problems it has, and the first.
        package var configurationRefused: @Sendable (Int, String) -> Void
        /// Told of a course for which no place was found when its next visits came inside the horizon, and why.
        package var rollFailed: @Sendable (CourseID, String) -> Void

        package init(
            version: String, own: Caller,
            configuration: @escaping @Sendable () throws(ConfigurationError) -> ConfigurationFile,
            connections: @escaping @Sendable () -> Int = { 0 },
            storageFailed: @escaping @Sendable (StoreError, _ isFatal: Bool) -> Void,
            configurationRefused: @escaping @Sendable (Int, String) -> Void = { _, _ in },
            rollFailed: @escaping @Sendable (CourseID, String) -> Void = { _, _ in }
        ) {
            self.version = version
            self.own = own
            self.configuration = configuration
            self.connections = connections
            self.storageFailed = storageFailed
            self.configurationRefused = configurationRefused
            self.rollFailed = rollFailed
        }
    }

    /// For how long the answer to a request is kept for its repetition: 30 days.
    private static let answersKeptSeconds = 30 * 86_400

    let store: Store
    let clock: ServiceClock
    let publication: Publication
    let callers: Callers
    let writer: Writer
    let pools = ThreadPools()
    let proposals = ProposalShelf<Proposal>()
    let scheduleChanges = ProposalShelf<ScheduleChange>(limit: 50, prefix: "rp")
    let signal = EventSignal()
    let dependencies: Dependencies
    let users: SystemUsers
    let startedAt: Instant

    /// A service on an open database. It decides nothing before `start`.
    ///
    /// - Throws: where the database cannot be read.
    package init(
        store: Store, configuration: ConfigurationFile, clock: ServiceClock, dependencies: Dependencies,
        users: SystemUsers = .system
    ) throws(StoreError) {
        let now = clock.now
        let zone = configuration.zone
        let today = zone.day(at: now.minute)
        let state = try store.load(from: today)
        publication = Publication(
            Snapshot(
                of: state, in: zone, on: today, horizonDays: configuration.clinic.facility.planning.horizonDays))
        self.store = store
        self.clock = clock
        self.dependencies = dependencies
        self.users = users
        callers = Callers(AccessRights(configuration.access, users: users), users: users)
        startedAt = now
        let signal = self.signal
        writer = Writer(
            store: store, publication: publication, clock: clock, own: dependencies.own, searches: pools.searches,
            observer: Writer.Observer(
                committed: { signal.advance(to: $0) }, failed: dependencies.storageFailed))
    }

    /// Starts the writer, brings the configuration into force and records the start.
    ///
    /// - Throws: `ConfigurationRefused` where the visits there are forbid the configuration, or how writing fails.
    package func start(_ configuration: ConfigurationFile) async throws(StartFailure) {
        writer.start()
        writer.forgetAnswers(before: Instant(seconds: clock.now.seconds - Self.answersKeptSeconds))
        await setNumbersAside(for: proposals)
        await setNumbersAside(for: scheduleChanges)
        do throws(CommandError) {
            _ = try await adopt(configuration)
            _ = try await writer.run(own { _ in .visit(.retime) })
            let started = ServiceStarted(version: dependencies.version, wasClean: store.opening.wasClean)
            _ = try await writer.run(own { _ in .service(.start(started)) })
        } catch {
            throw StartFailure(error)
        }
    }

    /// Records the end in good order, does what was accepted, tells the journal of it, and closes the database.
    ///
    /// - Throws: where the database cannot be closed in good order.
    package func finish(notifying notifier: Notifier? = nil) async throws(StoreError) {
        do throws(CommandError) {
            _ = try await writer.run(own { _ in .service(.stop) })
        } catch {
            // Told by the writer where it happened; closing decides whether the end is in good order.
        }
        if clock.isSimulated { _ = await writer.keep(clock.now) }
        signal.finish()
        if let notifier { await notifier.sendRest() }
        pools.finish()
        writer.takeNumbersBack(after: proposals.lastNumber, of: proposals.prefix)
        writer.takeNumbersBack(after: scheduleChanges.lastNumber, of: scheduleChanges.prefix)
        writer.finish()
        try store.close()
    }

    private func setNumbersAside<Kept>(for shelf: ProposalShelf<Kept>) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            writer.setNumbersAside(ProposalShelf<Kept>.numbersAtOnce, of: shelf.prefix) {
                shelf.use(numbersThrough: $0)
                continuation.resume()
            }
        }
    }

    /// Runs a check of the whole file beside the service.
    package func inBackground(_ check: @escaping @Sendable () -> Void) { _ = pools.checks.run(check) }

    /// Whether the writer answers.
    package func ping() async -> Bool { await writer.ping() }

    /// The two interfaces with the code of all methods.
    package func interfaces() throws(InterfaceSyntaxError) -> [Interface] {
        let records = RecordReader(store: store) { [dependencies] in dependencies.storageFailed($0, false) }
        let methods = ClinicMethods(
            publication: publication, clock: clock, callers: callers, writer: writer, records: records, pools: pools,
            proposals: proposals, scheduleChanges: scheduleChanges, signal: signal)
        return [try methods.interface(), try ServiceMethods(service: self).interface()]
    }

    /// The roles that methods ask for, by interface and bare name, as the descriptions say them.
    private static let roles = [
        ClinicInterface.name: ClinicInterface.roles, ServiceInterface.name: ServiceInterface.roles,
    ]

    /// Refuses what a peer may not call; nil where it may. A method without a role is refused to everybody.
    package func refusal(of peer: Peer, interface: String, method: String) -> VarlinkError? {
        guard let needed = Self.roles[interface]?[method], let role = callers.role(of: peer), role >= needed
        else { return .permissionDenied }
        return nil
    }

    /// One line about the present state: counts only.
    package var statusLine: String {
        let state = publication.current.state
        return "\(state.courses.count) courses, \(state.visitCount) visits, event \(state.lastEvent)"
    }

    /// A command of the service itself.
    func own(_ command: @escaping @Sendable (Snapshot) throws(ClinicInterface.Failure) -> Command) -> CommandJob {
        CommandJob(of: dependencies.own, command)
    }
}

extension AccessRights {
    /// The rights that a configuration gives.
    package init(_ settings: AccessSettings, users: SystemUsers) {
        self.init(
            groups: [
                .viewer: settings.viewer, .scheduler: settings.scheduler, .clinician: settings.clinician,
                .admin: settings.admin,
            ], users: users)
    }
}
