import ArgumentParser
import StrictJSON
import Wire

/// How a change is asked for, whatever it is.
struct ChangeOptions: ParsableArguments {
    @Flag(name: .long, help: "Only show what would change; nothing is recorded.")
    var dryRun = false

    @OptionGroup var seen: SeenOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    /// The flag as it is sent.
    var isDryRun: Bool? { dryRun ? true : nil }

    /// Makes a call and shows the difference.
    func show<Call: WireCall>(_ call: Call, _ daemon: DaemonConnection) throws where Call.Reply == ChangeReply {
        let reply = try daemon.call(call)
        try output.show(Payload(reply.json) { style in changeLines(reply, isDryRun: dryRun, style) })
    }
}

extension ChangeOptions {
    /// Makes a call and shows the difference; where it finds no place the hints say what else there is.
    func show<Call: WireCall>(_ call: Call, _ daemon: DaemonConnection, elsewise hints: [String]) throws
    where Call.Reply == ChangeReply {
        do {
            try show(call, daemon)
        } catch var failure as Failure where failure.status == .refused && failure.refusal != nil && !hints.isEmpty {
            failure.remarks.removeAll { if case .hint = $0 { true } else { false } }
            failure.remarks += hints.map { .hint($0) }
            throw failure
        }
    }
}

/// Whether the patient knows of a change at once.
struct ToldOptions: ParsableArguments {
    @Flag(name: .long, help: "The patient is here or on the line, and knows at once what becomes of their visits.")
    var told = false

    /// The flag as it is sent.
    var isTold: Bool? { told ? true : nil }
}

/// What had been seen of what is changed.
struct SeenOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The last event that you had seen, 12 or e12: where something happened to it since, nothing is done.",
            valueName: "event"),
        transform: SeenOptions.event)
    var seen: Int?

    private static func event(_ text: String) throws -> Int {
        guard let number = Int(text.hasPrefix("e") ? String(text.dropFirst()) : text), number >= 0 else {
            throw ValidationError("\(JSONOutput.quoted(text)) is no event: say 12 or e12")
        }
        return number
    }
}

/// Why a change is asked for, where a reason must be given.
struct ReasonOptions: ParsableArguments {
    static let codes = listed(ClinicInterface.reasons.map { kebabCase($0) }, "or")

    @Option(name: .long, help: ArgumentHelp("Why: \(ReasonOptions.codes).", valueName: "reason"))
    var reason: String

    @OptionGroup var more: NoteOptions

    /// The code of the reason.
    func code() throws -> String { try NoteOptions.name(reason, among: ClinicInterface.reasons, "reason") }

    func note() throws -> String? { try more.text() }
}

/// Why a change is asked for, where that often goes without saying.
struct OptionalReasonOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Why: \(ReasonOptions.codes).", valueName: "reason"))
    var reason: String?

    @OptionGroup var more: NoteOptions

    /// The code of the reason, if one is given.
    func code() throws -> String? {
        try reason.map { try NoteOptions.name($0, among: ClinicInterface.reasons, "reason") }
    }

    func note() throws -> String? { try more.text() }
}

/// A note in somebody's own words: never an argument, for arguments can be read by everybody on the machine.
struct NoteOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            #"Where more about why stands, in your own words; "-" is standard input."#, valueName: "file"))
    var note: String?

    func text() throws -> String? {
        try note.map { String(decoding: try Files.read($0), as: UTF8.self).trimmed }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The name that a word means, patient-request or patientRequest.
    ///
    /// - Throws: that there is no such name, with the one that was probably meant.
    static func name(_ word: String, among names: [String], _ what: String) throws -> String {
        if let name = names.first(where: { $0 == word || kebabCase($0) == word.lowercased() }) { return name }
        let spoken = names.map { kebabCase($0) }
        throw Failure.usage(
            "\(JSONOutput.quoted(word)) is no \(what)",
            hint: closest(to: word, among: spoken).map { "did you mean \($0)?" } ?? "say \(listed(spoken, "or"))")
    }
}

/// A name as it is said at a terminal: patient-request of patientRequest.
func kebabCase(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
        if letter.isUppercase { text += "-" }
        text += letter.lowercased()
    }
}

/// A verb that changes something and shows the difference.
protocol ChangeVerb: Verb {
    associatedtype Call: WireCall where Call.Reply == ChangeReply
    var change: ChangeOptions { get }
    /// The call that is made.
    func call(_ daemon: DaemonConnection) throws -> Call
}

extension ChangeVerb {
    func run() throws {
        let daemon = try change.connection.connect()
        try change.show(call(daemon), daemon)
    }
}
