package import Clinic
package import Planning

// The audit from what is recorded.

extension AuditEntryMessage {
    /// An event with what it changed.
    ///
    /// - Parameters:
    ///   - note: what somebody wrote about it.
    ///   - visit: a visit to which the changes are restricted, where the question is about one.
    package init(_ recorded: RecordedEvent, note: String?, about visit: VisitID? = nil, _ offsets: ClockOffsets) {
        let event = EventMessage(recorded, offsets)
        var about: VisitID?
        var undoes: Int?
        var detail: String?
        var action = event.kind
        if case .courseChanged(let changed) = recorded.event {
            about = changed.about
            undoes = changed.undoes
            detail = changed.detail
            action = ActionCode(changed.action)
        }
        if case .repairProposed(let proposed) = recorded.event { detail = proposed.proposal }
        if case .visitsRearranged(let rearranged) = recorded.event { detail = rearranged.proposed.map { "e\($0)" } }
        self.init(
            event: recorded.number, at: event.at, uid: recorded.caller.uid, user: recorded.caller.user,
            pid: recorded.caller.pid, role: recorded.caller.role.rawValue, action: action, patient: event.patient,
            course: event.course, visits: event.visits, about: about?.text, detail: detail,
            alert: event.alert, reason: recorded.reason?.rawValue, note: note, request: recorded.request,
            undoes: undoes,
            changes: AuditChanges(offsets).of(recorded.event).filter { change in
                visit.map { change.subject == $0.text } ?? true
            })
    }
}

/// Brings what an event changed into words: properties before and after.
private struct AuditChanges {
    let offsets: ClockOffsets

    init(_ offsets: ClockOffsets) { self.offsets = offsets }

    func of(_ event: Event) -> [AuditChangeMessage] {
        switch event {
        case .courseBooked(let booked):
            return booked.visits.map { visit in
                change(visit.id.text, "booked", nil, "\(start(visit.place)) \(visit.place.chair)")
            }
        case .courseRefused(let refused):
            return [
                change(
                    refused.patient.text, "refused", nil,
                    ([refused.regimen.text] + refused.rules.map(\.rawValue)).joined(separator: " "))
            ]
        case .courseChanged(let changed):
            return of(changed.before, changed.after, changed.course.text)
                + changed.visits.flatMap { of($0.before, $0.after, $0.id.text) }
        case .visitsRetimed(let retimings):
            return retimings.map {
                change($0.visit.text, "instant", instant($0.from * 60), instant($0.to * 60))
            }
        case .timeOffAdded(let absence):
            return [change(absence.timeOff.person.text, "off", nil, span(absence.timeOff.interval))]
        case .timeOffRemoved(let absence):
            return [change(absence.timeOff.person.text, "off", span(absence.timeOff.interval), nil)]
        case .outageAdded(let outage):
            return [change(outage.outage.chair.text, "out", nil, span(outage.outage.interval))]
        case .outageRemoved(let outage):
            return [change(outage.outage.chair.text, "out", span(outage.outage.interval), nil)]
        case .closureAdded(let closure): return [change("clinic", "closed", nil, days(closure))]
        case .closureRemoved(let closure): return [change("clinic", "closed", days(closure), nil)]
        case .openingAdded(let opening): return [change("clinic", "open", nil, hours(opening))]
        case .openingRemoved(let opening): return [change("clinic", "open", hours(opening), nil)]
        case .alertRaised(let alert):
            return [change(alert.subject.id, alert.kind.rawValue, nil, instant(alert.due.seconds))]
        case .visitsRearranged(let rearranged):
            return rearranged.changes.flatMap { changed in
                of(changed.before, changed.after, changed.course.text)
                    + changed.visits.flatMap { of($0.before, $0.after, $0.id.text) }
            }
        case .visitsHit(let hit):
            return hit.visits.map {
                change($0.visit.text, "hit", nil, $0.rules.map(\.rawValue).joined(separator: ", "))
            }
        case .repairProposed(let proposed):
            return proposed.moves.flatMap { move in
                move.to.map { ways(of: move, to: $0) } ?? [
                    change(move.visit.text, "would be without a place", nil, nil)
                ]
            }
        case .shiftAdded(let dated): return [change(dated.shift.person.text, "works", nil, hours(dated.shift))]
        case .shiftRemoved(let dated): return [change(dated.shift.person.text, "works", hours(dated.shift), nil)]
        case .waitingAdded, .waitingRemoved, .offerMade, .offerClosed, .placesFreed: return ofWaiting(event)
        case .serviceStarted, .serviceStopped, .configurationAdopted, .patientAdded, .patientsImported,
            .patientDetailsChanged, .templateRecorded:
            return []
        }
    }

