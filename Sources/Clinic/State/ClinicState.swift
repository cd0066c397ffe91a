package import HashTreeCollections
package import Planning

/// The clinic at one moment, as a value: cheap to copy, safe to share. Changed by `apply` alone.
///
/// It holds what is open, and every course with a visit from some day on: courses whole, with all their visits.
/// Whatever else there was is in the record.
package struct ClinicState: Hashable, Sendable {
    /// The configuration in force; nil before the first one.
    package internal(set) var configuration: ClinicConfiguration?
    /// Chairs and persons that were configured once and are no more.
    package internal(set) var retired = Retired()
    package internal(set) var patients: TreeDictionary<PatientID, Patient> = [:]
    package internal(set) var templates: TreeDictionary<TemplateID, Template> = [:]
    /// The template last recorded for each regimen.
    package internal(set) var latestTemplates: TreeDictionary<RegimenID, TemplateID> = [:]
    package internal(set) var courses: TreeDictionary<CourseID, Course> = [:]
    package internal(set) var visits: TreeDictionary<VisitID, Visit> = [:]
    /// Visits by day, whatever their status, ascending by start and then by the number in their id.
    package internal(set) var visitsByDay: TreeDictionary<Day, [VisitID]> = [:]
    /// Each patient's courses, ascending by the number in their id.
    package internal(set) var coursesByPatient: TreeDictionary<PatientID, [CourseID]> = [:]
    /// Visits of which somebody whose they were is still to be told that they are another patient's.
    package internal(set) var givenAway: TreeSet<VisitID> = []
    package internal(set) var absences: TreeDictionary<AbsenceID, Absence> = [:]
    package internal(set) var outages: TreeDictionary<OutageID, ChairOutage> = [:]
    /// Closures added by command, by id.
    package internal(set) var closures: TreeDictionary<ClosureID, DatedClosure> = [:]
    /// Extra openings added by command, by id.
    package internal(set) var openings: TreeDictionary<OpeningID, DatedOpening> = [:]
    /// Who waits for a place, by id.
    package internal(set) var waiting: TreeDictionary<WaitingID, WaitingEntry> = [:]
    /// Places that are held for those who wait, by id.
    package internal(set) var offers: TreeDictionary<OfferID, Offer> = [:]
    /// Extra shifts, by id.
    package internal(set) var shifts: TreeDictionary<ShiftID, DatedShift> = [:]
    /// The last numbers given.
    package internal(set) var counters = Counters()
    /// The number of the last event; 0 before the first.
    package internal(set) var lastEvent = 0
    /// When the last event was.
    package internal(set) var lastInstant: Instant?
    /// What fell due through this instant has been told: that of the last event, or the due time of a later alert.
    /// Before anything else is recorded, what is due by then is. Where the clock was set back, something that is due
    /// later may have been told as well: the record has it.
    package internal(set) var alertedThrough: Instant?

    /// A clinic to which nothing has happened yet.
    package init() {}
}

extension ClinicState {
    /// The state with only what is open or reaches to `day`: open courses, those of which a patient is still to be told
    /// something or a form is owed, and those with a visit on the day or later, each with all its visits. Half a course
    /// would be taken for a whole one.
    package func trimmed(from day: Day) -> ClinicState {
        var trimmed = self
        for (id, course) in courses
        where !course.status.isOpen && !owesAnything(course)
            && !visits(of: course).contains(where: { $0.day >= day })
        {
            for visit in course.visits { trimmed.remove(visit) }
            trimmed.courses[id] = nil
            let others = trimmed.coursesByPatient[course.patient, default: []].filter { $0 != id }
            trimmed.coursesByPatient[course.patient] = others.isEmpty ? nil : others
        }
        return trimmed
    }
}

