import ArgumentParser
internal import Glibc
import StrictJSON
import Varlink
import Wire

/// How the daemon is reached.
struct ConnectionOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The daemon's socket. (default: $INFUSIOND_SOCKET or the system's)", valueName: "path"))
    var socket: String?

    @Option(name: .long, help: ArgumentHelp("How long a request may take. (default: 30 seconds)", valueName: "seconds"))
    var timeout: Double?

    /// Where the daemon listens by default.
    static let standardSocket = "/run/infusiond/io.infusiond.Clinic"

    /// The path of the socket.
    var path: String {
        socket ?? environment("INFUSIOND_SOCKET").flatMap { $0.isEmpty ? nil : $0 } ?? Self.standardSocket
    }

    mutating func validate() throws {
        guard let timeout, !(timeout > 0 && timeout <= 86_400) else { return }
        throw ValidationError("a timeout of \(timeout) seconds is not possible (more than 0, at most 86400)")
    }

    /// Connects to the daemon that the options name.
    func connect() throws -> DaemonConnection {
        let timeout = Duration.milliseconds(max(1, Int((timeout ?? 30) * 1000)))
        ClinicClock.current.isThat(of: path, timeout: timeout)
        return try DaemonConnection(path: path, timeout: timeout)
    }
}

/// A connection to the daemon.
struct DaemonConnection {
    let client: Client

    /// Connects to a socket; `timeout` bounds connecting and every request.
    init(path: String, timeout: Duration) throws {
        do {
            client = try Client(path: path, timeout: timeout)
        } catch {
            if access(path, F_OK) == 0, access(path, W_OK) != 0 {
                throw Failure(
                    .notPermitted, "\(path) may not be opened: \(reason(errno))",
                    hint: "ask whoever runs the clinic's computer to add you to one of its groups")
            }
            throw Failure(error)
        }
    }

    /// Makes a call and reads its answer.
    func call<Call: WireCall>(_ call: Call) throws -> Call.Reply {
        let reply: JSONObject
        Console.current.called(Call.method)
        do {
            reply = try client.call(Call.method, call.object)
        } catch {
            throw Failure(error)
        }
        return try read(reply)
    }

    /// Makes a call and hands on each of its answers.
    func follow<Call: WireCall>(_ call: Call, _ each: (Call.Reply) throws -> Void) throws {
        do {
            var replies = try client.callForMore(Call.method, call.object)
            while let reply = try replies.next() { try each(read(reply)) }
        } catch let error as ClientError {
            throw Failure(error)
        }
    }

    private func read<Reply: WireValue>(_ object: JSONObject) throws -> Reply {
        do {
            Names.current.learn(try MeantMessage.all(in: object))
            return try Reply(object)
        } catch {
            throw Failure.failed(
                "the daemon's answer is not understood: \(error.problems[0])",
                hint: "infusionctl and infusiond should be of the same version")
        }
    }
}

/// How the result is shown.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    @Flag(name: .long, help: "Show patients' ids in place of their names, for screens that strangers see.")
    var ids = false

    /// Writes a payload to standard output as it was asked for.
    func show(_ payload: Payload) throws {
        if ids { Names.current.hide() }
        try Output.show(payload, asJSON: json)
    }
}

/// What makes a change happen once, however often it is asked for.
struct RequestOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("A request id of your own: asked again with it, nothing happens twice.", valueName: "id"))
    var request: String?

    /// The request id: the one given, or a new one.
    var id: String { request ?? RequestOptions.newID() }

    private static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz")
        return "ctl-" + String((0..<20).map { _ in digits[Int.random(in: 0..<36, using: &generator)] })
    }
}
