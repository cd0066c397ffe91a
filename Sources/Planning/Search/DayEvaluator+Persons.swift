/// Who can attend a visit: the rules on persons, label by label, and the joint checks of what rows cannot tell.
extension DayEvaluator {
    /// `attendant-qualified`, `attendant-on-duty` and `attendant-capacity`, every label and person by themselves,
    /// without absences. What absences with covers add is worked out when it is asked for.
    func fillLabels(_ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?) {
        for label in kind.labels.indices {
            for person in 0..<layout.personCount {
                let need = kind.labels[label]
                let mayFill =
                    (need.wanted ?? person) == person
                    && (ignoring == .attendantQualified || need.qualifies(person, on: board.calendar.day))
                let isThere = ignoring == .attendantOnDuty || !board.roster.onDuty[person].isEmpty
                let index = label * personCount + person
                if mayFill && isThere {
                    fillWhole(label, person)
                    covering[index] = ignoring == .attendantOnDuty ? .never : .unknown
                } else {
                    rows.clear(ownRow(label, person))
                    covering[index] = .never
                }
            }
        }
    }

    /// The slots in which a person can carry another load; a row of the board, or worked out into `other`.
    private func freeRow(
        _ span: LabelNeed.Span, _ person: Int, _ board: DayBoard, _ ignoring: Rule?
    ) -> UnsafePointer<UInt64> {
        if ignoring != .attendantCapacity, let level = span.level {
            return UnsafePointer(board.rows.person(person, free: level))
        }
        if ignoring == .attendantCapacity {
            rows.fill(other)
        } else {
            fillFree(other, for: span.load, beside: board.loads[person], of: person, layout)
        }
        return UnsafePointer(other)
    }

    private func fillWhole(_ label: Int, _ person: Int) {
        guard let kind, let board else { preconditionFailure("a day is evaluated label by label") }
        let whole = ownRow(label, person)
        rows.copy(whole, from: open)
        let duty = ignoring == .attendantOnDuty ? nil : board.rows.person(person, .onDutyThroughout)
        rows.keepWhole(whole, kind.labels[label], duty.map { UnsafePointer($0) }, scratch) {
            freeRow($0, person, board, ignoring)
        }
    }

    /// Fills the row of starts at which a person could fill a label if covers are found, once a day; false where there
    /// are none.
    private func fillCovered(_ label: Int, _ person: Int) -> Bool {
        if hasBoardLabels { return !rows.isEmpty(coveredRow(label, person)) }
        let index = label * personCount + person
        switch covering[index] {
        case .never: return false
        case .some: return true
        case .unknown: break
        }
        guard let kind, let board else { preconditionFailure("a day is evaluated before its covers") }
        let covered = coveredRow(label, person)
        rows.copy(covered, from: open)
        rows.formAndNot(covered, wholeRow(label, person))
        rows.keepCovered(covered, kind.labels[label], board.rows.duty(of: person), scratch) {
            freeRow($0, person, board, ignoring)
        }
        covering[index] = rows.isEmpty(covered) ? .never : .some
        return covering[index] == .some
    }

    /// Whether a person may fill a label at a start, by themselves, with or without covers.
    private func mayFill(_ label: Int, _ person: Int, _ slot: Int) -> Bool {
        rows.contains(wholeRow(label, person), slot)
            || fillCovered(label, person) && rows.contains(coveredRow(label, person), slot)
    }

    /// Combines the labels: which attendants can surely have which starts. Where one person could fill two labels,
    /// nothing is sure without a joint check.
    func fillAttendants(_ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?) {
        isJoint = !kind.labelsAreDisjoint || ignoring == .attendantQualified && kind.labels.count > 1
        if isJoint {
            for attendant in kind.attendants.indices { rows.clear(surelyRow(attendant)) }
            return
        }
        rows.copy(scratch, from: open)
        for label in kind.labels.indices where label != kind.continuity {
            rows.formAnd(scratch, someoneRow(label, kind, board))
        }
        for attendant in kind.attendants.indices {
            if let label = kind.continuity {
                rows.and(surelyRow(attendant), scratch, wholeRow(label, kind.attendants[attendant]))
            } else {
                rows.copy(surelyRow(attendant), from: scratch)
            }
        }
    }

    /// The starts at which somebody fills a label without an absence; the board's, or worked out into `other`.
    private func someoneRow(_ label: Int, _ kind: VisitKind, _ board: DayBoard) -> BitRow {
        if hasBoardLabels, let type = kind.boardType { return board.rows.type(type, someone: label) }
        rows.clear(other)
        for person in 0..<layout.personCount { rows.formOr(other, wholeRow(label, person)) }
        return other
    }

