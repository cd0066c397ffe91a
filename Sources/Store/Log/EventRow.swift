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
    let caller: Caller
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
        caller = recorded.caller
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
            String(number), kind, String(version), String(at), String(caller.uid), caller.user, String(caller.pid),
            caller.role.rawValue, reason ?? "", request ?? "",
        ] {
            append(field.utf8)
        }
        append(payload)
        return SHA256.digest(of: bytes)
    }
}

extension EventRow {
    static let columns = "number, kind, version, at, uid, user, pid, role, reason, request, payload, previous"

    /// The row at a cursor over `columns`.
    init(_ row: Row) {
        number = row[0]
        kind = row[1]
        version = row[2]
        at = row[3]
        caller = Caller(
            uid: row[4], user: row[5], pid: row[6], role: Role(rawValue: row[7] as String) ?? .viewer)
        reason = row[8]
        request = row[9]
        payload = Array((row[10] as String).utf8)
        previous = Array(row[11] as Data)
    }

    /// Appends the row.
    func insert(_ database: Database, digest: [UInt8]) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO event (\(EventRow.columns), digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            number, kind, version, at, caller.uid, caller.user, caller.pid, caller.role.rawValue, reason, request,
            String(decoding: payload, as: UTF8.self), Data(previous), Data(digest),
        ])
    }

    /// The event that the row records.
    ///
    /// - Throws: `StoreError.unreadable`.
    func recorded() throws(StoreError) -> RecordedEvent {
        let event: Event
        do {
            event = try Event(kind: kind, version: version, payload: payload)
        } catch {
            throw StoreError.unreadable(event: number, error.why)
        }
        return RecordedEvent(
            number: number, at: Instant(seconds: at), caller: caller,
            reason: reason.map { Reason.Code(rawValue: $0) ?? .other }, request: request, event: event)
    }
}
