package import Planning

/// How far a window is asked for of what is planned anew.
enum WindowKeeping {
    /// It only warns (docs/contract/planning.md section 6).
    case never
    /// Where some plan keeps it; the cheapest plan otherwise.
    case wherePossible
    /// There is no plan but one that keeps it.
    case always
}

extension Phase {
    /// Days from its first visit to its last in which it is to end: its goal, else its window; nil for neither.
    package var windowDays: Int? { goal?.days ?? withinDays }
}

/// The window of a phase that is under way.
struct PhaseWindow {
    let phase: String
    /// The day of its first visit.
    let first: Day
    /// Beyond so many days it is slipping; none where that is never said, or where the phase has a goal.
    let alarmDays: Int?
    /// Last day less first day, at most: its goal, else its window.
    let withinDays: Int

    /// The last days that it is to have: not to slip at all, else to keep the window.
    var aims: [Day] { Set([alarmDays, withinDays].compactMap(\.self)).sorted().map { first + $0 } }

    var through: Day { first + withinDays }
}

/// How a phase that is under way stands to its window.
package struct WindowState: Hashable, Sendable {
    package let phase: String
    /// The last day that it was to have.
    package let through: Day
    /// The day of its last visit as it is planned now.
    package let ends: Day
    /// Why it does not end in time although that was asked for: what closes the days of the first visit that finds no
    /// place; nil where it does, or nobody asked.
    package let refusal: Refusal?
    /// The day on which it could end at the nearest, where that was asked for and is sooner than it ends.
    package let nearest: Day?
    /// How many visits of others could make room for it, where that was looked at and they can.
    package var room: RoomFound?

    /// Whether it ends in time.
    package var isKept: Bool { ends <= through }
}

/// That a phase cannot end in time, and why.
package struct WindowLost: Hashable, Sendable {
    package let phase: String
    /// The last day that it was to have.
    package let through: Day
    /// The day on which it could end at the nearest; nil where there is no plan for it at all.
    package let nearest: Day?
    /// The first visit that finds no place in time, and what closes its days.
    package let refusal: Refusal
    /// How many visits of others could make room for it, where that was looked at and they can.
    package var room: RoomFound?
}

extension CourseDraft {
    /// The window of the last phase that has begun, if it has one and some of its visits are still to come or owed.
    /// Where the phase began elsewhere, or its window was set aside for a visit that was given, there is none.
    var phaseWindow: PhaseWindow? {
        for phase in template.regimen.phases.reversed() {
            let own = attempts.filter { $0.phase == phase.name }
            let kept = own.compactMap { visits[$0.current] }.filter(isKept)
            guard let first = kept.map(\.place.day).min() else { continue }
            let isLeft = own.contains { visits[$0.current].map { !isKept($0) && !isDropped($0) } ?? false }
            guard let within = phase.windowDays, isLeft, progress.adoptedFrom?.phase != phase.name,
                kept.allSatisfy({ $0.overrides[.phaseWindow] == nil })
            else { return nil }
            let alarm = phase.goal == nil ? phase.alarmDays.flatMap { $0 < within ? $0 : nil } : nil
            return PhaseWindow(phase: phase.name, first: first, alarmDays: alarm, withinDays: within)
        }
        return nil
    }

    /// Whether a phase that is under way ends later than is wished for as it stands, or has a visit without a place.
    func isSlipping(_ phase: String) -> Bool {
        guard let window = phaseWindow, window.phase == phase else { return false }
        return end(of: phase).map { $0 > window.aims[0] } ?? true
    }

    private func isDropped(_ image: VisitImage) -> Bool { !image.status.occupies && image.isForgone }

    /// The day of a phase's last visit; nil where one of its visits has no place.
    func end(of phase: String) -> Day? {
        let images = attempts.filter { $0.phase == phase }.compactMap { visits[$0.current] }.filter { !isDropped($0) }
        return images.allSatisfy(\.status.occupies) ? images.map(\.place.day).max() : nil
    }

    /// Plans what is left so that the phase under way ends in time.
    mutating func planRest(_ replanning: Replanning, keeping window: PhaseWindow) throws(DecisionFailure) {
        let aims = window.aims
        if try planRest(replanning, endingBy: aims, window) { return }
        let refusal = try refusal(of: replanning, endingBy: window.through, window)
        if keeping == .always {
            let nearest = try nearestEnd(replanning, after: window.through, window)
            throw .unchangeable(
                .windowLost(
                    WindowLost(phase: window.phase, through: window.through, nearest: nearest, refusal: refusal)))
        }
        let before = self
        // Who could make room is looked for beside the writer, as what closes the days is.
        let room = context.explains ? try room(for: window) : nil
        try planRest(replanning)
        guard let ends = end(of: window.phase), ends > window.through else { return }
        let nearest = try before.nearestEnd(replanning, after: window.through, before: ends, window)
        toldWindow = WindowState(
            phase: window.phase, through: window.through, ends: ends, refusal: refusal,
            nearest: nearest == ends ? nil : nearest, room: room)
    }

