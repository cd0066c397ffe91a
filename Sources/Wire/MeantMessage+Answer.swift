package import StrictJSON

// Answers of many methods tell in the same field who the patients in them are.
extension MeantMessage {
    /// The field of an answer that tells who the patients in it are.
    package static let field = "meant"

    /// Who the patients in an answer are; empty where it does not tell. What is no object is passed over.
    package static func all(in answer: JSONObject) throws(JSONInvalid) -> [MeantMessage] {
        let objects = (answer[field]?.array ?? []).compactMap(\.object)
        return try objects.map { object throws(JSONInvalid) in try MeantMessage(object) }
    }

    /// An answer that tells, as its last field, who the patients in it are; the same answer where that is nobody.
    package static func adding(_ meant: [MeantMessage], to answer: JSONObject) -> JSONObject {
        guard !meant.isEmpty else { return answer }
        return JSONObject(
            answer.members.filter { $0.key != field }.map { ($0.key, $0.value) } + [(field, meant.json)])
    }
}
