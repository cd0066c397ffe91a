internal import Clinic
internal import Store
internal import StrictJSON
internal import Varlink
internal import Wire

/// What is answered to a call, as it is kept for its repetition. The writer keeps the bytes and does not look into
/// them.
struct StoredAnswer: Sendable {
    /// The full name of the error; nil for a reply.
    private let error: String?
    /// The parameters of the reply or the error.
    private let parameters: JSONObject
    /// The reply as it was made; nil for an error, and for what was read back.
    private let made: (any WireValue)?

    init(_ reply: some WireValue) {
        error = nil
        parameters = reply.object
        made = reply
    }

    init(_ error: CommandError) {
        let error = VarlinkError(error)
        self.error = error.name
        parameters = error.parameters
        made = nil
    }

    /// Reads what was kept; nil where it is damaged.
    init?(bytes: [UInt8]) {
        guard let object = try? JSONValue(parsing: bytes).object, let parameters = object["parameters"]?.object else {
            return nil
        }
        error = object["error"]?.string
        self.parameters = parameters
        made = nil
    }

    /// As it is kept.
    var bytes: [UInt8] {
        JSONObject.present([("error", error.map { .string($0) }), ("parameters", .object(parameters))]).text().utf8
            .map { $0 }
    }

    /// As it is answered.
    var result: Result<JSONObject, VarlinkError> {
        if let error { .failure(VarlinkError(error, parameters)) } else { .success(parameters) }
    }

    /// The reply; nil where it is an error, or one that this version does not read.
    func reply<Reply: WireValue>(as type: Reply.Type) -> Reply? {
        if let made { return made as? Reply }
        return error == nil ? try? Reply(parameters) : nil
    }
}

extension RequestKey {
    /// The key of a request; nil where the caller gave no id.
    ///
    /// - Throws: `InvalidValue` where the id is not of 1 to 64 characters.
    init?(
        _ id: String?, of caller: Caller, method: String, _ parameters: JSONObject
    ) throws(ClinicInterface.Failure) {
        guard let id else { return nil }
        try check(id.count, in: 1...64, "request", of: "characters")
        uid = caller.uid
        self.id = id
        digest = SHA256.digest(of: (method + "\n" + canonical(.object(parameters)).text()).utf8)
    }
}

/// The value with the members of every object in the order of their keys.
private func canonical(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let object):
        .object(JSONObject(object.members.sorted { $0.key < $1.key }.map { ($0.key, canonical($0.value)) }))
    case .array(let elements): .array(elements.map(canonical))
    case .null, .bool, .integer, .number, .string: value
    }
}

extension ClinicMethods {
    /// Has a command done by the writer, and gives what is answered.
    func answer(to job: CommandJob) async throws(VarlinkError) -> StoredAnswer {
        let result: CommandResult
        do throws(CommandError) {
            result = try await writer.run(job)
        } catch {
            throw VarlinkError(error)
        }
        switch result {
        case .done(_, let answer?), .repeated(let answer): return answer
        case .done(_, nil): preconditionFailure("a command that somebody asks for has an answer")
        }
    }
}
