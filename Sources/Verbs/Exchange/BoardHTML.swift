import Planning
import Wire

/// The board of a day as one page of HTML that needs nothing beside itself and prints on a sheet.
struct BoardHTML {
    private let board: BoardMessage
    private let clinic: String
    private let types: [String: String]
    private let first: Int
    private let last: Int

    /// A day's board; `types` are the names of kinds of visit by id.
    init(_ board: BoardMessage, clinic: String, types: [String: String]) {
        self.board = board
        self.clinic = clinic
        self.types = types
        let holds = board.chairs.flatMap(\.holds)
        let seconds =
            board.open.flatMap { [$0.from.second, $0.until.second] }
            + holds.flatMap { [$0.visit.start.second, $0.until.second] }
        let hour = 3600
        first = (seconds.min() ?? board.now.second) / hour * hour
        last = max(first + hour, ((seconds.max() ?? board.now.second) + hour - 1) / hour * hour)
    }

    var text: String {
        let title = "\(clinic), \(board.day.long)"
        let parts = [
            "<!DOCTYPE html>", #"<html lang="en">"#, "<head>", #"<meta charset="utf-8">"#,
            "<title>\(Self.escaped(title))</title>", "<style>\(Self.style)</style>", "</head>", "<body>",
            "<h1>\(Self.escaped(title))</h1>", "<p>\(Self.escaped(summary))</p>",
        ]
        return (parts + rows + table + ["</body>", "</html>"]).joined(separator: "\n") + "\n"
    }

    private var summary: String {
        let visits = board.chairs.flatMap(\.holds).map(\.visit)
        let open = board.open.map { clockText($0) }.joined(separator: ", ")
        let closures = board.closures.map { "closed \($0.hours ?? "all day")" + ($0.reason.map { ": \($0)" } ?? "") }
        let tentative = visits.count { $0.status == .tentative }
        return
            ([open.isEmpty ? "closed" : "open \(open)"] + closures
            + ["\(counted(visits.count, "visit"))" + (tentative > 0 ? ", \(tentative) tentative" : "")]
            + ["as of \(clockText(board.now))" + (board.now.day == board.day ? "" : ", \(board.now.day.short)")])
            .joined(separator: " · ")
    }

