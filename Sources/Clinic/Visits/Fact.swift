/// Something that happened on a visit's day. It stands beside the plan and never changes the place.
package struct Fact: Hashable, Sendable {
    /// What happened. The raw value is its name everywhere.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case arrived
        /// An adult who takes the patient home is known.
        case escortConfirmed
        /// One of the type's arrival checks is met; `detail` names it.
        case checkMet
        /// The first stage began.
        case started
        /// The stage of `number` (from 0) began.
        case stageBegun
        /// The stage was interrupted.
        case paused
        /// The stage went on.
        case continued
        /// It will be later by `number` minutes than planned.
        case delayed
        /// The patient left; `detail` is full or partial.
        case discharged
        /// It began although something that a start asks for was missing; `detail` names that.
        case overridden
        /// The patient was called about it; `detail` is the outcome, `number` the start that it then had, minutes since
        /// 1970 UTC.
        case called
        /// The patient sits in another chair than planned; `detail` is its id.
        case seated
        /// Another person than planned fills a label; `detail` is label=person.
        case attended
    }

    package let kind: Kind
    package let at: Instant
    /// A stage's index from 0, or minutes; see `Kind`.
    package let number: Int?
    /// A word of the configuration; see `Kind`. Never free text.
    package let detail: String?

    /// Something that happened at an instant.
    package init(_ kind: Kind, at: Instant, number: Int? = nil, detail: String? = nil) {
        self.kind = kind
        self.at = at
        self.number = number
        self.detail = detail
    }
}

extension Visit {
    /// When something last happened, if it did.
    package func time(of kind: Fact.Kind) -> Instant? { facts.last { $0.kind == kind }?.at }

    /// When the stage that is under way began.
    package var stageBegan: Instant? { facts.last { $0.kind == .started || $0.kind == .stageBegun }?.at }

    /// When the stage that is under way was interrupted, in order of time: each until it went on, the last perhaps
    /// still.
    package var interruptions: [(from: Instant, until: Instant?)] {
        let stage = facts.lastIndex { $0.kind == .started || $0.kind == .stageBegun }
        let own = facts.enumerated().filter { index, fact in
            guard fact.kind == .paused || fact.kind == .continued else { return false }
            // What was recorded later may have happened before the stage began, and the other way round.
            guard let stage, fact.at <= facts[stage].at else { return true }
            return fact.at == facts[stage].at && index > stage
        }.map(\.element).sorted { $0.at < $1.at }
        var found: [(from: Instant, until: Instant?)] = []
        for fact in own {
            let isOpen = found.last.map { $0.until == nil } ?? false
            if fact.kind == .paused, !isOpen {
                found.append((from: fact.at, until: nil))
            } else if fact.kind == .continued, isOpen {
                found[found.count - 1].until = fact.at
            }
        }
        return found
    }

    /// When the stage that is under way has taken some seconds, interruptions not counted; nil where none is under way,
    /// or it is interrupted before.
    package func stageReaches(seconds: Int) -> Instant? {
        guard let began = stageBegan else { return nil }
        var left = seconds
        var since = began
        for pause in interruptions {
            let worked = pause.from.seconds - since.seconds
            if worked >= left { break }
            guard let until = pause.until else { return nil }
            left -= worked
            since = until
        }
        return Instant(seconds: since.seconds + left)
    }

    /// Minutes by which it is known to be later than planned.
    package var delayMinutes: Int { facts.last { $0.kind == .delayed }?.number ?? 0 }
}
