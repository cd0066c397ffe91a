/// When a person is on duty, as rows.
struct DutyRows {
    /// On duty through the slot.
    let throughout: BitRow
    /// On duty during some of the slot.
    let sometime: BitRow
    /// On duty at the slot's first minute.
    let atFirst: BitRow
}

/// The starts at which chairs are free, by the useless idle stretches that the best of them leaves.
struct ChairSums {
    /// Some chair is free.
    let any: BitRow
    /// Some chair leaves at most one.
    let one: BitRow
    /// Some chair leaves none.
    let none: BitRow
}

/// The rules as operations on rows: for boards that keep their outcome, for searches that ask for another, and for the
/// days of a batch.
extension BitRows {
    /// Fills the rows of when a person is on duty.
    func fillDuty(_ duty: DutyRows, _ intervals: [Interval], _ grid: DayGrid) {
        for row in [duty.throughout, duty.sometime, duty.atFirst] { clear(row) }
        for interval in intervals {
            set(duty.throughout, grid.slots(within: interval))
            set(duty.sometime, grid.slots(touching: interval))
            set(duty.atFirst, grid.slots(startingFrom: interval.from, until: interval.until))
        }
    }

    /// `attendant-on-duty` and `attendant-capacity` for a person who fills a label without an absence: keeps such
    /// starts.
    ///
    /// - Parameters:
    ///   - duty: the slots through which the person is on duty; nil where that is not asked.
    ///   - free: the slots in which the person can carry a span's load.
    func keepWhole(
        _ row: BitRow, _ need: LabelNeed, _ duty: UnsafePointer<UInt64>?, _ scratch: BitRow,
        free: (LabelNeed.Span) -> UnsafePointer<UInt64>
    ) {
        for span in need.spans {
            if let duty { and(scratch, free(span), duty) } else { copy(scratch, from: free(span)) }
            erode(scratch, length: span.slots)
            formAnd(row, scratch, movedBy: span.fromSlot)
        }
    }

    /// The same for a person whose absences others might cover: keeps the starts at which that could be.
    func keepCovered(
        _ row: BitRow, _ need: LabelNeed, _ duty: DutyRows, _ scratch: BitRow,
        free: (LabelNeed.Span) -> UnsafePointer<UInt64>
    ) {
        for span in need.spans {
            let able = free(span)
            if span.handover {
                // Off duty all through a slot, the person carries nothing in it.
                for word in 0..<words { scratch[word] = able[word] | ~duty.sometime[word] }
            } else {
                and(scratch, able, duty.throughout)
            }
            erode(scratch, length: span.slots)
            formAnd(row, scratch, movedBy: span.fromSlot)
        }
        if let first = need.spans.first { formAnd(row, duty.atFirst, movedBy: first.fromSlot) }
    }

    /// Fills the slots through which someone of those who may fill a label is on duty.
    func fillPresence(_ row: BitRow, _ need: LabelNeed, _ roster: DayRoster, _ grid: DayGrid) {
        clear(row)
        for person in roster.onDuty.indices where need.qualifies(person, on: roster.calendar.day) {
            for duty in roster.onDuty[person] { set(row, grid.slots(within: duty)) }
        }
        // Two persons may share a slot: one leaves within it as the other comes.
        if !roster.dutyIsWholeSlots {
            for duty in presence(of: need, in: roster) { set(row, grid.slots(within: duty)) }
        }
    }

    /// The part of `attendant-on-duty` that names nobody: keeps the starts at which someone qualified is on duty at
    /// every moment of the stages that name the label.
    ///
    /// - Parameter present: the slots through which someone is there, as `fillPresence` has them.
    func keepPresence(_ row: BitRow, _ need: LabelNeed, _ present: UnsafePointer<UInt64>, _ scratch: BitRow) {
        for span in need.spans {
            copy(scratch, from: present)
            erode(scratch, length: span.slots)
            formAnd(row, scratch, movedBy: span.fromSlot)
        }
    }

    /// The starts of holds that run past closing, which leave nothing after them.
    func fillCrossing(_ row: BitRow, hold: Int, _ opening: [Interval], _ grid: DayGrid) {
        clear(row)
        for hours in opening {
            set(row, grid.slots(startingFrom: hours.until - hold + 1, until: hours.until))
        }
    }

    /// Adds a chair to the sums: the starts that it fits, and the idle stretches that it leaves before and after.
    func addChair(
        fits: UnsafePointer<UInt64>, _ tightBefore: UnsafePointer<UInt64>, _ tightAfter: UnsafePointer<UInt64>,
        holdSlots: Int, crossing: UnsafePointer<UInt64>, into sums: ChairSums
    ) {
        for word in 0..<words {
            let fit = fits[word]
            let before = tightBefore[word]
            let after = shifted(tightAfter, holdSlots, word) & ~crossing[word]
            sums.any[word] |= fit
            sums.one[word] |= fit & ~(before & after)
            sums.none[word] |= fit & ~before & ~after
        }
    }
}

/// The stretches in which someone of those who may fill a label is on duty.
func presence(of need: LabelNeed, in roster: DayRoster) -> [Interval] {
    let qualified = roster.onDuty.indices.filter { need.qualifies($0, on: roster.calendar.day) }
    return qualified.flatMap { roster.onDuty[$0] }.merged()
}
