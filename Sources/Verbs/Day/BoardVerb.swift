import ArgumentParser
import Dispatch
internal import Glibc
import Planning
import Wire

/// The verb `infusionctl board [DAY]`.
struct BoardVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "board", abstract: "The board of a day, live: it is drawn anew when something happens.",
        discussion: """
            Keys: left and right for the day before and after, t for today, up and down where not everything fits, q \
            to quit. Where output goes to no terminal the board is printed once.
            """)
    static let examples = [
        (line: "infusionctl board", does: "Today, until q is pressed."),
        (
            line: "infusionctl board tomorrow --ids",
            does: "Another day, without names for a screen that strangers see."
        ),
    ]

    @Argument(help: ArgumentHelp("The day. (default: today)", valueName: "day"))
    var words: [String] = []

    @Flag(name: .long, help: .hidden)
    var names = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let day = words.isEmpty ? nil : try DayParser(daemon).nearestDay(words.joined(separator: " "))
        if output.ids { Names.current.hide() }
        let first = try board(of: day, daemon)
        guard !output.json, Console.current.hasKeyboard, Console.current.isTerminal(.output) else {
            try output.show(Payload(first.json) { style in boardLines(first, style) })
            return
        }
        try live(first, daemon)
    }

    private func board(of day: Day?, _ daemon: DaemonConnection) throws -> BoardMessage {
        try daemon.call(ClinicInterface.Day(day: day, names: names ? true : nil)).board
    }

    private func live(_ first: BoardMessage, _ daemon: DaemonConnection) throws {
        let terminal = Terminal()
        defer { terminal.restore() }
        follow(waking: terminal.alarm)
        var board = first
        // Without a day that was asked for, today goes on with the clock.
        var day: Day? = words.isEmpty ? nil : board.day
        var offset = 0
        var drawn = ""
        while true {
            let style = Style.standardOutput
            let screen = Screen(
                boardLines(board, style), offset: offset, rows: Terminal.rows, help: style.dim(BoardVerb.help))
            offset = screen.offset
            if screen.drawing != drawn { try Output.write(Array(screen.drawing.utf8)) }
            drawn = screen.drawing
            switch terminal.wait(milliseconds: BoardVerb.refreshMilliseconds) {
            case .ended: return
            case .alarm(let byte) where byte == BoardVerb.lost: throw Failure.unreachable
            case .resized: drawn = ""
            case .alarm, .timeout: break
            case .typed(let bytes):
                for key in BoardKey.keys(in: bytes) {
                    switch key {
                    case .quit: return
                    case .previousDay: day = (day ?? board.day) - 1
                    case .nextDay: day = (day ?? board.day) + 1
                    case .today: day = nil
                    case .up: offset -= 1
                    case .down: offset += 1
                    }
                }
            }
            board = try self.board(of: day, daemon)
        }
    }

    private static let help = "left right: day   t: today   up down: scroll   q: quit"
    /// The mark of the present moves on by itself.
    private static let refreshMilliseconds: Int32 = 15_000
    private static let happened = UInt8(1)
    private static let lost = UInt8(2)

    /// Wakes the board whenever something happens, by a connection and a thread of its own.
    private func follow(waking alarm: Int32) {
        let connection = connection
        DispatchQueue(label: "board").async {
            func wake(_ byte: UInt8) {
                var byte = byte
                _ = Glibc.write(alarm, &byte, 1)
            }
            do {
                let daemon = try DaemonConnection(path: connection.path, timeout: .seconds(10))
                try daemon.follow(ClinicInterface.Watch(since: nil)) { _ in wake(BoardVerb.happened) }
            } catch {
                wake(BoardVerb.lost)
            }
        }
    }
}

extension Failure {
    /// The daemon has ended, or does not answer any more.
    fileprivate static var unreachable: Failure {
        Failure(.unreachable, "the daemon does not answer any more", hint: "start the board again when it runs")
    }
}
