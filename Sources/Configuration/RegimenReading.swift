internal import Planning
internal import StrictJSON

/// How a regimen is read: the visits of its phases are of declared types. Without such a list any id will do, as in
/// the snapshot that a course keeps.
struct RegimenReading {
    let visitTypes: DeclaredNames?

    func regimen(_ reader: JSONReader, id: (JSONReader) -> RegimenID?) -> Regimen? {
        reader.object { fields in
            let id = fields.value("id", id)
            let name = fields.optional("name") { $0.name() }
            let source = fields.optional("source") { $0.string(length: 0...1000) }
            let prerequisites = fields.array("prerequisites", default: [], of: FileShape.prerequisite.read)
            if let twice = firstTwice(prerequisites.map(\.name)) {
                fields.problem("prerequisites", "prerequisite \(quote(twice)) stands twice")
            }
            let phases = fields.value("phases", phases)
            guard let id, let phases else { return nil }
            return Regimen(
                id: id, name: name ?? "", source: source ?? "", prerequisites: prerequisites, phases: phases)
        }
    }

    private func phases(_ reader: JSONReader) -> [Phase]? {
        let count = reader.value.array?.count ?? 0
        var index = 0
        var names: [String: String] = [:]
        return reader.elements("phase") { reader in
            defer { index += 1 }
            let place = PhaseReading.Place(isFirst: index == 0, isLast: index == count - 1)
            let phase = PhaseReading(visitTypes: visitTypes, place: place).phase(reader)
            if let phase {
                if let first = names[phase.name] {
                    reader.problem("phase \(quote(phase.name)) stands twice", hint: "the first is \(first)")
                }
                names[phase.name] = names[phase.name] ?? reader.pathText
            }
            return phase
        }
    }
}
