import Clinic
import Foundation
import GRDB
import Planning
import StrictJSON

/// A row of the record: an event with its payload as stored and its place in the chain of digests.
struct EventRow {
    let number: Int
    let kind: String
    let version: Int
    let at: Int
    let uid: Int
    let user: String
    let pid: Int
    let role: String
    let reason: String?
    let request: String?
    let payload: [UInt8]
    /// The digest of the row before; 32 zeros before the first.
    let previous: [UInt8]

    static let origin = [UInt8](repeating: 0, count: 32)

    init(_ recorded: RecordedEvent, after previous: [UInt8]) {
        number = recorded.number
        kind = recorded.event.kind.rawValue
        version = recorded.event.payloadVersion
        at = recorded.at.seconds
        uid = recorded.caller.uid
        user = recorded.caller.user
        pid = recorded.caller.pid
        role = recorded.caller.role.rawValue
        reason = recorded.reason?.rawValue
        request = recorded.request
        payload = recorded.event.payload.bytes()
        self.previous = previous
    }

    /// The digest of all that the row holds: every field preceded by its length, so that no two rows read alike.
    var digest: [UInt8] {
        var bytes = previous
        func append(_ field: some Collection<UInt8>) {
            let count = UInt64(field.count)
            bytes.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * UInt64($0))) })
            bytes.append(contentsOf: field)
        }
        bytes.reserveCapacity(payload.count + 256)
        for field in [
            String(number), kind, String(version), String(at), String(uid), user, String(pid), role, reason ?? "",
            request ?? "",
        ] {
            append(field.utf8)
        }
        append(payload)
        return SHA256.digest(of: bytes)
    }
}

/// A row of the record as it was read, with the digest that stands in it.
struct StoredEvent {
    let row: EventRow
    let digest: [UInt8]

    /// The row at a cursor over `EventRow.columns`.
    ///
    /// - Throws: `StoreError.unreadable`, or `.unreadableRow` where not even its number can be read.
    init(_ row: Row) throws(StoreError) {
        let stored = StoredRow(row, of: "event")
        let number = try stored.integer(0, in: 1...StoredRow.numbers.upperBound)
        do throws(StoreError) {
            self.row = try EventRow(stored, number: number)
            digest = try stored.digest(12)
        } catch {
            guard case .unreadableRow(_, _, let why) = error else { throw error }
            throw .unreadable(event: number, why)
        }
    }

    /// Whether the row is what was recorded: its digest is that of what it holds.
    var isIntact: Bool { digest == row.digest && row.reason != "" && row.request != "" }

    /// The event that the row records.
    ///
    /// - Throws: `StoreError.unreadable` where it is not what was recorded, or is not understood here.
    func recorded() throws(StoreError) -> RecordedEvent {
        let recorded = try row.recorded()
        guard isIntact else {
            throw .unreadable(event: row.number, "it is not what was recorded: its digest is another")
        }
        return recorded
    }
}

extension EventRow {
    static let columns = "number, kind, version, at, uid, user, pid, role, reason, request, payload, previous, digest"

    fileprivate init(_ row: StoredRow, number: Int) throws(StoreError) {
        self.number = number
        kind = try row.text(1)
        version = try row.integer(2)
        at = try row.integer(3, in: StoredRow.moments)
        uid = try row.integer(4)
        user = try row.text(5)
        pid = try row.integer(6)
        role = try row.text(7)
        reason = try row.optionalText(8)
        request = try row.optionalText(9)
        payload = Array(try row.text(10).utf8)
        previous = try row.digest(11)
    }

    /// Appends the row to the table of events.
    func insert(_ database: Database, digest: [UInt8]) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO event (\(EventRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            number, kind, version, at, uid, user, pid, role, reason, request,
            String(decoding: payload, as: UTF8.self), Data(previous), Data(digest),
        ])
    }

    /// The event that the row records.
    ///
    /// - Throws: `StoreError.unreadable`.
    func recorded() throws(StoreError) -> RecordedEvent {
        guard let role = Role(rawValue: role) else {
            throw .unreadable(event: number, "the role \(role) is not known here")
        }
        let event: Event
        do {
            event = try Event(kind: kind, version: version, payload: payload)
        } catch {
            throw StoreError.unreadable(event: number, error.why)
        }
        return RecordedEvent(
            number: number, at: Instant(seconds: at),
            caller: Caller(uid: uid, user: user, pid: pid, role: role),
            reason: reason.map { Reason.Code(rawValue: $0) ?? .other }, request: request, event: event)
    }
}
