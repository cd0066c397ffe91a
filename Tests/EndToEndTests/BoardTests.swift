import Foundation
import Glibc
import StrictJSON
import Testing

/// The live board on a terminal of its own.
@Suite struct BoardTests {
    /// A terminal of 80 columns and 24 rows with a program on it.
    private final class Screening {
        let process = Process()
        private let master: Int32
        private let slave: Int32
        private(set) var shown = ""

        init(_ arguments: [String]) throws {
            // What posix_openpt, unlockpt and ptsname do, which the module of the C library leaves out: TIOCSPTLCK and
            // TIOCGPTN.
            master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var locked: Int32 = 0
            var number: UInt32 = 0
            try #require(
                master >= 0 && ioctl(master, 0x4004_5431, &locked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
            slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
            var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
            _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
            let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
            process.executableURL = Program.folder.appending(path: "infusionctl")
            process.arguments = arguments
            process.environment = ["LC_ALL": "C.UTF-8", "TERM": "xterm"]
            process.standardInput = terminal
            process.standardOutput = terminal
            process.standardError = terminal
            try process.run()
        }

        deinit {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            close(master)
            close(slave)
        }

        var settings: [tcflag_t] {
            var settings = termios()
            tcgetattr(slave, &settings)
            return [settings.c_lflag, settings.c_iflag]
        }

        func type(_ text: String) {
            _ = text.utf8.withContiguousStorageIfAvailable { write(master, $0.baseAddress, $0.count) }
        }

        /// Reads until something stands on the screen that was not there before.
        func wait(for text: String) throws {
            var seen = ""
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !seen.contains(text) {
                var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
                try #require(poll(&source, 1, 60_000) > 0, "\(text) never came; \(seen.suffix(2000))")
                let count = read(master, &buffer, buffer.count)
                try #require(count > 0, "the program ended before \(text)")
                seen += String(decoding: buffer[..<count], as: UTF8.self)
            }
            shown += seen
        }
    }

    @Test(arguments: ["q", "signal"])
    func theBoardFollowsWhatHappensAndGivesTheTerminalBack(end: String) throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let screening = try Screening(["board", "tomorrow", "--socket", daemon.socket])
        let before = screening.settings
        try screening.wait(for: "q: quit")
        #expect(screening.shown.contains("\u{1B}[?1049h") && screening.shown.contains("Tuesday, 3 March 2026"))
        #expect(screening.settings != before)
        let patient = try daemon.call("io.infusiond.Clinic.AddPatient", ["recordNumber": "MRN-1"])["patient"]
        _ = try daemon.call(
            "io.infusiond.Clinic.BookCourse",
            ["course": ["patient": patient ?? "", "regimen": "one", "earliest": "2026-03-03"]])
        try screening.wait(for: "MRN-1")
        screening.type("\u{1B}[C")
        try screening.wait(for: "Wednesday, 4 March 2026")
        screening.type("t")
        try screening.wait(for: "Monday, 2 March 2026")
        if end == "q" { screening.type("q") } else { kill(screening.process.processIdentifier, SIGTERM) }
        try screening.wait(for: "\u{1B}[?25h\u{1B}[?1049l")
        screening.process.waitForEnd(of: "the board")
        #expect(screening.process.terminationStatus == 0)
        #expect(screening.settings == before)
        // Nothing is wider than the terminal, and nothing is cleared before it is written.
        #expect(!screening.shown.contains("\u{1B}[2J"))
        daemon.signal(SIGTERM)
        daemon.wait()
    }

    @Test func withoutATerminalItIsPrintedOnce() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let board = try Program.infusionctl(["board", "--socket", daemon.socket])
        let day = try Program.infusionctl(["day", "--socket", daemon.socket])
        #expect(board.status == 0 && board.output == day.output && !board.output.contains("\u{1B}"))
        daemon.signal(SIGTERM)
        daemon.wait()
    }
}
