/// The loads that persons carry on a day beside the visit that looks for attendants, as an engine keeps them.
protocol CarriedLoads {
    /// The largest load of a person at any moment of an interval, in percent, the visit's own loads added.
    func peak(of person: Int, in interval: Interval, with own: [AskedLoad]) -> Int
}

/// A load, zero too, that a visit asks of a person over elapsed minutes of the day.
struct AskedLoad {
    let person: Int
    let interval: Interval
    let load: Int
}

/// Who carries a label, and how much of a load, while its person is off duty.
struct AssignedCover {
    let label: Int
    let person: Int
    /// Elapsed minutes of the day.
    let interval: Interval
    let load: Int
}

/// A visit at a start whose labels are to be filled.
struct AttendedVisit {
    let labels: [LabelNeed]
    let roster: DayRoster
    /// Elapsed minutes of the day.
    let start: Int
    /// The elapsed minute from which on persons are asked for: of a visit under way only the rest counts.
    var since = Int.min
    /// The rule that is left out.
    var ignoring: Rule?

    /// The elapsed minute at which a label is first named.
    func firstMinute(of label: Int) -> Int { (labels[label].stages.first?.interval.from ?? 0) + start }

    /// Calls back with the parts of a label's stages in time, with each whether the person is on duty through it, until
    /// the call returns false; then false. A negative number stands for a person who is no longer there.
    @inline(__always)
    func forEachPart(
        of label: Int, by person: Int, _ body: (LabelNeed.NamedStage, _ part: Interval, _ isThere: Bool) -> Bool
    ) -> Bool {
        let stages = labels[label].stages
        let isAsked = ignoring != .attendantOnDuty
        let duties = isAsked && person >= 0 ? roster.onDuty[person] : []
        for stage in stages {
            let whole = stage.interval.shifted(by: start)
            guard let asked = Interval(clipping: max(whole.from, since), whole.until) else { continue }
            var from = asked.from
            if !isAsked {
                guard body(stage, asked, true) else { return false }
                from = asked.until
            }
            for duty in duties {
                guard let there = duty.intersection(asked) else { continue }
                if there.from > from, !body(stage, Interval(from, there.from), false) { return false }
                guard body(stage, there, true) else { return false }
                from = there.until
            }
            if from < asked.until, !body(stage, Interval(from, asked.until), false) { return false }
        }
        return true
    }

    /// Whether somebody else may watch a part of a stage that a label's person is away from: not from the moment at
    /// which the label is first named. Of a visit under way no `handover` is asked: the person is really gone.
    func mayBeCovered(_ stage: LabelNeed.NamedStage, of label: Int, _ part: Interval) -> Bool {
        (stage.handover || since > Int.min) && part.from != firstMinute(of: label)
    }

    /// Whether a person, whatever they carry, may cover an absence of another: qualified and on duty throughout.
    func mayCover(_ absence: Interval, of other: Int, label: Int, by person: Int) -> Bool {
        person != other
            && (ignoring == .attendantQualified || labels[label].qualifies(person, on: roster.calendar.day))
            && roster.onDuty[person].hold(absence)
    }
}

/// Assigns persons to the labels of one visit and covers to their absences, checked jointly and as exactly as the loads
/// are kept (docs/contract/planning.md section 2). The engines ask only where rows of bits cannot tell. Persons and
/// labels are indices. Keeps its working lists, so that a check allocates nothing.
final class StaffAssignment<Loads: CarriedLoads> {
    private struct Absence {
        let label: Int
        let interval: Interval
        let load: Int
    }

    /// The persons of the last assignment, one for each label.
    private(set) var persons: [Int] = []
    /// The covers of the last assignment, in the order in which they were fixed.
    private(set) var covers: [AssignedCover] = []
    /// Assignments checked as a whole; persons tried, where all assignments are listed.
    private(set) var count = 0
    private let capacities: [Int]
    private var own: [AskedLoad] = []
    private var absences: [Absence] = []

    /// - Parameter capacities: of each person, percent.
    init(capacities: [Int]) { self.capacities = capacities }

