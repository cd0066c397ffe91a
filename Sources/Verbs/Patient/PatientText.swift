import Planning
import StrictJSON
import Wire

/// Patients as they stand in files. What is wrong with a file is told by its place only: what is in it stays out of
/// errors.
enum PatientText {
    /// Something that is known of a patient.
    enum Field: CaseIterable {
        case recordNumber, name, phone, birthDate, language, remarks

        /// The field of a name as people write it: record number, recordNumber, Record-Number.
        init?(named name: String) {
            switch plain(name) {
            case "recordnumber", "record", "mrn": self = .recordNumber
            case "name", "fullname": self = .name
            case "phone", "telephone": self = .phone
            case "birthdate", "dateofbirth": self = .birthDate
            case "language": self = .language
            case "remarks", "remark": self = .remarks
            default: return nil
            }
        }

        /// As it is said.
        var words: String {
            switch self {
            case .recordNumber: "record number"
            case .name: "name"
            case .phone: "phone"
            case .birthDate: "birth date"
            case .language: "language"
            case .remarks: "remarks"
            }
        }

        /// As JSON has it.
        var key: String {
            switch self {
            case .recordNumber: "recordNumber"
            case .birthDate: "birthDate"
            case .name, .phone, .language, .remarks: words
            }
        }
    }

    /// A patient before it is known whether all is there.
    struct Draft: Equatable {
        /// The line of the file on which it begins, from 1.
        var line = 1
        private var values: [Field: String] = [:]

        init(line: Int = 1) { self.line = line }

        var isEmpty: Bool { values.isEmpty }

        subscript(_ field: Field) -> String? {
            get { values[field] }
            set { values[field] = newValue }
        }

        /// The day of birth; nil where none is said.
        ///
        /// - Throws: that it is no day.
        func birthDate(_ file: String) throws -> Day? {
            guard let text = self[.birthDate], !text.isEmpty else { return nil }
            guard let day = Day(text) else {
                throw Failure.failed(
                    "\(file):\(line): the birth date is no day", hint: "say year, month and day, as in 1961-04-02")
            }
            return day
        }

        /// That every text is one line and does nothing but be read.
        fileprivate func check(_ file: String) throws {
            for field in Field.allCases {
                guard let text = self[field], let flaw = PlainText.flaw(in: text) else { continue }
                throw Failure.failed("\(file):\(line): the \(field.words) has a \(flaw.words)")
            }
        }
    }

    /// Letters of a name of a column or a field, small.
    static func plain(_ name: String) -> String { name.lowercased().filter(\.isLetter) }

    /// The one patient of a file: a JSON object or lines.
    static func one(_ bytes: [UInt8], file: String) throws -> Draft {
        let text = try TextFile.text(bytes, file: file)
        if text.first(where: { !$0.isWhitespace }) == "{" {
            let draft = try decode(text, file: file) { reader -> Draft? in self.draft(reader) }
            try draft.check(file)
            return draft
        }
        let blocks = try blocks(text, file: file)
        guard blocks.count == 1 else {
            throw Failure.failed(
                "\(file): expected one patient, found \(blocks.count)", hint: "patient import adds many")
        }
        try blocks[0].check(file)
        return blocks[0]
    }

    /// The patients of a file: a JSON array, blocks of lines, or a table.
    ///
    /// - Parameter columns: which column of a table is what; nil where their names tell.
    static func many(_ bytes: [UInt8], file: String, columns: String? = nil) throws -> PatientList {
        let text = try TextFile.text(bytes, file: file)
        let drafts: [Draft]
        if text.first(where: { !$0.isWhitespace }) == "[" {
            drafts = try decode(text, file: file) { reader -> [Draft]? in reader.array(of: { self.draft($0) }) }
        } else if columns != nil || isTable(text) {
            drafts = try table(text, file: file, columns: columns)
        } else {
            drafts = try blocks(text, file: file)
        }
        var lines: [String: Int] = [:]
        let patients = try drafts.map { draft in
            try draft.check(file)
            guard let number = draft[.recordNumber], !plainNumber(number).isEmpty else {
                throw Failure.failed("\(file):\(draft.line): a patient without a record number")
            }
            if let first = lines.updateValue(draft.line, forKey: plainNumber(number)) {
                throw Failure.failed("\(file):\(draft.line): the same record number as on line \(first)")
            }
            return NewPatientMessage(
                recordNumber: number, name: draft[.name], phone: draft[.phone], birthDate: try draft.birthDate(file),
                language: draft[.language], remarks: draft[.remarks])
        }
        return PatientList(file: file, patients: patients, lines: drafts.map(\.line))
    }

