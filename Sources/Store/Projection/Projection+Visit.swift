import Clinic
import GRDB
import Planning
import StrictJSON

extension Projection {
    /// Writes a visit's row, and its booking rows where it occupies its place; it has none before.
    func write(_ visit: Visit, of state: ClinicState) throws {
        let place = visit.place
        let status = StoredStatus(visit.status)
        try run(
            """
            INSERT INTO visit (id, course, patient, number, phase, type, status, status_detail, status_reason, day,
                start, minute, chair, persons, handovers, told, pinned, overrides, terms, needs_call, forgone, facts,
                heard, taken_back, latest_day, asked, former_patients)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET patient = excluded.patient, number = excluded.number,
                phase = excluded.phase, type = excluded.type, status = excluded.status,
                status_detail = excluded.status_detail,
                status_reason = excluded.status_reason, day = excluded.day, start = excluded.start,
                minute = excluded.minute, chair = excluded.chair, persons = excluded.persons,
                handovers = excluded.handovers, told = excluded.told, pinned = excluded.pinned,
                overrides = excluded.overrides, terms = excluded.terms, needs_call = excluded.needs_call,
                forgone = excluded.forgone, facts = excluded.facts, heard = excluded.heard,
                taken_back = excluded.taken_back, latest_day = excluded.latest_day, asked = excluded.asked,
                former_patients = excluded.former_patients
            """,
            [
                visit.id.text, visit.course.text, visit.patient.text, visit.number, visit.phase,
                visit.visitType.id.text, status.name, status.detail, status.reason, place.day.description,
                place.startText, place.minute, place.chair.text,
                JSONValue.array(place.persons.map { .string($0.text) }).text(),
                place.handovers.storedPayload?.text(), visit.told, visit.pinned,
                Codec.overrides.member(visit.overrides)?.text(), visit.terms.payload.text(), visit.needsCall,
                visit.isForgone,
                visit.facts.storedPayload?.text(), visit.heard?.text, visit.isTakenBack,
                visit.latestDay?.description, visit.asked?.rawValue, visit.formerPatients.storedPayload?.text(),
            ])
        if visit.status.occupies { try writeBookings(of: visit, state.configuration) }
    }

    private func writeBookings(of visit: Visit, _ configuration: ClinicConfiguration?) throws {
        func local(_ minute: Int) -> String { visit.place.localText(at: minute, configuration) }
        let (place, hold) = (visit.place, visit.holdInterval)
        try run(
            """
            INSERT INTO chair_booking (visit, chair, start, until, day, start_local, until_local)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                visit.id.text, place.chair.text, hold.from, hold.until, place.day.description,
                local(hold.from), local(hold.until),
            ])
        for (index, load) in visit.loadRuns.enumerated() {
            try run(
                """
                INSERT INTO staff_booking (visit, run, label, person, load, cover, start, until, day, start_local,
                    until_local)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    visit.id.text, index + 1, load.label, load.person.text, load.load, load.isCover,
                    load.interval.from, load.interval.until, place.day.description,
                    local(load.interval.from), local(load.interval.until),
                ])
        }
    }
}

extension Place {
    /// Minutes by which the clock is ahead of UTC at the start.
    private var offset: Int { start.day.number * 1440 + start.clock - minute }

    /// The promised start, with its offset where it is the later of two.
    var startText: String {
        guard start.isLater else { return start.text }
        return start.text + (offset < 0 ? "-" : "+") + clockText(abs(offset))
    }

    /// What the clock shows at an instant, minutes since 1970 UTC; at the start, what was promised.
    func localText(at instant: Int, _ configuration: ClinicConfiguration?) -> String {
        let change = LocalClock.offset(at: instant, by: configuration).flatMap { offset in
            LocalClock.offset(at: minute, by: configuration).map { offset - $0 }
        }
        let shown = instant + offset + (change ?? 0)
        let day = shown >= 0 ? shown / 1440 : -((1439 - shown) / 1440)
        return "\(Day(number: day))T\(clockText(shown - day * 1440))"
    }
}

/// A visit's status in three columns.
struct StoredStatus: Sendable {
    let name: String
    let detail: String?
    let reason: String?

    init(_ status: VisitStatus) {
        name = status.name
        switch status {
        case .tentative, .confirmed, .arrived, .noShow, .omitted: (detail, reason) = (nil, nil)
        case .inProgress(let stage): (detail, reason) = (String(stage), nil)
        case .completed(let given): (detail, reason) = (given.rawValue, nil)
        case .notTreated(let obstacle): (detail, reason) = (obstacle.rawValue, nil)
        case .cancelled(let notice, let code): (detail, reason) = (notice.rawValue, code.rawValue)
        }
    }

    init(name: String, detail: String?, reason: String?) {
        self.name = name
        self.detail = detail
        self.reason = reason
    }

    /// The status, or nil where the columns make none.
    var status: VisitStatus? {
        switch name {
        case "tentative": .tentative
        case "confirmed": .confirmed
        case "arrived": .arrived
        case "inProgress": detail.flatMap { Int($0) }.map { .inProgress(stage: $0) }
        case "completed": detail.flatMap { VisitStatus.Given(rawValue: $0) }.map { .completed($0) }
        case "noShow": .noShow
        case "notTreated": detail.flatMap { VisitStatus.NotTreatedReason(rawValue: $0) }.map { .notTreated($0) }
        case "cancelled":
            detail.flatMap { VisitStatus.Notice(rawValue: $0) }.flatMap { notice in
                reason.flatMap { Reason.Code(rawValue: $0) }.map { .cancelled(notice, $0) }
            }
        case "omitted": .omitted
        default: nil
        }
    }
}
