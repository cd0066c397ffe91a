import Clinic
import GRDB
import Planning
import StrictJSON

extension Projection {
    /// Writes what an event about the waiting list changes.
    func write(_ event: WaitingEvent, _ state: ClinicState) throws {
        switch event {
        case .added(let entry): try write(entry)
        case .removed(let entry): try run("DELETE FROM waiting WHERE id = ?", [entry.id.text])
        case .offerMade(let offer): try write(offer)
        case .offerClosed(let closed):
            try run("DELETE FROM offer_hold WHERE offer = ?", [closed.offer.id.text])
            try run("DELETE FROM offer WHERE id = ?", [closed.offer.id.text])
            if let entry = state.waiting(closed.offer.entry) {
                try write(entry)
            } else {
                try run("DELETE FROM waiting WHERE id = ?", [closed.offer.entry.text])
            }
        case .placesFreed: break
        }
    }

    private func write(_ entry: WaitingEntry) throws {
        try run(
            """
            INSERT INTO waiting (id, course, patient, visit, earlier, windows, since, declined)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET declined = excluded.declined
            """,
            [
                entry.id.text, entry.course.text, entry.patient.text, entry.visit?.text, entry.earlier,
                entry.windows.storedPayload?.text(), entry.since.seconds,
                Codec.pair.list.member(entry.declined)?.text(),
            ])
    }

    private func write(_ offer: Offer) throws {
        try run(
            """
            INSERT INTO offer (id, entry, course, patient, until, moves, gain) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                offer.id.text, offer.entry.text, offer.course.text, offer.patient.text, offer.until.seconds,
                offer.moves.payload.text(), offer.gain.payload.text(),
            ])
        for move in offer.moves {
            try run(
                "INSERT INTO offer_hold (offer, visit, chair, start, until) VALUES (?, ?, ?, ?, ?)",
                [
                    offer.id.text, move.visit.text, move.to.chair.text, move.interval.from, move.interval.until,
                ])
        }
    }
}
