/// Whether given persons can attend a visit at a start, checked jointly and to the minute: labels that one person fills
/// together, absences and their covers (docs/contract/planning.md section 2). The search asks only where rows of bits
/// cannot tell. Keeps its working lists, so that a check allocates nothing.
final class Attendance {
    /// A cover as indices.
    struct Assigned: Equatable {
        let label: Int
        let person: Int
        let interval: Interval
    }

    /// What the visit itself asks of a person: a load, zero too, over an interval.
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

    /// The covers of the last check that passed, in the order in which they were fixed.
    private(set) var covers: [Assigned] = []
    /// Checks made.
    private(set) var count = 0
    private var pieces: [Piece] = []
    private var absences: [Absence] = []

    /// Whether the persons, one for each label in order, can attend the visit that starts at an elapsed minute. Then
    /// `covers` holds the covers that it needs.
    func holds(_ persons: [Int], _ kind: VisitKind, on board: DayBoard, start: Int, ignoring: Rule?) -> Bool {
        count += 1
        pieces.removeAll(keepingCapacity: true)
        absences.removeAll(keepingCapacity: true)
        covers.removeAll(keepingCapacity: true)
        for (label, person) in persons.enumerated() {
            guard attend(label, person, kind, board, start, ignoring) else { return false }
        }
        if ignoring != .attendantCapacity {
            let capacities = board.frame.capacities
            for piece in pieces where peak(of: piece.person, in: piece.interval, board) > capacities[piece.person] {
                return false
            }
        }
        for absence in absences {
            guard let person = cover(for: absence, of: persons[absence.label], kind, board, ignoring)
            else { return false }
            covers.append(Assigned(label: absence.label, person: person, interval: absence.interval))
            pieces.append(Piece(person: person, interval: absence.interval, load: absence.load))
        }
        return true
    }

    /// As `holds`, for the only label of a kind and a start that the label's covered row has: then only absences are
    /// left to check, and their covers never meet each other.
    func holdsAlone(_ person: Int, _ kind: VisitKind, on board: DayBoard, start: Int) -> Bool {
        count += 1
        for stage in kind.labels[0].stages {
            let interval = stage.interval.shifted(by: start)
            var from = interval.from
            for duty in board.roster.onDuty[person] where duty.overlaps(interval) {
                if duty.from > from, !someoneCovers(from, duty.from, stage.load, person, kind, board) { return false }
                from = duty.until
            }
            if from < interval.until, !someoneCovers(from, interval.until, stage.load, person, kind, board) {
                return false
            }
        }
        return true
    }

    private func someoneCovers(
        _ from: Int, _ until: Int, _ load: Int, _ person: Int, _ kind: VisitKind, _ board: DayBoard
    ) -> Bool {
        let need = kind.labels[0]
        let absence = Interval(from, until)
        for other in board.roster.onDuty.indices where other != person {
            guard need.qualifies(other, on: board.calendar.day), board.roster.onDuty[other].hold(absence) else {
                continue
            }
            if storedPeak(of: other, in: absence, board) + load <= board.frame.capacities[other] { return true }
        }
        return false
    }

    private func storedPeak(of person: Int, in interval: Interval, _ board: DayBoard) -> Int {
        var peak = 0
        for run in board.loads[person] where run.interval.overlaps(interval) { peak = max(peak, run.load) }
        return peak
    }

    /// Splits a label's stages into what its person carries and what is left to covers; false where the person must be
    /// there and is not.
    private func attend(
        _ label: Int, _ person: Int, _ kind: VisitKind, _ board: DayBoard, _ start: Int, _ ignoring: Rule?
    ) -> Bool {
        var isFirst = true
        for stage in kind.labels[label].stages {
            let interval = stage.interval.shifted(by: start)
            var from = interval.from
            if ignoring == .attendantOnDuty {
                pieces.append(Piece(person: person, interval: interval, load: stage.load))
                continue
            }
            for duty in board.roster.onDuty[person] {
                guard let part = duty.intersection(interval) else { continue }
                if part.from > from {
                    // Away when the first stage begins, or from a stage that nobody else may watch.
                    if isFirst && from == interval.from || !stage.handover { return false }
                    absences.append(Absence(label: label, interval: Interval(from, part.from), load: stage.load))
                }
                pieces.append(Piece(person: person, interval: part, load: stage.load))
                from = part.until
            }
            if from < interval.until {
                if isFirst && from == interval.from || !stage.handover { return false }
                absences.append(Absence(label: label, interval: Interval(from, interval.until), load: stage.load))
            }
            isFirst = false
        }
        return true
    }

    /// The largest load of a person at any moment of an interval: stored loads and the visit's own.
    private func peak(of person: Int, in interval: Interval, _ board: DayBoard) -> Int {
        // Loads rise only where something begins.
        var peak = load(of: person, at: interval.from, board)
        for run in board.loads[person] where interval.contains(run.interval.from) {
            peak = max(peak, load(of: person, at: run.interval.from, board))
        }
        for piece in pieces where piece.person == person && interval.contains(piece.interval.from) {
            peak = max(peak, load(of: person, at: piece.interval.from, board))
        }
        return peak
    }

    private func load(of person: Int, at minute: Int, _ board: DayBoard) -> Int {
        var sum = 0
        for run in board.loads[person] where run.interval.contains(minute) { sum += run.load }
        for piece in pieces where piece.person == person && piece.interval.contains(minute) { sum += piece.load }
        return sum
    }

    /// The first in configured order who can carry an absence: qualified, on duty and with the load free throughout.
    private func cover(
        for absence: Absence, of person: Int, _ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?
    ) -> Int? {
        let need = kind.labels[absence.label]
        let roster = board.roster
        for other in roster.onDuty.indices where other != person {
            guard ignoring == .attendantQualified || need.qualifies(other, on: board.calendar.day),
                roster.onDuty[other].hold(absence.interval)
            else { continue }
            if ignoring == .attendantCapacity
                || peak(of: other, in: absence.interval, board) + absence.load <= board.frame.capacities[other]
            {
                return other
            }
        }
        return nil
    }
}
