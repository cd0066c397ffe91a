import HashTreeCollections
package import Planning

/// What stands in the way of an import: where in its file, and what.
package struct ImportProblem: Hashable, Sendable {
    /// The line of the file, from 1; 0 where it concerns the whole.
    package let line: Int
    /// What is wrong, without what identifies a patient.
    package let message: String

    /// Why a record number that is like an id cannot be taken.
    fileprivate static let likeID = "has the form of an id, so that it could mean another patient"

    /// A problem on a line of the file, from 1; 0 where it concerns the whole.
    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}

/// What an import brought.
package struct ImportedClinic: Hashable, Sendable {
    /// The patients of the file by their ids here, in its order.
    package var patients: [PatientID] = []
    /// How many of them were not known before.
    package var newPatients = 0
    /// The courses of the file by their ids here, in its order.
    package var courses: [CourseID] = []
    /// How many visits came with them.
    package var visits = 0
    /// How many visits were planned for courses that came without any.
    package var planned = 0
    /// Absences, outages, closures and openings.
    package var availabilities = 0
}

/// Takes in what an export file says, all or nothing: patients, courses and visits as they stand, absences, outages,
/// closures and openings. The configuration in force stays; it must have every chair and person that is named.
///
/// In a clinic to which nothing has come yet ids stay as they are; otherwise all get new ones. Patients are known by
/// their record numbers, and stay as they are here. What only somebody decided on stays as it is in the file: a visit
/// may break opening hours or gaps here as it did there. That no chair is taken twice and nobody carries more than they
/// can is required. A course that was given elsewhere so far (`adopted`) and has no visits is planned.
///
/// - Parameter known: the ids of patients who are known here, by record number.
func importClinic(
    _ export: ClinicExport, known: [String: PatientID], _ state: ClinicState, _ calendar: PlanningCalendar,
    _ now: Instant
) throws(DecisionFailure) -> Decision {
    guard let configuration = state.configuration else { return .refused(.notConfigured, []) }
    var problems = ImportCheck(export, configuration.facility, state, now).problems
    let names = ImportNames(export, known: known, state)
    let listed = export.visits.map { names.visit($0, in: export) }
    problems += export.patients.filter { known[$0.details.record] == nil && idForm(of: $0.details.record) != nil }
        .map { ImportProblem(line: $0.line, message: "the record number of \($0.id) \(ImportProblem.likeID)") }
    problems += export.sameRecordNumbers
    problems += overlaps(among: listed, export, with: state, configuration.facility)
    guard problems.isEmpty else { return .refused(.unimportable(problems.sorted { $0.line < $1.line }), []) }
    var coming = Coming(state: state, calendar: calendar, now: now)
    let availabilities = availabilityEvents(of: export, names)
    coming.take(availabilities)
    var beside = PrivateDetails()
    let new = export.patients.filter { known[$0.details.record] == nil }
    for patient in new { beside.patients[names.patients[patient.id] ?? patient.id] = patient.details }
    let ids = new.map { names.patients[$0.id] ?? $0.id }.sorted { $0.number < $1.number }
    coming.take(ids.isEmpty ? [] : [.patient(.imported(ids))])
    coming.take(names.newTemplates.map { .course(.templateRecorded($0)) })
    var imported = ImportedClinic(
        patients: export.patients.map { names.patients[$0.id] ?? $0.id }, newPatients: new.count { !$0.isAnothers },
        availabilities: availabilities.count)
    let visits = Dictionary(grouping: listed, by: \.course)
    for course in export.courses.sorted(by: { names.courseNumber($0.id) < names.courseNumber($1.id) }) {
        let id = names.courses[course.id] ?? course.id
        let own = visits[id, default: []]
        imported.visits += own.count
        if let payer = course.payer { beside.payers[id] = payer }
        coming.take([names.event(course, own)])
        guard own.isEmpty, course.image.status == .active, course.image.progress.adoptedFrom != nil else { continue }
        switch try coming.plan(id) {
        case .planned(let count): imported.planned += count
        case .refused(let refusal):
            let message = "what is left of course \(course.id) cannot be planned: \(refusal.importWords)"
            return .refused(.unimportable([ImportProblem(line: course.line, message: message)]), [])
        }
    }
    coming.take(names.standings(of: new))
    imported.courses = export.courses.map { names.courses[$0.id] ?? $0.id }
    return .accepted(coming.events, beside, .imported(imported))
}

