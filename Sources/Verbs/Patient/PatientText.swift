import Planning
import StrictJSON
import Wire

/// Patients as they stand in files. What is wrong with a file is told by its place only: what is in it stays out of
/// errors.
enum PatientText {
    /// A patient before it is known whether all is there.
    struct Draft: Equatable {
        var recordNumber: String?
        var name: String?
        var phone: String?
    }

    /// The call that shows a patient said by id (p17) or else by record number.
    static func lookUp(_ text: String, _ daemon: DaemonConnection) throws -> ClinicInterface.ShowPatient {
        try id(text, daemon).map { ClinicInterface.ShowPatient(patient: $0) }
            ?? ClinicInterface.ShowPatient(recordNumber: text)
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

    /// The one patient of a file: a JSON object or lines.
    static func one(_ bytes: [UInt8], file: String) throws -> Draft {
        if first(of: bytes) == UInt8(ascii: "{") {
            return try decode(bytes, file: file) { draft($0) }
        }
        let blocks = try blocks(bytes, file: file)
        guard blocks.count == 1 else {
            throw Failure.failed(
                "\(file): expected one patient, found \(blocks.count)", hint: "patient import adds many")
        }
        return blocks[0]
    }

    /// The patients of a file: a JSON array, blocks of lines, or CSV.
    static func many(_ bytes: [UInt8], file: String) throws -> [NewPatientMessage] {
        let drafts: [Draft] =
            if first(of: bytes) == UInt8(ascii: "[") {
                try decode(bytes, file: file) { reader in reader.array(of: { draft($0) }) }
            } else if let header = firstLine(of: bytes), CSV.isHeader(header) {
                try CSV.drafts(bytes, file: file)
            } else {
                try blocks(bytes, file: file)
            }
        return try drafts.enumerated().map { index, draft in
            guard let number = draft.recordNumber, !number.isEmpty else {
                throw Failure.failed("\(file): patient \(index + 1) has no record number")
            }
            return NewPatientMessage(recordNumber: number, name: draft.name, phone: draft.phone)
        }
    }

    private static func first(of bytes: [UInt8]) -> UInt8? { bytes.first { $0 > UInt8(ascii: " ") } }

    private static func firstLine(of bytes: [UInt8]) -> String? {
        bytes.split(separator: UInt8(ascii: "\n")).first.map { String(decoding: $0, as: UTF8.self).trimmed }
    }

    private static func decode<Value>(
        _ bytes: [UInt8], file: String, _ read: (JSONReader) -> Value?
    ) throws -> Value {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw Failure.failed(
                "\(file): line \(error.position.line), column \(error.position.column): this is no JSON")
        }
        do {
            return try document.decode(read)
        } catch {
            // Paths would name unknown keys, which are the file's own words.
            let places = error.problems.map { problem in
                Failure.Remark.error("\(file):\(problem.line ?? 1): an unknown key, or a value of another type")
            }
            throw Failure(
                .failed, remarks: places + [.hint("a patient has recordNumber, name and phone, all of them texts")])
        }
    }

    private static func draft(_ reader: JSONReader) -> Draft? {
        reader.object { fields in
            Draft(
                recordNumber: fields.optional("recordNumber") { $0.string() },
                name: fields.optional("name") { $0.string() },
                phone: fields.optional("phone") { $0.string() })
        }
    }

    private static func blocks(_ bytes: [UInt8], file: String) throws -> [Draft] {
        var drafts: [Draft] = []
        var current = Draft()
        let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let text = String(line).trimmed
            if text.isEmpty {
                if current != Draft() { drafts.append(current) }
                current = Draft()
                continue
            }
            guard let colon = text.firstIndex(of: ":"), let field = field(named: String(text[..<colon])) else {
                throw Failure.failed(
                    "\(file):\(index + 1): a line that is none of “record number: …”, “name: …”, “phone: …”")
            }
            current[keyPath: field] = String(text[text.index(after: colon)...]).trimmed
        }
        return current == Draft() ? drafts : drafts + [current]
    }

    /// The field of a name as people write it: record number, recordNumber, Record-Number.
    static func field(named name: String) -> WritableKeyPath<Draft, String?>? {
        switch name.lowercased().filter(\.isLetter) {
        case "recordnumber", "record", "mrn": \.recordNumber
        case "name": \.name
        case "phone": \.phone
        default: nil
        }
    }
}

/// Tables of RFC 4180: commas, quotes, one patient a line.
enum CSV {
    /// Whether a first line names columns of patients.
    static func isHeader(_ line: String) -> Bool {
        !line.contains(":") && line.split(separator: ",").allSatisfy { PatientText.field(named: String($0)) != nil }
    }

    /// The patients of a table.
    static func drafts(_ bytes: [UInt8], file: String) throws -> [PatientText.Draft] {
        let rows = try rows(Array(String(decoding: bytes, as: UTF8.self)), file: file)
        let fields = rows[0].compactMap { PatientText.field(named: $0) }
        return try rows.dropFirst().enumerated().map { index, row in
            guard row.count == fields.count else {
                throw Failure.failed(
                    "\(file): row \(index + 2) has \(row.count) values (there are \(fields.count) columns)")
            }
            var draft = PatientText.Draft()
            for (field, value) in zip(fields, row) where !value.isEmpty { draft[keyPath: field] = value }
            return draft
        }
    }

    private static func rows(_ text: [Character], file: String) throws -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var value = ""
        var isQuoted = false
        var index = 0
        func endRow() {
            row.append(value.trimmed)
            if row != [""] { rows.append(row) }
            (row, value) = ([], "")
        }
        while index < text.count {
            let character = text[index]
            if isQuoted, character == "\"", index + 1 < text.count, text[index + 1] == "\"" {
                value.append("\"")
                index += 1
            } else if character == "\"" {
                isQuoted.toggle()
            } else if isQuoted {
                value.append(character)
            } else if character == "," {
                row.append(value.trimmed)
                value = ""
            } else if character.isNewline {
                endRow()
            } else {
                value.append(character)
            }
            index += 1
        }
        guard !isQuoted else { throw Failure.failed("\(file): a quote is not closed") }
        endRow()
        return rows
    }
}
