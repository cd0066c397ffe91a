internal import Clinic
internal import StrictJSON
internal import Wire

/// What a caller had seen of what they mean to change. Where something happened to it since, the change is not made:
/// whoever asks for it may not know what somebody else has agreed.
struct Seen: Sendable {
    /// The number of the last event that they had seen.
    let event: Int
    /// What they mean to change, in the state as it is when their turn has come.
    let subjects: @Sendable (Snapshot) -> [Subject]

    /// - Throws: `Stale` with the last thing that happened since to what is to be changed.
    func check(_ snapshot: Snapshot, _ look: RecordLook) throws(ClinicInterface.Failure) {
        guard event < snapshot.state.lastEvent else { return }
        var last: RecordedEvent?
        for subject in subjects(snapshot) {
            let found = try look.events(subject, event).first { $0.event.changesSubjects }
            if let found, found.number > last?.number ?? 0 { last = found }
        }
        guard let last else { return }
        throw .stale(
            since: event, changed: [], happened: AuditEntryMessage(last, note: nil, snapshot.offsets))
    }
}

extension ClinicMethods {
    /// What the parameters of a call say that its caller had seen; nil where they do not say it.
    ///
    /// - Parameter taken: the event that is to be taken back, where the call is about one.
    func seen(_ parameters: JSONObject, taken: RecordedEvent? = nil) -> Seen? {
        guard let before = SeenBefore(parameters) else { return nil }
        return Seen(event: before.event) { [proposals] snapshot in
            before.subjects.flatMap { subject -> [Subject] in
                switch subject {
                case .patient(let id): [.patient(id)]
                case .course(let id): [.course(id)]
                case .visit(let id): [.visit(id)]
                case .person(let id): [.person(id)]
                case .chair(let id): [.chair(id)]
                case .exception(let id): snapshot.state.exception(id).map { [$0.subject] } ?? []
                case .waiting(let id):
                    snapshot.state.waiting(id).map { [$0.visit.map { .visit($0) } ?? .course($0.course)] } ?? []
                case .offer(let id): snapshot.state.offer(id)?.moves.map { .visit($0.visit) } ?? []
                case .proposal(let id): proposals.proposal(id).map { [.patient($0.order.patient)] } ?? []
                case .event: taken?.event.courses.map { .course($0) } ?? []
                case .clinic: [.clinic]
                }
            }
        }
    }
}