    // MARK: The first assignment

    /// Assigns the first persons, label by label in configured order, who can attend the visit together. False where
    /// nobody can.
    ///
    /// - Parameter mayFill: whether a person may fill a label, each by themselves.
    func assignFirst(
        _ visit: AttendedVisit, _ loads: Loads, mayFill: (_ label: Int, _ person: Int) -> Bool
    ) -> Bool {
        persons.removeAll(keepingCapacity: true)
        for _ in visit.labels { persons.append(-1) }
        return fill(0, visit, loads, mayFill)
    }

    private func fill(
        _ label: Int, _ visit: AttendedVisit, _ loads: Loads, _ mayFill: (_ label: Int, _ person: Int) -> Bool
    ) -> Bool {
        if label == visit.labels.count { return holds(visit, loads) }
        for person in visit.roster.onDuty.indices where mayFill(label, person) {
            persons[label] = person
            if fill(label + 1, visit, loads, mayFill) { return true }
        }
        return false
    }

    /// Whether the persons, one for each label, can attend the visit. Then `covers` holds the covers that it needs.
    func assign(_ persons: some Sequence<Int>, to visit: AttendedVisit, _ loads: Loads) -> Bool {
        self.persons.removeAll(keepingCapacity: true)
        self.persons.append(contentsOf: persons)
        return holds(visit, loads)
    }

    /// Whether the present persons can attend; each absence has the first cover in configured order, without a second
    /// try.
    private func holds(_ visit: AttendedVisit, _ loads: Loads) -> Bool {
        count += 1
        own.removeAll(keepingCapacity: true)
        absences.removeAll(keepingCapacity: true)
        covers.removeAll(keepingCapacity: true)
        for label in persons.indices {
            guard addAbsences(of: label, visit) else { return false }
            addLoads(of: label, visit)
        }
        if visit.ignoring != .attendantCapacity {
            for asked in own
            where loads.peak(of: asked.person, in: asked.interval, with: own) > capacities[asked.person] {
                return false
            }
        }
        for absence in absences {
            let first = visit.roster.onDuty.indices.first { person in
                visit.mayCover(absence.interval, of: persons[absence.label], label: absence.label, by: person)
                    && (visit.ignoring == .attendantCapacity || canCarry(absence, person, loads))
            }
            guard let first else { return false }
            add(absence, to: first)
        }
        return true
    }

    /// Whether covers are found for a person who fills a visit's only label and is known to carry it. Nobody covers a
    /// label of their own, and absences of one person never meet: no own load adds to another.
    func isCovered(_ person: Int, in visit: AttendedVisit, _ loads: Loads) -> Bool {
        count += 1
        let capacities = capacities
        return visit.forEachPart(of: 0, by: person) { stage, part, isThere in
            if isThere { return true }
            guard visit.mayBeCovered(stage, of: 0, part) else { return false }
            return capacities.indices.contains { other in
                visit.mayCover(part, of: person, label: 0, by: other)
                    && loads.peak(of: other, in: part, with: []) + stage.load <= capacities[other]
            }
        }
    }

    // MARK: Every assignment

    /// Calls back with every assignment of persons and covers, label by label, then cover by cover, until the call
    /// returns false.
    ///
    /// - Parameter candidates: the persons who may fill a label, each by themselves, in the order in which they are
    ///   tried.
    func forEachAssignment(
        _ visit: AttendedVisit, _ loads: Loads, candidates: (_ label: Int) -> [Int],
        _ body: ([Int], [AssignedCover]) -> Bool
    ) {
        persons.removeAll()
        own.removeAll()
        covers.removeAll()
        _ = extend(visit, loads, candidates, body)
    }

    /// False where the listing is to end.
    private func extend(
        _ visit: AttendedVisit, _ loads: Loads, _ candidates: (_ label: Int) -> [Int],
        _ body: ([Int], [AssignedCover]) -> Bool
    ) -> Bool {
        let label = persons.count
        guard label < visit.labels.count else {
            absences.removeAll()
            for label in persons.indices where !addAbsences(of: label, visit) { return true }
            return cover(absences[...], visit, loads, body)
        }
        for person in candidates(label) {
            count += 1
            let before = own.count
            persons.append(person)
            addLoads(of: label, visit)
            if canCarry(from: before, loads), !extend(visit, loads, candidates, body) { return false }
            own.removeSubrange(before...)
            persons.removeLast()
        }
        return true
    }

