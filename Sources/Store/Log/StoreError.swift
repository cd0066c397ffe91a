import Clinic
import GRDB
import Glibc
package import Planning

/// Why the store could not do what it was asked: failures of the outside world, and refusals that only it can know.
package enum StoreError: Error, Hashable, Sendable {
    /// No room is left; the transaction is undone, reading goes on, and writing works again once there is room.
    case full
    /// Reading or writing failed, with SQLite's extended result code. After a failed commit it is unknown whether the
    /// transaction was kept: the process must end and let recovery decide.
    case io(code: Int, duringCommit: Bool)
    /// The file is damaged; what a check found.
    case corrupt(String)
    /// The file is another program's.
    case foreignFile(path: String)
    /// The file was written by a newer version of this program; its schema and the newest one known here.
    case newerSchema(found: Int, known: Int)
    /// Another process has the file open for writing; its number, where that is known.
    case inUse(path: String, holder: Int? = nil)
    /// A file that was named is not one to work with: why not, and what would be.
    case unusable(path: String, why: String, hint: String? = nil)
    /// The database is no longer where it was opened: what is written now would be found by nobody. The process must
    /// end.
    case displaced(String)
    /// A simulated clinic's file was to be opened for real, or a real one's for a simulation.
    case simulation(fileIsSimulated: Bool)
    /// The connection does not keep a setting that durability depends on; its name and what it reads back.
    case setting(name: String, value: String)
    /// Another patient has the same record number.
    case recordNumberTaken(by: PatientID)
    /// The database refused a row: a rule that a trigger or constraint of the schema holds.
    case constraint(String)
    /// A recorded event cannot be read; its number and why.
    case unreadable(event: Int, String)
    /// A stored row cannot be read; its table, its key, and which column is how.
    case unreadableRow(table: String, key: String, why: String = "it is not what was written")
    /// Anything else that SQLite reports, with its extended result code.
    case sqlite(code: Int, String)
    /// Something outside of SQLite failed, such as making the lock file.
    case system(String)

    /// Whether the whole transaction is lost, not only what was asked last. A row that cannot be read fails whoever
    /// asked for it and nobody else.
    package var endsTransaction: Bool {
        switch self {
        case .recordNumberTaken, .constraint, .unreadable, .unreadableRow, .sqlite, .system: false
        case .full, .io, .corrupt, .foreignFile, .newerSchema, .inUse, .unusable, .displaced, .simulation, .setting:
            true
        }
    }

    /// Whether what the file holds is not what was written.
    package var isDamage: Bool {
        switch self {
        case .corrupt, .unreadable, .unreadableRow: true
        case .full, .io, .foreignFile, .newerSchema, .inUse, .unusable, .displaced, .simulation, .setting,
            .recordNumberTaken, .constraint, .sqlite, .system:
            false
        }
    }

    /// Whether nothing more may be written by this process: the file or the device is not to be trusted, or it is not
    /// known whether something was kept.
    package var endsService: Bool { endsTransaction && self != .full }
}

extension StoreError {
    /// What another error means to the store.
    init(_ error: any Error, duringCommit: Bool = false) {
        if let error = error as? StoreError {
            self = error
            return
        }
        if error is RowDecodingError {
            // Its own words tell the whole row, which may be a patient's.
            self = .corrupt("a value is of another kind than its column holds")
            return
        }
        guard let error = error as? DatabaseError else {
            self = .system(String(describing: error))
            return
        }
        let code = Int(error.extendedResultCode.rawValue)
        let message = error.message ?? "no message"
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        case .SQLITE_IOERR: self = .io(code: code, duringCommit: duringCommit)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(message)
        case .SQLITE_CONSTRAINT: self = .constraint(message)
        default: self = .sqlite(code: code, message)
        }
    }
}

extension StoreError {
    /// What the system says failed last, and to whom.
    static func failed(_ doing: String, _ path: String) -> StoreError {
        switch errno {
        case ENOSPC, EDQUOT: .full
        case EIO: .io(code: Int(EIO), duringCommit: false)
        default: .unusable(path: path, why: "cannot be \(doing): \(String(cString: strerror(errno)))")
        }
    }

    /// What can be done about it; nil where only the words say it.
    package var hint: String? {
        if case .unusable(_, _, let hint) = self { hint } else { nil }
    }
}

extension StoreError {
    /// What kind of failure it is, in a word that does not change: the journal has it, for programs.
    package var code: String {
        switch self {
        case .full: "full"
        case .io: "io"
        case .corrupt: "corrupt"
        case .foreignFile: "foreignFile"
        case .newerSchema: "newerSchema"
        case .inUse: "inUse"
        case .unusable: "unusable"
        case .displaced: "displaced"
        case .simulation: "simulation"
        case .setting: "setting"
        case .recordNumberTaken: "recordNumberTaken"
        case .constraint: "constraint"
        case .unreadable: "unreadable"
        case .unreadableRow: "unreadableRow"
        case .sqlite: "sqlite"
        case .system: "system"
        }
    }
}

extension StoreError: CustomStringConvertible {
    /// What went wrong, with values and limits; names no patient but by id.
    package var description: String {
        switch self {
        case .full: "no room is left on the device"
        case .io(let code, true): "committing failed with SQLite's code \(code); whether it was kept is unknown"
        case .io(let code, false): "reading or writing failed with SQLite's code \(code)"
        case .corrupt(let found): "the database is damaged: \(found)"
        case .foreignFile(let path): "\(path) is not a database of this program"
        case .newerSchema(let found, let known):
            "the database has schema \(found), newer than \(known), the newest known here"
        case .inUse(let path, nil): "\(path) is open in another process"
        case .inUse(let path, let holder?): "\(path) is open in another process (pid \(holder))"
        case .unusable(let path, let why, _): "\(path) \(why)"
        case .displaced(let what): "the database is not where it was: \(what)"
        case .simulation(true): "the database is a simulation's and cannot be opened for real"
        case .simulation(false): "the database is a real clinic's and cannot be opened for a simulation"
        case .setting(let name, let value): "the database does not keep the setting \(name): it reads \(value)"
        case .recordNumberTaken(let patient): "the record number belongs to patient \(patient)"
        case .constraint(let message): "the database refused a row: \(message)"
        case .unreadable(let event, let why): "event \(event) cannot be read: \(why)"
        case .unreadableRow(let table, let key, let why): "row \(key) of table \(table) cannot be read: \(why)"
        case .sqlite(let code, let message): "SQLite failed with code \(code): \(message)"
        case .system(let message): message
        }
    }
}
