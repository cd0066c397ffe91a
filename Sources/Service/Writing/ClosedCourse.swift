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

    /// Takes in a course that is over, so that it can be shown, and a change of it be refused for what it is. Where the
    /// state has the course already, it takes in those of the course's visits that it does not hold.
    ///
    /// An open course is held whole: a row that tells more of one was written after this state, or before it.
    mutating func admit(_ closed: ClosedCourse) {
        let known = course(closed.course.id)
        let course = known ?? closed.course
        guard !course.status.isOpen else { return }
        if known == nil { admit(course) }
        let own = Set(course.visits)
        for visit in closed.visits where own.contains(visit.id) && self.visit(visit.id) == nil { admit(visit) }
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

extension StoreTransaction {
    /// A course by its name, open or closed, as the transaction has it: what an earlier command of the same turn took
    /// away is gone.
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
        if case .noSuchCourse(let id) = self { return .course(CourseID(id)) }
        if case .noSuchVisit(let id) = self { return .visit(VisitID(id)) }
        return nil
    }
}

extension Decision {
    /// The course or visit that is not known; nil for every other decision.
    var missingCourse: CourseName? {
        guard case .refused(let refusal, _) = self else { return nil }
        return refusal.missingCourse
    }
}

extension ClinicRefusal {
    /// The course or visit that is not known; nil for every other refusal.
    fileprivate var missingCourse: CourseName? {
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
        try snapshot.admit(name) { name throws(ClinicInterface.Failure) in try records.closedCourse(name) }
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
