internal import Store
internal import StrictJSON
internal import Varlink
internal import Wire

extension ServiceMethods {
    /// Copies the database while service goes on.
    func backup(_ call: Call) async throws(VarlinkError) -> JSONObject {
        let parameters: ServiceInterface.Backup
        do throws(ClinicInterface.Failure) {
            parameters = try ServiceInterface.Backup(of: call)
        } catch {
            throw VarlinkError(error)
        }
        let path = parameters.path
        guard path.hasPrefix("/"), !path.hasSuffix("/"), !path.contains("\0") else {
            throw Self.wrong(path: "expected the absolute path of a file", hint: nil)
        }
        let verifies = parameters.verify ?? false
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Backup, StoreError>?, Never>) in
            let accepted = service.pools.checks.run {
                continuation.resume(
                    returning: Result<Backup, StoreError> { () throws(StoreError) in
                        try service.store.backUp(to: path, verifying: verifies)
                    })
            }
            if !accepted { continuation.resume(returning: nil) }
        }
        switch result {
        case nil: throw VarlinkError(ServiceInterface.Failure.busy)
        case .failure(let error): throw failure(of: error)
        case .success(let backup):
            return ServiceInterface.Backup.Reply(
                path: path, bytes: backup.bytes, events: backup.lastEvent, sound: backup.verification?.isGood,
                problems: backup.verification?.findings ?? []
            ).object
        }
    }

    /// What stands in the way of a copy, told to an admin; it is no failure of the database in service.
    private func failure(of error: StoreError) -> VarlinkError {
        switch error {
        case .foreignFile:
            return Self.wrong(
                path: "is a file that is no database of infusiond", hint: "choose another name")
        case .inUse:
            return Self.wrong(path: "is the database in service", hint: "choose another name")
        case .full: return VarlinkError(ServiceInterface.Failure.storageFull)
        case .system(let why): return Self.wrong(path: why, hint: Self.writableHint)
        case .sqlite(_, let why): return Self.wrong(path: "cannot be written: \(why)", hint: Self.writableHint)
        case .io(let code, _):
            return Self.wrong(path: "cannot be written: code \(code)", hint: Self.writableHint)
        case .corrupt, .newerSchema, .simulation, .setting, .recordNumberTaken, .constraint, .unreadable,
            .unreadableRow:
            service.surroundings.storageFailed(error, false)
            return VarlinkError(ServiceInterface.Failure.storageFailed)
        }
    }

    private static let writableHint = "the daemon writes it: its user must be allowed to, and its unit"

    private static func wrong(path message: String, hint: String?) -> VarlinkError {
        VarlinkError(ServiceInterface.Failure.invalidValue(field: "path", message: message, hint: hint))
    }
}
