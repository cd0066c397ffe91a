import StrictJSON
import Wire

/// Why a verb did not do what it was asked: what is said on standard error, and the exit code.
struct Failure: Error {
    /// The exit codes beside 0, done.
    enum Status: Int32 {
        case failed = 1
        /// A rule forbids it, or there is no plan.
        case refused = 2
        /// The command line cannot be understood.
        case usage = 64
        /// The daemon is not reachable.
        case unreachable = 69
        /// It may succeed when tried again.
        case tryAgain = 75
        /// The caller may not do it.
        case notPermitted = 77
    }

    /// A line on standard error.
    enum Remark: Equatable {
        case error(String)
        /// A further line of what is wrong.
        case detail(String)
        case hint(String)
    }

    var status: Status
    var remarks: [Remark]
    /// What goes to standard output where JSON was asked for.
    var json: JSONValue?

    init(_ status: Status, remarks: [Remark], json: JSONValue? = nil) {
        self.status = status
        self.remarks = remarks
        self.json = json
    }

    init(_ status: Status, _ message: String, hint: String? = nil, json: JSONValue? = nil) {
        self.init(status, remarks: [.error(message)] + (hint.map { [.hint($0)] } ?? []), json: json)
    }

    /// Why the planner found no place, so that it is said which days are closed by what; nil where it is about
    /// something else.
    var refusal: RefusalMessage?

    static func usage(_ message: String, hint: String? = nil) -> Failure { Failure(.usage, message, hint: hint) }

    static func failed(_ message: String, hint: String? = nil) -> Failure { Failure(.failed, message, hint: hint) }

    /// The lines as they stand on standard error.
    func lines(_ style: Style) -> [String] {
        remarks.map { remark in
            switch remark {
            case .error(let text): "infusionctl: \(style.red("error:")) \(text)"
            case .detail(let text): text.isEmpty ? "" : "  " + text
            case .hint(let text): "infusionctl: \(style.bold("hint:")) \(text)"
            }
        }
    }
}
