import Clinic
import Planning

extension AuditChanges {
    /// What an event about the waiting list changed.
    func of(_ event: WaitingEvent) -> [AuditChangeMessage] {
        switch event {
        case .added(let entry): [change(subject(entry), "waiting", nil, words(entry))]
        case .removed(let entry): [change(subject(entry), "waiting", words(entry), nil)]
        case .offerMade(let offer):
            offer.moves.map { move in
                change(move.visit.text, "offered", start(move.from), "\(start(move.to)) \(move.to.chair)")
            }
        case .offerClosed(let closed):
            [change(closed.offer.moves[0].visit.text, "offer", closed.offer.id.text, closed.outcome.rawValue)]
        case .placesFreed(let freed):
            freed.places.map { freed in
                let entries = freed.entries.map(\.text).joined(separator: ", ")
                return change(
                    freed.place.visit?.text ?? freed.place.chair.text, "freed", instant(freed.place.interval.from * 60),
                    "may be wanted by \(entries)")
            }
        }
    }

    private func words(_ entry: WaitingEntry) -> String {
        let windows = entry.windows.map { window in
            window.days.sorted { $0.rawValue < $1.rawValue }.map(\.name).joined(separator: ",") + " "
                + ClockWindow(window.hours).text
        }
        return ([entry.id.text] + (entry.earlier ? ["earlier"] : []) + windows).joined(separator: ", ")
    }

    private func subject(_ entry: WaitingEntry) -> String { entry.visit?.text ?? entry.course.text }
}
