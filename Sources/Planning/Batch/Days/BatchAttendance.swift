/// One absence of a label's person, and who carries the label meanwhile.
struct BatchCover {
    let label: Int
    let person: Int
    /// Elapsed minutes of the day.
    let interval: Interval
    let load: Int
}

/// Who fills each label of a visit, and the covers.
struct BatchAttendance {
    var persons: [Int]
    var covers: [BatchCover]
}

/// Joint checks: who attends a visit at a start, all labels and covers together.
extension BatchKind {
    private struct Piece {
        let person: Int
        let slots: Range<Int>
        let load: Int
    }

    private struct Absence {
        let label: Int
        let interval: Interval
        let load: Int
    }

    /// The first persons, label by label in configured order, who can attend a visit of a lane at a start; nil for
    /// none.
    func attendance(_ day: Int, lane: Int, slot: Int) -> BatchAttendance? {
        // The only label's person, with nobody away: nothing to check.
        if kind.labels.count == 1, kind.continuity == 0,
            days.rows.contains(wholeRow(day, 0, laneEligible[lane]), slot)
        {
            return BatchAttendance(persons: [kind.lanes[lane]], covers: [])
        }
        var persons = Array(repeating: -1, count: kind.labels.count)
        return fill(0, &persons, day, lane, slot)
    }

    private func fill(
        _ label: Int, _ persons: inout [Int], _ day: Int, _ lane: Int, _ slot: Int
    ) -> BatchAttendance? {
        if label == kind.labels.count { return attend(persons, day, slot) }
        for (index, person) in eligible[label].enumerated() {
            if label == kind.continuity, index != laneEligible[lane] { continue }
            guard
                days.rows.contains(wholeRow(day, label, index), slot)
                    || days.rows.contains(coveredRow(day, label, index), slot)
            else { continue }
            persons[label] = person
            if let found = fill(label + 1, &persons, day, lane, slot) { return found }
        }
        return nil
    }

    private func attend(_ persons: [Int], _ day: Int, _ slot: Int) -> BatchAttendance? {
        var pieces: [Piece] = []
        var absences: [Absence] = []
        let start = days.minute(slot)
        for (label, person) in persons.enumerated() {
            guard split(label, person, day, start, &pieces, &absences) else { return nil }
        }
        if persons.count > 1 {
            for piece in pieces where !carries(piece, among: pieces, day) { return nil }
        }
        var covers: [BatchCover] = []
        for absence in absences {
            guard let cover = cover(absence, of: persons[absence.label], day, &pieces) else { return nil }
            covers.append(cover)
        }
        return BatchAttendance(persons: persons, covers: covers)
    }

    /// Splits a label's stages into what its person carries and what is left to covers; false where they must be there
    /// and are not.
    private func split(
        _ label: Int, _ person: Int, _ day: Int, _ start: Int, _ pieces: inout [Piece], _ absences: inout [Absence]
    ) -> Bool {
        let duties = days.board(day).roster.onDuty[person]
        for (index, stage) in kind.labels[label].stages.enumerated() {
            let interval = stage.interval.shifted(by: start)
            let there = duties.compactMap { $0.intersection(interval) }
            let away = [interval].subtracting(there)
            if index == 0, let first = away.first, first.from == interval.from { return false }
            if !away.isEmpty && !stage.handover { return false }
            pieces += there.map { Piece(person: person, slots: days.slots(touching: $0), load: stage.load) }
            absences += away.map { Absence(label: label, interval: $0, load: stage.load) }
        }
        return true
    }

    /// Whether a person can carry a piece beside what is stored and the visit's other pieces.
    private func carries(_ piece: Piece, among pieces: [Piece], _ day: Int) -> Bool {
        piece.slots.allSatisfy { slot in
            var sum = days.load(day, piece.person, slot: slot)
            for other in pieces where other.person == piece.person && other.slots.contains(slot) { sum += other.load }
            return sum <= days.capacity(piece.person)
        }
    }

    private func cover(_ absence: Absence, of person: Int, _ day: Int, _ pieces: inout [Piece]) -> BatchCover? {
        let board = days.board(day)
        for other in eligible[absence.label] where other != person {
            guard kind.labels[absence.label].qualifies(other, on: board.calendar.day),
                board.roster.onDuty[other].hold(absence.interval)
            else { continue }
            let piece = Piece(person: other, slots: days.slots(touching: absence.interval), load: absence.load)
            if carries(piece, among: pieces + [piece], day) {
                pieces.append(piece)
                return BatchCover(
                    label: absence.label, person: other, interval: absence.interval, load: absence.load)
            }
        }
        return nil
    }
}

/// A visit in its place: which chair of its pool is settled at the end.
struct BatchVisit {
    var day: Int
    var slot: Int
    var pool: Int
    var lane: Int
    var attendance: BatchAttendance
}

extension BatchKind {
    /// Adds a visit to its day, or takes it away.
    func occupy(_ visit: BatchVisit, adding: Bool) {
        let sign = adding ? 1 : -1
        days.hold(visit.day, pool: visit.pool, visit.slot..<(visit.slot + kind.holdSlots), by: Int16(sign))
        for (label, person) in visit.attendance.persons.enumerated() {
            for span in kind.labels[label].spans where span.load > 0 {
                let from = visit.slot + span.fromSlot
                days.carry(
                    visit.day, person, from..<(from + span.slots), load: sign * span.load,
                    whileOnDuty: !visit.attendance.covers.isEmpty)
            }
        }
        for cover in visit.attendance.covers where cover.load > 0 {
            days.carry(
                visit.day, cover.person, days.slots(touching: cover.interval), load: sign * cover.load,
                whileOnDuty: false)
        }
    }
}
