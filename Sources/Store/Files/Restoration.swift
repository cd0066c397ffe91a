import Foundation
import GRDB
import Glibc

/// What came of a restoration.
package struct Restored: Hashable, Sendable {
    /// The database's real path.
    package let path: String
    package let bytes: Int
    /// The number of its last event.
    package let lastEvent: Int
    /// When that event was, in seconds since 1970.
    package let lastSeconds: Int
    /// The files that were there before, under the names that they have now.
    package let setAside: [String]
    /// Whether a write-ahead log was taken in that belongs to the file restored from.
    package let tookLog: Bool
    /// A file that lay beside it as a log and was left out, since it cannot be its own.
    package let strangeLog: String?
    /// By how much the numbers of proposals go on further than the backup's, since those given since are not known; nil
    /// where they go on after those of the database that was set aside.
    package let numbersPassedOver: Int?
}

extension Store {
    /// Puts a copy in the place of a database that no process has open. What was there is set aside under other names.
    ///
    /// - Parameter observe: told after each step; where it throws, everything is as it was before.
    /// - Throws: why not; then everything is as it was before.
    package static func restore(
        _ source: RestoreSource, to path: String, observing observe: @escaping () throws -> Void = {}
    ) throws(StoreError) -> Restored {
        if let place = FileStatus(following: path), place.identity == FileStatus(of: source.descriptor)?.identity {
            throw .unusable(path: source.path, why: "is the database itself")
        }
        let lock = try FileLock(ofDatabase: path)
        do {
            return try Restoration(source, lock, observe).run()
        } catch {
            throw StoreError(error)
        }
    }
}

/// A restoration under way. All is made ready beside the database and takes its place by an exchange of names, so that
/// whenever it is cut short the name has the old database or the new one, whole.
///
/// The old one's log cannot change its name in the same instant. So the old database with its log taken in has the name
/// first; beside that, the log may lie or not. What is set aside is what was there, untouched.
private final class Restoration {
    /// What a database's record ends with.
    private struct Head: Equatable {
        var event: Int
        var seconds: Int
        var digest: Data
    }

    private static let prefix = ".infusiond-restore-"
    /// More numbers than are given between a backup and the loss of its database.
    private static let numbersPassedOver = 10_000

    private let source: RestoreSource
    private let lock: FileLock
    private let old: FileStatus
    private let folder: Folder
    private let observe: () throws -> Void
    private var undo: [() -> Void] = []
    private var setAside: [String] = []

    private var name: String { lock.name }

    init(_ source: RestoreSource, _ lock: FileLock, _ observe: @escaping () throws -> Void) throws {
        self.source = source
        self.lock = lock
        self.observe = observe
        folder = try Folder(lock.folderPath)
        guard let old = FileStatus(of: lock.descriptor) else { throw StoreError.failed("read", lock.path) }
        self.old = old
        // An empty file that was made for the lock is not left where nothing was.
        if lock.wasMade {
            undo.append { [folder] in if folder.status(of: lock.name)?.size == 0 { folder.remove(lock.name) } }
        }
    }

    func run() throws -> Restored {
        do {
            try checkOld()
            let fresh = try Draft(in: folder, prefix: Self.prefix)
            let head = try prepare(fresh)
            try observe()
            let folded = try fold()
            try observe()
            let numbers = try numbersGiven(folded)
            try continueNumbers(after: numbers, in: fresh)
            try observe()
            try place(fresh, folded)
            try checkPlaced(head)
            finish(fresh, folded)
            return Restored(
                path: lock.path, bytes: FileStatus(of: fresh.descriptor)?.size ?? 0, lastEvent: head.event,
                lastSeconds: head.seconds, setAside: setAside, tookLog: source.log >= 0,
                strangeLog: source.strangeLog, numbersPassedOver: numbers == nil ? Self.numbersPassedOver : nil)
        } catch {
            for step in undo.reversed() { step() }
            try? folder.sync()
            throw error
        }
    }

