internal import Glibc

/// The terminal while the program has it to itself: no echo, no line editing, another screen. It is given back however
/// the program ends.
final class Terminal {
    /// What woke the program.
    enum Wake: Equatable {
        case typed([UInt8])
        /// Somebody wrote this byte to `alarm`.
        case alarm(UInt8)
        /// The window has another size.
        case resized
        /// The program is to end.
        case ended
        /// Nothing happened for as long as was waited.
        case timeout
    }

    /// Where another thread writes a byte to wake the program.
    let alarm: Int32
    private let alarmed: Int32
    private static nonisolated(unsafe) var saved = termios()
    private static nonisolated(unsafe) var signalPipe: Int32 = -1
    private let signals: Int32

    init() {
        let first = Terminal.pipe()
        (alarmed, alarm) = first
        let second = Terminal.pipe()
        signals = second.reading
        Terminal.signalPipe = second.writing
        tcgetattr(STDIN_FILENO, &Terminal.saved)
        var raw = Terminal.saved
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        raw.c_iflag &= ~tcflag_t(IXON | ICRNL)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
        // Whoever started the program may have had them blocked.
        var expected = sigset_t()
        sigemptyset(&expected)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH] {
            sigaddset(&expected, number)
            signal(number) { number in
                var byte = UInt8(truncatingIfNeeded: number)
                _ = Glibc.write(Terminal.signalPipe, &byte, 1)
            }
        }
        sigprocmask(SIG_UNBLOCK, &expected, nil)
        try? Output.write(Array("\u{1B}[?1049h\u{1B}[?25l".utf8))
    }

    /// Gives the terminal back.
    func restore() {
        try? Output.write(Array("\u{1B}[?25h\u{1B}[?1049l".utf8))
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &Terminal.saved)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH] { signal(number, SIG_DFL) }
    }

    /// Waits until something happens, at most so many milliseconds.
    func wait(milliseconds: Int32) -> Wake {
        var sources = [STDIN_FILENO, alarmed, signals].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&sources, nfds_t(sources.count), milliseconds) > 0 else { return .timeout }
        if sources[2].revents != 0, let number = read(signals).first {
            return Int32(number) == SIGWINCH ? .resized : .ended
        }
        if sources[0].revents != 0 {
            let bytes = read(STDIN_FILENO)
            return bytes.isEmpty ? .ended : .typed(bytes)
        }
        // What woke more than once is one thing to look at.
        return read(alarmed).max().map { .alarm($0) } ?? .timeout
    }

    /// How many rows the window has.
    static var rows: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 ? Int(size.ws_row) : 24
    }

    private func read(_ descriptor: Int32) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : []
    }

    private static func pipe() -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        _ = Glibc.pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        return (ends[0], ends[1])
    }
}
