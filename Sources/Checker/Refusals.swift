package import Planning

/// Why a course cannot be placed, found by trying every chain of days (docs/contract/planning.md section 5).
package struct RefusalFacts: Hashable, Sendable {
    /// The number of the first visit that no chain of allowed visits reaches.
    package let visit: Int
    package let phase: String
    /// The days it could have had, ascending, each with the first rule whose absence alone would open it.
    package let days: [Refusal.ClosedDay]
}

/// A chain of allowed visits ends on a day; its phase began on another.
private struct ChainEnd: Hashable {
    let day: Day
    let phaseFirst: Day
}

/// What stands in a course's way, or nil where it can be placed or a day's calendar is missing.
///
/// A day that is listed lies in the gap window of a predecessor, so `gap` never closes it; `authorisation` never closes
/// planning.
package func refusalFacts(for request: CourseRequest, in setting: Setting) -> RefusalFacts? {
    var ends: Set<ChainEnd> = []
    var clinicDays: [Day: ClinicDay] = [:]
    for step in steps(of: request, planning: setting.facility.planning, today: setting.today) {
        let candidates = step.number == 1 ? firstDays(step, request) : nextDays(step, after: ends)
        for end in candidates where clinicDays[end.day] == nil {
            guard let clinicDay = setting.clinicDay(end.day) else { return nil }
            clinicDays[end.day] = clinicDay
        }
        func opens(_ day: Day, without: Rule?) -> Bool {
            guard let clinicDay = clinicDays[day] else { return false }
            return Places(
                of: step.visitType, for: request, on: clinicDay, in: setting, step: step, without: without
            ).opens()
        }
        let open = Set(candidates.map(\.day).filter { opens($0, without: nil) })
        let inWindow = candidates.filter { isWithin($0, step.phase) }
        ends = Set(inWindow.filter { open.contains($0.day) })
        if ends.isEmpty {
            let days = Set(candidates.map(\.day)).sorted().map { day in
                let reached = inWindow.contains { $0.day == day }
                let closedBy = Rule.allCases.first { rule in
                    switch rule {
                    case .gap, .authorisation: false
                    case .phaseWindow: open.contains(day)
                    default: reached && opens(day, without: rule)
                    }
                }
                return Refusal.ClosedDay(day: day, closedBy: closedBy)
            }
            return RefusalFacts(visit: step.number, phase: step.phase.name, days: days)
        }
    }
    return nil
}

private func firstDays(_ step: CheckedStep, _ request: CourseRequest) -> Set<ChainEnd> {
    guard step.gapMinimum <= step.gapMaximum else { return [] }
    return Set(
        (step.gapMinimum...step.gapMaximum).map {
            ChainEnd(day: request.wish.earliest + $0, phaseFirst: request.wish.earliest + $0)
        })
}

private func nextDays(_ step: CheckedStep, after ends: Set<ChainEnd>) -> Set<ChainEnd> {
    Set(
        ends.flatMap { end in
            step.days(after: end.day).map { day in
                ChainEnd(day: day, phaseFirst: step.numberInPhase == 1 ? day : end.phaseFirst)
            }
        })
}

private func isWithin(_ end: ChainEnd, _ phase: Phase) -> Bool {
    phase.withinDays.map { end.day - end.phaseFirst <= $0 } ?? true
}
