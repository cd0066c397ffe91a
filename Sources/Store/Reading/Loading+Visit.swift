import Clinic
import GRDB
import Planning
import StrictJSON

extension Loading {
    /// A row of the columns that `visits` names, as a visit of a course.
    func visit(_ row: StoredRow, of course: Course) throws(StoreError) -> Visit {
        guard let type = course.template.visitType(VisitTypeID(try row.text(5))) else {
            throw row.damage(5, "is none of the course's template")
        }
        let stored = StoredStatus(
            name: try row.text(6), detail: try row.optionalText(7), reason: try row.optionalText(8))
        guard let status = stored.status, stored.isExact(status) else {
            throw row.damage(6, "makes no status with what stands beside it")
        }
        let promised = try row.text(10)
        guard let start = PromisedTime(stored: promised) else { throw row.damage(10, "is no local time") }
        guard try row.text(9) == promised.prefix(10) else { throw row.damage(9, "is not the day of the start") }
        guard course.patient.text == (try row.text(2)) else { throw row.damage(2, "is not the course's patient") }
        let image = VisitImage(
            number: try row.integer(3, in: 1...Course.mostTurns), phase: try row.text(4), visitType: type.id,
            status: status,
            place: Place(
                start: start, minute: try row.integer(11, in: StoredRow.moments), chair: try row.name(12, ChairID.self),
                persons: try row.json(13, [PersonID].init(payload:)),
                handovers: try row.list(14, Handover.init(payload:))),
            heard: try heard(row), pinned: try row.flag(16),
            overrides: try row.optionalJSON(17, Codec.overrides.read) ?? [:],
            terms: try row.json(18, CostTerms.init(payload:)), isForgone: try row.flag(20),
            isTakenBack: try row.flag(19), facts: try row.list(21, Fact.init(payload:)),
            latestDay: try latestDay(row), asked: try asked(row),
            formerPatients: try row.list(24, FormerPatient.init(payload:)))
        let visit = Visit(
            try row.id(0, VisitID.self, "v", through: given.visit), image, of: course.id, course.patient, type)
        if checksAll, course.template.phase(visit.phase) == nil {
            throw row.damage(4, "is none of the course's template")
        }
        try check(visit, row)
        return visit
    }

    private func heard(_ row: StoredRow) throws(StoreError) -> Heard? {
        guard let text = try row.optionalText(15) else { return nil }
        guard let heard = Heard(text: text), heard.text == text else {
            throw row.damage(15, "is nothing that a patient hears")
        }
        return heard
    }

    private func latestDay(_ row: StoredRow) throws(StoreError) -> Day? {
        guard let text = try row.optionalText(22) else { return nil }
        guard let day = Day(text) else { throw row.damage(22, "is no day") }
        return day
    }

    private func asked(_ row: StoredRow) throws(StoreError) -> AskedPlace? {
        guard let text = try row.optionalText(23) else { return nil }
        guard let asked = AskedPlace(rawValue: text) else { throw row.damage(23, "is no way of asking for a place") }
        return asked
    }

    private func check(_ visit: Visit, _ row: StoredRow) throws(StoreError) {
        if case .inProgress(let stage) = visit.status, !visit.visitType.stages.indices.contains(stage) {
            throw row.damage(7, "is a stage that the visit does not have")
        }
        if let flaw = visit.place.flaw(of: visit.visitType) {
            throw row.damage(["persons": 13, "handovers": 14][flaw.part, default: 10], flaw.why)
        }
        if checksAll, !visit.place.hasInstantOfStart {
            throw row.damage(11, "is \(visit.place.minute), far from the start promised")
        }
        for fact in visit.facts {
            if let flaw = fact.flaw(of: visit.visitType) { throw row.damage(21, flaw) }
        }
    }
}

extension StoredStatus {
    /// Whether these are the columns of the status, and nothing beside them.
    fileprivate func isExact(_ status: VisitStatus) -> Bool {
        let written = StoredStatus(status)
        return written.name == name && written.detail == detail && written.reason == reason
    }
}

extension PromisedTime {
    /// A start as the table has it: an offset behind it says that it is the later of two.
    fileprivate init?(stored text: String) {
        guard text.utf8.count == 16 || text.utf8.count == 22 else { return nil }
        self.init(text: String(text.prefix(16)), isLater: text.utf8.count > 16)
    }
}
