package import StrictJSON

/// A reply as it goes over the socket.
package struct ReplyMessage: Sendable, Hashable {
    /// The parameters of the reply or of its error.
    package var parameters: JSONObject
    /// The full name of the error, for an error reply.
    package var error: String?
    /// Whether further replies to the same call follow.
    package var continues: Bool

    init(_ parameters: JSONObject, continues: Bool = false) {
        self.parameters = parameters
        self.error = nil
        self.continues = continues
    }

    init(_ error: VarlinkError) {
        self.parameters = error.parameters
        self.error = error.name
        self.continues = false
    }

    /// The only or last reply of a call.
    init(_ result: Result<JSONObject, VarlinkError>) {
        switch result {
        case .success(let parameters): self.init(parameters)
        case .failure(let error): self.init(error)
        }
    }

    /// Reads a message without its NUL; nil when it is no reply.
    init?(parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        guard let envelope = try? JSONValue(parsing: bytes, limits: limits).object else { return nil }
        parameters = [:]
        continues = false
        for (key, value) in envelope.members {
            switch (key, value) {
            case ("parameters", .object(let object)): parameters = object
            case ("parameters", .null): break
            case ("continues", .bool(let bool)): continues = bool
            case ("error", .string(let name)): error = name
            case ("parameters", _), ("continues", _), ("error", _): return nil
            default: break
            }
        }
        if error != nil, continues { return nil }
    }

    /// The message with its NUL.
    func bytes() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes.append(UInt8(ascii: "{"))
        if let error {
            bytes.append(contentsOf: "\"error\":".utf8)
            JSONValue.string(error).write(to: &bytes)
            bytes.append(UInt8(ascii: ","))
        }
        bytes.append(contentsOf: "\"parameters\":".utf8)
        JSONValue.object(parameters).write(to: &bytes)
        if continues { bytes.append(contentsOf: ",\"continues\":true".utf8) }
        bytes.append(UInt8(ascii: "}"))
        bytes.append(0)
        return bytes
    }
}
