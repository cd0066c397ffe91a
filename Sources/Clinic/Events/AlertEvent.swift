/// Something that time brought.
package enum AlertEvent: Hashable, Sendable {
    case raised(Alert)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case raised = "alertRaised"
    }

    var kind: Kind {
        switch self {
        case .raised: .raised
        }
    }

    /// What it is about.
    var subjects: [Subject] {
        switch self {
        case .raised(let alert): [alert.subject]
        }
    }

    func apply(to state: inout ClinicState) {
        switch self {
        case .raised(let alert): state.alertedThrough = max(state.alertedThrough ?? alert.due, alert.due)
        }
    }
}