/// What the clinic's tables hold beside patients, templates, courses and visits.
package struct ClinicTables: Hashable, Sendable {
    /// The configuration in force; nil before the first one.
    package var configuration: ClinicConfiguration?
    /// Chairs and persons that were configured once and are no more.
    package var retired = Retired()
    /// The last numbers given.
    package var counters = Counters()
    /// The number of the last event.
    package var lastEvent = 0
    /// When the last event was.
    package var lastInstant: Instant?
    /// The due time of the last alert.
    package var alertedThrough: Instant?
    package var absences: [Absence] = []
    package var outages: [ChairOutage] = []
    /// Closures added by command.
    package var closures: [DatedClosure] = []
    /// Extra openings added by command.
    package var openings: [DatedOpening] = []
    /// Who waits for a place.
    package var waiting: [WaitingEntry] = []
    /// Places that are held for those who wait.
    package var offers: [Offer] = []
    package var shifts: [DatedShift] = []

    package init() {}
}

extension ClinicState {
    /// A state as it was stored, to which patients, templates, courses and visits are then admitted in this order.
    package init(_ frame: ClinicTables) {
        configuration = frame.configuration
        retired = frame.retired
        counters = frame.counters
        lastEvent = frame.lastEvent
        lastInstant = frame.lastInstant
        alertedThrough = frame.alertedThrough
        absences = TreeDictionary(frame.absences.map { ($0.id, $0) }) { first, _ in first }
        outages = TreeDictionary(frame.outages.map { ($0.id, $0) }) { first, _ in first }
        closures = TreeDictionary(frame.closures.map { ($0.id, $0) }) { first, _ in first }
        openings = TreeDictionary(frame.openings.map { ($0.id, $0) }) { first, _ in first }
        waiting = TreeDictionary(frame.waiting.map { ($0.id, $0) }) { first, _ in first }
        offers = TreeDictionary(frame.offers.map { ($0.id, $0) }) { first, _ in first }
        shifts = TreeDictionary(frame.shifts.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Takes in a patient, new or as stored.
    package mutating func admit(_ patient: Patient) { patients[patient.id] = patient }

    /// Knows of all that falls due through an instant that it was told before, while the clock was ahead.
    package mutating func knowsTold(through instant: Instant) {
        alertedThrough = alertedThrough.map { max($0, instant) }
    }

    /// Takes in a template; templates are admitted in the order of their numbers.
    package mutating func admit(_ template: Template) {
        templates[template.id] = template
        // One that was made for one course is no regimen for others.
        if template.derivedFrom == nil { latestTemplates[template.regimen.id] = template.id }
    }

    /// Takes in a course, new or as stored (a closed one that a command names, too).
    package mutating func admit(_ course: Course) {
        if courses.updateValue(course, forKey: course.id) == nil {
            coursesByPatient[course.patient, default: []].insertSorted(course.id) { $0.number < $1.number }
        }
    }

    /// Takes in a visit, new or as stored, or replaces it.
    package mutating func admit(_ visit: Visit) {
        if visit.formerPatients.isEmpty { givenAway.remove(visit.id) } else { givenAway.insert(visit.id) }
        if let before = visits[visit.id], before.place.minute == visit.place.minute, before.day == visit.day {
            visits[visit.id] = visit
            return
        }
        takeOut(visit.id)
        visits[visit.id] = visit
        let known = visits
        visitsByDay[visit.day, default: []].insertSorted(visit.id) { left, right in
            let minutes = (known[left]?.place.minute ?? 0, known[right]?.place.minute ?? 0)
            return minutes.0 != minutes.1 ? minutes.0 < minutes.1 : left.number < right.number
        }
    }

    /// Takes a visit out that never came to be.
    mutating func remove(_ id: VisitID) {
        givenAway.remove(id)
        takeOut(id)
    }

    private mutating func takeOut(_ id: VisitID) {
        guard let visit = visits.removeValue(forKey: id) else { return }
        let others = visitsByDay[visit.day, default: []].filter { $0 != id }
        visitsByDay[visit.day] = others.isEmpty ? nil : others
    }
}

extension Array {
    /// Inserts an element behind all that come before it; the array is sorted.
    fileprivate mutating func insertSorted(_ element: Element, by precedes: (Element, Element) -> Bool) {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if precedes(element, self[middle]) { high = middle } else { low = middle + 1 }
        }
        insert(element, at: low)
    }
}
