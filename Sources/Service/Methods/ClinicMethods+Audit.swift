internal import Clinic
internal import Planning
internal import Store
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Who did what, and who read what.
    func auditMethods() -> [NamedMethod] { [audit(), showVisitAsOf()] }

    private func audit() -> NamedMethod {
        let (name, method) = pooled(permit: { call, role in !(call.reads ?? false) || role >= .admin }) {
            (call: ClinicInterface.Audit, context) throws(ClinicInterface.Failure) in
            try answer(call, context)
        }
        guard case .asynchronous(let body) = method else { preconditionFailure("a pooled method is asynchronous") }
        // What was read until now is noted before anybody asks who read.
        return (
            name,
            .asynchronous { call async throws(VarlinkError) in
                _ = await writer.ping()
                return try await body(call)
            }
        )
    }

    private func answer(
        _ call: ClinicInterface.Audit, _ context: Call
    ) throws(ClinicInterface.Failure) -> ClinicInterface.Audit.Reply {
        let limit = call.limit ?? 50
        var query = AuditQuery(
            subject: try subject(of: call), actor: call.actor, from: call.from.map { Instant(seconds: $0.second) },
            until: call.until.map { Instant(seconds: $0.second) }, limit: limit + 1)
        guard query.subject != nil || query.actor != nil || query.from != nil else {
            throw .invalidValue(
                field: "patient", message: "expected at least one of patient, course, visit, actor and from", hint: nil)
        }
        let asked = try patient(of: call)
        query.merged = asked.map(publication.current.state.entries(mergedInto:)) ?? []
        let place = try call.before.map(AuditPlace.init(reading:)) ?? AuditPlace()
        let isAdmin = callers.role(of: context.peer) == .admin
        let showsReads = call.reads ?? (isAdmin && call.course == nil && call.visit == nil)

        query.before = place.event
        let events = try records.events(matching: query)
        query.before = place.read
        query.subject = asked.map { .patient($0) }
        let reads = showsReads ? try records.accesses(matching: query) : []
        let page = AuditPage(events, reads, limit: limit, from: place)

        let offsets = publication.current.offsets
        let notes = try records.notes(of: page.events.map(\.number))
        let visit = call.visit.map { VisitID($0) }
        let entries = page.items.reversed().map { item in
            switch item {
            case .event(let event): AuditEntryMessage(event, note: notes[event.number], about: visit, offsets)
            case .read(let read): AuditEntryMessage(read, offsets)
            }
        }
        if let asked { try recordAccess([asked], context) }
        return ClinicInterface.Audit.Reply(entries: entries, reads: showsReads, before: page.rest?.text)
    }

    private func subject(of call: ClinicInterface.Audit) throws(ClinicInterface.Failure) -> Subject? {
        switch (call.patient, call.course, call.visit) {
        case (nil, nil, nil): return nil
        case (let patient?, nil, nil): return .patient(PatientID(patient))
        case (nil, let course?, nil): return .course(CourseID(course))
        case (nil, nil, let visit?): return .visit(VisitID(visit))
        case (_, _, _):
            throw .invalidValue(
                field: "patient", message: "expected at most one of patient, course and visit", hint: nil)
        }
    }

    /// The patient whom a question is about.
    private func patient(of call: ClinicInterface.Audit) throws(ClinicInterface.Failure) -> PatientID? {
        if let patient = call.patient {
            guard publication.current.state.patient(PatientID(patient)) != nil else {
                throw .noSuchPatient(patient: patient)
            }
            return PatientID(patient)
        }
        if let course = call.course {
            guard let patient = try records.patient(of: CourseID(course)) else { throw .noSuchCourse(course: course) }
            return patient
        }
        if let visit = call.visit {
            guard let patient = try records.patient(of: VisitID(visit)) else { throw .noSuchVisit(visit: visit) }
            return patient
        }
        return nil
    }
}

/// Where a list of events and reads goes on: what has lower numbers than these.
private struct AuditPlace {
    var event: Int?
    var read: Int?

    init() {}

    /// Reads what an earlier answer named.
    init(reading text: String) throws(ClinicInterface.Failure) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        func number(_ part: Substring, _ letter: Character) -> Int?? {
            if part.isEmpty { return .some(nil) }
            guard part.first == letter, let number = Int(part.dropFirst()) else { return nil }
            return number
        }
        guard parts.count == 2, let event = number(parts[0], "e"), let read = number(parts[1], "r") else {
            throw .invalidValue(field: "before", message: "expected what an earlier answer named", hint: nil)
        }
        self.event = event
        self.read = read
    }

    /// As an answer names it.
    var text: String { (event.map { "e\($0)" } ?? "") + "-" + (read.map { "r\($0)" } ?? "") }
}

/// The newest of events and reads together.
private struct AuditPage {
    enum Item {
        case event(RecordedEvent)
        case read(LoggedAccess)
    }

    private(set) var items: [Item] = []
    /// Where it goes on; nil where there is no more.
    private(set) var rest: AuditPlace?

    /// Merges events and reads, each newest first.
    init(_ events: [RecordedEvent], _ reads: [LoggedAccess], limit: Int, from place: AuditPlace) {
        var (event, read) = (events[...], reads[...])
        var next = place
        while items.count < limit, !event.isEmpty || !read.isEmpty {
            if let newest = event.first, read.first.map({ $0.access.at <= newest.at }) ?? true {
                items.append(.event(newest))
                next.event = newest.number
                event.removeFirst()
            } else if let newest = read.popFirst() {
                items.append(.read(newest))
                next.read = newest.number
            }
        }
        rest = event.isEmpty && read.isEmpty ? nil : next
    }

    var events: [RecordedEvent] {
        items.compactMap { if case .event(let event) = $0 { event } else { nil } }
    }
}

extension AuditEntryMessage {
    fileprivate init(_ read: LoggedAccess, _ offsets: ClockOffsets) {
        self.init(
            at: offsets.instant(second: read.access.at.seconds), uid: read.access.uid, user: read.access.user,
            pid: read.access.pid, action: .read, method: read.access.method, patient: read.patient.text, visits: [],
            changes: [])
    }
}
