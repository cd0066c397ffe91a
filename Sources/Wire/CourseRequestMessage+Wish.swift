package import Planning
package import StrictJSON

extension CourseRequestMessage {
    /// What somebody wishes, as an object with the fields of the message, for a patient and a regimen that are said
    /// beside it.
    ///
    /// - Parameters:
    ///   - earliest: the first day; nil for the one that the object says.
    ///   - today: the first day where nothing says one.
    /// - Throws: what `today` throws, or every problem of the object as `JSONInvalid`.
    package init(
        _ wish: JSONObject, patient: String, regimen: String, earliest: Day?, today: () throws -> Day
    ) throws {
        var object = wish
        object["patient"] = patient.json
        object["regimen"] = regimen.json
        if let earliest {
            object["earliest"] = earliest.json
        } else if object["earliest"] == nil {
            object["earliest"] = try today().json
        }
        try self.init(object)
    }
}