/// What is to come: the state as the events so far make it. Its planning calendar is made when a course is planned:
/// most files have none that is, and many visits.
private struct Coming {
    private(set) var state: ClinicState
    private(set) var events: [Event] = []
    private var calendar: PlanningCalendar
    /// The state that the calendar is of, where it is behind.
    private var behind: (state: ClinicState, events: [Event])?
    private let now: Instant

    /// What became of planning the rest of a course.
    enum Result {
        case planned(Int)
        case refused(ClinicRefusal)
    }

    init(state: ClinicState, calendar: PlanningCalendar, now: Instant) {
        self.state = state
        self.calendar = calendar
        self.now = now
    }

    mutating func take(_ more: [Event]) {
        if more.isEmpty { return }
        let before = state
        let nobody = Caller(uid: 0, user: "", pid: 0, role: .viewer)
        for event in state.recorded(more, under: EventOrigin(at: now, caller: nobody)) { apply(event, to: &state) }
        behind = (behind?.state ?? before, (behind?.events ?? []) + more)
        events += more
    }

    private mutating func bringCalendarUp() {
        guard let behind else { return }
        refresh(&calendar, from: behind.state, to: state, by: behind.events)
        self.behind = nil
    }

    /// Plans what is left of a course that has no visits here.
    mutating func plan(_ id: CourseID) throws(DecisionFailure) -> Result {
        bringCalendarUp()
        do throws(DecisionFailure) {
            var draft = try CourseDraft(id, .other, DecisionContext(state, calendar, now, explains: false))
            // A gate that the course has passed elsewhere is open.
            for passed in draft.template.regimen.phases {
                if passed.gate != nil { draft.progress.openGates.insert(passed.name) }
                if passed.name == draft.progress.adoptedFrom?.phase { break }
            }
            try draft.replan()
            guard case .accepted(let more, _, _) = draft.decision(.courseReplanned) else { return .planned(0) }
            take(more)
            return .planned(more.flatMap(\.visits).count)
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            return .refused(refusal)
        }
    }
}

extension ClinicRefusal {
    /// In a few words, for a problem of an import.
    fileprivate var importWords: String {
        switch self {
        case .noPlan(let refusal): "no place for visit \(refusal.visit) (\(refusal.phase))"
        case .unchangeable, .notConfigured, .unknown, .stale, .fixed, .recordNumber, .recordNumberLikeID,
            .sameRecordNumber, .endsBeforeStart, .unimportable, .conflicts:
            "the rules forbid it"
        }
    }
}

private func availabilityEvents(of export: ClinicExport, _ names: ImportNames) -> [Event] {
    var counters = names.counters
    let stays = names.keepsIDs
    return export.closures.sorted { $0.id.number < $1.id.number }.map { closure -> Event in
        .availability(
            .added(.closure(stays ? closure : DatedClosure(id: counters.nextClosure(), closure: closure.closure))))
    }
        + export.openings.sorted { $0.id.number < $1.id.number }.map { opening in
            .availability(
                .added(.opening(stays ? opening : DatedOpening(id: counters.nextOpening(), opening: opening.opening))))
        }
        + export.shifts.sorted { $0.id.number < $1.id.number }.map { shift in
            .availability(.added(.shift(stays ? shift : DatedShift(id: counters.nextShift(), shift: shift.shift))))
        }
        + export.absences.sorted { $0.id.number < $1.id.number }.map { absence in
            .availability(
                .added(.timeOff(stays ? absence : Absence(id: counters.nextAbsence(), timeOff: absence.timeOff))))
        }
        + export.outages.sorted { $0.id.number < $1.id.number }.map { outage in
            .availability(
                .added(.outage(stays ? outage : ChairOutage(id: counters.nextOutage(), outage: outage.outage))))
        }
}

extension ClinicExport {
    /// Patients whose record numbers are compared alike: they would be one.
    fileprivate var sameRecordNumbers: [ImportProblem] {
        var firsts: [String: ListedPatient] = [:]
        return patients.compactMap { patient in
            let key = RecordNumber.key(of: patient.details.record)
            guard let first = firsts.updateValue(patient, forKey: key), first.details.record != patient.details.record
            else { return nil }
            return ImportProblem(
                line: patient.line,
                message: "the record number of \(patient.id) is that of \(first.id) but for case and blanks")
        }
    }
}
