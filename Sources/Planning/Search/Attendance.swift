/// Who attends a visit at a start, checked jointly and to the minute: labels that one person fills together, absences
/// and their covers (PLANNING.md section 2). The search asks only where rows of bits cannot tell.
struct Attendance {
    let kind: VisitKind
    let board: DayBoard
    /// Elapsed minute at which the visit starts.
    let start: Int
    /// The person of each label, in order.
    let persons: [Int]
    /// A rule left out, for refusals.
    let ignoring: Rule?

    /// What the visit itself asks of persons so far: a load, zero loads too, over an interval.
    private struct Piece {
        let person: Int
        let interval: Interval
        let load: Int
    }

    private struct Absence {
        let label: Int
        let interval: Interval
        let load: Int
    }

    /// A cover as indices.
    struct Assigned: Equatable {
        let label: Int
        let person: Int
        let interval: Interval
    }

    /// The covers that the visit needs, in the order in which they are fixed; nil where the persons cannot attend it.
    func covers() -> [Assigned]? {
        var pieces: [Piece] = []
        var absences: [Absence] = []
        for label in kind.labels.indices {
            guard attend(label, &pieces, &absences) else { return nil }
        }
        for piece in pieces where !carries(piece, beside: pieces) { return nil }
        var covers: [Assigned] = []
        for absence in absences {
            guard let person = cover(for: absence, beside: pieces) else { return nil }
            covers.append(Assigned(label: absence.label, person: person, interval: absence.interval))
            pieces.append(Piece(person: person, interval: absence.interval, load: absence.load))
        }
        return covers
    }

    private func onDuty(_ person: Int) -> [Interval] {
        ignoring == .attendantOnDuty ? [Interval(0, BoardFrame.longestDayMinutes)] : board.roster.onDuty[person]
    }

    /// Splits a label's stages into what its person carries and what is left to covers; false where the person must be
    /// there and is not.
    private func attend(_ label: Int, _ pieces: inout [Piece], _ absences: inout [Absence]) -> Bool {
        let person = persons[label]
        let duty = onDuty(person)
        guard let first = kind.labels[label].stages.first else { return true }
        guard duty.contains(where: { $0.contains(start + first.interval.from) }) else { return false }
        for stage in kind.labels[label].stages {
            let interval = stage.interval.shifted(by: start)
            if duty.hold(interval) {
                pieces.append(Piece(person: person, interval: interval, load: stage.load))
                continue
            }
            guard stage.handover else { return false }
            var from = interval.from
            for part in duty.compactMap({ $0.intersection(interval) }) {
                if let gap = Interval(clipping: from, part.from) {
                    absences.append(Absence(label: label, interval: gap, load: stage.load))
                }
                pieces.append(Piece(person: person, interval: part, load: stage.load))
                from = part.until
            }
            if let gap = Interval(clipping: from, interval.until) {
                absences.append(Absence(label: label, interval: gap, load: stage.load))
            }
        }
        return true
    }

    /// Whether at every moment of a piece its person's loads, the visit's others included, stay within their capacity.
    private func carries(_ piece: Piece, beside pieces: [Piece]) -> Bool {
        if ignoring == .attendantCapacity { return true }
        return peak(of: piece.person, in: piece.interval, beside: pieces) <= board.frame.capacities[piece.person]
    }

    /// The largest load of a person at any moment of an interval: stored loads and the visit's own.
    private func peak(of person: Int, in interval: Interval, beside pieces: [Piece]) -> Int {
        let stored = board.loads[person]
        func load(at minute: Int) -> Int {
            var sum = 0
            for run in stored where run.interval.contains(minute) { sum += run.load }
            for piece in pieces where piece.person == person && piece.interval.contains(minute) { sum += piece.load }
            return sum
        }
        // Loads rise only where something begins.
        var peak = load(at: interval.from)
        for run in stored where interval.contains(run.interval.from) {
            peak = max(peak, load(at: run.interval.from))
        }
        for piece in pieces where piece.person == person && interval.contains(piece.interval.from) {
            peak = max(peak, load(at: piece.interval.from))
        }
        return peak
    }

    /// The first in configured order who can carry an absence: qualified, on duty and with the load free throughout.
    private func cover(for absence: Absence, beside pieces: [Piece]) -> Int? {
        let need = kind.labels[absence.label]
        return board.roster.onDuty.indices.first { person in
            person != persons[absence.label]
                && (ignoring == .attendantQualified || need.qualifies(person, on: board.calendar.day))
                && onDuty(person).hold(absence.interval)
                && (ignoring == .attendantCapacity
                    || peak(of: person, in: absence.interval, beside: pieces) + absence.load
                        <= board.frame.capacities[person])
        }
    }
}
