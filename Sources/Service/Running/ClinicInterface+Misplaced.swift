internal import Clinic
internal import Planning
internal import Wire

// A place that cannot be had exactly as it was asked for, in words: which rule stands against it, and what could be.

extension ClinicInterface.Failure {
    /// A place that a visit cannot have, and what could be instead.
    static func misplaced(_ misplaced: Misplaced, _ snapshot: Snapshot) -> Self {
        let place = misplaced.place
        let at = "visit \(misplaced.visit) cannot be at \(snapshot.moment(minute: place.minute)) on \(place.chair)"
        let facts = misplaced.rules.compactMap { fact($0, misplaced, snapshot) }
        let rules = misplaced.rules.map(\.rawValue).joined(separator: ", ")
        let starts = misplaced.starts.map { ClockTime(minutes: $0).text }.joined(separator: " or ")
        let why = misplaced.rules.isEmpty ? ": visits start at \(starts)" : ": that breaks \(rules)"
        let said = facts.isEmpty ? "" : ", for " + facts.joined(separator: ", and ")
        return .refused(
            rule: misplaced.rules.first?.rawValue ?? "start", message: at + why + said,
            hint: hint(misplaced, snapshot), violations: [], refusal: nil)
    }

    /// What is known of why a rule stands against the place; nil where its name says it.
    private static func fact(_ rule: Rule, _ misplaced: Misplaced, _ snapshot: Snapshot) -> String? {
        switch rule {
        case .chairFree:
            let holders = misplaced.holders.map { "\($0.visit) holds it until \(snapshot.clockText(minute: $0.until))" }
            return holders.isEmpty ? "it is held" : holders.joined(separator: ", and ")
        case .openingHours:
            guard let day = snapshot.calendar.calendars[misplaced.place.day] else { return nil }
            let hours = openingIntervals(of: snapshot.calendar.facility, on: day).map { opening in
                "\(snapshot.clockText(minute: day.firstMinute + opening.from)) to "
                    + snapshot.clockText(minute: day.firstMinute + opening.until)
            }
            return hours.isEmpty ? "the clinic is closed" : "the clinic is open \(hours.joined(separator: " and "))"
        case .leadTime:
            return "it is less than \(counted(snapshot.facility.planning.leadTimeMinutes, "minute")) from now"
        case .oneVisitADay: return "the patient has another visit that day"
        case .patientAvailable: return "the patient cannot come then"
        case .attendantQualified, .attendantOnDuty, .attendantCapacity:
            let persons = misplaced.place.persons.map(\.text).joined(separator: " and ")
            return persons.isEmpty ? nil : "\(persons) would attend"
        case .chairInService, .chairFeatures, .gap, .phaseWindow, .courseEnd, .authorisation: return nil
        }
    }

    private static func hint(_ misplaced: Misplaced, _ snapshot: Snapshot) -> String? {
        let ways = misplaced.remedies.map { remedy in
            switch remedy {
            case .chair(let chair): return "\(chair) is free then: --chair \(chair)"
            case .person(let label, let person): return "\(person) can then: --person \(label)=\(person)"
            case .best(let place, let cost):
                let persons = place.persons.map(\.text).joined(separator: " and ")
                let with = persons.isEmpty ? "" : " with \(persons)"
                return "--plan would bring it to \(snapshot.moment(minute: place.minute)) on \(place.chair)\(with), "
                    + (cost == 0 ? "at the same cost" : "at a cost of \(cost > 0 ? "+" : "")\(cost)")
            }
        }
        if !ways.isEmpty { return ways.joined(separator: "; ") }
        let aside = misplaced.rules.filter { !$0.isPhysical }.map(\.rawValue)
        guard !aside.isEmpty, aside.count == misplaced.rules.count else { return "--plan looks for the best place" }
        return "choose another place, or have a clinician set \(aside.joined(separator: ", ")) aside for the visit"
    }
}
