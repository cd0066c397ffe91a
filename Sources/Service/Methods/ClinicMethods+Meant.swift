internal import Clinic
internal import HashTreeCollections
internal import Planning
internal import StrictJSON
internal import Synchronization
internal import Varlink
internal import VarlinkDescription
internal import Wire

// Who is meant: whoever may see names is told them wherever an answer names a patient, by one look for the whole
// answer. What is kept of an answer has no names.
extension ClinicMethods {
    /// A method whose answers tell who the patients in them are.
    func naming(_ method: Method, of declared: MethodDescription) -> Method {
        guard declared.output.contains(where: { $0.name == MeantMessage.field }) else { return method }
        switch method {
        case .immediate(let body):
            return .asynchronous { call async throws(VarlinkError) in await named(try body(call), call) }
        case .remembered(let body, let otherwise):
            return .remembered { call throws(VarlinkError) in
                mayNotSeeNames(call) ? try body(call) : nil
            } otherwise: { call async throws(VarlinkError) in
                if let reply = try body(call) { return await named(reply, call) }
                return await named(try await otherwise(call), call)
            }
        case .asynchronous(let body):
            return .asynchronous { call async throws(VarlinkError) in await named(try await body(call), call) }
        case .series: return method
        }
    }

    private func mayNotSeeNames(_ call: Call) -> Bool { (callers.role(of: call.peer) ?? .viewer) < .scheduler }

    /// An answer with who the patients in it are. What it tells is done or found already: where nobody can be looked up
    /// or noted as read, it goes out without.
    private func named(_ reply: JSONObject, _ call: Call) async -> JSONObject {
        guard !mayNotSeeNames(call) else { return reply }
        var named = NamedInAnswer()
        named.read(.object(reply))
        named.read(.object(call.parameters))
        guard !named.patients.isEmpty else { return reply }
        let found = await onLooks([MeantMessage]()) { [named] in
            do throws(ClinicInterface.Failure) {
                let meant = try self.meant(named)
                try recordAccess(meant.map { PatientID($0.patient) }, call)
                return meant
            } catch {
                return []
            }
        }
        return MeantMessage.adding(found, to: reply)
    }

    /// Who some patients are, and who of them could be taken for somebody else of the answer or of their days in it.
    private func meant(_ named: NamedInAnswer) throws(ClinicInterface.Failure) -> [MeantMessage] {
        let state = publication.current.state
        let beside = named.days.prefix(NamedInAnswer.mostDays).map { day in
            Set(state.visits(on: day).filter(\.status.occupies).map(\.patient))
        }
        let details = try records.details(of: beside.reduce(named.patients) { $0.union($1) })
        return named.patients.sorted().compactMap { patient in
            guard let own = details[patient] else { return nil }
            var others = named.patients
            for day in beside where day.contains(patient) { others.formUnion(day) }
            let isAlike = others.contains { other in
                guard other != patient, let name = own.name, let its = details[other]?.name else { return false }
                return NameWords.areAlike(name, its)
            }
            return MeantMessage(
                patient: patient.text, recordNumber: own.record, name: own.name, born: own.birthDate?.civil.year,
                alike: isAlike)
        }
    }
}
