import Clinic
import Planning

extension AuditChanges {
    /// What an event about visits of several courses changed, or would change.
    func of(_ event: RepairEvent) -> [AuditChangeMessage] {
        switch event {
        case .proposed(let proposed):
            proposed.moves.flatMap { move in
                move.to.map { ways(of: move, to: $0) } ?? [
                    change(move.visit.text, "would be without a place", nil, nil)
                ]
            }
        case .changed(let made): made.changes.flatMap { of($0) }
        }
    }

    /// What a way that is proposed would change.
    private func ways(of move: ScheduleChange.Move, to place: Place) -> [AuditChangeMessage] {
        let pairs = [
            ("would start", start(move.from), start(place)), ("would have", move.from.chair.text, place.chair.text),
            ("would be with", staff(move.from), staff(place)),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { change(move.visit.text, $0.0, $0.1, $0.2) }
    }
}