    /// Plans what is left where no phase with a window is under way: so that those to come end within their alarm days,
    /// if that is possible.
    mutating func planInTime(_ replanning: Replanning) throws(DecisionFailure) {
        var inTime = replanning.unexplained
        inTime.endsInTime = true
        do throws(DecisionFailure) {
            try planRest(inTime)
        } catch {
            guard case .refused(.noPlan) = error else { throw error }
            try planRest(replanning)
        }
    }

    /// Tries to plan what is left so that a phase ends on the first of some days for which that is possible.
    mutating func planRest(
        _ replanning: Replanning, endingBy days: [Day], _ window: PhaseWindow
    ) throws(DecisionFailure) -> Bool {
        for day in days {
            var ending = replanning.unexplained
            ending.phaseEnds[window.phase] = day
            ending.endsInTime = days.count > 1 && day == days[0]
            do throws(DecisionFailure) {
                try planRest(ending)
            } catch {
                guard case .refused(.noPlan) = error else { throw error }
                continue
            }
            toldWindow = WindowState(
                phase: window.phase, through: day, ends: end(of: window.phase) ?? day, refusal: nil, nearest: nil)
            return true
        }
        return false
    }

    /// Why a phase cannot end by a day.
    private func refusal(
        of replanning: Replanning, endingBy day: Day, _ window: PhaseWindow
    ) throws(DecisionFailure) -> Refusal {
        var ending = replanning
        ending.phaseEnds[window.phase] = day
        var trial = self
        do throws(DecisionFailure) {
            try trial.planRest(ending)
        } catch {
            guard case .refused(.noPlan(let refusal)) = error else { throw error }
            return refusal
        }
        preconditionFailure("what cannot be planned is refused")
    }

    /// The first day after one on which a phase can end; nil where there is no plan at all.
    ///
    /// - Parameter last: a day on which it can end, if one is known.
    private func nearestEnd(
        _ replanning: Replanning, after day: Day, before last: Day? = nil, _ window: PhaseWindow
    ) throws(DecisionFailure) -> Day? {
        var high = day
        if let last {
            high = last
        } else if let free = try freeEnd(replanning, window) {
            high = free
        } else {
            return nil
        }
        // Whoever can end by a day can end by every later one.
        var low = day
        while high - low > 1 {
            let middle = low + (high - low) / 2
            var trial = self
            if try trial.planRest(replanning, endingBy: [middle], window) { high = middle } else { low = middle }
        }
        return high
    }

    /// The day on which a phase ends in the cheapest plan.
    private func freeEnd(_ replanning: Replanning, _ window: PhaseWindow) throws(DecisionFailure) -> Day? {
        var trial = self
        do throws(DecisionFailure) {
            try trial.planRest(replanning.unexplained)
        } catch {
            guard case .refused(.noPlan) = error else { throw error }
            return nil
        }
        return trial.end(of: window.phase)
    }

    /// Brings the phase under way back into its time (`LifecycleAlteration.catchUp`).
    mutating func catchUp(within: Int?, isNearest: Bool) throws(DecisionFailure) {
        guard let window = phaseWindow else { throw .unchangeable(.noWindow(course)) }
        let ends = end(of: window.phase)
        let aims = within.map { [window.first + $0] } ?? window.aims
        // What ends in time stays, and no plan is worth anything that ends no sooner.
        if let ends, ends <= aims[0] { return }
        let sooner = aims.filter { aim in ends.map { aim < $0 } ?? true }
        if try planRest(Replanning(declined: declinedDays), endingBy: sooner, window) { return }
        if try planRest(Replanning(), endingBy: sooner, window) { return }
        let through = sooner.last ?? aims[0]
        let nearest = try nearestEnd(Replanning(), after: through, before: ends, window)
        if isNearest, let nearest, ends.map({ nearest < $0 }) ?? true,
            try planRest(Replanning(), endingBy: [nearest], window)
        {
            toldWindow = WindowState(
                phase: window.phase, through: through, ends: nearest, refusal: nil, nearest: nil)
            return
        }
        let refusal = try refusal(of: Replanning(), endingBy: through, window)
        let room = within == nil && context.explains ? try room(for: window) : nil
        throw .unchangeable(
            .windowLost(
                WindowLost(
                    phase: window.phase, through: through, nearest: nearest == ends ? nil : nearest, refusal: refusal,
                    room: room)))
    }

    /// Says that a phase does not end in time, where what was planned left it so.
    mutating func tell(_ window: PhaseWindow) {
        guard let ends = end(of: window.phase), ends > window.through else { return }
        toldWindow = WindowState(
            phase: window.phase, through: window.through, ends: ends, refusal: nil, nearest: nil)
    }
}
