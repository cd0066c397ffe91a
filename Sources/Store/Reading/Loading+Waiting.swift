import Clinic
import GRDB
import Planning
import StrictJSON

extension Loading {
    /// The waiting list and the open offers.
    func readWaiting(into frame: inout ClinicFrame) throws {
        frame.waiting = try rows(
            "SELECT id, course, patient, visit, earlier, windows, since, declined FROM waiting"
        ).map { row in
            guard let windows = stored(row[5], { $0.array(of: WeekWindow.init(payload:)) }),
                let declined = stored(row[7], { $0.array { $0.pair() } })
            else { throw StoreError.unreadableRow(table: "waiting", key: row[0]) }
            return WaitingEntry(
                id: WaitingID(row[0] as String), course: CourseID(row[1] as String),
                patient: PatientID(row[2] as String), visit: (row[3] as String?).map { VisitID($0) },
                earlier: row[4], windows: windows, since: Instant(seconds: row[6]), declined: declined)
        }
        frame.offers = try rows("SELECT id, entry, course, patient, until, moves, gain FROM offer").map { row in
            guard let moves = stored(row[5], { $0.array(of: Offer.Move.init(payload:)) }), !moves.isEmpty,
                let gain = try? JSONValue(parsing: row[6] as String).decode(OfferGain.init(payload:))
            else { throw StoreError.unreadableRow(table: "offer", key: row[0]) }
            return Offer(
                id: OfferID(row[0] as String), entry: WaitingID(row[1] as String),
                course: CourseID(row[2] as String), patient: PatientID(row[3] as String), moves: moves,
                until: Instant(seconds: row[4]), gain: gain)
        }
    }

    /// A list in JSON, empty where there is no text; nil where it cannot be read.
    private func stored<Element>(_ text: String?, _ read: (JSONReader) -> [Element]?) -> [Element]? {
        guard let text else { return [] }
        return try? JSONValue(parsing: text).decode(read)
    }
}
