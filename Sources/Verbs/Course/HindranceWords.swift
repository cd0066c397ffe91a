import Planning
import Wire

/// What closes days, in words. Patients go by nothing but "the patient".
struct HindranceWords {
    /// Names of staff, by id.
    let names: [String: String]
    /// The number of the visit that is asked about.
    let number: Int

    /// Why a day is closed, with the names of the rules.
    func text(_ closed: ClosedDayMessage) -> String {
        guard let hindrances = closed.hindrances, !hindrances.isEmpty else {
            guard let rule = closed.closedBy else {
                let several = (closed.several ?? []).map(\.rawValue)
                let which = several.isEmpty ? "" : ": \(listed(several, "and"))"
                return "more than one rule stands in the way (several\(which))"
            }
            return "\(rule.meaning) (\(rule.rawValue))"
        }
        var rules: [String] = []
        for hindrance in hindrances where !rules.contains(hindrance.rule.rawValue) {
            rules.append(hindrance.rule.rawValue)
        }
        let clauses: String
        if hindrances.contains(where: { $0.leaves?.isEmpty == false }) {
            clauses = hindrances.map(limit).joined(separator: ", ") + ": never together"
        } else {
            let each = hindrances.map(clause)
            clauses = each.joined(separator: each.contains { $0.contains(":") } ? "; and " : ", and ")
        }
        return "\(clauses) (\(rules.joined(separator: ", ")))"
    }

    /// Closed days as sentences, those for the same reason together.
    func sentences(_ days: [ClosedDayMessage]) -> [String] {
        var groups: [(text: String, days: [Day])] = []
        for closed in days {
            let text = text(closed)
            if let index = groups.firstIndex(where: { $0.text == text }) {
                groups[index].days.append(closed.day)
            } else {
                groups.append((text, [closed.day]))
            }
        }
        return groups.map { "\(spokenDays($0.days)): \($0.text)." }
    }

    /// What a rule leaves where several close the day only together.
    private func limit(_ hindrance: HindranceMessage) -> String {
        let starts = (hindrance.leaves ?? []).map {
            $0.from == $0.until ? clockText($0.from) : clockText($0)
        }
        let at = starts.isEmpty ? "at no time" : "only for a start at \(listed(starts, "or"))"
        switch hindrance.rule {
        case .openingHours: return "the clinic is open \(at)"
        case .chairInService, .chairFeatures, .chairFree: return "a chair is free \(at)"
        case .attendantQualified, .attendantOnDuty, .attendantCapacity:
            return "a \(hindrance.role ?? "person") is free \(at)"
        case .patientAvailable: return "the patient can come \(at)"
        case .oneVisitADay, .leadTime, .courseEnd, .gap, .phaseWindow, .authorisation:
            return "\(hindrance.rule.meaning) \(at)"
        }
    }

    private func clause(_ hindrance: HindranceMessage) -> String {
        switch hindrance.rule {
        case .openingHours: opening(hindrance)
        case .chairInService: chairs(hindrance, "is in service long enough")
        case .chairFeatures: chairs(hindrance, nil)
        case .chairFree: chairs(hindrance, "is free long enough")
        case .attendantQualified, .attendantOnDuty, .attendantCapacity: staff(hindrance)
        case .gap: gap(hindrance)
        case .phaseWindow:
            "the phase may take at most \(counted(hindrance.daysMaximum ?? 0, "day")), and its first visit is on "
                + "\(hindrance.dayThrough?.spoken ?? "")"
                + (hindrance.dayFrom == hindrance.dayThrough ? "" : " at the latest")
        case .patientAvailable: patient(hindrance)
        case .oneVisitADay:
            "the patient has another visit" + (hindrance.visit.map { ", \($0)" } ?? "")
                + (hindrance.hours.map { " at \(clockText($0))" } ?? "")
        case .leadTime:
            hindrance.earliest.map {
                "that is too soon: the first start possible is \($0.day.spoken) \(clockText($0))"
            } ?? "that day is over"
        case .courseEnd: "the course ends on \(hindrance.lastDay?.spoken ?? "an earlier day")"
        case .authorisation: hindrance.rule.meaning
        }
    }

    private func between(_ hindrance: HindranceMessage) -> String {
        guard let from = hindrance.from, let until = hindrance.until else { return "" }
        return " between \(clockText(from)) and \(clockText(until))"
    }

    private func opening(_ hindrance: HindranceMessage) -> String {
        let hours = hindrance.hours ?? []
        let reason = hindrance.reason.map { ", \"\($0)\"" } ?? ""
        if hours.isEmpty { return "the clinic is closed\(reason)" }
        let longest = hours.map { ($0.until.second - $0.from.second) / 60 }.max() ?? 0
        let needed = hindrance.minutes ?? 0
        let short = longest < needed ? ", and the visit takes \(needed) minutes" : ""
        return "the clinic is open only \(clockText(hours))\(reason)\(short)"
    }

    private func gap(_ hindrance: HindranceMessage) -> String {
        guard let from = hindrance.dayFrom, let through = hindrance.dayThrough else { return hindrance.rule.meaning }
        guard let other = hindrance.number, let least = hindrance.daysMinimum, let most = hindrance.daysMaximum else {
            return "the course may start \(from == through ? "only" : "") on \(spokenDays(from, through: through))"
                .replacing("  ", with: " ")
        }
        let days = least == most ? counted(least, "day") : "\(least) to \(most) days"
        if from == through { return "visit \(other) is on \(from.spoken), and \(days) must lie between" }
        let order = other < number ? "after" : "before"
        return "visit \(other) can be on \(spokenDays(from, through: through)), and this one \(days) \(order) it"
    }

    private func patient(_ hindrance: HindranceMessage) -> String {
        let hours = hindrance.hours ?? []
        if hindrance.blackout ?? false || hours.isEmpty { return "the patient cannot come" }
        return "the patient can come only \(clockText(hours))"
    }

    private func staff(_ hindrance: HindranceMessage) -> String {
        let role = hindrance.role ?? "person"
        guard let persons = hindrance.persons else {
            let hours = hindrance.hours ?? []
            return hours.isEmpty ? "no \(role) is there" : "a \(role) is there only \(clockText(hours))"
        }
        let words = StaffWords(hindrance, names: names)
        guard let text = words.text else { return persons.isEmpty ? "nobody is a \(role)" : "no \(role) is free" }
        return "\(words.lack(between: between(hindrance))): \(text)"
    }
}

// MARK: Chairs

extension HindranceWords {
    /// - Parameter lack: what no fitting chair does between some times; nil where no other chair would fit.
    private func chairs(_ hindrance: HindranceMessage, _ lack: String?) -> String {
        let features = listed(hindrance.features ?? [])
        let like = features.isEmpty ? "" : " with \(features)"
        let fitting = (hindrance.chairs ?? []).filter(\.lacks.isEmpty)
        if fitting.isEmpty { return "no chair has \(features.isEmpty ? "what is asked" : features)" }
        let states = fitting.map { chair in
            let taken = chair.held.isEmpty ? [] : ["taken \(clockText(chair.held))"]
            let out = chair.out.isEmpty ? [] : ["out of service \(clockText(chair.out))"]
            let what = taken + out
            return what.isEmpty ? "\(chair.chair) is free at other times" : "\(chair.chair) is \(listed(what))"
        }
        let head =
            lack.map { "no chair\(like) \($0)\(between(hindrance))" }
            ?? "no other chair has \(features.isEmpty ? "what is asked" : features)"
        return "\(head): \(states.joined(separator: ", "))"
    }
}
