package import Planning

/// What cannot well be meant: a slip of the finger, answered with what it would mean and taken where it is meant.
package struct FactSlip: Hashable, Sendable {
    /// Why it cannot well be meant.
    package enum Why: Hashable, Sendable {
        /// The visit is of another day.
        case otherDay
        /// So many minutes before its plan, or after it, which is more than `Visit.minutesFromPlan`.
        case farFromPlan(minutes: Int)
        /// What it follows is not recorded; or it happened later, then.
        case before(Fact.Kind, Instant?)
        /// It is recorded already, then.
        case again(Instant?)
        /// A stage before has not begun; its index, from 0.
        case skips(stage: Int)
        /// The visit is over, since then where that is known.
        case ended(VisitStatus, Instant?)
    }

    package let visit: VisitID
    /// What was to be recorded; nil where it was that the patient who came was not treated.
    package let fact: Fact?
    /// Why it cannot well be meant.
    package let why: Why
    /// The visit that the patient has on that day instead, if there is one that could be meant.
    package let meant: VisitID?

    /// Something of a visit that cannot well be meant.
    package init(visit: VisitID, fact: Fact?, why: Why, meant: VisitID? = nil) {
        self.visit = visit
        self.fact = fact
        self.why = why
        self.meant = meant
    }
}

extension Visit {
    /// How far from its plan a fact is taken without asking, minutes.
    static let minutesFromPlan = 240

    /// What happened of a visit from its beginning on: each in its order of time.
    private var steps: [Fact] {
        facts.filter { fact in
            switch fact.kind {
            case .arrived, .started, .stageBegun, .paused, .continued, .discharged: true
            case .escortConfirmed, .checkMet, .delayed, .overridden, .called, .seated, .attended: false
            }
        }
    }

    /// The fact at the moment of what it follows where both happened in one minute: whoever says 9:05 means no second.
    func inOrder(_ fact: Fact) -> Fact {
        switch fact.kind {
        case .escortConfirmed, .delayed, .overridden, .called, .seated, .attended: return fact
        case .arrived, .checkMet, .started, .stageBegun, .paused, .continued, .discharged: break
        }
        guard let last = steps.map(\.at).max(), last > fact.at, last.minute == fact.at.minute else { return fact }
        return Fact(fact.kind, at: last, number: fact.number, detail: fact.detail)
    }

    /// Why a fact cannot well be meant; nil where it can.
    ///
    /// - Parameter day: the one in which it happened; nil where that is not known, long before today.
    func slip(_ fact: Fact, on day: Day?) -> FactSlip.Why? {
        if fact.kind == .called { return nil }
        if status.isOver(for: fact.kind) { return .ended(status, time(of: .discharged)) }
        if isOfAnotherDay(fact, day) { return .otherDay }
        return outOfOrder(fact) ?? minutesTooFar(fact).map { .farFromPlan(minutes: $0) }
    }

    /// Whether a patient who came and was not treated then cannot well have come for this visit: it lies ahead.
    func isAhead(at now: Instant, today: Day) -> Bool {
        guard status == .tentative || status == .confirmed else { return false }
        return day > today || day == today && place.minute - now.minute > Visit.minutesFromPlan
    }

    // MARK: Order

    private func outOfOrder(_ fact: Fact) -> FactSlip.Why? {
        let isHere = status == .arrived || status.isInProgress
        switch fact.kind {
        case .escortConfirmed, .delayed, .overridden, .called, .seated, .attended: return nil
        case .arrived:
            guard isHere else { return nil }
            guard let at = time(of: .arrived) else {
                return status == .arrived ? .again(nil) : later(.started, than: fact)
            }
            return .again(at)
        case .checkMet: return isHere ? earlier(fact, than: [.arrived]) : .before(.arrived, nil)
        case .started:
            if status.isInProgress { return .again(time(of: .started)) }
            return isHere ? earlier(fact, than: [.arrived]) : .before(.arrived, nil)
        case .stageBegun: return stageOutOfOrder(fact)
        case .paused:
            guard status.isInProgress else { return .before(.started, nil) }
            if let open = interruptions.last, open.until == nil { return .again(open.from) }
            return earlier(fact, than: [.started, .stageBegun, .continued])
        case .continued:
            guard status.isInProgress else { return .before(.started, nil) }
            guard let open = interruptions.last, open.until == nil else { return .before(.paused, nil) }
            return earlier(fact, than: [.paused])
        case .discharged:
            guard status.isInProgress else { return .before(.started, nil) }
            return earlier(fact, than: [.arrived, .started, .stageBegun, .paused, .continued])
        }
    }

