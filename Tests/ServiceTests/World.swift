import Clinic
import ClinicTime
import Configuration
import Foundation
import Planning
import Store
import StrictJSON
import Synchronization
import Testing
import Varlink
import VarlinkDescription
import Wire

@testable import Service

/// A clinic's service on a database of its own in a folder of its own, on a simulated clock.
final class World: Sendable {
    /// What the service read and told.
    final class Surface: Sendable {
        private let content = Mutex((configuration: "", failures: [String](), refused: [String]()))

        var configuration: String {
            get { content.withLock { $0.configuration } }
            set { content.withLock { $0.configuration = newValue } }
        }

        var failures: [String] { content.withLock { $0.failures } }
        var refused: [String] { content.withLock { $0.refused } }

        func add(failure: String) { content.withLock { $0.failures.append(failure) } }
        func add(refused: String) { content.withLock { $0.refused.append(refused) } }
    }

    let folder: URL
    let surface = Surface()
    let service: ClinicService
    let interfaces: [String: Interface]

    static let start = Instant(seconds: 1_772_434_800)

    static let users = SystemUsers(
        group: { ["clinic-view": 7001, "clinic-desk": 7002, "clinic-care": 7003, "clinic-admin": 7004][$0] },
        userName: { "user\($0)" })

    /// A member of the group of a role.
    static func peer(_ role: Role, uid: UInt32 = 4000) -> Peer {
        let group: UInt32 =
            switch role {
            case .viewer: 7001
            case .scheduler: 7002
            case .clinician: 7003
            case .admin: 7004
            }
        return Peer(pid: 77, uid: uid, gid: 100, groups: [group])
    }

    /// A new clinic, or the one in a folder.
    init(
        _ text: String = clinicText(), folder: URL? = nil, clock: ServiceClock = .simulated(from: World.start),
        users: SystemUsers = World.users
    ) async throws {
        let folder =
            folder ?? FileManager.default.temporaryDirectory.appending(path: "service-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
        let surface = self.surface
        surface.configuration = text
        let read: @Sendable () throws(ConfigurationError) -> ConfigurationFile = { () throws(ConfigurationError) in
            try readConfiguration(Array(surface.configuration.utf8), file: "config.json")
        }
        let store = try Store(path: folder.appending(path: "clinic.sqlite").path, simulated: clock.isSimulated)
        let file = try read()
        service = try ClinicService(
            store: store, configuration: file, clock: clock,
            dependencies: ClinicService.Dependencies(
                version: "test", own: Caller(uid: 0, user: "service", pid: 1, role: .admin), configuration: read,
                storageFailed: { surface.add(failure: "\($0), fatal: \($1)") },
                configurationRefused: { surface.add(refused: "\($0) problems, \($1)") }),
            users: users)
        try await service.start(file)
        interfaces = Dictionary(uniqueKeysWithValues: try service.interfaces().map { ($0.description.name, $0) })
    }

    /// Calls a method as the socket would: rights first, then the declared types; the reply must be as declared.
    func call(_ method: String, _ parameters: JSONObject, by peer: Peer) async throws -> JSONObject {
        let parts = method.split(separator: ".")
        let interface = try #require(interfaces[parts.dropLast().joined(separator: ".")])
        let name = try #require(parts.last.map(String.init))
        let declared = try #require(interface.description.method(named: name))
        let refusal = service.refusal(of: peer, interface: interface.description.name, method: name)
        if let refusal { throw refusal }
        if let mismatch = interface.description.mismatch(of: parameters, with: declared.input) {
            throw VarlinkError.invalidParameter(mismatch.field)
        }
        let call = Call(interface: interface.description.name, method: name, parameters: parameters, peer: peer)
        let reply: JSONObject
        switch try #require(interface.methods[name]) {
        case .immediate(let body): reply = try body(call)
        case .remembered(let body, let otherwise):
            if let remembered = try body(call) { reply = remembered } else { reply = try await otherwise(call) }
        case .asynchronous(let body): reply = try await body(call)
        case .series: throw VarlinkError.expectedMore
        }
        #expect(interface.description.mismatch(of: reply, with: declared.output) == nil)
        return reply
    }

    /// Calls a method with its message and reads its reply.
    @discardableResult
    func ask<Parameters: WireCall>(
        _ parameters: Parameters, by peer: Peer = World.peer(.scheduler)
    ) async throws -> Parameters.Reply {
        try Parameters.Reply(try await call(Parameters.method, parameters.object, by: peer))
    }

    /// The error that a call ends with.
    func failure<Parameters: WireCall>(
        of parameters: Parameters, by peer: Peer = World.peer(.scheduler)
    ) async throws -> ClinicInterface.Failure? {
        do {
            _ = try await ask(parameters, by: peer)
            return nil
        } catch let error as VarlinkError {
            guard let failure = ClinicInterface.Failure(name: error.name, parameters: error.parameters) else {
                throw error
            }
            return failure
        }
    }

