/// The most that a visit or a late start may cost in a batch: its search keeps prices in 32 bits, in steps of 1/1024.
package let batchPriceMaximum = 1 << 19

/// The most that a visit of a course, or its late start, could add to a plan's cost in a batch: crowding, idleness and
/// workload do not count there.
package func dearestPrice(of course: CourseRequest, weights: Weights) -> Int {
    let deviations = course.regimen.phases.flatMap { phase in
        [phase.toleranceBefore, phase.toleranceAfter]
            + (phase.firstGap.map { [$0.ideal - $0.minimum, $0.maximum - $0.ideal] } ?? [])
    }
    let visit =
        weights.gap * (deviations.max() ?? 0) + weights.preference + weights.rhythm * mostHalfHoursOff
        + weights.continuity
    return max(visit, weights.start * course.wish.startWithinDays)
}
