/// Which column of a table is what of a patient.
struct PatientColumns {
    /// A field with the columns that make it, by their places; several are joined, as family name and first name are.
    private var places: [(field: PatientText.Field, columns: [Int])] = []
    private let count: Int

    /// The columns of a header.
    ///
    /// - Parameters:
    ///   - named: what somebody said which column is, as in "record number=Chart,name=Surname+First name"; nil where
    ///     the columns' own names tell.
    /// - Throws: which column is wanting, with those that are there.
    init(_ header: CSV.Row, named: String?, file: String) throws {
        count = header.values.count
        let plain = header.values.map(PatientText.plain)
        for (index, name) in header.values.enumerated() {
            guard let field = PatientText.Field(named: name) else { continue }
            places.append((field, [index]))
        }
        for pair in (named ?? "").split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard parts.count == 2, let field = PatientText.Field(named: parts[0]) else {
                throw Failure.usage(
                    "\(JSONOutput.quoted(String(pair))) does not say which column is what",
                    hint: PatientColumns.example)
            }
            let columns = try parts[1].split(separator: "+").map { word in
                guard let place = plain.firstIndex(of: PatientText.plain(String(word))) else {
                    throw Failure.usage(
                        "\(file): there is no column \(JSONOutput.quoted(String(word).trimmed)); there are "
                            + listed(header.values), hint: PatientColumns.example)
                }
                return place
            }
            places.removeAll { $0.field == field }
            places.append((field, columns))
        }
        if let twice = places.map(\.field).first(where: { field in places.count { $0.field == field } > 1 }) {
            throw Failure.failed(
                "\(file):\(header.line): two columns could be the \(twice.words)", hint: PatientColumns.example)
        }
        guard places.contains(where: { $0.field == .recordNumber }) else {
            throw Failure.failed(
                "\(file):\(header.line): no column is the record number; there are \(listed(header.values))",
                hint: PatientColumns.example)
        }
    }

    private static let example =
        #"say it with --columns "record number=Chart,name=Surname+First name,phone=Mobile""#

    /// A patient of a row.
    func draft(_ row: CSV.Row, file: String) throws -> PatientText.Draft {
        guard row.values.count <= count || row.values[count...].allSatisfy(\.isEmpty) else {
            throw Failure.failed(
                "\(file):\(row.line): \(row.values.count) values (there are \(counted(count, "column")))")
        }
        var draft = PatientText.Draft(line: row.line)
        for (field, columns) in places {
            let parts = columns.compactMap { row.values.indices.contains($0) ? row.values[$0] : nil }
            let value = parts.filter { !$0.isEmpty }.joined(separator: ", ")
            if !value.isEmpty { draft[field] = value }
        }
        return draft
    }
}
