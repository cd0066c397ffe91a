/// What somebody may do; each includes those before it. The raw value is its name everywhere.
package enum Role: String, CaseIterable, Hashable, Comparable, Sendable {
    case viewer
    case scheduler
    /// Decides on gates, assessments and what was given.
    case clinician
    case admin

    package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .scheduler: 1
        case .clinician: 2
        case .admin: 3
        }
    }
}

/// Who asks: a process at the other end of the socket, or the service itself.
package struct Caller: Hashable, Sendable {
    package var uid: Int
    package var user: String
    package var pid: Int
    /// What they may do.
    package var role: Role

    /// A user's process with what it may do.
    package init(uid: Int, user: String, pid: Int, role: Role) {
        self.uid = uid
        self.user = user
        self.pid = pid
        self.role = role
    }
}

/// Why something is done.
package struct Reason: Hashable, Sendable {
    /// The kind of reason; this much is part of the record. The raw value is its name everywhere.
    package enum Code: String, CaseIterable, Hashable, Sendable {
        case patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather
        case correction, other
    }

    /// The kind of reason.
    package var code: Code
    /// In somebody's own words; kept apart from events.
    package var note: String?

    /// A kind of reason and a note in somebody's own words.
    package init(_ code: Code, note: String? = nil) {
        self.code = code
        self.note = note
    }
}

/// Under what circumstances a command is given: everything that is recorded with its events.
package struct EventOrigin: Hashable, Sendable {
    package var at: Instant
    package var caller: Caller
    package var reason: Reason?
    /// The caller's id of the request, by which a repetition is known.
    package var request: String?

    /// When, by whom, why and in which request.
    package init(at: Instant, caller: Caller, reason: Reason? = nil, request: String? = nil) {
        self.at = at
        self.caller = caller
        self.reason = reason
        self.request = request
    }
}
