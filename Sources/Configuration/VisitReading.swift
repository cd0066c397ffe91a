internal import Clinic
internal import ClinicTime
internal import Planning
internal import StrictJSON

/// How a visit of an export file is read, with everything about it that changes.
struct VisitReading {
    let sections: FacilitySections
    /// What its course follows; nil where that could not be read, so that other problems are found all the same.
    let template: Template?

    /// The most minutes that a visit which has begun may have been covered for: two days, as long as anything that was
    /// to be within a day can last.
    private static let longestVisit = 2880

    func image(_ fields: JSONFields) -> VisitImage? {
        let number = fields.integer("number", 1...10_000)
        // Lost visits of a phase that was left behind keep its name, so that any name will do.
        let phase = fields.value("phase") { $0.name() }
        let typeID: VisitTypeID? = fields.value("visit", visitType)
        let type = typeID.flatMap { template?.visitType($0) }
        let status = readStatus(fields)
        let start = fields.value("start") { $0.moment(in: sections.zone) }
        let end = fields.optional("end") { $0.moment(in: sections.zone) }
        let chair: ChairID? = fields.value("chair", sections.chairs.reference)
        let persons = fields.value("attendants") { reader in
            readPersons(reader, of: type, person: sections.persons.reference)
        }
        let facts = fields.array("facts", default: [], of: fact)
        let isBegun = facts.contains { $0.kind == .started }
        let covers = fields.array("covers", default: []) { cover($0, of: type, from: start, isBegun: isBegun) }
        let overrides = fields.optional("overrides", readOverrides) ?? [:]
        let terms = fields.optional("terms", readTerms) ?? CostTerms()
        let (told, pinned) = (fields.bool("told", default: false), fields.bool("pinned", default: false))
        let heard = fields.optional("heard", readHeard)
        let isTakenBack = fields.bool("takenBack", default: false)
        let (calls, forgone) = (fields.bool("needsCall", default: false), fields.bool("forgone", default: false))
        let latest = fields.optional("latestDay") { $0.day() }
        let asked = fields.optional("asked") { $0.choice(of: AskedPlace.self) }
        let former = fields.array("formerPatients", default: [], of: formerPatient)
        guard let number, let phase, let type, let status, let start, let chair, let persons else { return nil }
        if let end, end.minute - start.minute != type.length {
            fields.problem(
                "end",
                "the visit ends \(end.minute - start.minute) minutes after its start (its stages take \(type.length))")
        }
        let place = Place(
            start: PromisedTime(start), minute: start.minute, chair: chair, persons: persons, handovers: covers)
        let plain = Heard(isTold: told, isToBeTold: calls, status, at: place)
        return VisitImage(
            number: number, phase: phase, visitType: type.id, status: status, place: place, heard: heard ?? plain,
            pinned: pinned, overrides: overrides, terms: terms, isForgone: forgone,
            isTakenBack: isTakenBack && !status.occupies, facts: facts, latestDay: latest, asked: asked,
            formerPatients: former)
    }

    private func formerPatient(_ reader: JSONReader) -> FormerPatient? {
        reader.object { fields in
            let patient: PatientID? = fields.value("patient") { $0.id() }
            let heard = fields.value("heard", readHeard)
            let calls = fields.array("calls", default: [], of: fact)
            guard let patient, let heard else { return nil }
            return FormerPatient(patient: patient, heard: heard, calls: calls)
        }
    }

    /// What the patient last heard: a local time, calledOff, unsure, or unsure with the earliest that it may have been.
    private func readHeard(_ reader: JSONReader) -> Heard? {
        let asked = #"a local time, "calledOff" or "unsure""#
        let read: (isUnsure: Bool, words: [Substring])? = reader.parsed(as: asked) { text in
            let words = text.split(separator: " ")
            return words.first == "unsure" ? (true, Array(words.dropFirst())) : (false, words)
        }
        guard let (isUnsure, words) = read else { return nil }
        if isUnsure, words.isEmpty { return .unsure(nil) }
        if !isUnsure, words == ["calledOff"] { return .calledOff }
        guard words.count == 1, let time = LocalTime(String(words[0])),
            let moment = try? (sections.zone ?? .utc).local(time)
        else {
            return reader.parsed(as: asked) { _ in nil }
        }
        return isUnsure ? .unsure(PromisedTime(moment)) : .at(PromisedTime(moment))
    }

