package import Planning
package import StrictJSON

/// The patients whom an answer names, and the days that it tells of.
package struct NamedInAnswer: Sendable {
    /// Days on which somebody else of the same name is looked for.
    package static let mostDays = 40

    package private(set) var patients: Set<PatientID> = []
    package private(set) var days: Set<Day> = []

    package init() {}

    /// Reads every member of an answer, however deep.
    package mutating func read(_ value: JSONValue) {
        switch value {
        case .array(let elements): for element in elements { read(element) }
        case .object(let object):
            for member in object.members {
                if case .string(let text) = member.value {
                    read(text, of: member.key)
                } else {
                    read(member.value)
                }
            }
        case .null, .bool, .integer, .number, .string: break
        }
    }

    private mutating func read(_ text: String, of key: String) {
        switch key {
        case "patient", "into":
            if text.first == "p", text.count > 1, text.dropFirst().allSatisfy(\.isNumber) {
                patients.insert(PatientID(text))
            }
        case "start", "day", "next": if let day = Day(String(text.prefix(10))) { days.insert(day) }
        default: break
        }
    }
}
