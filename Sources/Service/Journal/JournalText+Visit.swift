internal import Clinic
internal import Planning
internal import Systemd

extension JournalText {
    /// What the journal is told of an event about booked visits.
    func entries(of event: VisitEvent) -> [JournalEntry] {
        switch event {
        case .hit(let hit):
            hit.unattended.compactMap(snapshot.state.visit).map(unattended) + [entry(of: hit)]
        case .retimed: []
        }
    }

    /// That nobody who is there can take over what is left of a visit.
    func unattended(_ visit: Visit) -> JournalEntry {
        entry(
            .visitUnattended,
            "visit \(visit.id) is under way, and nobody who is there can take over what is left of it",
            fields: [.visit(visit.id.text), .course(visit.course.text), .patient(visit.patient.text)])
    }

    /// What the journal is told of a loss that hits visits.
    private func entry(of hit: VisitsHit) -> JournalEntry {
        let first = hit.visits.lazy.compactMap { snapshot.state.visit($0.visit) }.map(\.place.minute).min()
        let due = first.map { text(minute: $0) }
        let visits = hit.visits.count == 1 ? "1 booked visit" : "\(hit.visits.count) booked visits"
        let what: String
        var more: [JournalField] = []
        switch hit.subject {
        case .person(let person):
            what = "\(person) is away"
            more = [.person(person.text)]
        case .chair(let chair):
            what = "\(chair) is out of service"
            more = [.chair(chair.text)]
        case .clinic, .patient, .course, .visit: what = "hours or chairs are lost"
        }
        return entry(
            .resourceLost, "\(what): \(visits) hit" + (due.map { ", the first at \($0)" } ?? ""),
            fields: more + [.count(hit.visits.count)] + (due.map { [.due($0)] } ?? []))
    }
}
