import Wire

// How a patient is said: by id or by record number.
extension PatientText {
    /// The call that shows a patient said by id (p17) or else by record number.
    static func lookUp(
        _ text: String, history: Bool? = nil, _ daemon: DaemonConnection
    ) throws -> ClinicInterface.ShowPatient {
        try id(text, daemon).map { ClinicInterface.ShowPatient(patient: $0, history: history) }
            ?? ClinicInterface.ShowPatient(recordNumber: text, history: history)
    }

    /// The id of a patient said by id; nil where a text is no id but a record number. `id:p17` is p17 and nobody else;
    /// p17 alone may be somebody's record number, too, from a time when such numbers were taken: then it is refused.
    static func id(_ text: String, _ daemon: DaemonConnection) throws -> String? {
        if text.hasPrefix("id:"), isLikeID(text.dropFirst(3)) { return String(text.dropFirst(3)) }
        guard isLikeID(text) else { return nil }
        do {
            return try daemon.call(ClinicInterface.ResolvePatient(named: text)).patient
        } catch let failure as Failure where failure.status == .notPermitted {
            // Whoever may not see record numbers means none.
            return text
        }
    }

    /// Whether a text has the form of a patient's id, whatever its case and blanks.
    private static func isLikeID(_ text: some StringProtocol) -> Bool {
        let word = text.lowercased().filter { !$0.isWhitespace }
        return word.hasPrefix("p") && word.utf8.count <= 64 && word.dropFirst().contains(where: \.isNumber)
            && word.dropFirst().allSatisfy(\.isNumber)
    }
}
