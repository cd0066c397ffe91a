import Clinic
import Planning

extension AuditChanges {
    /// What an event about a course changed.
    func of(_ event: CourseEvent) -> [AuditChangeMessage] {
        switch event {
        case .templateRecorded: []
        case .booked(let booked):
            booked.visits.map { visit in
                change(visit.id.text, "booked", nil, "\(start(visit.image.place)) \(visit.image.place.chair)")
            }
        case .refused(let refused):
            [
                change(
                    refused.patient.text, "refused", nil,
                    ([refused.regimen.text] + refused.rules.map(\.rawValue)).joined(separator: " "))
            ]
        case .changed(let changed): of(changed)
        }
    }

    /// What became of a course and its visits.
    func of(_ changed: CourseChanged) -> [AuditChangeMessage] {
        (changed.former.map { [change(changed.course.text, "patient", $0.text, changed.patient.text)] } ?? [])
            + of(changed.before, changed.after, changed.course.text)
            + changed.visits.flatMap { of($0.before, $0.after, $0.id.text) }
    }

    private func of(_ before: VisitImage?, _ after: VisitImage?, _ id: String) -> [AuditChangeMessage] {
        guard let before, let after else {
            return [
                change(
                    id, "booked", before.map { "\(start($0.place)) \($0.place.chair)" },
                    after.map { "\(start($0.place)) \($0.place.chair)" })
            ]
        }
        let pairs: [(String, String?, String?)] = [
            ("start", start(before.place), start(after.place)),
            ("chair", before.place.chair.text, after.place.chair.text),
            ("staff", staff(before.place), staff(after.place)),
            ("status", status(before.status), status(after.status)),
            ("told", yes(before.told), yes(after.told)), ("pinned", yes(before.pinned), yes(after.pinned)),
            ("heard", heard(before), heard(after)),
            ("to be told", yes(before.needsCall), yes(after.needsCall)),
            ("not made up", yes(before.isForgone), yes(after.isForgone)),
            ("number", String(before.number), String(after.number)), ("phase", before.phase, after.phase),
            ("rules set aside", rules(before), rules(after)),
        ]
        let facts = after.facts.dropFirst(before.facts.count).map { fact in
            // A call keeps the start that the visit then had.
            let number = fact.number.map { fact.kind == .called ? "about \(instant($0 * 60))" : String($0) }
            let more = [number, fact.detail].compactMap(\.self)
            return change(
                id, "fact", nil, ([fact.kind.rawValue, instant(fact.at.seconds)] + more).joined(separator: " "))
        }
        return pairs.filter { $0.1 != $0.2 }.map { change(id, $0.0, $0.1, $0.2) } + facts
    }

    /// What the patient heard of a visit, where that it was told does not say it.
    private func heard(_ visit: VisitImage) -> String? { visit.told ? nil : visit.heard?.words }

    private func of(_ before: CourseImage?, _ after: CourseImage, _ id: String) -> [AuditChangeMessage] {
        let (old, new) = (before?.wish, after.wish)
        let (was, now) = (before?.progress ?? CourseProgress(), after.progress)
        var changes: [(String, String?, String?)] = [
            ("status", before?.status.rawValue, after.status.rawValue),
            ("usual time", clock(before?.usual), clock(after.usual)),
            ("template", before?.template.text, after.template.text),
            ("no later than", old?.endDay?.description, new.endDay?.description),
            ("with", old?.preferredPerson?.text, new.preferredPerson?.text),
            ("gates open", list(was.openGates), list(now.openGates)),
            ("held until", was.heldUntil.map { instant($0.seconds) }, now.heldUntil.map { instant($0.seconds) }),
        ]
        let others = [
            old?.availability == new.availability ? nil : "hours", old?.preferred == new.preferred ? nil : "preferred",
            old?.blackoutDays == new.blackoutDays ? nil : "days away", old?.features == new.features ? nil : "chairs",
            old?.authorisations == new.authorisations ? nil : "authorisations",
        ].compactMap(\.self)
        if before != nil, !others.isEmpty { changes.append(("wishes", nil, others.joined(separator: ", "))) }
        changes += now.assessments.dropFirst(was.assessments.count).map { ("score", nil, "\($0.measure) \($0.score)") }
        changes += now.prerequisites.dropFirst(was.prerequisites.count).map { ("in place", nil, $0.name) }
        changes += now.doneTasks.subtracting(was.doneTasks).sorted().map { ("task done", nil, $0) }
        return changes.filter { $0.1 != $0.2 }.map { change(id, $0.0, $0.1, $0.2) }
    }

    private func status(_ status: VisitStatus) -> String {
        switch status {
        case .tentative, .confirmed, .arrived, .noShow, .omitted: status.name
        case .inProgress(let stage): "\(status.name), stage \(stage + 1)"
        case .completed(let given): "\(status.name), \(given.rawValue)"
        case .notTreated(let obstacle): "\(status.name), \(obstacle.rawValue)"
        case .cancelled(let notice, let reason): "\(status.name), \(notice.rawValue), \(reason.rawValue)"
        }
    }

    private func rules(_ image: VisitImage) -> String? {
        list(Set(image.overrides.keys.map(\.rawValue)))
    }

    private func yes(_ isSo: Bool) -> String { isSo ? "yes" : "no" }

    private func clock(_ minute: Int?) -> String? { minute.map { ClockTime(minutes: $0).text } }
}