    /// Adds a patient with a record number of their own.
    func patient(_ number: Int = 1) async throws -> String {
        try await ask(ClinicInterface.AddPatient(recordNumber: "MRN-\(number)", name: "Name \(number)")).patient
    }

    /// The clinic as another process finds it after this one was killed: on a copy of its files as they are now.
    func killed() async throws -> World {
        let copy = folder.appending(path: "killed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        for name in ["clinic.sqlite", "clinic.sqlite-wal"] {
            try FileManager.default.copyItem(at: folder.appending(path: name), to: copy.appending(path: name))
        }
        return try await World(
            surface.configuration, folder: copy, clock: .simulated(from: service.clock.now))
    }

    /// Has jobs done together in one batch of the writer, as those are that wait together.
    ///
    /// - Parameter clock: another clock than the clinic's.
    /// - Returns: what each command is answered.
    func batch(
        _ jobs: [CommandJob], clock: ServiceClock? = nil
    ) throws -> [Result<JSONObject, VarlinkError>] {
        let answers = Mutex<[Int: Result<JSONObject, VarlinkError>]>([:])
        let surface = surface
        let batch = try service.store.write { transaction in
            var batch = WriteBatch(
                service.publication.current, transaction, clock ?? service.clock, own: service.dependencies.own
            ) { surface.add(failure: "\($0), fatal: false") }
            for (index, job) in jobs.enumerated() {
                try batch.take(
                    .command(job) { taken in
                        guard case .answered(let result) = taken else { return }
                        answers.withLock { $0[index] = result.answered }
                    })
            }
            return batch
        }
        service.publication.publish(batch.snapshot, by: batch.moments)
        for answer in batch.answers { answer() }
        let known = answers.withLock { $0 }
        return try jobs.indices.map { try #require(known[$0], "command \($0) has no answer") }
    }

    /// Ends the service in good order; the folder stays.
    func finish() async throws { try await service.finish() }

    /// Ends the service and removes the folder.
    func close() async throws {
        try await finish()
        try FileManager.default.removeItem(at: folder)
    }
}

/// A course of one visit of an hour, on a certain day where the start window is 0.
func oneVisit(
    _ patient: String, earliest: String = "2026-03-03", startWithinDays: Int? = nil, regimen: String = "one"
) throws -> CourseRequestMessage {
    CourseRequestMessage(
        patient: patient, regimen: regimen, earliest: try #require(Day(earliest)), startWithinDays: startWithinDays)
}

/// A small clinic: open 9 to 12 on weekdays, two nurses who watch two patients each, some chairs.
func clinicText(chairs: Int = 2, grid: Int = 5, extra: String = "") -> String {
    let list = (1...chairs).map { #"{"id": "chair-\#($0)", "features": ["monitor"]}"# }.joined(separator: ", ")
    return """
        {"clinic": {"name": "Small", "timeZone": "UTC", "gridMinutes": \(grid), "startEveryMinutes": 15,
          "hours": {"mon": ["09:00-12:00"], "tue": ["09:00-12:00"], "wed": ["09:00-12:00"], "thu": ["09:00-12:00"]}},
         "chairs": [\(list)],
         "staff": [
          {"id": "rn-1", "name": "Nurse 1", "roles": ["nurse"],
           "shifts": [{"days": ["mon", "tue", "wed", "thu"], "hours": "08:00-13:00"}]},
          {"id": "rn-2", "name": "Nurse 2", "roles": ["nurse"],
           "shifts": [{"days": ["mon", "tue", "wed", "thu"], "hours": "08:00-13:00"}]}],
         "visitTypes": [{"id": "hour", "name": "An hour", "chair": ["monitor"],
          "attendants": [{"label": "nurse", "role": "nurse", "continuity": true}],
          "stages": [{"name": "care", "minutes": 60, "load": {"nurse": 50}}]}],
         "regimens": [
          {"id": "one", "name": "One visit", "source": "none",
           "phases": [{"name": "only", "visit": "hour", "count": 1}]},
          {"id": "three", "name": "Three visits", "source": "none",
           "phases": [{"name": "all", "visit": "hour", "count": 3, "gaps": [1],
            "tolerance": {"before": 0, "after": 6}}]}]\(extra)}
        """
}

extension Result<CommandResult, CommandError> {
    /// What is answered; nothing to a command of the service itself.
    var answered: Result<JSONObject, VarlinkError> {
        switch self {
        case .success(.done(_, let answer?)), .success(.repeated(let answer)): answer.result
        case .success(.done(_, nil)): .success([:])
        case .failure(let error): .failure(VarlinkError(error))
        }
    }
}
