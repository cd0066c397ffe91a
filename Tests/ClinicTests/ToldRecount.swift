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

    /// A patient and a visit.
    struct Key: Hashable {
        let patient: PatientID
        let visit: VisitID
    }

    /// What each patient was told of each visit, be it another one's by now.
    private var known: [Key: Told] = [:]
    /// Whose each visit is.
    private var owners: [VisitID: PatientID] = [:]
    private var courses: [VisitID: CourseID] = [:]
    /// Those whose visits were given to others and who would come to them.
    private(set) var misled: [Key: PromisedTime] = [:]
    /// Visits of which somebody said that they had been told, and took it back: whether they were is not known.
    private(set) var doubtful: Set<VisitID> = []
    /// Of whose former patients that is so.
    private(set) var doubtfulToOthers: Set<VisitID> = []
    private var booked: [VisitID: VisitImage] = [:]
    private var templates: [TemplateID: Template] = [:]
    /// What the patient had been told of a visit whose patient is here on another day than planned.
    private var beforeComing: [VisitID: Told?] = [:]
    /// By the numbers of the events that recorded facts, what was told before them; and so of visits that their
    /// patients called off themselves.
    private var toldBefore: [Int: [Key: Told]] = [:]
    private var ownCancelled: [Int: VisitID] = [:]
    private static let own: Set<Reason.Code> = [.patientRequest, .patientUnwell, .transport]

    /// What the patient whose visit it is was told of it.
    private subscript(_ visit: VisitID) -> Told? {
        get { owners[visit].flatMap { known[Key(patient: $0, visit: visit)] } }
        set { if let owner = owners[visit] { known[Key(patient: owner, visit: visit)] = newValue } }
    }

    mutating func follow(_ recorded: RecordedEvent) {
        if case .course(.templateRecorded(let template)) = recorded.event { templates[template.id] = template }
        if case .course(.booked(let new)) = recorded.event {
            for visit in new.visits {
                booked[visit.id] = visit.image
                owners[visit.id] = new.patient
                courses[visit.id] = new.course
                if visit.image.heard != nil { self[visit.id] = .at(visit.image.place.start) }
            }
        }
        for changed in recorded.event.courseChanges {
            if [.factRecorded, .factCorrected].contains(changed.action) { toldBefore[recorded.number] = known }
            if changed.action == .visitCancelled, let id = changed.about,
                case .cancelled(_, let reason)? = changed.visits.first(where: { $0.id == id })?.after?.status,
                Self.own.contains(reason)
            {
                toldBefore[recorded.number] = known.filter { $0.key.visit == id }
                ownCancelled[recorded.number] = id
            }
            follow(changed)
        }
    }

    private mutating func follow(_ changed: CourseChanged) {
        if let former = changed.former {
            for change in changed.visits { rename(change.id, to: former) }
            give(changed, from: former)
        }
        let unheard = changed.visits.filter { change in
            change.before?.place.start != change.after?.place.start && self[change.id] == nil
        }
        for change in changed.visits {
            if changed.former == nil { rename(change.id, to: changed.patient) }
            owners[change.id] = changed.patient
            courses[change.id] = changed.course
            noteCalls(to: change)
            booked[change.id] = change.after
        }
        for change in changed.visits {
            guard let after = change.after else { continue }
            let hadHeard = self[change.id]
            let isToCome = after.status.isToCome
            if changed.action == .factRecorded, change.id == changed.about, !isToCome {
                let wasToCome = change.before?.status.isToCome ?? false
                if wasToCome { beforeComing[change.id] = .some(hadHeard) }
            }
            if tells(change, after, changed) { self[change.id] = after.status.occupies ? .at(after.place.start) : .off }
            if case .cancelled(_, let reason) = after.status, changed.action == .visitCancelled,
                change.id == changed.about, Self.own.contains(reason),
                self[change.id] != nil
            {
                self[change.id] = .off
            }
            if after.status == .omitted, let before = change.before, self[change.id] == .at(before.place.start),
                [.noShow, .notTreated(.ate), .notTreated(.other)].contains(before.status)
            {
                self[change.id] = .off
            }
            if self[change.id] != hadHeard { doubtful.remove(change.id) }
            // Whose coming was a slip of the pen was told nothing by it.
            if changed.action == .factCorrected, change.id == changed.about, isToCome,
                let before = beforeComing.removeValue(forKey: change.id)
            {
                self[change.id] = before
            }
            // Whoever did not come was told nothing by coming.
            if changed.action == .undone, let undone = changed.undoes, let before = toldBefore[undone],
                ownCancelled[undone].map({ $0 == change.id }) ?? true,
                change.before?.place.start != after.place.start
                    || !(change.before?.status.occupies ?? true) || !after.status.occupies
            {
                self[change.id] = owners[change.id].flatMap { before[Key(patient: $0, visit: change.id)] }
            }
            let wasMisled = (change.before?.formerPatients ?? []) != after.formerPatients
            if changed.action == .undone, self[change.id] != nil { doubtful.insert(change.id) }
            if changed.action == .undone, wasMisled { doubtfulToOthers.insert(change.id) }
        }
        for change in unheard {
            if let after = change.after, after.status.isToCome { takeOver(change.id, after) }
        }
    }

    /// Entries that turned out to be one patient, or two after all: what was told stays told.
    private mutating func rename(_ visit: VisitID, to patient: PatientID) {
        guard let old = owners[visit], old != patient else { return }
        let (from, to) = (Key(patient: old, visit: visit), Key(patient: patient, visit: visit))
        if let told = known.removeValue(forKey: from) { known[to] = told }
        if let time = misled.removeValue(forKey: from) { misled[to] = time }
    }

    private func tells(
        _ change: CourseChanged.VisitChange, _ after: VisitImage, _ changed: CourseChanged
    ) -> Bool {
        // To whoever was not treated, or did not come when they were to, there is nothing to tell of that.
        let isKnown =
            switch after.status {
            case .notTreated: true
            case .noShow: self[change.id] == .at(after.place.start)
            default: false
            }
        if changed.isTold, !isKnown {
            let before = changed.former == nil ? change.before : nil
            let isSame =
                before.map { $0.place.start == after.place.start && $0.status.occupies == after.status.occupies }
                ?? false
            let call = after.facts.last { fact in
                fact.kind == .called && fact.number == (after.status.occupies ? after.place.minute : nil)
                    && !["messageLeft", "wrongNumber"].contains(fact.detail)
            }
            if !isSame || (change.id == changed.about && call?.detail != "declined") {
                return after.status.occupies || self[change.id] != nil
            }
        }
        switch changed.action {
        case .callRecorded:
            let new = after.facts.dropFirst(change.before?.facts.count ?? 0)
            let isReached = new.contains { $0.kind == .called && $0.detail == "reached" }
            let isToCome = after.status.isToCome
            return isReached && (isToCome || (self[change.id] != nil && !after.status.occupies))
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

    /// Visits become another patient's. Whoever would come to them is to be told, until they have been.
    private mutating func give(_ changed: CourseChanged, from former: PatientID) {
        for change in changed.visits {
            guard let before = change.before else { continue }
            if doubtful.contains(change.id) { doubtfulToOthers.insert(change.id) }
            let (old, new) = (Key(patient: former, visit: change.id), Key(patient: changed.patient, visit: change.id))
            misled[new] = nil
            // Told that it is not theirs, they have not heard that it is again.
            if known[new] == .off, changed.action == .courseGiven { known[new] = nil }
            guard case .at(let time)? = known[old] else { continue }
            switch before.status {
            case .tentative, .confirmed, .cancelled, .omitted: misled[old] = time
            case .noShow: if time != before.place.start { misled[old] = time }
            case .arrived, .inProgress, .completed, .notTreated: break
            }
        }
    }

    /// Those whose visit it was and who have been reached.
    private mutating func noteCalls(to change: CourseChanged.VisitChange) {
        let left = Set((change.after?.formerPatients ?? []).map(\.patient))
        for former in (change.before?.formerPatients ?? []) where !left.contains(former.patient) {
            let key = Key(patient: former.patient, visit: change.id)
            guard owners[change.id] != former.patient else { continue }
            known[key] = .off
            misled[key] = nil
        }
    }

    /// A visit that gets the very time of one of its course that was called off, of which its patient was told, is what
    /// they know of.
    private mutating func takeOver(_ id: VisitID, _ new: VisitImage) {
        for (other, image) in booked where other != id && self[other] == .at(new.place.start) {
            guard !image.status.occupies, courses[other] == courses[id], image.visitType == new.visitType
            else { continue }
            self[id] = self[other]
            self[other] = .off
        }
    }

    /// What must be on the list of calls, by visit: why, and by which minute at the latest where that is to come.
    var difference: [VisitID: (purpose: PhoneCall.Purpose, latest: Int)] {
        var found: [VisitID: (purpose: PhoneCall.Purpose, latest: Int)] = [:]
        for (id, image) in booked {
            guard let told = self[id] else { continue }
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

extension VisitStatus {
    fileprivate var isToCome: Bool { self == .tentative || self == .confirmed }
}
