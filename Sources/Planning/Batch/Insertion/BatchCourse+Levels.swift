/// What a day costs a course's visit: by usual time at least, and start by start for one usual time.
extension BatchCourse {
    /// What a step costs on a day at least, for each usual time, whoever comes for it; false where it cannot be. The
    /// groups beyond the last usual time hold the same as the first.
    func fillLeast(_ step: Int, _ day: Int, into costs: UnsafeMutablePointer<CostGroup16>) -> Bool {
        guard fillWindow(step, day) else { return false }
        let kind = kinds[step]
        let calendar = days.board(day).calendar
        let shape = shapes[step]
        var all: Int16 = 0
        rows.copy(wished, from: window)
        if isPreferring {
            rows.formAnd(wished, preferredRow(shape, calendar, kind))
            if rows.isEmpty(wished) { all = Cost16.cut(weights.preference) }
        }
        guard rhythms[step] else {
            costs.update(repeating: CostGroup16(repeating: all), count: usualGroups)
            return true
        }
        costs.update(repeating: CostGroup16(repeating: 0), count: usualGroups)
        costs.withMemoryRebound(to: Int16.self, capacity: usualGroups * 8) { cells in
            for usual in usuals.indices { cells[usual] = leastCost(calendar, usual, all: Int(all)) }
            for cell in usuals.count..<(usualGroups * 8) { cells[cell] = cells[0] }
        }
        return true
    }

    /// What the cheapest start of the window costs for a usual time, where none of them may be wished for and `all` is
    /// paid then.
    private func leastCost(_ calendar: DayCalendar, _ usual: Int, all: Int) -> Int16 {
        var least = Int.max
        for halfHours in 0...mostHalfHoursOff {
            let price = weights.rhythm * halfHours + all
            if price >= least { break }
            var isNear = halfHours == mostHalfHoursOff
            var isWished = isNear
            if halfHours < mostHalfHoursOff {
                let mask = calendar.hasEvenClock ? nearRow(usual, halfHours) : near
                if !calendar.hasEvenClock { fillNear(near, calendar, usuals[usual], halfHours) }
                isNear = rows.share(window, mask)
                isWished = rows.share(wished, mask)
            } else {
                isWished = !rows.isEmpty(wished)
            }
            if all > 0 {
                if isNear { least = min(least, price) }
            } else if isWished {
                least = min(least, price)
            } else if isNear {
                least = min(least, price + weights.preference)
            }
        }
        return Cost16.cut(least)
    }

    /// Fills the level rows: the starts of a step on a day with a free chair, by what they cost, cheapest level first.
    /// How many levels there are; 0 where there are no starts.
    func fillLevels(_ step: Int, _ day: Int, usual: Int) -> Int {
        let kind = kinds[step]
        guard isAllowed[day], kind.refresh(day) else { return 0 }
        let shape = shapes[step]
        let calendar = days.board(day).calendar
        rows.copy(window, from: kind.chairRow(day))
        if hasAvailability { rows.formAnd(window, availableRow(shape, calendar, kind)) }
        if rows.isEmpty(window) { return 0 }
        let isRhythmic = rhythms[step] && weights.rhythm > 0
        if isPreferring { rows.and(wished, window, preferredRow(shape, calendar, kind)) }
        let most = isRhythmic ? mostHalfHoursOff : 0
        for halfHours in 0...most {
            let row = near + halfHours * rows.words
            if halfHours == most {
                rows.copy(row, from: window)
            } else {
                fillNear(row, calendar, usual, halfHours)
                rows.formAnd(row, window)
            }
        }
        return addLevels(most)
    }

    /// Fills the levels of starts within up to so many half hours, those that are wished for and all, the cheapest
    /// first.
    private func addLevels(_ most: Int) -> Int {
        var count = 0
        let missed = isPreferring ? weights.preference : 0
        var (nextWished, nextAny) = (isPreferring ? 0 : most + 1, 0)
        while nextAny <= most {
            let isWished = nextWished <= most && weights.rhythm * nextWished <= weights.rhythm * nextAny + missed
            let halfHours = isWished ? nextWished : nextAny
            let row = levelRows + count * rows.words
            if isWished {
                rows.and(row, near + halfHours * rows.words, wished)
                nextWished += 1
            } else {
                rows.copy(row, from: near + halfHours * rows.words)
                nextAny += 1
            }
            levelCosts[count] = Int32(weights.rhythm * halfHours + (isWished ? 0 : missed))
            count += 1
        }
        return count
    }

    func nearRow(_ usual: Int, _ halfHours: Int) -> BitRow {
        nearRows + (usual * mostHalfHoursOff + halfHours) * rows.words
    }

    /// The slots of a day of even clock within some half hours of a time.
    func slots(within halfHours: Int, of usual: Int) -> Range<Int> {
        days.grid.slots(startingFrom: usual - 30 * halfHours, until: usual + 30 * halfHours + 1)
    }

    private func fillNear(_ row: BitRow, _ calendar: DayCalendar, _ usual: Int, _ halfHours: Int) {
        rows.clear(row)
        if calendar.hasEvenClock { return rows.set(row, slots(within: halfHours, of: usual)) }
        rows.forEachBit(window) { slot in
            let clock = calendar.clock(at: days.grid.minute(of: slot))
            if halfHoursOff(clock: clock, usual: usual) <= halfHours { rows.set(row, slot..<(slot + 1)) }
        }
    }
}