    private func stageOutOfOrder(_ fact: Fact) -> FactSlip.Why? {
        guard case .inProgress(let stage) = status else { return .before(.started, nil) }
        let next = fact.number ?? stage + 1
        if next <= stage { return .again(stageBegan) }
        if next > stage + 1 { return .skips(stage: stage + 1) }
        return earlier(fact, than: [.started, .stageBegun, .paused, .continued])
    }

    /// That a fact happened before the last of those that it follows.
    private func earlier(_ fact: Fact, than kinds: Set<Fact.Kind>) -> FactSlip.Why? {
        let before = facts.enumerated().filter { kinds.contains($0.element.kind) }
            .max { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        guard let last = before?.element, fact.at.minute < last.at.minute else { return nil }
        return .before(last.kind, last.at)
    }

    /// That a fact happened after one that follows it.
    private func later(_ kind: Fact.Kind, than fact: Fact) -> FactSlip.Why? {
        guard let at = time(of: kind), at.minute < fact.at.minute else { return nil }
        return .again(at)
    }

    // MARK: Day and hour

    /// Whether a fact is of another day than the visit. An escort may be known days ahead; what is under way has its
    /// day, however late it becomes.
    private func isOfAnotherDay(_ fact: Fact, _ day: Day?) -> Bool {
        if status.isInProgress { return false }
        guard let day else { return true }
        return fact.kind == .escortConfirmed ? day > self.day : day != self.day
    }

    /// By how many minutes a fact lies too far from its plan; negative before it. Whoever was late or early by more,
    /// and was meant, has moved what follows.
    private func minutesTooFar(_ fact: Fact) -> Int? {
        let moved = ([delayMinutes] + offsets).filter { abs($0) > Visit.minutesFromPlan }
        let distances = ([0] + moved).map { shift -> Int in
            let (from, until) = (planned(fact.kind).from + shift, planned(fact.kind).until + shift)
            let minute = fact.at.minute
            return minute < from ? minute - from : max(0, minute - until)
        }
        guard let nearest = distances.min(by: { abs($0) < abs($1) }) else { return nil }
        return abs(nearest) > Visit.minutesFromPlan ? nearest : nil
    }

    /// By how many minutes what began of it was later than planned.
    private var offsets: [Int] {
        facts.compactMap { fact in
            switch fact.kind {
            case .arrived, .started: fact.at.minute - place.minute
            case .escortConfirmed, .checkMet, .stageBegun, .paused, .continued, .delayed, .discharged, .overridden,
                .called, .seated, .attended:
                nil
            }
        }
    }

    /// From when until when a fact was to be expected, minutes since 1970 UTC. A delay may be told of as early as one
    /// likes, and so may an escort.
    private func planned(_ kind: Fact.Kind) -> (from: Int, until: Int) {
        switch kind {
        case .arrived, .started: (place.minute, place.minute)
        case .delayed: (place.minute - 2880, interval.until)
        case .escortConfirmed: (Int.min / 2, interval.until)
        case .checkMet, .stageBegun, .paused, .continued, .discharged, .overridden, .called, .seated,
            .attended:
            (place.minute, interval.until)
        }
    }
}

extension VisitStatus {
    /// Whether nothing more can well happen at a visit. A patient who comes after all takes a loss back.
    fileprivate func isOver(for kind: Fact.Kind) -> Bool {
        switch self {
        case .tentative, .confirmed, .arrived, .inProgress: false
        case .noShow, .notTreated, .cancelled(.late, _): kind != .arrived
        case .completed, .cancelled(.early, _), .omitted: true
        }
    }
}