    /// The starts, beside the sure ones, at which only a joint check can tell whether an attendant can have them; nil
    /// where there are none.
    func maybeRow(_ attendant: Int) -> BitRow? {
        guard let kind, let board else { preconditionFailure("a day is evaluated before its attendants") }
        let maybe = surelyRow(attendant) + rows.words
        if kind.labels.count == 1, kind.continuity == 0 {
            guard fillCovered(0, kind.attendants[attendant]) else { return nil }
            // Nobody has a start both with and without an absence.
            rows.and(maybe, open, coveredRow(0, kind.attendants[attendant]))
            return rows.isEmpty(maybe) ? nil : maybe
        }
        rows.copy(maybe, from: open)
        rows.formAndNot(maybe, surelyRow(attendant))
        for label in kind.labels.indices {
            if label == kind.continuity {
                let person = kind.attendants[attendant]
                rows.copy(other, from: wholeRow(label, person))
                keepCovered(label, person)
            } else {
                let someone = someoneRow(label, kind, board)
                if someone != other { rows.copy(other, from: someone) }
                for person in 0..<layout.personCount { keepCovered(label, person) }
            }
            rows.formAnd(maybe, other)
        }
        return rows.isEmpty(maybe) ? nil : maybe
    }

    /// Adds the starts that covers give a person to `other`.
    private func keepCovered(_ label: Int, _ person: Int) {
        // `fillCovered` may work out a row in `other`: put it by.
        rows.copy(spare, from: other)
        let isFilled = fillCovered(label, person)
        rows.copy(other, from: spare)
        if isFilled { rows.formOr(other, coveredRow(label, person)) }
    }

    // MARK: Joint checks

    /// The first persons, label by label in configured order, who can attend the visit at a start, with their covers;
    /// for the continuity label only persons that `attendants` admits.
    func firstAttendance(slot: Int, attendants: (Int) -> Bool = { _ in true }) -> StaffedStart? {
        guard canAttend(slot, attendants) else { return nil }
        return StaffedStart(slot: slot, persons: staff.persons, covers: staff.covers)
    }

    /// The covers that given persons need at a start, one person for each label; nil where they cannot attend it.
    func covers(of persons: [Int], _ kind: VisitKind, on board: DayBoard, slot: Int) -> [AssignedCover]? {
        let visit = AttendedVisit(labels: kind.labels, roster: board.roster, start: layout.grid.minute(of: slot))
        return staff.assign(persons, to: visit, BoardLoads(board: board)) ? staff.covers : nil
    }

    /// Whether a person can fill the continuity label at a start, with somebody for the others.
    func canAttend(slot: Int, continuity person: Int) -> Bool {
        guard let kind, let board else { preconditionFailure("a day is evaluated before it is attended") }
        if kind.labels.count == 1, kind.continuity == 0 {
            guard mayFill(0, person, slot) else { return false }
            let visit = AttendedVisit(labels: kind.labels, roster: board.roster, start: layout.grid.minute(of: slot))
            // The row has told that the person can carry it: only covers are left to find.
            return staff.isCovered(person, in: visit, BoardLoads(board: board))
        }
        return canAttend(slot) { $0 == person }
    }

    private func canAttend(_ slot: Int, _ attendants: (Int) -> Bool) -> Bool {
        guard let kind, let board else { preconditionFailure("a day is evaluated before it is attended") }
        let visit = AttendedVisit(
            labels: kind.labels, roster: board.roster, start: layout.grid.minute(of: slot), ignoring: ignoring)
        return staff.assignFirst(visit, BoardLoads(board: board)) { label, person in
            (label != kind.continuity || attendants(person)) && mayFill(label, person, slot)
        }
    }

    /// Whether the visit can have any start at all, by the rows that `evaluate` has filled.
    func hasAttendance() -> Bool {
        guard let kind else { preconditionFailure("a day is evaluated before it is attended") }
        for attendant in kind.attendants.indices where !rows.isEmpty(surelyRow(attendant)) { return true }
        // Without `attendant-qualified` also those may fill the continuity label who are no attendants; so ask for
        // anybody.
        var found = false
        rows.forEachBit(open) { slot in
            if !found { found = canAttend(slot) { _ in true } }
        }
        return found
    }
}

extension DayEvaluator {
    /// The place of a kind of visit from indices.
    func placement(_ kind: VisitKind, on board: DayBoard, chair: Int, _ start: StaffedStart) -> Placement {
        let facility = calendar.facility
        return Placement(
            day: board.calendar.day, start: layout.grid.minute(of: start.slot), chair: facility.chairs[chair].id,
            persons: start.persons.map { facility.staff[$0].id },
            covers: start.covers.map { $0.cover(of: kind, facility) })
    }
}

/// A start with those who attend a visit there: indices of the staff, one person for each label.
struct StaffedStart {
    let slot: Int
    let persons: [Int]
    let covers: [AssignedCover]
}

extension AssignedCover {
    /// The cover of a visit as it is booked.
    func cover(of kind: VisitKind, _ facility: Facility) -> Cover {
        Cover(label: kind.labels[label].attendant.label, person: facility.staff[person].id, interval: interval)
    }
}
