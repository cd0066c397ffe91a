internal import Clinic
internal import Planning
internal import Systemd

extension JournalText {
    /// What the journal is told of an event about booked visits.
    func entries(of event: VisitEvent) -> [JournalEntry] {
        switch event {
        case .hit(let hit): unattended(of: hit) + [entry(of: hit)]
        case .retimed: []
        }
    }

    /// The visits under way that a loss hits and that nobody who is there can take over.
    private func unattended(of hit: VisitsHit) -> [JournalEntry] {
        let underWay = hit.visits.compactMap { snapshot.state.visit($0.visit) }.filter(\.status.isInProgress)
        guard let day = underWay.first?.day else { return [] }
        var found: ScheduleChangeResult?
        do {
            found = try proposeRepair(
                day: day, state: snapshot.state, calendar: snapshot.calendar, now: recorded.at)
        } catch {
            // Where the calendar ends too early nobody knows of a way.
            found = nil
        }
        var left = Set(underWay.map(\.id))
        if case .found(let repair)? = found { left.formIntersection(repair.unresolved.map(\.visit)) }
        return underWay.filter { left.contains($0.id) }.map(unattended)
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
