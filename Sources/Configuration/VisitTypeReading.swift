internal import Planning
internal import StrictJSON

/// How a visit type is read: its durations are multiples of `grid` minutes.
struct VisitTypeReading {
    let grid: Int

    func visitType(_ reader: JSONReader, id: (JSONReader) -> VisitTypeID?) -> VisitType? {
        reader.object { fields in
            let id = fields.value("id", id)
            let name = fields.optional("name") { $0.name() }
            let features = fields.value("chair", default: []) { $0.names("feature") }
            let turnover = fields.value("turnoverMinutes", default: 0) { duration($0, least: 0) }
            let labels = DeclaredNames("label")
            let attendants = fields.array("attendants", default: []) { attendant($0, labels: labels) }
            let presences = Set(attendants.filter(\.presence).map(\.label))
            let loads = LoadReading(labels: labels, presences: presences)
            let stages = fields.value("stages") { $0.elements("stage") { stage($0, loads: loads) } }
            checkAttendants(attendants, named: loads.named, at: fields)
            let length = (stages ?? []).map(\.minutes).reduce(0, +)
            if length > 1440 { fields.problem("stages", "a visit of \(length) minutes is longer than a day (1440)") }
            let fasting = fields.optional("fastingHours") { $0.integer(0...48) }
            let checks = fields.value("arrivalChecks", default: []) { $0.names("check") }
            let escort = fields.bool("escort", default: false)
            let tasks = fields.array("tasks", default: [], of: FileShape.followUp.read)
            guard let id, let stages else { return nil }
            return VisitType(
                id: id, name: name ?? "", chairFeatures: Set(features), turnoverMinutes: turnover,
                attendants: attendants, stages: stages, fastingHours: fasting, arrivalChecks: checks, escort: escort,
                tasks: tasks)
        }
    }

    private func duration(_ reader: JSONReader, least: Int) -> Int? {
        guard let minutes = reader.value.integer, (least...1440).contains(minutes), minutes % grid == 0 else {
            let name = grid == 1 ? "a whole number" : "a multiple of gridMinutes (\(grid))"
            return reader.mismatch(expected: "\(name) from \(least) to 1440")
        }
        return minutes
    }

    private func attendant(_ reader: JSONReader, labels: DeclaredNames) -> Attendant? {
        reader.object { fields in
            let label = fields.value("label", labels.nameDeclaration)
            let role = fields.value("role") { $0.name() }
            let credentials = fields.value("credentials", default: []) { $0.names("credential") }
            let continuity = fields.bool("continuity", default: false)
            let presence = fields.bool("presence", default: false)
            if continuity && presence {
                fields.problem("continuity", "a presence names nobody, so that nobody can be wished for again")
            }
            guard let label, let role else { return nil }
            return Attendant(
                label: label, role: role, credentials: Set(credentials), continuity: continuity,
                presence: presence)
        }
    }

    private func checkAttendants(_ attendants: [Attendant], named: Set<String>, at fields: JSONFields) {
        let wished = attendants.filter { $0.continuity && !$0.presence }.map { quote($0.label) }
        if wished.count > 1 {
            fields.problem("attendants", "\(wished.joined(separator: ", ")) are marked continuity (at most 1 label)")
        }
        for attendant in attendants where !named.contains(attendant.label) {
            fields.problem("attendants", "no stage names the label \(quote(attendant.label))")
        }
    }

    private func stage(_ reader: JSONReader, loads: LoadReading) -> Stage? {
        reader.object { fields in
            let name = fields.value("name") { $0.name() }
            let minutes = fields.value("minutes") { duration($0, least: grid) }
            let load = fields.value("load", default: []) { $0.map(of: loads.percent) }
            let handover = fields.bool("handover", default: false)
            guard let name, let minutes else { return nil }
            return Stage(
                name: name, minutes: minutes, load: Dictionary(load.map { ($0.key, $0.value) }) { first, _ in first },
                handover: handover)
        }
    }
}

/// How the loads of a visit type's stages are read; it remembers which labels they name.
private final class LoadReading {
    private let labels: DeclaredNames
    private let presences: Set<String>
    private(set) var named: Set<String> = []

    init(labels: DeclaredNames, presences: Set<String>) {
        self.labels = labels
        self.presences = presences
    }

    func percent(of label: String, _ reader: JSONReader) -> Int? {
        named.insert(label)
        guard let percent = reader.integer(0...100) else { return nil }
        if !labels.ids.contains(label) {
            let hint = closest(to: label, among: labels.ids).map { "did you mean \(quote($0))?" }
            reader.problem("no attendant has the label \(quote(label))", hint: hint)
        } else if presences.contains(label), percent > 0 {
            reader.problem(
                "load \(percent) on a presence exceeds 0", hint: "a presence names nobody who could carry it")
        }
        return percent
    }
}