    private func checkOld() throws {
        if let reader = FileLock.reader(of: lock.descriptor) {
            throw StoreError.inUse(path: lock.path, holder: reader)
        }
        // What cannot be read at all may be this program's, damaged; what is sound and another's is not touched.
        if case .database(let other, _) = try FileHeader(of: lock.descriptor, lock.path),
            other != Schema.applicationID
        {
            throw StoreError.foreignFile(path: lock.path)
        }
    }
}

extension Restoration {
    /// Fills a draft from the source and its own log, brings it to the newest form, and checks it as `verify` does.
    private func prepare(_ fresh: Draft) throws -> Head {
        try fresh.fill(from: source.descriptor)
        var before: Head?
        if source.log >= 0 {
            before = (try? Self.read(fresh.path) { try Self.head($0) }) ?? nil
            try fresh.fill(companion: "-wal", from: source.log)
        }
        let head: Head
        do {
            head = try Self.read(fresh.path) { database in
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
                return try check(database, before)
            }
        } catch {
            guard case .corrupt(let found) = StoreError(error) else { throw error }
            throw StoreError.unusable(path: source.path, why: "is damaged: \(found)", hint: "restore an earlier backup")
        }
        try own(fresh)
        try fresh.sync()
        return head
    }

    private func check(_ database: Database, _ before: Head?) throws -> Head {
        let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
        guard found == ["ok"] else { throw StoreError.corrupt(found.joined(separator: "; ")) }
        guard try Schema.version(of: database) > 0, let head = try Self.head(database) else {
            throw StoreError.unusable(path: source.path, why: "has no events")
        }
        if let before {
            let digest = try Data.fetchOne(
                database, sql: "SELECT digest FROM event WHERE number = ?", arguments: [before.event])
            guard digest == before.digest else {
                throw StoreError.unusable(
                    path: source.path, why: "has a log of another database beside it (-wal)",
                    hint: "copy the file alone to another folder, and restore that")
            }
        }
        try Schema.migrate(database)
        try database.execute(sql: "UPDATE clinic SET clean = 1")
        let verification = try Store.verify(database)
        if let first = verification.findings.first {
            throw StoreError.unusable(
                path: source.path,
                why: "does not agree with itself (\(verification.findings.count) problems): \(first)",
                hint: "restore an earlier backup")
        }
        return head
    }

    /// What lies beside the old database and belongs to it.
    private var beside: [String] { ["-wal", "-journal"].filter { (folder.status(of: name + $0)?.size ?? 0) > 0 } }