    private func visitType(_ reader: JSONReader) -> VisitTypeID? {
        guard let template else { return reader.id() }
        return ClinicJSON.known(reader, "visit type", template.visitTypes.map(\.id))
    }

    private func cover(
        _ reader: JSONReader, of type: VisitType?, from start: LocalMoment?, isBegun: Bool
    ) -> Handover? {
        let read = readCover(
            reader, of: type, start: start, zone: sections.zone, person: sections.persons.reference)
        guard let read, let type, let start else { return nil }
        let stretch = read.interval.shifted(by: -start.elapsed)
        // A visit that has begun may have done so early, or last longer than planned, and is covered until it is over.
        let most = Self.longestVisit
        let limits = isBegun ? Interval(-most, max(type.length, most)) : Interval(0, type.length)
        guard limits.contains(stretch) else {
            reader.problem(coverOutside(stretch, limits))
            return nil
        }
        return Handover(label: read.label, person: read.person, stretch: stretch)
    }

    private func readStatus(_ fields: JSONFields) -> VisitStatus? {
        let names = [
            "tentative", "confirmed", "arrived", "inProgress", "completed", "noShow", "notTreated", "cancelled",
            "omitted",
        ]
        switch fields.value("status", { $0.choice(among: names) }) {
        case "tentative": return .tentative
        case "confirmed": return .confirmed
        case "arrived": return .arrived
        case "inProgress": return fields.integer("stage", 0...500).map { .inProgress(stage: $0) }
        case "completed": return fields.choice("given", of: VisitStatus.Given.self).map { .completed($0) }
        case "noShow": return .noShow
        case "notTreated":
            return fields.choice("obstacle", of: VisitStatus.NotTreatedReason.self).map { .notTreated($0) }
        case "cancelled":
            let notice = fields.choice("notice", of: VisitStatus.Notice.self)
            let reason = fields.choice("reason", of: Reason.Code.self)
            guard let notice, let reason else { return nil }
            return .cancelled(notice, reason)
        case "omitted": return .omitted
        default: return nil
        }
    }

    private func readOverrides(_ reader: JSONReader) -> [Rule: Reason.Code]? {
        let read: [(key: String, value: (Rule, Reason.Code))]? = reader.map { name, reader in
            guard let rule = Rule(rawValue: name) else {
                reader.problem("there is no rule \(quote(name))")
                return nil
            }
            return reader.choice(of: Reason.Code.self).map { (rule, $0) }
        }
        return read.map { Dictionary($0.map(\.value)) { first, _ in first } }
    }

    private func readTerms(_ reader: JSONReader) -> CostTerms? {
        reader.object { fields in
            var terms = CostTerms()
            for term in CostTerm.allCases {
                terms[term] = fields.integer(term.rawValue, 0...1_000_000_000, default: 0)
            }
            return terms
        }
    }

    private func fact(_ reader: JSONReader) -> Fact? {
        reader.object { fields in
            let kind = fields.choice("kind", of: Fact.Kind.self)
            let at = fields.value("at") { $0.instant() }
            let number = fields.optional("number") { $0.integer(-1_000_000_000...1_000_000_000) }
            let detail = fields.optional("detail") { $0.name() }
            guard let kind, let at else { return nil }
            return Fact(kind, at: at, number: number, detail: detail)
        }
    }
}

extension PromisedTime {
    fileprivate init(_ moment: LocalMoment) {
        self.init(day: moment.day, clock: moment.clock, isLater: moment.isLater)
    }
}

/// That a cover lies outside its visit, both in minutes of the visit.
func coverOutside(_ stretch: Interval, _ limits: Interval) -> String {
    "the cover is not within its visit: minutes \(stretch.from) to \(stretch.until) of it "
        + "(\(limits.from) to \(limits.until))"
}