    /// A record number without what tells nobody apart.
    private static func plainNumber(_ number: String) -> String { number.lowercased().filter { !$0.isWhitespace } }

    /// Whether a first line is a table's: its columns' names, not a field with its value.
    private static func isTable(_ text: String) -> Bool {
        let lines = text.split { $0.isNewline }.lazy.map { String($0).trimmed }
        guard let line = lines.first(where: { !$0.isEmpty }) else { return false }
        if let colon = line.firstIndex(of: ":"), Field(named: String(line[..<colon])) != nil { return false }
        return line.contains { ",;\t".contains($0) } || Field(named: line) != nil
    }

    private static func table(_ text: String, file: String, columns: String?) throws -> [Draft] {
        let lines = text.split { $0.isNewline }.lazy.map(String.init)
        let first = lines.first { !$0.trimmed.isEmpty } ?? ""
        let rows = try CSV.rows(text, separator: CSV.separator(of: first), file: file)
        guard let header = rows.first else { throw Failure.failed("\(file): nothing is in it") }
        let columns = try PatientColumns(header, named: columns, file: file)
        return try rows.dropFirst().map { try columns.draft($0, file: file) }
    }

    private static func decode<Value>(_ text: String, file: String, _ read: (JSONReader) -> Value?) throws -> Value {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: Array(text.utf8))
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
            let keys = listed(Field.allCases.map(\.key))
            throw Failure(.failed, remarks: places + [.hint("a patient has \(keys), all of them texts")])
        }
    }

    private static func draft(_ reader: JSONReader) -> Draft? {
        reader.object { fields in
            var draft = Draft(line: reader.line ?? 1)
            for field in Field.allCases { draft[field] = fields.optional(field.key) { $0.string() } }
            return draft
        }
    }

    private static func blocks(_ text: String, file: String) throws -> [Draft] {
        var drafts: [Draft] = []
        var current = Draft()
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let text = String(line).trimmed
            if text.isEmpty {
                if !current.isEmpty { drafts.append(current) }
                current = Draft()
                continue
            }
            guard let colon = text.firstIndex(of: ":"), let field = Field(named: String(text[..<colon])) else {
                throw Failure.failed(
                    "\(file):\(index + 1): a line that is none of “record number: …”, “name: …”, “phone: …”, "
                        + "“birth date: …”, “language: …”, “remarks: …”")
            }
            if current.isEmpty { current.line = index + 1 }
            current[field] = String(text[text.index(after: colon)...]).trimmed
        }
        return current.isEmpty ? drafts : drafts + [current]
    }
}

/// The patients of a file, with where each begins.
struct PatientList {
    let file: String
    let patients: [NewPatientMessage]
    /// The line of each in the file, from 1.
    let lines: [Int]

    /// A failure that names a patient by the place among those that were sent, with their line in the file instead.
    ///
    /// - Parameter first: the place of the first that was sent among all of the file.
    func located(_ failure: Failure, after first: Int) -> Failure {
        var located = failure
        located.remarks = failure.remarks.map { remark in
            guard case .error(let text) = remark,
                let match = text.prefixMatch(of: #/patients\[(?<index>\d+)\]\.\w+: /#),
                let index = Int(match.index), lines.indices.contains(first + index)
            else { return remark }
            return .error("\(file):\(lines[first + index]): \(text[match.range.upperBound...])")
        }
        return located
    }
}
