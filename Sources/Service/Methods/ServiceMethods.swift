internal import Clinic
internal import ClinicTime
internal import HashTreeCollections
internal import Planning
internal import Store
internal import StrictJSON
internal import Varlink
internal import VarlinkDescription
internal import Wire

/// The code of `io.infusiond.Service`.
struct ServiceMethods: Sendable {
    let service: ClinicService

    /// The interface with the code of all its methods.
    func interface() throws(InterfaceSyntaxError) -> Interface {
        Interface(
            try InterfaceDescription(parsing: ServiceInterface.description),
            methods: [
                ServiceInterface.Status.bareName: .asynchronous { call async throws(VarlinkError) in
                    try await status(call.peer)
                },
                ServiceInterface.GetClock.bareName: .immediate { _ in clock() },
                ServiceInterface.Verify.bareName: .asynchronous { _ async throws(VarlinkError) in try await verify() },
                ServiceInterface.Backup.bareName: .asynchronous { call async throws(VarlinkError) in
                    try await backup(call)
                },
                ServiceInterface.Reload.bareName: .asynchronous { _ async throws(VarlinkError) in
                    try await service.reload()
                },
                ServiceInterface.AdvanceClock.bareName: .asynchronous { call async throws(VarlinkError) in
                    try await advance(call)
                },
            ])
    }

    private func status(_ peer: Peer) async throws(VarlinkError) -> JSONObject {
        guard let role = service.callers.role(of: peer) else { throw .permissionDenied }
        do throws(ClinicInterface.Failure) {
            return try await service.pools.looks.result { () throws(ClinicInterface.Failure) in status(role) }
        } catch {
            throw VarlinkError(ServiceInterface.Failure.busy)
        }
    }

    private func status(_ role: Role) -> JSONObject {
        let snapshot = service.publication.current
        let (state, offsets, now) = (snapshot.state, snapshot.offsets, service.clock.now)
        let today = snapshot.day(at: now)
        let ahead = state.visitsByDay.lazy.filter { $0.key >= today }.flatMap(\.value)
        return ServiceInterface.Status.Reply(
            clinic: snapshot.facility.name, version: service.dependencies.version, timeZone: snapshot.zone.name,
            now: offsets.instant(second: now.seconds), today: today, simulated: service.clock.isSimulated,
            startedAt: offsets.instant(second: service.startedAt.seconds), role: role.rawValue,
            lastEvent: state.lastEvent, journalThrough: try? service.store.cursor(of: Notifier.consumer),
            patients: state.patients.count,
            coursesActive: state.courses.values.count { $0.status == .active },
            visitsAhead: ahead.count { state.visits[$0]?.status.occupies ?? false },
            proposals: service.proposals.count, connections: service.dependencies.connections(),
            sqliteVersion: service.store.opening.sqliteVersion, calendarThrough: snapshot.calendar.calendars.last
        ).object
    }

    private func clock() -> JSONObject {
        let offsets = service.publication.current.offsets
        return ServiceInterface.GetClock.Reply(
            now: offsets.instant(second: service.clock.now.seconds), simulated: service.clock.isSimulated
        ).object
    }

    private func verify() async throws(VarlinkError) -> JSONObject {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Verification, StoreError>?, Never>) in
            let accepted = service.pools.checks.run {
                continuation.resume(
                    returning: Result<Verification, StoreError> { () throws(StoreError) in try service.store.verify() })
            }
            if !accepted { continuation.resume(returning: nil) }
        }
        switch result {
        case nil: throw VarlinkError(ServiceInterface.Failure.busy)
        case .failure(let error):
            service.dependencies.storageFailed(error, false)
            throw VarlinkError(ServiceInterface.Failure.storageFailed)
        case .success(let verification):
            return ServiceInterface.Verify.Reply(
                sound: verification.isGood, events: verification.events, problems: verification.findings
            ).object
        }
    }

    private func advance(_ call: Call) async throws(VarlinkError) -> JSONObject {
        guard service.clock.isSimulated else { throw VarlinkError(ServiceInterface.Failure.notSimulated) }
        let target: Instant
        do throws(ClinicInterface.Failure) {
            target = try self.target(of: ServiceInterface.AdvanceClock(of: call))
        } catch {
            guard case .invalidValue(let field, let message, let hint) = error else { throw VarlinkError(error) }
            throw VarlinkError(ServiceInterface.Failure.invalidValue(field: field, message: message, hint: hint))
        }
        guard let stops = await service.pass(to: target) else {
            throw VarlinkError(ServiceInterface.Failure.storageFailed)
        }
        let offsets = service.publication.current.offsets
        return ServiceInterface.AdvanceClock.Reply(
            now: offsets.instant(second: service.clock.now.seconds),
            stops: stops.map { offsets.instant(second: $0.seconds) }
        ).object
    }

    private func target(of call: ServiceInterface.AdvanceClock) throws(ClinicInterface.Failure) -> Instant {
        let now = service.clock.now
        switch (call.until, call.minutes) {
        case (let until?, nil):
            guard until.second >= now.seconds else {
                throw .invalidValue(field: "until", message: "the clock does not go back", hint: nil)
            }
            guard until.second - now.seconds <= 3660 * 86_400 else {
                throw .invalidValue(field: "until", message: "the clock goes at most ten years at once", hint: nil)
            }
            return Instant(seconds: until.second)
        case (nil, let minutes?):
            return Instant(seconds: now.seconds + minutes * 60)
        case (nil, nil), (_?, _?):
            throw .invalidValue(field: "until", message: "expected exactly one of until and minutes", hint: nil)
        }
    }
}