    /// The chairs one under another, time across.
    private var rows: [String] {
        let ruler = stride(from: first, to: last, by: 3600).map { second in
            let clock = ClockTime(minutes: clock(of: second) / 60 * 60).text
            return #"<span class="hour" style="left:\#(percent(second))">\#(clock)</span>"#
        }
        let chairs = board.chairs.flatMap { chair in
            [
                #"<div class="chair"><b>\#(Self.escaped(chair.chair))</b>"#, #"<div class="line">"#,
            ]
                + chair.outages.map { out in
                    box("out", from: out.from.second, until: out.until.second, "out of service")
                } + chair.holds.flatMap(boxes) + ["</div></div>"]
        }
        return [#"<div class="board">"#, #"<div class="chair ruler"><b></b><div class="line">"#] + ruler
            + ["</div></div>"] + chairs + ["</div>"]
    }

    private func boxes(_ hold: HoldMessage) -> [String] {
        let visit = hold.visit
        let text = "\(clockText(visit.start)) \(who(hold))"
        let marks = marks(of: hold)
        let kind = "visit \(visit.status.code)" + (marks.isEmpty ? "" : " broken")
        let visitBox = box(
            kind, from: visit.start.second, until: visit.end.second, ([text] + marks).joined(separator: ", "))
        guard hold.until > visit.end else { return [visitBox] }
        return [visitBox, box("turnover", from: visit.end.second, until: hold.until.second, "")]
    }

    /// What is wrong with a visit: its chair or its staff are not there, or its patient is not.
    private func marks(of hold: HoldMessage) -> [String] {
        let visit = hold.visit
        guard visit.isToCome || visit.status == .arrived || visit.status == .inProgress else { return [] }
        var marks: [String] = []
        let outages = board.chairs.first { $0.chair == visit.chair }?.outages ?? []
        if outages.contains(where: { $0.from < hold.until && visit.start < $0.until }) {
            marks.append("chair out of service")
        }
        for (label, person) in visit.attendants.sorted(by: { $0.key < $1.key }) where !isThere(person, visit) {
            marks.append("no \(label)")
        }
        if visit.isToCome, visit.start.second + 60 <= board.now.second { marks.append("late") }
        return marks
    }

    /// Whether somebody is on duty when a visit begins, and not away for all that is left of it.
    private func isThere(_ person: String, _ visit: VisitMessage) -> Bool {
        guard let own = board.people.first(where: { $0.person == person }) else { return false }
        let covered = visit.covers.contains { $0.from <= visit.start }
        return covered || own.onDuty.contains { $0.from < visit.end && visit.start < $0.until }
    }

    /// When something happened at a visit, by the clock; empty where it did not.
    private func time(of kind: FactCode, _ visit: VisitMessage) -> String {
        (visit.facts ?? []).last { $0.kind == kind }.map { clockText($0.at) } ?? ""
    }

    private func box(_ kind: String, from: Int, until: Int, _ text: String) -> String {
        let (start, end) = (max(from, first), min(until, last))
        guard start < end else { return "" }
        let width = share(end - start)
        let text = Self.escaped(text)
        return
            #"<span class="\#(kind)" style="left:\#(percent(start));width:\#(width)" title="\#(text)">\#(text)</span>"#
    }

    /// The visits in the order of their starts, for whoever has the sheet in hand.
    private var table: [String] {
        let holds = board.chairs.flatMap(\.holds)
            .sorted { ($0.visit.start.second, $0.visit.chair) < ($1.visit.start.second, $1.visit.chair) }
        guard !holds.isEmpty else { return [] }
        let names = Dictionary(board.people.map { ($0.person, $0.name) }) { first, _ in first }
        let head = ["Time", "Patient", "Visit", "Chair", "Staff", "Status", "Here", "Escort"]
        let lines = holds.map { hold -> String in
            let visit = hold.visit
            let staff = visit.attendants.sorted { $0.key < $1.key }.map { names[$0.value] ?? $0.value }
            let covers = visit.covers.map {
                "\(names[$0.person] ?? $0.person) \(clockText($0.from))-\(clockText($0.until))"
            }
            let cells = [
                "\(clockText(visit.start))-\(clockText(visit.end))", who(hold),
                "\(types[visit.visit] ?? visit.visit), \(visit.turnText)", visit.chair,
                (staff + covers).joined(separator: ", "),
                ([spacedWords(visit.status)] + marks(of: hold)).joined(separator: ", "),
                time(of: .arrived, visit), time(of: .escortConfirmed, visit).isEmpty ? "" : "yes",
            ]
            let row = marks(of: hold).isEmpty ? "<tr>" : "<tr class=\"broken\">"
            return row + cells.map { "<td>\(Self.escaped($0))</td>" }.joined() + "</tr>"
        }
        return ["<table>", "<tr>" + head.map { "<th>\($0)</th>" }.joined() + "</tr>"] + lines + ["</table>"]
    }

    /// Seconds on the clock of an instant of the day.
    private func clock(of second: Int) -> Int { (second + board.now.offset * 60) % 86_400 / 60 }

    private func percent(_ second: Int) -> String { share(second - first) }

    /// A share of the board's width, to a hundredth of a percent.
    private func share(_ seconds: Int) -> String {
        let hundredths = 10_000 * seconds / (last - first)
        return "\(hundredths / 100).\(padded(hundredths % 100, 2))%"
    }

    /// A text between tags or in quotes.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
    }

    private static let style = """
        @page{size:A4 landscape;margin:10mm}
        body{font:12px system-ui,sans-serif;color:#111;margin:12px}
        h1{font-size:18px;margin:0}
        .chair{display:flex;height:30px;border-top:1px solid #ccc}
        .chair b{width:7em;padding:7px 4px 0 0}
        .line{position:relative;flex:1}
        .line span{position:absolute;top:3px;bottom:3px;overflow:hidden;white-space:nowrap;padding:3px}
        .line span{box-sizing:border-box}
        .ruler{height:20px}
        .hour{border-left:1px solid #ccc;font-size:10px}
        .visit{background:#cfe3f7;border:1px solid #33669a}
        .tentative{background:#fff;border-style:dashed}
        .arrived{background:#fdf3c4;border-color:#8a6d00;border-width:2px}
        .inProgress{background:#cdeccf;border-color:#1e6b2a;border-width:2px;font-weight:bold}
        .completed{background:#e6e6e6;border-color:#888;color:#555}
        .line .broken{border:2px solid #b00;text-decoration:underline}
        tr.broken td{font-weight:bold}
        .turnover{background:#eee}
        .out{background:repeating-linear-gradient(45deg,#ddd,#ddd 4px,#fff 4px,#fff 8px)}
        table{border-collapse:collapse;margin-top:14px;width:100%}
        td,th{border:1px solid #bbb;padding:3px 5px;text-align:left}
        @media print{body{margin:0;print-color-adjust:exact}tr{break-inside:avoid}}
        """
}

/// Whom a visit is for: by name where names are shown, told from another of nearly the same name.
private func who(_ hold: HoldMessage) -> String {
    let patient = hold.visit.patient
    return Names.current.distinction(patient) == nil ? hold.name ?? patient : Names.current.text(patient)
}
