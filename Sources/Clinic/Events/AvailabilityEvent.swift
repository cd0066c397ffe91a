import Planning

/// Staff, chairs or hours became other than configured for a while, or are as configured again.
package enum AvailabilityEvent: Hashable, Sendable {
    /// An exception became known.
    case added(AvailabilityException)
    /// An exception was taken back; it is told as it was.
    case removed(AvailabilityException)

    /// The kind of event. The raw value is its name in the record: that of the exception, and what became of it.
    package enum Kind: RawRepresentable, CaseIterable, Hashable, Sendable {
        case added(AvailabilityException.Kind)
        case removed(AvailabilityException.Kind)

        /// Each exception added and removed, in the order of the exceptions.
        package static var allCases: [Kind] {
            AvailabilityException.Kind.allCases.flatMap { [.added($0), .removed($0)] }
        }

        /// The kind of a name in the record; nil where it is none of these.
        package init?(rawValue: String) {
            guard let kind = Kind.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = kind
        }

        /// The kind's name in the record.
        package var rawValue: String {
            switch self {
            case .added(let kind): "\(kind.rawValue)Added"
            case .removed(let kind): "\(kind.rawValue)Removed"
            }
        }
    }

    var kind: Kind {
        switch self {
        case .added(let exception): .added(exception.kind)
        case .removed(let exception): .removed(exception.kind)
        }
    }

    /// What became known or was taken back.
    package var exception: AvailabilityException {
        switch self {
        case .added(let exception), .removed(let exception): exception
        }
    }

    /// What it is about.
    var subjects: [Subject] { [exception.subject] }

    func apply(to state: inout ClinicState) {
        switch self {
        case .added(let exception): state.add(exception)
        case .removed(let exception): state.remove(exception)
        }
    }

    /// Takes it back: what became known is as configured again.
    func undone(_ number: Int, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
        switch self {
        case .added(let exception):
            guard context.state.holds(exception) else {
                throw .refused(.unknown(exception.kind.refused, exception.id))
            }
            return .accepted([.availability(.removed(exception))], PrivateDetails(), .done)
        case .removed: throw .unchangeable(.lasting(event: number))
        }
    }
}
