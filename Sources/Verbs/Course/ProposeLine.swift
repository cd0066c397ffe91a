import Planning
import Wire

/// The command line that asks for a course again, with its wishes as arguments.
struct ProposeLine {
    private let asked: CourseRequestMessage
    /// The start window in force where none is asked for.
    private let startWithinDays: Int?

    /// The line for what was asked, with the start window that was in force, if that is known.
    init(_ asked: CourseRequestMessage, startWithinDays: Int? = nil) {
        self.asked = asked
        self.startWithinDays = asked.startWithinDays ?? startWithinDays
    }

    /// What was asked for, in short.
    var what: String { "\(asked.regimen) for \(asked.patient)" }

    /// The line. What only a file can say (payer, authorisations) is not in it.
    var text: String {
        let verb = asked.walkIn == nil ? "propose" : "book"
        var words = ["infusionctl course \(verb)", asked.patient, asked.regimen, "--earliest \(asked.earliest)"]
        words += asked.walkIn.map { ["--now --reason \(kebabCase($0))"] } ?? []
        words += asked.startWithinDays.map { ["--start-within \($0)"] } ?? []
        words += (asked.availability ?? []).map { "--available \"\(windowText($0))\"" }
        words += (asked.blackoutDays ?? []).map { "--blackout \($0)" }
        words += (asked.preferred ?? []).map { "--prefer \"\(windowText($0))\"" }
        words += asked.usual.map { ["--usual \($0.text)"] } ?? []
        words += (asked.features ?? []).map { "--feature \($0)" }
        words += asked.preferredPerson.map { ["--person \($0)"] } ?? []
        words += asked.requiresAuthorisation ?? false ? ["--needs-authorisation"] : []
        words += asked.endDay.map { ["--end \($0)"] } ?? []
        words += asked.inTime ?? false ? ["--in-time"] : []
        words += asked.referred.map { ["--referred \($0)"] } ?? []
        return words.joined(separator: " ")
    }

    /// The line with what would help changed; nil where no wish of the patient's can be changed so.
    func text(changing remedy: Refusal.Remedy) -> String? {
        var changed = asked
        switch remedy.kind {
        case .startWindow:
            guard let days = startWithinDays else { return nil }
            changed.startWithinDays = days + remedy.amount
        case .availability:
            changed.availability = nil
            changed.blackoutDays = nil
        case .features: changed.features = nil
        case .leadTime: changed.walkIn = "patientRequest"
        case .tolerance, .chair, .person: return nil
        }
        return ProposeLine(changed).text
    }

    /// The line with other wishes.
    func text(_ change: (inout CourseRequestMessage) -> Void) -> String {
        var changed = asked
        change(&changed)
        return ProposeLine(changed).text
    }
}

/// Hours of weekdays: mon,wed 09:00-16:00.
func windowText(_ window: WeekWindow) -> String {
    Weekday.allCases.filter(window.days.contains).map(\.name).joined(separator: ",") + " "
        + ClockWindow(window.hours).text
}
