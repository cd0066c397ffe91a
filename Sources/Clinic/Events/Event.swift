/// Something that happened to the clinic, with its outcome: applying it plans nothing and reads no file. Each subject
/// has its events, with all that the clinic must know of each kind, in a file of its own.
package enum Event: Hashable, Sendable {
    /// The service began or ended.
    case service(ServiceEvent)
    case configuration(ConfigurationEvent)
    case patient(PatientEvent)
    /// One course, or what courses follow.
    case course(CourseEvent)
    /// Booked visits, without anybody's wish.
    case visit(VisitEvent)
    /// Staff, chairs and hours.
    case availability(AvailabilityEvent)
    case waiting(WaitingEvent)
    case alert(AlertEvent)
    /// Visits of several courses together.
    case repair(RepairEvent)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: RawRepresentable, CaseIterable, Hashable, Sendable {
        case service(ServiceEvent.Kind)
        case configuration(ConfigurationEvent.Kind)
        case patient(PatientEvent.Kind)
        case course(CourseEvent.Kind)
        case visit(VisitEvent.Kind)
        case availability(AvailabilityEvent.Kind)
        case waiting(WaitingEvent.Kind)
        case alert(AlertEvent.Kind)
        case repair(RepairEvent.Kind)

        /// Those of every subject, in the order of the subjects.
        package static let allCases: [Kind] = {
            let kinds: [[Kind]] = [
                ServiceEvent.Kind.allCases.map { .service($0) },
                ConfigurationEvent.Kind.allCases.map { .configuration($0) },
                PatientEvent.Kind.allCases.map { .patient($0) },
                CourseEvent.Kind.allCases.map { .course($0) },
                VisitEvent.Kind.allCases.map { .visit($0) },
                AvailabilityEvent.Kind.allCases.map { .availability($0) },
                WaitingEvent.Kind.allCases.map { .waiting($0) },
                AlertEvent.Kind.allCases.map { .alert($0) },
                RepairEvent.Kind.allCases.map { .repair($0) },
            ]
            return kinds.flatMap(\.self)
        }()

        private static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

        /// The kind of a name in the record; nil where there is no such kind.
        package init?(rawValue: String) {
            guard let kind = Kind.named[rawValue] else { return nil }
            self = kind
        }

        /// The kind's name in the record.
        package var rawValue: String {
            switch self {
            case .service(let kind): kind.rawValue
            case .configuration(let kind): kind.rawValue
            case .patient(let kind): kind.rawValue
            case .course(let kind): kind.rawValue
            case .visit(let kind): kind.rawValue
            case .availability(let kind): kind.rawValue
            case .waiting(let kind): kind.rawValue
            case .alert(let kind): kind.rawValue
            case .repair(let kind): kind.rawValue
            }
        }
    }

    /// Which kind it is of.
    package var kind: Kind {
        switch self {
        case .service(let event): .service(event.kind)
        case .configuration(let event): .configuration(event.kind)
        case .patient(let event): .patient(event.kind)
        case .course(let event): .course(event.kind)
        case .visit(let event): .visit(event.kind)
        case .availability(let event): .availability(event.kind)
        case .waiting(let event): .waiting(event.kind)
        case .alert(let event): .alert(event.kind)
        case .repair(let event): .repair(event.kind)
        }
    }

    /// What it is about, each once, most particular first.
    package var subjects: [Subject] {
        switch self {
        case .service(let event): event.subjects
        case .configuration(let event): event.subjects
        case .patient(let event): event.subjects
        case .course(let event): event.subjects
        case .visit(let event): event.subjects
        case .availability(let event): event.subjects
        case .waiting(let event): event.subjects
        case .alert(let event): event.subjects
        case .repair(let event): event.subjects
        }
    }
}

/// An event as it is recorded: with its number, moment, author and reason.
package struct RecordedEvent: Hashable, Sendable {
    /// Its number, from 1 without a hole; `e9120` for people.
    package let number: Int
    package let at: Instant
    package let caller: Caller
    /// Why; the note that may go with it is kept apart under the event's number.
    package let reason: Reason.Code?
    /// The caller's id of the request.
    package let request: String?
    package let event: Event

    /// An event with everything that is recorded with it.
    package init(number: Int, at: Instant, caller: Caller, reason: Reason.Code?, request: String?, event: Event) {
        self.number = number
        self.at = at
        self.caller = caller
        self.reason = reason
        self.request = request
        self.event = event
    }
}

extension ClinicState {
    /// The events of one command as they are to be recorded next after this state.
    package func recorded(_ events: [Event], under origin: EventOrigin) -> [RecordedEvent] {
        events.enumerated().map { offset, event in
            RecordedEvent(
                number: lastEvent + 1 + offset, at: origin.at, caller: origin.caller,
                reason: origin.reason?.code, request: origin.request, event: event)
        }
    }
}
