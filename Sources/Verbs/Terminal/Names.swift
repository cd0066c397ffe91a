import Synchronization
import Wire

/// Who is meant by patients' ids, as the daemon told it in its answers to a command. Whoever may not see names was told
/// of nobody, and is shown ids.
final class Names: Sendable {
    private struct Known {
        var people: [String: MeantMessage] = [:]
        var areHidden = false
    }

    private let known = Mutex(Known())

    /// The names of the command that runs now.
    @TaskLocal static var current = Names()

    /// Learns who is meant in an answer.
    func learn(_ meant: [MeantMessage]) {
        known.withLock { known in for one in meant { known.people[one.patient] = one } }
    }

    /// Shows ids from now on, whoever is known.
    func hide() { known.withLock { $0.areHidden = true } }

    var areHidden: Bool { known.withLock { $0.areHidden } }

    private func meant(_ patient: String) -> MeantMessage? {
        known.withLock { $0.areHidden ? nil : $0.people[patient] }
    }

    /// A patient as people say them, Lee, Min-jun (L-1011); of two who could be taken for one another with the year in
    /// which they were born and a mark, Smith, John (MRN-61, born 1961!). The id where nobody is known by it.
    func text(_ patient: String) -> String { meant(patient)?.text ?? patient }

    /// A patient in a sentence: the patient, where nobody is known by the id.
    func who(_ patient: String) -> String { meant(patient)?.text ?? "the patient" }

    /// A patient in few words: the name, or a record number that is short enough to be read whole.
    func short(_ patient: String) -> String? {
        guard let one = meant(patient) else { return nil }
        guard let name = one.name, !name.isEmpty else {
            return one.recordNumber.count > 7 ? nil : one.recordNumber
        }
        return one.alike ? name + "!" : name
    }

    /// What tells a patient from another of nearly the same name; nil where there is none.
    func distinction(_ patient: String) -> String? {
        guard let one = meant(patient), one.alike else { return nil }
        return one.born.map { "born \($0)!" } ?? "another of nearly that name that day!"
    }

    /// Lines with all who are meant in them: one of whom the lines do not tell yet stands at the head, several below.
    func completing(_ lines: [String], _ style: Style) -> [String] {
        let all = known.withLock { $0.areHidden ? [] : Array($0.people.values) }
        let text = lines.joined(separator: "\n")
        let missing = all.filter { one in
            if one.alike {
                return !text.contains(one.text) && !(text.contains(one.recordNumber) && one.isDated(in: text))
            }
            return !text.contains(one.name ?? one.recordNumber)
        }.sorted { ($0.patient.count, $0.patient) < ($1.patient.count, $1.patient) }
        if all.count == 1, let one = missing.first {
            guard let head = lines.firstIndex(where: { !$0.contains("dry run:") }) else { return lines }
            var lines = lines
            if let place = lines[head].range(of: "the patient ") {
                lines[head].replaceSubrange(place, with: one.text + " ")
            } else if lines.count <= 4 {
                lines[head] = "\(one.text): \(lines[head])"
            } else {
                lines.insert(style.bold(one.text), at: head)
            }
            return lines
        }
        let told = missing.count <= 6 ? missing : missing.filter(\.alike)
        return told.isEmpty
            ? lines : lines + ["", style.dim(told.map { "\($0.patient) \($0.text)" }.joined(separator: "; "))]
    }
}

extension MeantMessage {
    /// As people say it.
    fileprivate var text: String {
        let marks = recordNumber + (alike ? born.map { ", born \($0)!" } ?? "!" : "")
        guard let name, !name.isEmpty else { return marks }
        return "\(name) (\(marks))"
    }

    fileprivate func isDated(in text: String) -> Bool { born.map { text.contains("born \($0)") } ?? true }
}

extension String {
    /// Where a text stands in it first.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
