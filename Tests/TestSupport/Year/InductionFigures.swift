package import Planning

/// What became of the inductions of one regimen in a year, however its visits were booked. Its patients were referred
/// within a span of the year, early enough for their inductions to be over when it ends.
package struct InductionFigures: Sendable {
    /// What became of the inductions that met the same number of losses.
    package struct Share: Sendable {
        /// How many there are.
        package var count = 0
        /// How many of them were given as a whole within the goal.
        package var inGoal = 0
    }

    /// Patients who were referred.
    package private(set) var referred = 0
    /// Those who do not give up before the induction is over, whoever books it.
    package private(set) var stayed = 0
    /// Those who had the induction's first visit.
    package private(set) var begun = 0
    /// Those who had all its visits.
    package private(set) var complete = 0
    /// Those who had all its visits within the goal.
    package private(set) var inGoal = 0
    /// Those who had all its visits within the regimen's `withinDays`, which may be more days than the goal.
    package private(set) var inWindow = 0
    /// Of those who stayed, the ones for whom the goal could be reached if all were known in advance.
    package private(set) var reachable = 0
    /// Those who stayed, by how many of their visits were lost; three stands for more, too.
    package private(set) var byLosses: [Int: Share] = [:]
    /// Gaps of complete ones, and by how many days in all they were shorter than ideal, and longer.
    package private(set) var gaps = (count: 0, shorter: 0, longer: 0)
    /// Those who had a first visit of any kind, and for how many days in all they had waited for it.
    package private(set) var waits = (count: 0, days: 0)
    /// For how many days in all those who had begun had waited for the induction's first visit.
    package private(set) var inductionWaits = 0
    /// How often a told visit of these inductions was moved.
    package private(set) var moved = 0

    /// Nobody's figures, to which patients are added.
    package init() {}

    /// The figures of a regimen's patients who were referred so many days after the year's first.
    ///
    /// - Parameter span: offsets in days; those from `days` - 90 on are left out.
    package init(
        _ fates: YearFates, _ record: YearRecord, regimen: RegimenID, days: Int, referred span: Range<Int>
    ) {
        let bound = ClairvoyantBound(fates, days: days)
        let inductions = record.inductionDays
        let firsts = Dictionary(record.visits.map { ($0.patient, $0.day) }, uniquingKeysWith: min)
        guard let phase = fates.clinic.facility.regimen(regimen)?.phases.first(where: { $0.name == "induction" })
        else { preconditionFailure("a regimen of the clinic that has an induction") }
        for patient in fates.patients where patient.regimen == regimen {
            let offset = patient.referred - YearClinic.firstDay
            guard span.contains(offset), offset < days - 90 else { continue }
            add(patient, inductions[patient.number] ?? [], phase, fates, bound)
            if let first = firsts[patient.number] { waits = (waits.count + 1, waits.days + (first - patient.referred)) }
            moved += record.movedInInduction[patient.number, default: 0]
        }
    }

    private mutating func add(
        _ patient: YearFates.Patient, _ given: [Day], _ phase: Phase, _ fates: YearFates, _ bound: ClairvoyantBound
    ) {
        guard let goal = YearClinic.goal(of: patient.regimen) else { return }
        let (losses, givesUp) = fates.induction(of: patient.number, needed: goal.visits)
        let length = given.count >= goal.visits ? given[goal.visits - 1] - given[0] : nil
        let isInGoal = length.map { $0 <= goal.days } ?? false
        referred += 1
        if !givesUp {
            stayed += 1
            byLosses[min(3, losses), default: Share()].count += 1
            if isInGoal { byLosses[min(3, losses)]?.inGoal += 1 }
            if bound.leastLength(of: patient.number).map({ $0 <= goal.days }) ?? false { reachable += 1 }
        }
        if let first = given.first {
            begun += 1
            inductionWaits += first - patient.referred
        }
        guard let length else { return }
        complete += 1
        if isInGoal { inGoal += 1 }
        if length <= phase.withinDays ?? goal.days { inWindow += 1 }
        gaps.count += goal.visits - 1
        for index in 1..<goal.visits {
            let difference = (given[index] - given[index - 1]) - phase.gaps[(index - 1) % phase.gaps.count]
            if difference < 0 { gaps.shorter -= difference } else { gaps.longer += difference }
        }
    }
}

extension YearFates {
    /// What a patient's induction meets, whoever books it: how many of its visits are lost, and whether the patient
    /// gives up before it is over. The evaluation before it counts.
    package func induction(of patient: Int, needed: Int) -> (losses: Int, givesUp: Bool) {
        var (given, losses, attempts) = (0, 0, 0)
        while given <= needed {
            switch outcome(of: patient, after: attempts) {
            case .comes: given += 1
            case .isLast: return (losses, given < needed)
            case .cancels, .staysAway, .isSentHome: losses += 1
            }
            attempts += 1
        }
        return (losses, false)
    }
}

/// How much of its chairs a clinic used.
package struct ChairUse: Sendable {
    /// Minutes for which chairs of some feature were held by visits that were given, turnover included.
    package let held: Int
    /// Minutes for which they were there while the clinic was open, as was known in advance.
    package let open: Int

    /// The share in use.
    package var share: Double { open == 0 ? 0 : Double(held) / Double(open) }

    /// The use of the chairs with a feature on the days of a span, as offsets from the year's first day.
    package init(_ clinic: YearClinic, _ record: YearRecord, feature: String, days span: Range<Int>) {
        let facility = clinic.facility
        let chairs = Set(facility.chairs.filter { $0.features.contains(feature) }.map(\.id))
        held = record.visits.lazy
            .filter { chairs.contains($0.chair) && span.contains($0.day - YearClinic.firstDay) }
            .reduce(0) { $0 + $1.minutes }
        var open = 0
        for offset in span {
            let day = YearClinic.firstDay + offset
            var minutes = (facility.hours[day.weekday] ?? []).reduce(0) { $0 + $1.minutes }
            for closure in facility.closures where closure.from <= day && day <= closure.through {
                guard let hours = closure.hours else {
                    minutes = 0
                    continue
                }
                for interval in facility.hours[day.weekday] ?? [] {
                    minutes -= max(0, min(interval.until, hours.until) - max(interval.from, hours.from))
                }
            }
            open += max(0, minutes) * chairs.count
        }
        self.open = open
    }
}
