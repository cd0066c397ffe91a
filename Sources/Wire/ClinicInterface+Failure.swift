package import StrictJSON

extension ClinicInterface {
    /// The errors of the interface, with their parameters.
    package enum Failure: Error, Hashable, Sendable {
        /// A rule of the clinic forbids it. Nothing has changed.
        case refused(
            rule: String, message: String, hint: String?, violations: [ViolationMessage],
            refusal: RefusalMessage?)
        /// The proposal no longer fits what has been booked since. Propose again.
        case stale(since: Int, changed: [ViolationMessage])
        /// The request id was used by the same caller with other parameters.
        case requestReused(request: String)
        /// A parameter has a value that cannot be.
        case invalidValue(field: String, message: String, hint: String?)
        /// There is no such patient.
        case noSuchPatient(patient: String)
        /// Another patient has this record number.
        case recordNumberTaken(patient: String)
        /// There is no such regimen in the configuration in force.
        case noSuchRegimen(regimen: String, hint: String?)
        /// There is no such visit type in the configuration in force.
        case noSuchVisitType(visit: String, hint: String?)
        /// There is no such course.
        case noSuchCourse(course: String)
        /// There is no such visit.
        case noSuchVisit(visit: String)
        /// There is no such proposal: it never was, it has expired, or the daemon was restarted. Propose again.
        case noSuchProposal(proposal: String)
        /// There is no such chair.
        case noSuchChair(chair: String)
        /// There is no such member of staff.
        case noSuchPerson(person: String)
        /// The file cannot be imported, or was not staged. Nothing has changed.
        case importRefused(problems: [ImportProblemMessage])
        /// Too much is waiting to be planned or written. Nothing has changed; try again.
        case busy
        /// The disk is full. Nothing has changed; reading goes on, and writing when there is room.
        case storageFull
        /// Writing failed in a way that leaves the outcome unknown until the daemon has restarted. Repeat the
        /// call with the same request id.
        case storageFailed
        /// The client does not read what it follows. Follow again from the last event that was read.
        case slowReader

        /// The full name of the error.
        package var name: String {
            switch self {
            case .refused: ClinicInterface.member("Refused")
            case .stale: ClinicInterface.member("Stale")
            case .requestReused: ClinicInterface.member("RequestReused")
            case .invalidValue: ClinicInterface.member("InvalidValue")
            case .noSuchPatient: ClinicInterface.member("NoSuchPatient")
            case .recordNumberTaken: ClinicInterface.member("RecordNumberTaken")
            case .noSuchRegimen: ClinicInterface.member("NoSuchRegimen")
            case .noSuchVisitType: ClinicInterface.member("NoSuchVisitType")
            case .noSuchCourse: ClinicInterface.member("NoSuchCourse")
            case .noSuchVisit: ClinicInterface.member("NoSuchVisit")
            case .noSuchProposal: ClinicInterface.member("NoSuchProposal")
            case .noSuchChair: ClinicInterface.member("NoSuchChair")
            case .noSuchPerson: ClinicInterface.member("NoSuchPerson")
            case .importRefused: ClinicInterface.member("ImportRefused")
            case .busy: ClinicInterface.member("Busy")
            case .storageFull: ClinicInterface.member("StorageFull")
            case .storageFailed: ClinicInterface.member("StorageFailed")
            case .slowReader: ClinicInterface.member("SlowReader")
            }
        }

        /// The parameters of the error.
        package var parameters: JSONObject {
            switch self {
            case .refused(let rule, let message, let hint, let violations, let refusal):
                .present([
                    ("rule", rule.json), ("message", message.json), ("hint", hint?.json),
                    ("violations", violations.json), ("refusal", refusal?.json),
                ])
            case .stale(let since, let changed):
                .present([("since", since.json), ("changed", changed.json)])
            case .requestReused(let request):
                .present([("request", request.json)])
            case .invalidValue(let field, let message, let hint):
                .present([("field", field.json), ("message", message.json), ("hint", hint?.json)])
            case .noSuchPatient(let patient):
                .present([("patient", patient.json)])
            case .recordNumberTaken(let patient):
                .present([("patient", patient.json)])
            case .noSuchRegimen(let regimen, let hint):
                .present([("regimen", regimen.json), ("hint", hint?.json)])
            case .noSuchVisitType(let visit, let hint):
                .present([("visit", visit.json), ("hint", hint?.json)])
            case .noSuchCourse(let course):
                .present([("course", course.json)])
            case .noSuchVisit(let visit):
                .present([("visit", visit.json)])
            case .noSuchProposal(let proposal):
                .present([("proposal", proposal.json)])
            case .noSuchChair(let chair):
                .present([("chair", chair.json)])
            case .noSuchPerson(let person):
                .present([("person", person.json)])
            case .importRefused(let problems):
                .present([("problems", problems.json)])
            case .busy: JSONObject()
            case .storageFull: JSONObject()
            case .storageFailed: JSONObject()
            case .slowReader: JSONObject()
            }
        }

        /// The error of a full name with its parameters; nil where either is not known.
        package init?(name: String, parameters: JSONObject) {
            let read: ((JSONFields) -> Failure?)? =
                switch name {
                case ClinicInterface.member("Refused"): Self.readRefused
                case ClinicInterface.member("Stale"): Self.readStale
                case ClinicInterface.member("RequestReused"): Self.readRequestReused
                case ClinicInterface.member("InvalidValue"): Self.readInvalidValue
                case ClinicInterface.member("NoSuchPatient"): Self.readNoSuchPatient
                case ClinicInterface.member("RecordNumberTaken"): Self.readRecordNumberTaken
                case ClinicInterface.member("NoSuchRegimen"): Self.readNoSuchRegimen
                case ClinicInterface.member("NoSuchVisitType"): Self.readNoSuchVisitType
                case ClinicInterface.member("NoSuchCourse"): Self.readNoSuchCourse
                case ClinicInterface.member("NoSuchVisit"): Self.readNoSuchVisit
                case ClinicInterface.member("NoSuchProposal"): Self.readNoSuchProposal
                case ClinicInterface.member("NoSuchChair"): Self.readNoSuchChair
                case ClinicInterface.member("NoSuchPerson"): Self.readNoSuchPerson
                case ClinicInterface.member("ImportRefused"): Self.readImportRefused
                case ClinicInterface.member("Busy"): { _ in .busy }
                case ClinicInterface.member("StorageFull"): { _ in .storageFull }
                case ClinicInterface.member("StorageFailed"): { _ in .storageFailed }
                case ClinicInterface.member("SlowReader"): { _ in .slowReader }
                default: nil
                }
            guard let read else { return nil }
            guard let failure = try? JSONValue.object(parameters).decode({ $0.object(read) }) else { return nil }
            self = failure
        }
    }
}

