internal import ClinicTime
internal import Planning
internal import StrictJSON

/// Reads the sections `clinic`, `chairs`, `staff`, `visitTypes`, `regimens` and `planning`, which configuration and
/// problem files share, and keeps what references in later sections need.
///
/// Sections that others refer to are read first, wherever they stand in the text.
final class FacilitySections {
    let chairs = DeclaredNames("chair")
    let persons = DeclaredNames("person")
    let visitTypes = DeclaredNames("visit type")
    let regimens = DeclaredNames("regimen")
    /// The visit types that could be read.
    private(set) var readVisitTypes: [VisitTypeID: VisitType] = [:]
    /// The regimens that could be read.
    private(set) var readRegimens: [RegimenID: Regimen] = [:]
    /// The time zone, once read.
    private(set) var zone: ClinicZone?
    private let zones: String?

    /// Time zones come from the directory `zones`; without one their names are taken as they are.
    init(zones: String?) { self.zones = zones }

    /// The facility; nil where a part of it could not be read.
    func read(_ fields: JSONFields) -> Facility? {
        var facility = Facility()
        var clinicFields: JSONFields?
        let clinic: Bool? = fields.object("clinic") { fields in
            clinicFields = fields
            readClinic(fields, into: &facility)
            return true
        }
        let chairs = fields.value("chairs") { $0.elements("chair", of: readChair) }
        let staff = fields.array("staff", of: readPerson)
        let types = fields.value("visitTypes") { reader in
            reader.elements("visit type") { reader in
                let type = VisitTypeReading(grid: facility.gridMinutes).visitType(reader, id: visitTypes.declaration)
                if let type { readVisitTypes[type.id] = type }
                return type
            }
        }
        let regimens = fields.array("regimens") { reader in
            let regimen = RegimenReading(visitTypes: visitTypes).regimen(reader, id: self.regimens.declaration)
            if let regimen { readRegimens[regimen.id] = regimen }
            return regimen
        }
        facility.planning = fields.value("planning", default: PlanningParameters(), readPlanning)
        if let clinicFields { checkClosings(of: facility, at: clinicFields) }
        guard clinic != nil, let chairs, let staff, let types, let regimens else { return nil }
        facility.chairs = chairs
        facility.staff = staff
        facility.visitTypes = types
        facility.regimens = regimens
        return facility
    }

    private func readClinic(_ fields: JSONFields, into facility: inout Facility) {
        facility.name = fields.value("name") { $0.name() } ?? ""
        facility.timeZone = fields.value("timeZone", readZone) ?? ""
        let divisors = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]
        let grid = fields.optional("gridMinutes") { reader in
            reader.value.integer.flatMap { divisors.contains($0) ? $0 : nil }
                ?? reader.mismatch(expected: "a divisor of 60")
        }
        // Where the grid is wrong, nothing else is measured by it.
        facility.gridMinutes = grid ?? (fields.has("gridMinutes") ? 1 : 5)
        let standard = Facility.defaultStartEvery(gridMinutes: facility.gridMinutes)
        facility.startEveryMinutes = fields.value("startEveryMinutes", default: standard) { reader in
            let every = reader.value.integer
            guard let every, divisors.contains(every), every % facility.gridMinutes == 0 else {
                let multiple = "a divisor of 60 and a multiple of gridMinutes (\(facility.gridMinutes))"
                return reader.mismatch(expected: facility.gridMinutes == 1 ? "a divisor of 60" : multiple)
            }
            return every
        }
        facility.hours = fields.object("hours", readHours) ?? [:]
        facility.openings = fields.array("openings", default: [], of: readOpening)
        facility.closures = fields.array("closures", default: [], of: readClosure)
    }

    private func readZone(_ reader: JSONReader) -> String? {
        guard let name = reader.string(), let zones else { return reader.value.string }
        do {
            zone = try ClinicZone(named: name, directory: zones)
            return name
        } catch {
            reader.problem(error.message, hint: error.hint)
            return nil
        }
    }

    private func readHours(_ fields: JSONFields) -> [Weekday: [Interval]]? {
        var hours: [Weekday: [Interval]] = [:]
        for weekday in Weekday.allCases {
            let windows = fields.array(weekday.name, default: []) { $0.window() }
            if !windows.isEmpty { hours[weekday] = windows }
        }
        return hours
    }

    private func readOpening(_ reader: JSONReader) -> Opening? {
        reader.object { fields in
            let day = fields.value("day") { $0.day() }
            let hours = fields.value("hours") { $0.window() }
            let reason = fields.optional("reason") { $0.name() }
            guard let day, let hours else { return nil }
            return Opening(day: day, hours: hours, reason: reason)
        }
    }

    private func readClosure(_ reader: JSONReader) -> Closure? {
        reader.object { fields in
            let days: (from: Day, through: Day)?
            if fields.has("day") {
                days = fields.value("day") { $0.day() }.map { ($0, $0) }
                for key in ["from", "through"] where fields.has(key) {
                    fields.problem(key, "a closure has a day, or from and through, not both")
                }
            } else if fields.has("from") || fields.has("through") {
                days = fields.days()
            } else {
                days = nil
                reader.problem("a closure needs a day, or from and through")
            }
            let hours = fields.optional("hours") { $0.window() }
            let reason = fields.optional("reason") { $0.name() }
            return days.map { Closure(from: $0.from, through: $0.through, hours: hours, reason: reason) }
        }
    }
}

func readPlanning(_ reader: JSONReader) -> PlanningParameters? {
    reader.object { fields in
        var planning = PlanningParameters()
        planning.horizonDays = fields.integer("horizonDays", 0...3660, default: planning.horizonDays)
        planning.leadTimeMinutes = fields.integer("leadTimeMinutes", 0...525_600, default: planning.leadTimeMinutes)
        planning.startWithinDays = fields.integer("startWithinDays", 0...3660, default: planning.startWithinDays)
        planning.firmDays = fields.integer("firmDays", 0...3660, default: planning.firmDays)
        planning.makeUpDays = fields.integer("makeUpDays", 0...366, default: planning.makeUpDays)
        planning.seeksGoals = fields.choice("seeksGoals", default: planning.seeksGoals)
        planning.weights = fields.value("weights", default: Weights(), readWeights)
        return planning
    }
}

private func readWeights(_ reader: JSONReader) -> Weights? {
    reader.object { fields in
        var weights = Weights()
        for (key, path) in weightKeys {
            weights[keyPath: path] = fields.integer(key, 0...1_000_000, default: weights[keyPath: path])
        }
        return weights
    }
}

/// The weights by their keys, in the order in which files have them.
var weightKeys: [(key: String, path: WritableKeyPath<Weights, Int>)] {
    [
        ("start", \.start), ("gap", \.gap), ("preference", \.preference), ("rhythm", \.rhythm),
        ("continuity", \.continuity), ("site", \.site), ("session", \.session), ("crowding", \.crowding),
        ("idle", \.idle), ("workload", \.workload),
        ("movedDay", \.movedDay), ("movedTime", \.movedTime),
    ]
}
