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
        let another = "choose another name"
        switch error {
        case .unusable(let path, let why, let hint): return Self.wrong(path: "\(path) \(why)", hint: hint)
        case .foreignFile(let path):
            return Self.wrong(path: "\(path) is a file that is no copy of infusiond's database", hint: another)
        case .inUse: return Self.wrong(path: "\(error)", hint: another)
        case .full: return VarlinkError(ServiceInterface.Failure.storageFull)
        case .system(let why): return Self.wrong(path: why, hint: another)
        case .sqlite(_, let why): return Self.wrong(path: "cannot be copied: \(why)", hint: nil)
        case .io(let code, _): return Self.wrong(path: "cannot be written: code \(code)", hint: nil)
        case .corrupt, .newerSchema, .displaced, .simulation, .setting, .recordNumberTaken, .constraint, .unreadable,
            .unreadableRow:
            service.dependencies.storageFailed(error, false)
            return VarlinkError(ServiceInterface.Failure.storageFailed)
        }
    }

    private static func wrong(path message: String, hint: String?) -> VarlinkError {
        VarlinkError(ServiceInterface.Failure.invalidValue(field: "path", message: message, hint: hint))
    }
}