    /// What a way that is proposed would change.
    private func ways(of move: Rearrangement.Move, to place: Place) -> [AuditChangeMessage] {
        let pairs = [
            ("would start", start(move.from), start(place)), ("would have", move.from.chair.text, place.chair.text),
            ("would be with", staff(move.from), staff(place)),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { change(move.visit.text, $0.0, $0.1, $0.2) }
    }

    private func ofWaiting(_ event: Event) -> [AuditChangeMessage] {
        func words(_ entry: WaitingEntry) -> String {
            let windows = entry.windows.map { window in
                window.days.sorted { $0.rawValue < $1.rawValue }.map(\.name).joined(separator: ",") + " "
                    + ClockWindow(window.hours).text
            }
            return ([entry.id.text] + (entry.earlier ? ["earlier"] : []) + windows).joined(separator: ", ")
        }
        func subject(_ entry: WaitingEntry) -> String { entry.visit?.text ?? entry.course.text }
        switch event {
        case .waitingAdded(let entry): return [change(subject(entry), "waiting", nil, words(entry))]
        case .waitingRemoved(let entry): return [change(subject(entry), "waiting", words(entry), nil)]
        case .offerMade(let offer):
            return offer.moves.map { move in
                change(move.visit.text, "offered", start(move.from), "\(start(move.to)) \(move.to.chair)")
            }
        case .offerClosed(let closed):
            return [change(closed.offer.moves[0].visit.text, "offer", closed.offer.id.text, closed.outcome.rawValue)]
        case .placesFreed(let freed):
            return freed.places.map { freed in
                let entries = freed.entries.map(\.text).joined(separator: ", ")
                return change(
                    freed.place.visit?.text ?? freed.place.chair.text, "freed", instant(freed.place.interval.from * 60),
                    "may be wanted by \(entries)")
            }
        case .serviceStarted, .serviceStopped, .configurationAdopted, .patientAdded, .patientsImported,
            .patientDetailsChanged, .templateRecorded, .courseBooked, .courseRefused, .timeOffAdded, .timeOffRemoved,
            .outageAdded, .outageRemoved, .closureAdded, .closureRemoved, .openingAdded, .openingRemoved,
            .visitsRetimed, .courseChanged, .alertRaised, .repairProposed, .visitsHit, .visitsRearranged, .shiftAdded,
            .shiftRemoved:
            return []
        }
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
            ("first with", old?.preferredPerson?.text, new.preferredPerson?.text),
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

    // MARK: Words

    private func change(_ subject: String, _ what: String, _ before: String?, _ after: String?) -> AuditChangeMessage {
        AuditChangeMessage(subject: subject, what: what, before: before, after: after)
    }

    private func start(_ place: Place) -> String { "\(place.day) \(ClockTime(minutes: place.start.clock).text)" }

    private func staff(_ place: Place) -> String {
        (place.persons.map(\.text) + place.handovers.map { "\($0.label) covered by \($0.person)" })
            .joined(separator: ", ")
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

    private func list(_ words: Set<String>) -> String? {
        words.isEmpty ? nil : words.sorted().joined(separator: ", ")
    }

    private func yes(_ isSo: Bool) -> String { isSo ? "yes" : "no" }

    private func clock(_ minute: Int?) -> String? { minute.map { ClockTime(minutes: $0).text } }

    private func instant(_ second: Int) -> String {
        offsets.text(second: second)
    }

    private func span(_ interval: Interval) -> String {
        "\(instant(interval.from * 60)) until \(instant(interval.until * 60))"
    }

    private func days(_ closure: DatedClosure) -> String {
        let (from, through) = (closure.closure.from, closure.closure.through)
        let hours = closure.closure.hours.map { " \(ClockWindow($0).text)" } ?? ""
        return (from == through ? "\(from)" : "\(from) through \(through)") + hours
    }

    private func hours(_ shift: ExtraShift) -> String { "\(shift.day) \(ClockWindow(shift.hours).text)" }

    private func hours(_ opening: DatedOpening) -> String {
        "\(opening.opening.day) \(ClockWindow(opening.opening.hours).text)"
    }
}
