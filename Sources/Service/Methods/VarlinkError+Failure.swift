internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension VarlinkError {
    /// An error of the clinic's interface.
    init(_ failure: ClinicInterface.Failure) { self.init(failure.name, failure.parameters) }

    /// An error of the service's interface.
    init(_ failure: ServiceInterface.Failure) { self.init(failure.name, failure.parameters) }

    /// Why a command is not done.
    init(_ error: CommandError) {
        switch error {
        case .clinic(let failure): self.init(failure)
        case .service(let failure): self.init(failure)
        case .permissionDenied: self = .permissionDenied
        }
    }
}

extension ClinicInterface.Failure {
    /// Why a command was not done, as it is answered.
    ///
    /// - Parameters:
    ///   - visits: the visits of the proposal or plan that the refusal speaks of.
    ///   - facility: where to look for what was probably meant.
    init(_ refusal: ClinicRefusal, visits: [PlannedVisit] = [], snapshot: Snapshot) {
        switch refusal {
        case .notConfigured:
            self = .refused(
                rule: "configuration", message: "no configuration is in force", hint: nil, violations: [],
                refusal: nil)
        case .unknown(let kind, let id): self = .unknown(kind, id, snapshot.facility)
        case .noPlan(let refusal): self = .noPlan(refusal)
        case .stale(let stale):
            self = .stale(
                since: stale.since,
                changed: stale.changed.compactMap { change in
                    visits.first { $0.number == change.visit }.map { visit in
                        let day = snapshot.calendar(of: visit.placement.day)
                        return ViolationMessage(
                            number: change.visit, rule: change.rule.rawValue,
                            start: ZonedInstant(elapsed: visit.placement.start, of: day))
                    }
                }, happened: nil)
        case .conflicts(let conflicts):
            self = .stale(since: conflicts.since, changed: conflicts.messages(snapshot), happened: nil)
        case .fixed(let key, let from, let to):
            self = .refused(
                rule: key, message: "\(key) stays \(from) once a visit exists, found \(to)", hint: nil,
                violations: [], refusal: nil)
        case .recordNumber:
            self = .invalidValue(
                field: "recordNumber", message: "expected 1 to 64 characters", hint: nil)
        case .recordNumberLikeID(let index):
            // Which it is, is answered where it is asked for; what is kept of an answer has no record number.
            self = .invalidValue(
                field: index == 0 ? "recordNumber" : "patients[\(index)].recordNumber",
                message: "the record number has the form of an id, so that it could mean another patient", hint: nil)
        case .sameRecordNumber(let first, let second):
            self = .invalidValue(
                field: "patients[\(second)].recordNumber",
                message: "the same record number as patients[\(first)]", hint: nil)
        case .endsBeforeStart:
            self = .invalidValue(field: "until", message: "expected an end after the start", hint: nil)
        case .unchangeable(let why): self = .unchangeable(why, snapshot)
        case .unimportable(let problems):
            self = .importRefused(
                problems: problems.map { problem in
                    ImportProblemMessage(line: problem.line == 0 ? nil : problem.line, message: problem.message)
                })
        }
    }

    private static func noPlan(_ refusal: Refusal) -> Self {
        let rule = refusal.days.first?.closedBy?.rawValue ?? "several"
        let hint = refusal.wouldHelp.first.map { $0.change + " would help" }
        // No single rule stands in the way: which they are is said.
        let several = (refusal.days.first?.several ?? []).map(\.rawValue)
        let names =
            several.dropLast().joined(separator: ", ") + (several.count > 1 ? " and " : "") + (several.last ?? "")
        let which = several.isEmpty ? "" : ", several: \(names)"
        return .refused(
            rule: rule, message: "no place for visit \(refusal.visit) (\(refusal.phase))\(which)", hint: hint,
            violations: [], refusal: RefusalMessage(refusal))
    }

    private static func unknown(_ kind: ClinicRefusal.Kind, _ id: String, _ facility: Facility) -> Self {
        switch kind {
        case .patient: .noSuchPatient(patient: id)
        case .course: .noSuchCourse(course: id)
        case .visit: .noSuchVisit(visit: id)
        case .regimen: .noSuchRegimen(regimen: id, hint: meant(id, facility.regimens.map(\.id.text)))
        case .chair: .noSuchChair(chair: id)
        case .person: .noSuchPerson(person: id)
        case .feature:
            .invalidValue(
                field: "course.features",
                message: id.contains(", ")
                    ? "no chair has \(id) together and serves a visit of the course" : "no chair has the feature \(id)",
                hint: meant(id, facility.chairs.flatMap { $0.features.sorted() }))
        case .alternative:
            .invalidValue(field: "alternative", message: "the proposal has no alternative \(id)", hint: nil)
        case .waiting: missing("waiting", "the waiting list has no entry \(id)")
        case .offer: missing("offer", "there is no open offer \(id)")
        case .absence, .outage, .closure, .opening, .shift, .phase, .prerequisite, .task:
            .invalidValue(field: kind.rawValue, message: "no \(kind.rawValue) \(id)", hint: nil)
        }
    }

    /// Something that was there and may be over.
    private static func missing(_ rule: String, _ message: String) -> Self {
        .refused(
            rule: rule, message: message, hint: "infusionctl waitlist list shows who waits and what is offered",
            violations: [], refusal: nil)
    }

    private static func meant(_ word: String, _ candidates: [String]) -> String? {
        closest(to: word, among: candidates).map { "did you mean \($0)?" }
    }
}

extension Refusal.Remedy {
    /// The change in words.
    fileprivate var change: String {
        switch kind {
        case .tolerance: "a tolerance of \(target) wider by \(amount)"
        case .startWindow: "a start window longer by \(amount)"
        case .availability: "any other time of the patient's"
        case .features: "dropping the extra features"
        case .chair: "one more chair like \(target)"
        case .person: "one more \(target)"
        case .leadTime: "the patient being here, the lead time set aside"
        }
    }
}

extension ChangeConflicts {
    /// Each visit with each rule that it would break, or that it changed.
    fileprivate func messages(_ snapshot: Snapshot) -> [ViolationMessage] {
        visits.flatMap { hit -> [ViolationMessage] in
            guard let visit = snapshot.state.visit(hit.visit) else { return [] }
            let rules = hit.rules.isEmpty ? ["changed"] : hit.rules.map(\.rawValue)
            return rules.map { rule in
                ViolationMessage(
                    number: visit.number, rule: rule, start: snapshot.offsets.instant(minute: visit.place.minute),
                    visit: visit.id.text)
            }
        }
    }
}