    private func cover(
        _ absences: ArraySlice<Absence>, _ visit: AttendedVisit, _ loads: Loads,
        _ body: ([Int], [AssignedCover]) -> Bool
    ) -> Bool {
        guard let absence = absences.first else { return body(persons, covers) }
        for person in visit.roster.onDuty.indices
        where visit.mayCover(absence.interval, of: persons[absence.label], label: absence.label, by: person) {
            count += 1
            let before = own.count
            add(absence, to: person)
            let isCarried = canCarry(from: before, loads)
            if isCarried, !cover(absences.dropFirst(), visit, loads, body) { return false }
            covers.removeLast()
            own.removeLast()
        }
        return true
    }

    // MARK: Parts

    /// Adds what a label asks of its person while on duty.
    private func addLoads(of label: Int, _ visit: AttendedVisit) {
        let person = persons[label]
        _ = visit.forEachPart(of: label, by: person) { stage, part, isThere in
            if isThere { own.append(AskedLoad(person: person, interval: part, load: stage.load)) }
            return true
        }
    }

    /// Adds what a label leaves to covers; false where its person must be there and is not: when the label is first
    /// named, and in stages that nobody else may watch.
    private func addAbsences(of label: Int, _ visit: AttendedVisit) -> Bool {
        visit.forEachPart(of: label, by: persons[label]) { stage, part, isThere in
            if isThere { return true }
            guard visit.mayBeCovered(stage, of: label, part) else { return false }
            absences.append(Absence(label: label, interval: part, load: stage.load))
            return true
        }
    }

    private func add(_ absence: Absence, to person: Int) {
        covers.append(
            AssignedCover(label: absence.label, person: person, interval: absence.interval, load: absence.load))
        own.append(AskedLoad(person: person, interval: absence.interval, load: absence.load))
    }

    private func canCarry(_ absence: Absence, _ person: Int, _ loads: Loads) -> Bool {
        loads.peak(of: person, in: absence.interval, with: own) + absence.load <= capacities[person]
    }

    /// Whether the own loads from an index on can be carried beside all others.
    private func canCarry(from index: Int, _ loads: Loads) -> Bool {
        own[index...].allSatisfy { loads.peak(of: $0.person, in: $0.interval, with: own) <= capacities[$0.person] }
    }
}

/// The largest sum, percent, of a person's loads and a visit's own at any moment of an interval, to the minute.
func peakLoad(
    of person: Int, in interval: Interval, carried: some Collection<LoadStretch>, own: [AskedLoad]
) -> Int {
    func sum(at minute: Int) -> Int {
        var sum = 0
        for run in carried where run.interval.contains(minute) { sum += run.load }
        for asked in own where asked.person == person && asked.interval.contains(minute) { sum += asked.load }
        return sum
    }
    // Loads rise only where something begins.
    var peak = sum(at: interval.from)
    for run in carried where interval.contains(run.interval.from) { peak = max(peak, sum(at: run.interval.from)) }
    for asked in own where asked.person == person && interval.contains(asked.interval.from) {
        peak = max(peak, sum(at: asked.interval.from))
    }
    return peak
}

/// The loads of a board's bookings, to the minute.
struct BoardLoads: CarriedLoads {
    let board: DayBoard

    func peak(of person: Int, in interval: Interval, with own: [AskedLoad]) -> Int {
        if own.contains(where: { $0.person == person }) {
            return peakLoad(of: person, in: interval, carried: board.loads[person], own: own)
        }
        // A board's runs do not overlap: beside nothing of one's own the largest is the peak.
        var peak = 0
        for run in board.loads[person] where run.interval.overlaps(interval) { peak = max(peak, run.load) }
        return peak
    }
}
