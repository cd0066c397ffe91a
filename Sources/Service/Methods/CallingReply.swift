internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

/// A reply with differences, after which patients may have to be called.
protocol CallingReply: WireValue {
    /// What changes, course by course.
    var differences: [PlanDifferenceMessage] { get set }
}

extension ChangeReply: CallingReply {
    var differences: [PlanDifferenceMessage] {
        get { [difference].compactMap(\.self) + (others ?? []) }
        set {
            precondition(newValue.count == differences.count, "a reply keeps its differences")
            var rest = newValue[...]
            if difference != nil { difference = rest.popFirst() }
            if others != nil { others = Array(rest) }
        }
    }
}

extension RearrangementReply: CallingReply {
    var differences: [PlanDifferenceMessage] {
        get { found.differences }
        set { found.differences = newValue }
    }
}

// An answer is kept without who is to be called: that is looked up each time it goes out, for whoever asks then.
extension ClinicMethods {
    /// Who patients are, for callers who may see names; nobody for others. That they read it is noted first. What goes
    /// with it is done or found already: where it cannot be looked up or noted, it goes out without.
    ///
    /// - Parameter noted: those the reading of whose data has been noted already.
    func contacts(of patients: Set<PatientID>, _ call: Call, noted: [PatientID] = []) -> [PatientID: ContactMessage] {
        guard !patients.isEmpty, let role = callers.role(of: call.peer), role >= .scheduler else { return [:] }
        do throws(ClinicInterface.Failure) {
            let details = try records.details(of: patients)
            try recordAccess(patients.subtracting(noted).sorted(), call)
            return details.mapValues { ContactMessage(name: $0.name, phone: $0.phone) }
        } catch {
            return [:]
        }
    }

    /// Differences with whom to call.
    ///
    /// - Parameter noted: those the reading of whose data has been noted already.
    func withContacts(
        _ differences: [PlanDifferenceMessage], _ call: Call, noted: [PatientID] = []
    ) -> [PlanDifferenceMessage] {
        let called = Set(differences.filter { !$0.calls.isEmpty }.map { PatientID($0.patient) })
        let contacts = contacts(of: called, call, noted: noted)
        return differences.map { difference in
            guard !difference.calls.isEmpty else { return difference }
            var difference = difference
            difference.called = contacts[PatientID(difference.patient)]
            return difference
        }
    }

    /// A reply with whom to call.
    func withContacts<Reply: CallingReply>(_ reply: Reply, _ call: Call) async -> Reply {
        guard reply.differences.contains(where: { !$0.calls.isEmpty }) else { return reply }
        return await onLooks(reply) {
            var reply = reply
            reply.differences = withContacts(reply.differences, call)
            return reply
        }
    }

    /// An answer as it goes out: with whom to call.
    func withContacts<Reply: CallingReply>(
        _ answer: StoredAnswer, as type: Reply.Type, _ call: Call
    ) async throws(VarlinkError) -> JSONObject {
        let given = try answer.result.get()
        guard let reply = answer.reply(as: type) else { return given }
        return await withContacts(reply, call).object
    }

    /// What is looked up in the record; something else where too much waits for that.
    func onLooks<Value: Sendable>(_ otherwise: Value, _ look: @escaping @Sendable () -> Value) async -> Value {
        do throws(ClinicInterface.Failure) {
            return try await pools.looks.result { () throws(ClinicInterface.Failure) in look() }
        } catch {
            return otherwise
        }
    }
}
