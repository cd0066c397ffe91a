internal import ClinicTime
internal import Planning
internal import StrictJSON

extension FacilitySections {
    func readChair(_ reader: JSONReader) -> Chair? {
        reader.object { fields in
            let id: ChairID? = fields.value("id", chairs.declaration)
            let features = fields.value("features", default: []) { $0.names("feature") }
            return id.map { Chair(id: $0, features: Set(features)) }
        }
    }

    func readPerson(_ reader: JSONReader) -> Person? {
        reader.object { fields in
            let id: PersonID? = fields.value("id", persons.declaration)
            let name = fields.optional("name") { $0.name() }
            let roles = fields.value("roles") { $0.names("role") }
            if roles?.isEmpty == true { fields.problem("roles", "expected at least one role, found none") }
            let capacity = fields.integer("capacityPercent", 1...100, default: 100)
            let credentials = fields.array("credentials", default: [], of: FileShape.credential.read)
            let shifts = fields.array("shifts", default: [], of: FileShape.shift.read)
            guard let id, let roles else { return nil }
            return Person(
                id: id, name: name ?? "", roles: Set(roles), capacityPercent: capacity, credentials: credentials,
                shifts: shifts)
        }
    }
}

extension FacilitySections {
    /// Records days whose latest closing plus the longest turnover passes the next day's first opening
    /// (docs/contract/planning.md section 1).
    func checkClosings(of facility: Facility, at fields: JSONFields) {
        let turnover = readVisitTypes.values.map(\.turnoverMinutes).max() ?? 0
        func check(
            _ key: String, _ name: String, _ windows: [Interval], before nextName: String, opening next: [Interval]
        ) {
            guard let closing = windows.map(\.until).max(), let opening = next.map(\.from).min() else { return }
            guard closing + turnover > 1440 + opening else { return }
            fields.problem(
                key,
                "\(name) closes at \(clockText(closing)) and the longest turnover is \(turnover) minutes, "
                    + "but \(nextName) opens at \(clockText(opening))",
                hint: "a chair's turnover must be over before the next day's first opening")
        }
        for weekday in Weekday.allCases {
            let next = weekday.next
            check(
                "hours", weekday.name, facility.hours[weekday] ?? [], before: next.name,
                opening: facility.hours[next] ?? [])
        }
        let dated = Dictionary(grouping: facility.openings, by: \.day).mapValues { $0.map(\.hours) }
        func windows(_ day: Day) -> [Interval] { (facility.hours[day.weekday] ?? []) + (dated[day] ?? []) }
        for day in dated.keys.sorted() {
            if dated[day - 1] == nil {
                check("openings", "\(day - 1)", windows(day - 1), before: "\(day)", opening: dated[day] ?? [])
            }
            let own = dated[day + 1] == nil ? dated[day] ?? [] : windows(day)
            check("openings", "\(day)", own, before: "\(day + 1)", opening: windows(day + 1))
        }
    }
}

extension Weekday {
    /// The day after it.
    fileprivate var next: Weekday { Weekday(rawValue: (rawValue + 1) % 7)! }
}
