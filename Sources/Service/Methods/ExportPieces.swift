internal import Clinic
internal import Configuration
internal import HashTreeCollections
internal import Planning
internal import Wire

/// An export file on its way out, piece by piece, from one published state: a value that is taken forward.
struct ExportPieces: Sendable {
    private enum Stage: Sendable {
        case head
        case section(ExportText.Section, next: Int)
        case over
    }

    private let snapshot: Snapshot
    private let at: Instant
    private var writer: ExportText
    private var stage = Stage.head
    /// The ids of what is listed at length, in order.
    private let patients: [PatientID]
    private let templates: [Template]
    private let courses: [CourseID]
    private let visits: [VisitID]

    /// The export of a published state.
    init(_ snapshot: Snapshot, at: Instant) {
        self.snapshot = snapshot
        self.at = at
        writer = ExportText(zone: snapshot.zone)
        let state = snapshot.state
        patients = state.allPatients
        courses = state.allCourses.map(\.id)
        templates = state.templatesInUse
        visits = state.allCourses.flatMap(\.visits).filter { state.visits[$0] != nil }
    }

    /// Whether the whole file has been handed out.
    var isOver: Bool { if case .over = stage { true } else { false } }

    /// The next part of the file, of at least so many bytes unless it is the last.
    ///
    /// - Parameters:
    ///   - details: looks up patients' details, some at a time.
    ///   - payer: looks up who pays for a course.
    mutating func text(
        atLeast bytes: Int,
        details: ([PatientID]) throws(ClinicInterface.Failure) -> [PatientID: PatientDetails],
        payer: (CourseID) throws(ClinicInterface.Failure) -> String?
    ) throws(ClinicInterface.Failure) -> String {
        var text = ""
        while text.utf8.count < bytes {
            switch stage {
            case .head:
                guard let configuration = snapshot.state.configuration else {
                    throw ClinicInterface.Failure(.notConfigured, snapshot: snapshot)
                }
                let last = snapshot.state.lastEvent
                text += writer.head(at: at, lastEvent: last, configuration, snapshot.state.retired)
                enter(.closures, &text)
            case .section(let section, let next):
                let end = min(next + 200, count(of: section))
                let range = next..<max(next, end)
                text += try elements(of: section, range, details: details, payer: payer)
                if end < count(of: section) {
                    stage = .section(section, next: end)
                } else {
                    text += writer.closing()
                    leave(section, &text)
                }
            case .over: return text
            }
        }
        return text
    }

    private mutating func enter(_ section: ExportText.Section, _ text: inout String) {
        text += writer.opening(section)
        stage = .section(section, next: 0)
    }

    private mutating func leave(_ section: ExportText.Section, _ text: inout String) {
        let all = ExportText.Section.allCases
        guard let index = all.firstIndex(of: section), index + 1 < all.count else {
            text += ExportText.tail
            stage = .over
            return
        }
        enter(all[index + 1], &text)
    }

    private func count(of section: ExportText.Section) -> Int {
        switch section {
        case .closures: snapshot.state.closures.count
        case .openings: snapshot.state.openings.count
        case .extraShifts: snapshot.state.shifts.count
        case .timeOff: snapshot.state.absences.count
        case .outOfService: snapshot.state.outages.count
        case .patients: patients.count
        case .templates: templates.count
        case .courses: courses.count
        case .visits: visits.count
        }
    }

    private mutating func elements(
        of section: ExportText.Section, _ range: Range<Int>,
        details: ([PatientID]) throws(ClinicInterface.Failure) -> [PatientID: PatientDetails],
        payer: (CourseID) throws(ClinicInterface.Failure) -> String?
    ) throws(ClinicInterface.Failure) -> String {
        let state = snapshot.state
        var text = ""
        switch section {
        case .closures: for closure in state.allClosures[range] { text += writer.element(closure) }
        case .openings: for opening in state.allOpenings[range] { text += writer.element(opening) }
        case .extraShifts: for shift in state.allShifts[range] { text += writer.element(shift) }
        case .timeOff: for absence in state.allAbsences[range] { text += writer.element(absence) }
        case .outOfService: for outage in state.allOutages[range] { text += writer.element(outage) }
        case .patients:
            let known = try details(Array(patients[range]))
            for id in patients[range] {
                guard let details = known[id] else { continue }
                let standing = state.listedStanding(of: id)
                text += writer.element(ListedPatient(id: id, details: details, standing: standing))
            }
        case .templates:
            for template in templates[range] { text += writer.element(template) }
        case .courses:
            for id in courses[range] {
                guard let course = state.courses[id] else { continue }
                text += writer.element(ListedCourse(course, payer: try payer(id)), template: course.template)
            }
        case .visits:
            for id in visits[range] {
                guard let visit = state.visits[id] else { continue }
                text += writer.element(ListedVisit(visit), type: visit.visitType)
            }
        }
        return text
    }
}
