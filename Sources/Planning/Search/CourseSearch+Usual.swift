/// What the plans of each candidate of the usual time cost at least, all candidates side by side.
extension CourseSearch {
    /// For each candidate, what its cheapest plan would cost if a change of person were free and nobody were preferred:
    /// no more than it does cost. `reach` comes first.
    func leastCostsByUsual() -> [Int] {
        let count = days.usuals.count
        let tables = reached.map { table($0.bounds!, count) }
        forEachStage { stage in
            let (index, day) = (stage.step, stage.day)
            let row = tables[index].row(day)
            expanded += tables[index].size
            if index + 1 < steps.count {
                followers(of: index, day, through: stage.limit, in: tables[index + 1], into: row)
            }
            addLeast(index, day, row, isLast: index + 1 == steps.count, tables[index].size)
            addSpare(of: stage, to: row, tables[index].size)
        }
        return days.usuals.indices.map { usual in
            var least = Int.max
            reached[0].forEachDay { day in
                let entry = kind(0).attendants.indices.map { entryPrice(day, $0) }.min() ?? 0
                least = min(least, Int(tables[0].row(day)[usual]) + entry)
            }
            return least
        }
    }

    /// Adds the cost of a step's visit on a day with its cheapest person; sets it for the last step.
    private func addLeast(_ index: Int, _ day: Int, _ row: UnsafeMutablePointer<Cell>, isLast: Bool, _ size: Int) {
        guard let prices = days.option(steps[index].kind, day) else { preconditionFailure("a reached day is open") }
        if isLast { row.update(repeating: 0, count: size) }
        if prices.usuals == 1 {
            let price = CostGroup<Cell>(repeating: prices.least[0])
            for cell in Swift.stride(from: 0, to: size, by: 8) { row.add(price, at: cell) }
        } else {
            row.add(prices.least, size)
        }
    }
}