extension ClinicInterface.Failure {
    private static func readRefused(_ fields: JSONFields) -> Self? {
        let rule: String? = fields.required("rule")
        let message: String? = fields.required("message")
        let hint: String? = fields.nullable("hint")
        let violations: [ViolationMessage]? = fields.required("violations")
        let refusal: RefusalMessage? = fields.nullable("refusal")
        guard let rule, let message, let violations else { return nil }
        return .refused(rule: rule, message: message, hint: hint, violations: violations, refusal: refusal)
    }

    private static func readStale(_ fields: JSONFields) -> Self? {
        let since: Int? = fields.required("since")
        let changed: [ViolationMessage]? = fields.required("changed")
        guard let since, let changed else { return nil }
        return .stale(since: since, changed: changed)
    }

    private static func readRequestReused(_ fields: JSONFields) -> Self? {
        let request: String? = fields.required("request")
        guard let request else { return nil }
        return .requestReused(request: request)
    }

    private static func readInvalidValue(_ fields: JSONFields) -> Self? {
        let field: String? = fields.required("field")
        let message: String? = fields.required("message")
        let hint: String? = fields.nullable("hint")
        guard let field, let message else { return nil }
        return .invalidValue(field: field, message: message, hint: hint)
    }

    private static func readNoSuchPatient(_ fields: JSONFields) -> Self? {
        let patient: String? = fields.required("patient")
        guard let patient else { return nil }
        return .noSuchPatient(patient: patient)
    }

    private static func readRecordNumberTaken(_ fields: JSONFields) -> Self? {
        let patient: String? = fields.required("patient")
        guard let patient else { return nil }
        return .recordNumberTaken(patient: patient)
    }

    private static func readNoSuchRegimen(_ fields: JSONFields) -> Self? {
        let regimen: String? = fields.required("regimen")
        let hint: String? = fields.nullable("hint")
        guard let regimen else { return nil }
        return .noSuchRegimen(regimen: regimen, hint: hint)
    }

    private static func readNoSuchVisitType(_ fields: JSONFields) -> Self? {
        let visit: String? = fields.required("visit")
        let hint: String? = fields.nullable("hint")
        guard let visit else { return nil }
        return .noSuchVisitType(visit: visit, hint: hint)
    }

    private static func readNoSuchCourse(_ fields: JSONFields) -> Self? {
        let course: String? = fields.required("course")
        guard let course else { return nil }
        return .noSuchCourse(course: course)
    }

    private static func readNoSuchVisit(_ fields: JSONFields) -> Self? {
        let visit: String? = fields.required("visit")
        guard let visit else { return nil }
        return .noSuchVisit(visit: visit)
    }

    private static func readNoSuchProposal(_ fields: JSONFields) -> Self? {
        let proposal: String? = fields.required("proposal")
        guard let proposal else { return nil }
        return .noSuchProposal(proposal: proposal)
    }

    private static func readNoSuchChair(_ fields: JSONFields) -> Self? {
        let chair: String? = fields.required("chair")
        guard let chair else { return nil }
        return .noSuchChair(chair: chair)
    }

    private static func readNoSuchPerson(_ fields: JSONFields) -> Self? {
        let person: String? = fields.required("person")
        guard let person else { return nil }
        return .noSuchPerson(person: person)
    }

    private static func readImportRefused(_ fields: JSONFields) -> Self? {
        let problems: [ImportProblemMessage]? = fields.required("problems")
        guard let problems else { return nil }
        return .importRefused(problems: problems)
    }
}
