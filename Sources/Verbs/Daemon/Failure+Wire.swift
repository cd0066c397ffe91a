import StrictJSON
import Varlink
import Wire

// What the daemon's errors mean for whoever sits at the terminal.

extension Failure {
    /// What went wrong with a call.
    init(_ error: ClientError) {
        switch error {
        case .unreachable(let path, let reason):
            self.init(
                .unreachable, "no daemon answers at \(path): \(reason)",
                hint: "is infusiond running? --socket or INFUSIOND_SOCKET name another socket")
        case .timeout(let limit):
            let seconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18
            self.init(
                .tryAgain, "no answer within \(Failure.short(seconds)) s",
                hint: "--timeout allows more time; whether it was done, the same --request tells")
        case .disconnected:
            self.init(
                .unreachable, "the daemon closed the connection before it answered",
                hint: "the same --request tells whether it was done")
        case .protocolViolation(let what):
            self.init(.failed, "what answers is no infusiond: \(what)")
        case .refused(let error):
            self.init(error)
        }
    }

    /// An error that the daemon answered with.
    init(_ error: VarlinkError) {
        let json = JSONValue.object(error.object)
        if let failure = ClinicInterface.Failure(name: error.name, parameters: error.parameters) {
            self.init(failure, json: json)
        } else if let failure = ServiceInterface.Failure(name: error.name, parameters: error.parameters) {
            self.init(failure, json: json)
        } else if let failure = ServiceError(error) {
            self.init(failure, json: json)
        } else {
            self.init(.failed, "\(error.name) \(error.parameters.text())", json: json)
        }
    }

    private init(_ failure: ClinicInterface.Failure, json: JSONValue) {
        switch failure {
        case .refused(let rule, let message, let hint, let violations, let refusal):
            self = .refused(
                rule: rule, message: message, hint: hint, violations: violations, refusal: refusal, json: json)
        case .stale(_, let changed, let happened):
            self = happened.map { .changedSince($0, json: json) } ?? .stale(changed: changed, json: json)
        case .requestReused(let request):
            self.init(
                .failed, "request id \(request) was used for something else before", hint: "choose another --request",
                json: json)
        case .invalidValue(let field, let message, let hint):
            self.init(.usage, "\(field): \(message)", hint: hint, json: json)
        case .noSuchPatient(let patient):
            self.init(
                .failed, patient.isEmpty ? "no patient has this record number" : "there is no patient \(patient)",
                hint: "infusionctl patient list finds patients", json: json)
        case .recordNumberTaken(let patient):
            self.init(
                .refused, "the record number belongs to \(patient)", hint: "infusionctl patient show \(patient)",
                json: json)
        case .noSuchRegimen(let regimen, let hint):
            self.init(
                .failed, "there is no regimen \(regimen)",
                hint: Failure.meant(hint) ?? "infusionctl regimen list shows what there is", json: json)
        case .noSuchVisitType(let visit, let hint):
            self.init(
                .failed, "there is no visit type \(visit)",
                hint: Failure.meant(hint) ?? "infusionctl visit-type list shows what there is", json: json)
        case .noSuchCourse(let course):
            self.init(
                .failed, "there is no course \(course)", hint: "infusionctl course list shows what there is", json: json
            )
        case .noSuchVisit(let visit):
            self.init(
                .failed, "there is no visit \(visit)", hint: "infusionctl course show lists a course's visits",
                json: json)
        case .noSuchProposal(let proposal):
            self.init(
                .failed, "there is no proposal \(proposal); it may have expired",
                hint: proposal.hasPrefix("rp") ? "look for what would be better again" : "propose the course again",
                json: json)
        case .noSuchChair(let chair):
            self.init(.failed, "there is no chair \(chair)", hint: "infusionctl chair list shows them", json: json)
        case .noSuchPerson(let person):
            self.init(
                .failed, "nobody of the staff is \(person)", hint: "infusionctl staff list shows who is", json: json)
        case .importRefused(let problems):
            let nothing = Failure.Remark.hint("nothing has changed: an import is all or nothing")
            self.init(.refused, remarks: problems.flatMap(\.remarks) + [nothing], json: json)
        case .busy: self = .busy(json)
        case .storageFull: self = .storageFull(json)
        case .storageFailed: self = .storageFailed(json)
        case .recordDamaged(let what):
            self.init(
                .failed, "what is stored of it is damaged: \(what)",
                hint: "infusionctl verify names all that is damaged; a backup has it as it was", json: json)
        case .slowReader:
            self.init(.tryAgain, "events were read too slowly", hint: "follow again with --since", json: json)
        }
    }

    private init(_ failure: ServiceInterface.Failure, json: JSONValue) {
        switch failure {
        case .invalidValue(let field, let message, let hint):
            self.init(.usage, "\(field): \(message)", hint: hint, json: json)
        case .configurationRefused(let problems):
            var remarks: [Remark] = []
            for problem in problems {
                remarks.append(.error(problem.path.isEmpty ? problem.message : "\(problem.path): \(problem.message)"))
                if let hint = problem.hint { remarks.append(.hint(hint)) }
            }
            remarks.append(.hint("nothing has changed: the configuration in force stays"))
            self.init(.failed, remarks: remarks, json: json)
        case .notSimulated:
            self.init(
                .failed, "the clock is the system's and moves by itself",
                hint: "infusiond --simulate-from INSTANT runs on a simulated clock", json: json)
        case .busy: self = .busy(json)
        case .storageFull: self = .storageFull(json)
        case .storageFailed: self = .storageFailed(json)
        }
    }

    private init(_ failure: ServiceError, json: JSONValue) {
        switch failure {
        case .permissionDenied:
            self.init(
                .notPermitted, "you may not do this",
                hint: "the groups named under access in the configuration say who may", json: json)
        case .methodNotFound(let method), .methodNotImplemented(let method):
            self.init(
                .failed, "the daemon has no method \(method)",
                hint: "infusionctl and infusiond should be of the same version", json: json)
        case .interfaceNotFound(let interface):
            self.init(.failed, "the daemon has no interface \(interface)", json: json)
        case .invalidParameter(let field):
            self.init(.usage, "parameter \(field) is missing, unknown or of another type", json: json)
        case .expectedMore:
            self.init(.usage, "the method gives a series of answers", hint: "ask with --more", json: json)
        }
    }

    private static func busy(_ json: JSONValue) -> Failure {
        Failure(
            .tryAgain, "the daemon has too much to do; nothing has changed", hint: "try again in a moment", json: json)
    }

    private static func storageFull(_ json: JSONValue) -> Failure {
        Failure(
            .tryAgain, "the daemon's disk is full; nothing has changed",
            hint: "reading goes on, and changes are taken when there is room", json: json)
    }

    private static func storageFailed(_ json: JSONValue) -> Failure {
        Failure(
            .tryAgain, "the daemon could not write, and whether it was done is not known",
            hint: "ask again with the same --request once the daemon has restarted", json: json)
    }

    /// A question of what was meant; the daemon says the id or asks itself.
    private static func meant(_ hint: String?) -> String? {
        hint.map { $0.hasSuffix("?") ? $0 : "did you mean \($0)?" }
    }

    /// A number of seconds without needless decimals.
    private static func short(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    }
}

extension ImportProblemMessage {
    /// Where it is and what, then what is to be done.
    fileprivate var remarks: [Failure.Remark] {
        let place = line.map { "line \($0): " } ?? ""
        let path = path.flatMap { $0.isEmpty ? nil : "\($0): " } ?? ""
        return [.error("\(place)\(path)\(message)")] + (hint.map { [.hint($0)] } ?? [])
    }
}
