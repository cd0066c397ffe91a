import Clinic
import GRDB
import Planning
import StrictJSON

extension Loading {
    /// The waiting list and the open offers.
    func readWaiting(into frame: inout ClinicTables) throws {
        frame.waiting = try rows(
            "SELECT id, course, patient, visit, earlier, windows, since, declined FROM waiting", of: "waiting"
        ).map { row in
            WaitingEntry(
                id: try row.id(0, WaitingID.self, "w", through: given.waiting),
                course: try row.id(1, CourseID.self, "c", through: given.course),
                patient: try row.id(2, PatientID.self, "p", through: given.patient),
                visit: try row.optionalID(3, VisitID.self, "v", through: given.visit), earlier: try row.flag(4),
                windows: try row.list(5, WeekWindow.init(payload:)), since: try row.instant(6),
                declined: try row.list(7, Codec.pair.read))
        }
        frame.offers = try rows("SELECT id, entry, course, patient, until, moves, gain FROM offer", of: "offer")
            .map { try offer($0) }
    }

    private func offer(_ row: StoredRow) throws(StoreError) -> Offer {
        let offer = Offer(
            id: try row.id(0, OfferID.self, "f", through: given.offer),
            entry: try row.id(1, WaitingID.self, "w", through: given.waiting),
            course: try row.id(2, CourseID.self, "c", through: given.course),
            patient: try row.id(3, PatientID.self, "p", through: given.patient),
            moves: try row.json(5) { $0.array(count: 1 ... .max, of: Offer.Move.init(payload:)) },
            until: try row.instant(4), gain: try row.json(6, OfferGain.init(payload:)))
        if let flaw = offer.flaw { throw row.damage(5, flaw) }
        return offer
    }
}
