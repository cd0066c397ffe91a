package import Planning

extension Event {
    /// The changes of courses that it records, each with everything before and after.
    package var courseChanges: [CourseChanged] {
        switch self {
        case .course(let event): event.change.map { [$0] } ?? []
        case .repair(let event): event.changes
        case .service, .configuration, .patient, .visit, .availability, .waiting, .alert: []
        }
    }

    /// Whether it changes when the clinic is open, or which chairs and staff there are and when.
    package var changesAvailability: Bool {
        switch self {
        case .configuration(let event): event.changesAvailability
        case .availability: true
        case .service, .patient, .course, .visit, .waiting, .alert, .repair: false
        }
    }

    /// Whether it may change who and what is there on a day.
    func touches(_ day: DayCalendar) -> Bool {
        switch self {
        case .configuration(let event): event.changesAvailability
        case .availability(let event): event.exception.touches(day)
        case .service, .patient, .course, .visit, .waiting, .alert, .repair: false
        }
    }

    /// Whether what it is about is other than before: not, where something only fell due, was hit, proposed or refused,
    /// or became free.
    package var changesSubjects: Bool {
        switch self {
        case .configuration, .patient, .availability: true
        case .course(let event): event.touched != nil
        case .visit(let event): !event.visits.isEmpty
        case .waiting(let event): event.kind != .placesFreed
        case .repair(let event): !event.changes.isEmpty
        case .service, .alert: false
        }
    }

    /// The visits that it makes or changes, in no particular order.
    package var visits: [VisitID] {
        switch self {
        case .course(let event): event.touched?.visits ?? []
        case .visit(let event): event.visits
        case .repair(let event): event.changes.flatMap { $0.visits.map(\.id) }
        case .patient(let event): event.merge?.visits ?? []
        case .service, .configuration, .availability, .waiting, .alert: []
        }
    }

    /// The courses that it makes or changes, in no particular order.
    package var courses: [CourseID] {
        switch self {
        case .course(let event): event.touched.map { [$0.course] } ?? []
        case .repair(let event): event.changes.map(\.course)
        case .patient(let event): event.merge?.courses ?? []
        case .service, .configuration, .visit, .availability, .waiting, .alert: []
        }
    }
}
