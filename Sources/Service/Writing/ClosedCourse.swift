internal import Clinic
internal import Planning
internal import Store
internal import Wire

/// How somebody names a course: by its id, or by that of one of its visits.
enum CourseName: Hashable, Sendable {
    case course(CourseID)
    case visit(VisitID)
}

/// A course that the state does not hold since it is over, with all its visits.
struct ClosedCourse: Sendable {
    let course: Course
    let visits: [Visit]
}

extension ClinicState {
    /// Whether the state has what is named.
    func holds(_ name: CourseName) -> Bool {
        switch name {
        case .course(let id): course(id) != nil
        case .visit(let id): visit(id) != nil
        }
    }

    /// Takes in a course that is over, so that it can be shown, and a change of it be refused for what it is.
    mutating func admit(_ closed: ClosedCourse) {
        guard course(closed.course.id) == nil else { return }
        admit(closed.course)
        for visit in closed.visits { admit(visit) }
    }
}

extension Store {
    /// A course by its name, open or closed.
    func closedCourse(_ name: CourseName) throws(StoreError) -> ClosedCourse? {
        let id: CourseID?
        switch name {
        case .course(let course): id = course
        case .visit(let visit): id = try course(of: visit)
        }
        guard let id, let found = try course(id) else { return nil }
        return ClosedCourse(course: found.course, visits: found.visits)
    }
}

extension ClinicInterface.Failure {
    /// The course or visit that is not known; nil for every other failure.
    var missingCourse: CourseName? {
        switch self {
        case .noSuchCourse(let id): .course(CourseID(id))
        case .noSuchVisit(let id): .visit(VisitID(id))
        default: nil
        }
    }
}

extension ClinicRefusal {
    /// The course or visit that is not known; nil for every other refusal.
    var missingCourse: CourseName? {
        guard case .unknown(let kind, let id) = self else { return nil }
        return kind == .course ? .course(CourseID(id)) : kind == .visit ? .visit(VisitID(id)) : nil
    }
}

extension ClinicMethods {
    /// The present state with a course that is named, be it long over.
    func snapshot(with name: CourseName) throws(ClinicInterface.Failure) -> Snapshot {
        var snapshot = publication.current
        _ = try admit(name, to: &snapshot)
        return snapshot
    }

    /// Takes in a course that is over.
    ///
    /// - Returns: whether there is one that was not there.
    func admit(_ name: CourseName, to snapshot: inout Snapshot) throws(ClinicInterface.Failure) -> Bool {
        guard !snapshot.state.holds(name), let closed = try records.closedCourse(name) else { return false }
        snapshot.state.admit(closed)
        return true
    }

    /// Takes in all courses of a patient, those that are long over too.
    func admitCourses(
        of patient: PatientID, to snapshot: inout Snapshot
    ) throws(ClinicInterface.Failure) {
        for id in try records.courses(of: patient) where snapshot.state.course(id) == nil {
            if let closed = try records.closedCourse(.course(id)) { snapshot.state.admit(closed) }
        }
    }

    /// Takes in all visits of a day that is over, of courses that are over too.
    func admitVisits(on day: Day, to snapshot: inout Snapshot) throws(ClinicInterface.Failure) {
        for visit in try records.visits(on: day) where snapshot.state.visit(visit.id) == nil {
            snapshot.state.admit(visit)
        }
    }
}