    /// The old database with what lies beside it taken in; nil where there is nothing beside it, or SQLite cannot read
    /// it.
    private func fold() throws -> Draft? {
        let beside = beside
        guard old.size > 0, !beside.isEmpty else { return nil }
        let folded = try Draft(in: folder, prefix: Self.prefix)
        try folded.fill(from: lock.descriptor)
        for companion in beside {
            let descriptor = openat(
                folder.descriptor, name + companion, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { throw StoreError.failed("read", lock.path + companion) }
            defer { close(descriptor) }
            try folded.fill(companion: companion, from: descriptor)
        }
        do {
            try Self.read(folded.path) { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        } catch {
            guard case .corrupt = StoreError(error) else { throw error }
            return nil
        }
        try own(folded)
        try folded.sync()
        return folded
    }

    /// The last numbers of proposals that the old database has given, by the letters before them; nil where there is
    /// none, or it cannot be read.
    private func numbersGiven(_ folded: Draft?) throws -> [String: Int]? {
        guard old.size > 0, folded != nil || beside.isEmpty else { return nil }
        // SQLite would write beside the database itself.
        let copy = try folded ?? Draft(in: folder, prefix: Self.prefix)
        if folded == nil { try copy.fill(from: lock.descriptor) }
        do {
            return try Self.read(copy.path) { database in
                guard try database.tableExists("number_given") else { return nil }
                let rows = try Row.fetchAll(database, sql: "SELECT kind, last FROM number_given")
                return Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
            }
        } catch {
            guard StoreError(error).isDamage else { throw error }
            return nil
        }
    }

    /// Has proposals numbered after all that were given: ids that people type are never given twice.
    private func continueNumbers(after numbers: [String: Int]?, in fresh: Draft) throws {
        try Self.read(fresh.path) { database in
            try database.inTransaction {
                for kind in Set(numbers?.keys.map(\.self) ?? []).union(["pr", "rp"]).sorted() {
                    try database.execute(
                        sql: """
                            INSERT INTO number_given (kind, last) VALUES (?1, coalesce(?2, ?3))
                            ON CONFLICT (kind) DO UPDATE SET last = CASE WHEN ?2 IS NULL THEN last + ?3
                                ELSE max(last, ?2) END
                            """, arguments: [kind, numbers.map { $0[kind] ?? 0 }, Self.numbersPassedOver])
                }
                return .commit
            }
        }
        try fresh.sync()
    }

    /// Makes a draft the old database's owner's, or the folder's where there was none.
    private func own(_ draft: Draft) throws {
        if old.size > 0 {
            try draft.adopt(old)
        } else if let above = FileStatus(of: folder.descriptor), let own = FileStatus(of: draft.descriptor),
            above.owner != own.owner
        {
            guard fchown(draft.descriptor, above.owner, above.group) == 0 else {
                throw StoreError.failed("given to its owner", draft.path)
            }
        }
    }

    private static func read<Result>(_ path: String, _ body: (Database) throws -> Result) throws -> Result {
        let queue = try DatabaseQueue(path: path)
        let result = try queue.writeWithoutTransaction(body)
        try queue.close()
        return result
    }

    private static func head(_ database: Database) throws -> Head? {
        try Row.fetchOne(database, sql: "SELECT number, at, digest FROM event ORDER BY number DESC LIMIT 1")
            .map { Head(event: $0[0], seconds: $0[1], digest: $0[2]) }
    }
}

extension Restoration {
    private func place(_ fresh: Draft, _ folded: Draft?) throws {
        let aside = freeName()
        if let folded { try exchange(folded) }
        for companion in Draft.companions where folder.status(of: name + companion) != nil {
            try move(name + companion, to: aside + companion)
        }
        try folder.sync()
        try observe()
        try exchange(fresh)
        if old.size > 0 { try move((folded ?? fresh).name, to: aside) }
        try folder.sync()
        try observe()
    }

    private func exchange(_ draft: Draft) throws {
        try folder.exchange(draft.name, name)
        undo.append { [folder, name] in try? folder.exchange(draft.name, name) }
        try folder.sync()
        try observe()
    }

    private func move(_ from: String, to other: String) throws {
        try folder.rename(from, to: other)
        setAside.append(folder.path(of: other))
        undo.append { [folder] in _ = try? folder.rename(other, to: from) }
        try observe()
    }

    /// The first name for what is set aside that nothing has, nor anything beside it.
    private func freeName() -> String {
        var number = 1
        while true {
            let aside = "\(name).before-restore-\(number)"
            let isFree = ([""] + Draft.companions).allSatisfy { folder.status(of: aside + $0) == nil }
            if isFree { return aside }
            number += 1
        }
    }

    private func checkPlaced(_ head: Head) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: lock.path, configuration: configuration)
        defer { try? queue.close() }
        try queue.read { database in
            let found = try String.fetchAll(database, sql: "PRAGMA quick_check(10)")
            guard try found == ["ok"] && Self.head(database) == head else {
                throw StoreError.corrupt("what was put in its place is not what was checked")
            }
        }
        try observe()
    }

    /// Nothing can fail any more that would matter: what is left over goes.
    private func finish(_ fresh: Draft, _ folded: Draft?) {
        // Its name has the folded database now, or the empty file that the lock was taken on.
        if folded != nil || old.size == 0 { folder.remove(fresh.name) }
        try? folder.sync()
    }
}
