import Wire

/// What those of a role are doing, in words: both nurses are starting patients; Nurse 1 has a break 12:00-12:30.
struct StaffWords {
    private let role: String
    private let findings: [PersonFindingMessage]
    private let load: Int
    private let names: [String: String]

    init(_ hindrance: HindranceMessage, names: [String: String]) {
        role = hindrance.role ?? "person"
        findings = hindrance.persons ?? []
        load = hindrance.load ?? 0
        self.names = names
    }

    /// More than one of the role.
    static func plural(_ role: String) -> String { role + (role.hasSuffix("s") ? "es" : "s") }

    /// What nobody of the role does, by what those who have the credentials are doing.
    func lack(between span: String) -> String {
        let qualified = Set(findings.map(\.state).filter { $0 != .unqualified })
        guard let only = qualified.first else { return "no \(role) has the credentials asked" }
        guard qualified.count == 1 else { return "no \(role) is free\(span)" }
        return switch only {
        case .busy: "no \(role) has attention left\(span)"
        case .absent: "no \(role) is there all the time that the visit takes"
        case .limited: "no \(role) carries so much"
        case .free: "no \(role) can take all of the visit"
        case .unqualified, .unknown: "no \(role) is free\(span)"
        }
    }

    /// Everybody, those who do the same together; nil where nobody has the role.
    var text: String? {
        guard !findings.isEmpty else { return nil }
        var groups: [(predicate: Predicate, persons: [String])] = []
        for finding in findings {
            let predicate = predicate(finding)
            if let index = groups.firstIndex(where: { $0.predicate.several == predicate.several }) {
                groups[index].persons.append(name(finding.person))
            } else {
                groups.append((predicate, [name(finding.person)]))
            }
        }
        return groups.map { group in
            let verb = group.persons.count == 1 ? group.predicate.one : group.predicate.several
            return "\(subject(group.persons)) \(verb)"
        }.joined(separator: ", ")
    }

    private func name(_ id: String) -> String { names[id].flatMap { $0.isEmpty ? nil : $0 } ?? id }

    private func subject(_ persons: [String]) -> String {
        switch (persons.count, findings.count) {
        case (1, 1): "\(persons[0]), the only \(role),"
        case (2, 2): "both \(StaffWords.plural(role))"
        case (let some, let all) where some == all: "all \(all) \(StaffWords.plural(role))"
        case (1...3, _): listed(persons)
        case (_, _): "\(persons.count) others"
        }
    }

    private struct Predicate: Equatable {
        let one: String
        let several: String

        init(_ one: String, _ several: String) {
            self.one = one
            self.several = several
        }
    }

    private func predicate(_ finding: PersonFindingMessage) -> Predicate {
        switch finding.state {
        case .unqualified:
            let lacks = (finding.lacks ?? []).map { "no \($0)" } + (finding.lapsed ?? []).map { "a lapsed \($0)" }
            return Predicate("has \(listed(lacks))", "have \(listed(lacks))")
        case .absent: return absence(finding)
        case .limited:
            let most = "at most \(finding.capacityPercent ?? 0) %, and \(load) % is asked"
            return Predicate("carries \(most)", "carry \(most)")
        case .busy:
            if let starting = finding.starting, starting > 0 {
                return Predicate("is starting \(starting == 1 ? "a patient" : "patients")", "are starting patients")
            }
            let watching = max(1, finding.watching ?? 1)
            return Predicate(
                "is watching \(counted(watching, "patient"))", "are watching \(counted(watching, "patient")) each")
        case .free, .unknown: return Predicate("could", "could")
        }
    }

    private func absence(_ finding: PersonFindingMessage) -> Predicate {
        let gaps = finding.absences ?? []
        if finding.allAway ?? false {
            if gaps.contains(where: { $0.reason == .away }) { return Predicate("is away", "are away") }
            return Predicate("is off", "are off")
        }
        let parts = gaps.map { gap in
            let span = "\(clockText(gap.from))-\(clockText(gap.until))"
            switch gap.reason {
            case .break: return Predicate("has a break \(span)", "have a break \(span)")
            case .away: return Predicate("is away \(span)", "are away \(span)")
            case .noShift, .unknown: return Predicate("is off \(span)", "are off \(span)")
            }
        }
        return Predicate(listed(parts.map(\.one)), listed(parts.map(\.several)))
    }
}
