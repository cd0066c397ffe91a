import Checker
import ClinicTime
import Configuration
import Planning
import StrictJSON

/// What is wrong with an answer, or with the bookings of an export.
struct CheckReport {
    /// What was looked at.
    private enum Scope {
        case answer(plans: Int, refusals: Int)
        case export(bookings: Int, today: Day)
    }

    private let breaches: [Breach]
    private let misstatements: [JSONProblem]
    private let scope: Scope

    /// Checks an answer against its problem.
    init(of file: AnswerFile, to problem: ProblemFile) {
        let named = file.answer.plans.flatMap { plan in
            (plan.visits + plan.alternatives.flatMap(\.visits)).map(\.placement.day)
        }
        let first = named.reduce(problem.firstDay) { min($0, $1) }
        let last = named.reduce(problem.lastDayExpected) { max($0, $1) }
        // Days in hand are counted up to the goal, which no visit need reach.
        let goals = problem.problem.courses.flatMap(\.regimen.phases).compactMap(\.goal?.days)
        let calendars = problem.zone.calendars(from: first - 1, through: last + goals.reduce(60, max))
        breaches = check(file.answer, of: problem.problem, calendars: calendars)
        misstatements = file.misstatements
        scope = .answer(plans: file.answer.plans.count, refusals: file.answer.refusals.count)
    }

    /// Checks the bookings of an export from its day on.
    init(of file: ExportFile) {
        let export = file.bookings
        let setting = Setting(
            facility: export.facility, calendars: export.calendars, timeOff: export.timeOff, outages: export.outages,
            now: export.now, today: export.today)
        breaches = checkBookings(
            export.items.map { BookingToCheck($0.booking, overrides: $0.overrides, request: $0.request) },
            in: setting, from: export.today)
        misstatements = []
        scope = .export(
            bookings: export.items.count { $0.booking.placement.day >= export.today }, today: export.today)
    }

    /// How many there are.
    var count: Int { breaches.count + misstatements.count }

    /// Whether there is none.
    var isSound: Bool { count == 0 }

    /// The findings as a result.
    var payload: Payload {
        let rows = breaches.map(\.row) + misstatements.map { ("", "", "misstatement", "\($0.path): \($0.message)") }
        var json: JSONObject = ["sound": .bool(isSound)]
        let summary: String
        switch scope {
        case .answer(let plans, let refusals):
            json["plans"] = .integer(plans)
            json["refusals"] = .integer(refusals)
            summary = "\(counted(plans, "plan")), \(counted(refusals, "refusal"))"
        case .export(let bookings, let today):
            json["bookings"] = .integer(bookings)
            json["from"] = .string(today.description)
            summary = "\(counted(bookings, "booking")) from \(today) on"
        }
        json["breaches"] = .array(breaches.map(\.json) + misstatements.map(\.asBreach))
        return Payload(.object(json)) { style in
            if isSound { return ["\(style.green("sound")): \(summary)"] }
            var table = TextTable(("course", .left), ("visit", .right), ("breaks", .left), ("finding", .left))
            for row in rows { table.add(row.0, row.1, row.2, row.3) }
            return table.lines(style)
        }
    }
}

extension Breach {
    fileprivate var row: (String, String, String, String) {
        (course?.text ?? "", visit.map { "\($0)" } ?? booking?.text ?? "", what.name, message)
    }

    fileprivate var json: JSONValue {
        var object: JSONObject = [:]
        if let course { object["course"] = .string(course.text) }
        if let visit { object["visit"] = .integer(visit) }
        if let booking { object["booking"] = .string(booking.text) }
        object["breaks"] = .string(what.name)
        object["message"] = .string(message)
        return .object(object)
    }
}

extension Breach.Finding {
    /// The name of the rule, the cost term or the part of the shape.
    fileprivate var name: String {
        switch self {
        case .rule(let rule): rule.rawValue
        case .cost(let term, _, _): "cost \(term.rawValue)"
        case .shape(let part): part
        }
    }
}

extension JSONProblem {
    fileprivate var asBreach: JSONValue {
        ["breaks": "misstatement", "path": .string(path), "message": .string(message)]
    }
}

extension ConfigurationError {
    /// The problems as JSON.
    var json: JSONValue {
        let list = problems.map { problem -> JSONValue in
            var object: JSONObject = ["path": .string(problem.path)]
            if let position = problem.position {
                object["line"] = .integer(position.line)
                object["column"] = .integer(position.column)
            }
            object["message"] = .string(problem.message)
            if let hint = problem.hint { object["hint"] = .string(hint) }
            return .object(object)
        }
        return ["file": .string(file), "problems": .array(list)]
    }
}
