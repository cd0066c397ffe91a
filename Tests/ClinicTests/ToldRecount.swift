import Clinic
import Planning

/// Counts again, from the record alone, what patients were told and what is booked: by code that shares nothing with
/// what lists calls, and does not look at what visits say was heard.
struct ToldRecount {
    /// What a patient was told of a visit.
    enum Told: Hashable {
        case at(PromisedTime)
        case off
    }

    private(set) var told: [VisitID: Told] = [:]
    /// Visits of which somebody said that they had been told, and took it back: whether they were is not known.
    private(set) var doubtful: Set<VisitID> = []
    private var booked: [VisitID: VisitImage] = [:]
    private var templates: [TemplateID: Template] = [:]
    /// By the numbers of the events that recorded facts, what was told before them.
    private var toldBefore: [Int: [VisitID: Told]] = [:]

    mutating func follow(_ recorded: RecordedEvent) {
        if case .course(.templateRecorded(let template)) = recorded.event { templates[template.id] = template }
        if case .course(.booked(let new)) = recorded.event {
            for visit in new.visits {
                booked[visit.id] = VisitImage(
                    number: visit.number, phase: visit.phase, visitType: visit.visitType, status: .tentative,
                    place: visit.place, heard: nil)
                if visit.told { told[visit.id] = .at(visit.place.start) }
            }
        }
        for changed in recorded.event.courseChanges {
            if [.factRecorded, .factCorrected].contains(changed.action) { toldBefore[recorded.number] = told }
            follow(changed)
        }
    }

    private mutating func follow(_ changed: CourseChanged) {
        for change in changed.visits {
            if change.before == nil, let after = change.after { takeOver(change.id, after, of: changed) }
            booked[change.id] = change.after
        }
        for change in changed.visits {
            guard let after = change.after else { continue }
            let hadHeard = told[change.id]
            if tells(change, after, changed) { told[change.id] = after.status.occupies ? .at(after.place.start) : .off }
            if case .cancelled(_, let reason) = after.status, changed.action == .visitCancelled,
                change.id == changed.about, [.patientRequest, .patientUnwell, .transport].contains(reason),
                told[change.id] != nil
            {
                told[change.id] = .off
            }
            if after.status == .omitted, let before = change.before, told[change.id] == .at(before.place.start),
                [.noShow, .notTreated(.ate), .notTreated(.other)].contains(before.status)
            {
                told[change.id] = .off
            }
            if told[change.id] != hadHeard { doubtful.remove(change.id) }
            // Whoever did not come was told nothing by coming.
            if changed.action == .undone, let before = changed.undoes.flatMap({ toldBefore[$0] }),
                change.before?.place.start != after.place.start || change.before?.status.occupies == false
            {
                told[change.id] = before[change.id]
            }
            if changed.action == .undone, told[change.id] != nil { doubtful.insert(change.id) }
        }
    }

    private func tells(
        _ change: CourseChanged.VisitChange, _ after: VisitImage, _ changed: CourseChanged
    ) -> Bool {
        switch changed.action {
        case .callRecorded:
            let new = after.facts.dropFirst(change.before?.facts.count ?? 0)
            let isReached = new.contains { $0.kind == .called && $0.detail == "reached" }
            let isToCome = after.status == .tentative || after.status == .confirmed
            return isReached && (isToCome || (told[change.id] != nil && !after.status.occupies))
        case .visitConfirmed: return change.id == changed.about
        case .heldProposalBooked:
            return templates[changed.after.template]?.phase(after.phase)?.confirm == .booking
        case .offerAccepted: return change.before?.place != after.place
        case .factRecorded, .factCorrected:
            // Who is treated on another day than planned, or after all, knows where.
            let isTakenUp = change.before.map { !$0.status.occupies } ?? false
            return change.id == changed.about && after.status.occupies
                && (isTakenUp || change.before?.place.start != after.place.start)
        case .undone: return false
        default:
            // Whoever is here when their visit is moved knows where it is.
            if case .inProgress = after.status { return change.before?.place != after.place }
            return after.status == .arrived && change.before?.place != after.place
        }
    }

    /// A visit that is made anew for a turn at the very time at which its patient was told that the turn's is.
    private mutating func takeOver(_ id: VisitID, _ new: VisitImage, of changed: CourseChanged) {
        let same = changed.visits.map(\.id) + booked.keys.sorted { $0.number < $1.number }
        for other in same where other != id && told[other] == .at(new.place.start) {
            guard let image = changed.visits.first(where: { $0.id == other })?.after ?? booked[other],
                !image.status.occupies, !image.isTakenBack, image.phase == new.phase, image.number == new.number,
                new.heard != nil
            else { continue }
            told[id] = told[other]
            told[other] = .off
        }
    }

    /// What must be on the list of calls, by visit: why, and by which minute at the latest where that is to come.
    var difference: [VisitID: (purpose: PhoneCall.Purpose, latest: Int)] {
        var found: [VisitID: (purpose: PhoneCall.Purpose, latest: Int)] = [:]
        for (id, image) in booked {
            guard let told = told[id] else { continue }
            let own = image.place.start
            func minute(_ time: PromisedTime) -> Int { time.day.number * 1440 + time.clock }
            switch (image.status, told) {
            case (.tentative, .at(let time)) where time != own, (.confirmed, .at(let time)) where time != own:
                found[id] = (.changed, min(minute(time), minute(own)))
            case (.tentative, .off), (.confirmed, .off): found[id] = (.changed, minute(own))
            case (.cancelled, .at(let time)), (.omitted, .at(let time)): found[id] = (.calledOff, minute(time))
            case (.noShow, .at(let time)) where time != own: found[id] = (.calledOff, minute(time))
            default: break
            }
        }
        return found
    }
}
