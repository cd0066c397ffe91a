internal import Glibc
package import Store
package import Varlink
internal import Wire

/// What keeps the daemon from running, or ends it.
package enum DaemonError: Error, Sendable, CustomStringConvertible {
    case storage(StoreError)
    case socket(ListeningFailure)
    /// The configuration does not fit the visits there are, or could not be recorded.
    case refusedAtStart(StartFailure)

    /// What went wrong, lower case, without a hint.
    package var description: String {
        switch self {
        case .storage(let error): "storage: \(error)"
        case .socket(let failure): failure.description
        case .refusedAtStart(let failure): failure.description
        }
    }

    /// What somebody can do about it, if anything is known to help.
    package var hint: String? {
        guard case .storage(let error) = self else { return nil }
        if error.isDamage {
            return "put a backup in its place: infusiond --restore FILE"
        }
        if let hint = error.hint { return hint }
        switch error {
        case .newerSchema: return "start the version of infusiond that wrote it, or a newer one"
        case .inUse: return "another infusiond has it open: end that one first"
        case .foreignFile: return "--database and daemon.database in the configuration say where the data are kept"
        case .full, .io, .corrupt, .unusable, .displaced, .simulation, .setting, .recordNumberTaken, .constraint,
            .unreadable, .unreadableRow, .sqlite, .system:
            return nil
        }
    }

    /// The exit code of the process, of those in sysexits.h: the service manager tells by it what a restart may cure
    /// from what somebody has to mend (`RestartPreventExitStatus` in the units; infusiond's help names all).
    package var exitCode: Int32 {
        switch self {
        case .storage(let error):
            if case .inUse = error { EX_TEMPFAIL } else { error.isMendedByHand ? EX_DATAERR : EX_IOERR }
        case .socket: EX_UNAVAILABLE
        case .refusedAtStart(let failure): failure.isOfConfiguration ? EX_CONFIG : EX_IOERR
        }
    }
}

/// Why a service could not start: the configuration does not fit, or the start could not be recorded.
package struct StartFailure: Error, Sendable, CustomStringConvertible {
    /// What went wrong, lower case.
    package let description: String
    /// Whether somebody has to mend the configuration.
    let isOfConfiguration: Bool

    init(_ error: CommandError) {
        if case .service(.configurationRefused(let problems)) = error, let problem = problems.first {
            description = "configuration: \(problem.path): \(problem.message)"
            isOfConfiguration = true
        } else {
            description = "cannot start: \(VarlinkError(error).name)"
            isOfConfiguration = false
        }
    }
}

extension CommandError {
    /// What is wrong in words, as far as the error has any; its name otherwise.
    var message: String {
        switch self {
        case .clinic(.refused(_, let message, _, _, _)), .clinic(.invalidValue(_, let message, _)),
            .service(.invalidValue(_, let message, _)):
            message
        case .clinic, .service, .permissionDenied: VarlinkError(self).name
        }
    }
}

extension StoreError {
    /// Whether it stays as it is, however often the daemon is started again.
    fileprivate var isMendedByHand: Bool {
        switch self {
        case .corrupt, .unreadable, .unreadableRow, .foreignFile, .newerSchema, .unusable, .simulation, .setting: true
        case .full, .io, .inUse, .displaced, .recordNumberTaken, .constraint, .sqlite, .system: false
        }
    }
}
