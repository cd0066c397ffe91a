import Clinic
import Planning

extension AuditChanges {
    /// What an event about booked visits changed.
    func of(_ event: VisitEvent) -> [AuditChangeMessage] {
        switch event {
        case .retimed(let retimings):
            retimings.map { change($0.visit.text, "instant", instant($0.from * 60), instant($0.to * 60)) }
        case .hit(let hit):
            hit.visits.map { change($0.visit.text, "hit", nil, $0.rules.map(\.rawValue).joined(separator: ", ")) }
        }
    }
}
