import Planning
import Wire

/// Visits as an iCalendar file (RFC 5545): times are instants in UTC, so that no reader needs the clinic's time zone.
/// A visit keeps its UID for ever. Patients stand in it by their ids only.
struct ICalendar {
    private let clinic: String
    private let stamp: String
    private let types: [String: String]

    /// The calendar of a clinic at an instant; `types` are the names of kinds of visit by id.
    init(clinic: String, now: ZonedInstant, types: [String: String]) {
        self.clinic = clinic
        self.types = types
        stamp = Self.utc(now)
    }

    /// How the file begins.
    ///
    /// - Parameter name: what the calendar is called.
    func head(name: String) -> String {
        Self.lines([
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//infusiond//infusionctl 0.1.0//EN", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:\(Self.escaped(name))",
        ])
    }

    /// How the file ends.
    var tail: String { Self.lines(["END:VCALENDAR"]) }

    /// A visit as a VEVENT.
    func event(_ visit: VisitMessage, people: [String: String]) -> String {
        let type = types[visit.visit].flatMap { $0.isEmpty ? nil : $0 } ?? visit.visit
        let staff = visit.attendants.sorted { $0.key < $1.key }.map { "\($0.key) \(people[$0.value] ?? $0.value)" }
        let stages = visit.stages.map { "\(clockText($0.start))-\(clockText($0.end)) \($0.name)" }
        let facts = [
            "visit \(visit.id) of course \(visit.course), patient \(visit.patient), \(spacedWords(visit.status))",
            staff.joined(separator: ", "), stages.joined(separator: ", "),
        ]
        return Self.lines([
            "BEGIN:VEVENT", "UID:\(visit.id)@\(Self.slug(clinic)).infusiond.invalid", "DTSTAMP:\(stamp)",
            "DTSTART:\(Self.utc(visit.start))", "DTEND:\(Self.utc(visit.end))",
            "SUMMARY:\(Self.escaped("\(type), \(visit.turnText)"))",
            "LOCATION:\(Self.escaped(visit.chair))",
            "DESCRIPTION:\(Self.escaped(facts.filter { !$0.isEmpty }.joined(separator: "\n")))",
            "CATEGORIES:\(Self.escaped(visit.phase))", "STATUS:\(Self.status(visit.status))",
            "TRANSP:\(Self.status(visit.status) == "CANCELLED" ? "TRANSPARENT" : "OPAQUE")", "END:VEVENT",
        ])
    }

    /// The status of an event: what is planned is tentative, what was lost is cancelled, all else confirmed.
    private static func status(_ status: VisitStatusCode) -> String {
        switch status {
        case .tentative: "TENTATIVE"
        case .noShow, .notTreated, .cancelled, .omitted: "CANCELLED"
        case .confirmed, .arrived, .inProgress, .completed, .unknown: "CONFIRMED"
        }
    }

    /// An instant in UTC: 20260302T140000Z.
    private static func utc(_ instant: ZonedInstant) -> String {
        let text = ZonedInstant(second: instant.second, offset: 0).text.prefix(19)
        return text.filter { $0 != "-" && $0 != ":" } + "Z"
    }

    /// Letters, digits and hyphens of a name, for identifiers.
    private static func slug(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "clinic" : words.joined(separator: "-")
    }

    /// A text as a value (RFC 5545, section 3.3.11).
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "\\": escaped += "\\\\"
            case ";": escaped += "\\;"
            case ",": escaped += "\\,"
            case "\n", "\r\n": escaped += "\\n"
            default: if !(character.unicodeScalars.first.map { $0.value < 0x20 } ?? false) { escaped.append(character) }
            }
        }
    }

    private static func lines(_ lines: [String]) -> String { lines.map(folded).joined() }

    /// A line with its CR and LF, folded so that no part has more than 75 octets and none is cut within a character.
    static func folded(_ line: String) -> String {
        var text = ""
        var octets = 0
        for scalar in line.unicodeScalars {
            let size = String(scalar).utf8.count
            if octets + size > 75 {
                text += "\r\n "
                octets = 1
            }
            text.unicodeScalars.append(scalar)
            octets += size
        }
        return text + "\r\n"
    }
}
