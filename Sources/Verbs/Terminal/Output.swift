internal import Glibc
import StrictJSON
import Wire

/// The result of a verb: one payload that can be shown as JSON or to people.
struct Payload {
    /// As it is on the socket.
    let json: JSONValue
    /// For people, one string a line.
    let lines: (Style) -> [String]

    init(_ json: JSONValue, lines: @escaping (Style) -> [String]) {
        self.json = json
        self.lines = lines
    }
}

/// Standard output and standard error.
enum Output {
    /// Writes a payload to standard output.
    static func show(_ payload: Payload, asJSON: Bool) throws {
        if asJSON {
            let json = Names.current.areHidden ? payload.json.without(MeantMessage.field) : payload.json
            try write(json.bytes(pretty: true) + [UInt8(ascii: "\n")])
        } else {
            let style = Style.standardOutput
            try write(lines: Names.current.completing(payload.lines(style), style))
        }
    }

    /// Writes lines to standard output.
    static func write(lines: [String]) throws {
        guard !lines.isEmpty else { return }
        try write(Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// Writes bytes to standard output.
    ///
    /// - Throws: what went wrong, as a `Failure`. A reader that has gone away ends the program quietly.
    static func write(_ bytes: [UInt8]) throws {
        let code = Console.current.write(bytes, .output)
        if code == EPIPE { exit(0) }
        if code != 0 { throw Failure.failed("standard output cannot be written: \(reason(code))") }
    }

    /// Writes lines to standard error; there is nobody to tell where that fails.
    static func complain(_ lines: [String]) {
        _ = Console.current.write(Array(lines.map { $0 + "\n" }.joined().utf8), .errors)
    }

    /// Writes a text to standard error as it is.
    static func mutter(_ text: String) { _ = Console.current.write(Array(text.utf8), .errors) }
}

/// What an error number of the system means.
func reason(_ code: Int32) -> String { strerror(code).map { String(cString: $0) } ?? "error \(code)" }

extension JSONValue {
    /// An object without one of its keys.
    fileprivate func without(_ key: String) -> JSONValue {
        guard let object else { return self }
        return .object(JSONObject(object.members.filter { $0.key != key }.map { ($0.key, $0.value) }))
    }
}
