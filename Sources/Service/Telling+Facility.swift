internal import Clinic
internal import Planning
internal import Systemd
internal import Wire

extension Telling {
    /// What the journal is told of a loss that hits visits.
    func entry(of hit: VisitsHit) -> JournalEntry {
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

    /// What the journal is told of visits that were changed together.
    func entries(of rearranged: VisitsRearranged) -> [JournalEntry] {
        let isUndone = rearranged.changes.contains { $0.action == .undone }
        let calls = Set(rearranged.changes.filter { !PlanDifference($0).calls.isEmpty }.map(\.patient)).count
        let (count, unplaced) = (rearranged.visits.count, rearranged.unplaced.count)
        let what = rearranged.purpose == .repair ? "repair" : "improvement"
        var text = "\(what) \(isUndone ? "taken back" : "made"): \(count == 1 ? "1 visit" : "\(count) visits") changed"
        if unplaced > 0 { text += ", \(unplaced) without a place" }
        if calls > 0 { text += ", \(calls == 1 ? "1 patient" : "\(calls) patients") to be called" }
        return [entry(.repairApplied, text, fields: [.count(count)])] + rearranged.changes.compactMap(slipping)
    }
}
