/// Only Wire knows the names of the socket's fields: nobody else takes a JSON object apart or makes one by keys.
enum FieldNames {
    /// The targets at either end of the socket.
    private static let ends: Set<String> = ["Service", "Verbs"]

    /// Files that read or write something else than the socket's messages, with what it is.
    private static let foreign: [String: String] = [
        "Sources/Service/Methods/StoredAnswer.swift": "an answer as the database keeps it",
        "Sources/Verbs/Exchange/FHIRBundle.swift": "FHIR",
        "Sources/Verbs/Offline/ConfigVerbs.swift": "the configuration file",
        "Sources/Verbs/Offline/CheckReport.swift": "what solve and check print",
        "Sources/Verbs/Patient/PatientText.swift": "a file of patients",
        "Sources/Verbs/Record/ReportDefinitions.swift": "what a report prints of what its figures count",
    ]

    /// Lines that name a key.
    static func violations(in file: SourceFile) -> [Violation] {
        guard file.isProduct, ends.contains(file.target), foreign[file.path] == nil else { return [] }
        return zip(file.lines, file.code).enumerated().compactMap { index, line in
            guard let key = key(in: line.0, code: line.1) else { return nil }
            let message = "the key \"\(key)\" belongs into Wire: use the message that has it"
            return Violation(path: file.path, line: index + 1, message: message)
        }
    }

    /// The key by which a line reads or writes a member of a JSON object; nil where it does not.
    ///
    /// - Parameter code: the same line without comments and without what stands in literals.
    static func key(in line: String, code: String) -> String? {
        // Only what begins in code counts: comments and literals are blank there.
        let patterns = [
            #/[\w)\]?]\["(?<key>\w+)"\]/#,
            #/\.(?:required|nullable|optional|value|choice)\("(?<key>\w+)"/#,
            #/"(?<key>\w+)": *(?:\w+(?:\.\w+)*\??\.json\b|\.(?:string|integer|bool|array|object)\()/#,
            #/\("(?<key>\w+)", *(?:\w+(?:\.\w+)*\??\.json\b|\.(?:string|integer|bool|array|object)\()/#,
        ]
        let (lineBytes, codeBytes) = (Array(line.utf8), Array(code.utf8))
        for pattern in patterns {
            for match in line.matches(of: pattern) {
                let quote = line.utf8.distance(from: line.startIndex, to: match.output.key.startIndex) - 1
                if codeBytes.indices.contains(quote), codeBytes[quote] == lineBytes[quote] {
                    return String(match.output.key)
                }
            }
        }
        return nil
    }
}
