internal import Glibc

/// Where a command's words come from and go: the process's own descriptors and environment, or those of a test that
/// runs commands in its own process.
package struct Console: Sendable {
    /// One of the two ways out.
    package enum Stream: Sendable { case output, errors }

    /// Writes bytes; gives the system's error number, or 0.
    let write: @Sendable ([UInt8], Stream) -> Int32
    /// Reads standard input to its end; nil where it is that of the process.
    let input: [UInt8]?
    /// A variable of the environment.
    let variable: @Sendable (String) -> String?
    /// The folder that relative paths start from; nil for the process's own.
    let folder: String?
    /// Is told the method of each call to the daemon.
    let called: @Sendable (String) -> Void

    /// The console of commands that run now.
    @TaskLocal static var current = Console.process

    /// A console that is not the process's.
    ///
    /// - Parameters:
    ///   - input: what standard input holds.
    ///   - variables: the whole environment.
    ///   - folder: where relative paths start.
    ///   - called: is told the method of each call to the daemon.
    ///   - write: takes what is written to a stream.
    package init(
        input: [UInt8], variables: [String: String], folder: String,
        called: @escaping @Sendable (String) -> Void = { _ in },
        write: @escaping @Sendable ([UInt8], Stream) -> Void
    ) {
        self.input = input
        self.variable = { variables[$0] }
        self.folder = folder
        self.called = called
        self.write = { bytes, stream in
            write(bytes, stream)
            return 0
        }
    }

    private init() {
        write = { bytes, stream in Console.write(bytes, to: Console.descriptor(of: stream)) }
        input = nil
        variable = { name in getenv(name).map { String(cString: $0) } }
        folder = nil
        called = { _ in }
    }

    private static let process = Console()

    /// Whether a stream leads to a terminal.
    func isTerminal(_ stream: Stream) -> Bool { input == nil && isatty(Console.descriptor(of: stream)) == 1 }

    /// Whether somebody types at standard input.
    var hasKeyboard: Bool { input == nil && isatty(STDIN_FILENO) == 1 }

    /// How many columns the window behind a stream has; nil where it is none.
    func columns(of stream: Stream) -> Int? {
        var size = winsize()
        guard input == nil, ioctl(Console.descriptor(of: stream), UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
        else { return nil }
        return Int(size.ws_col)
    }

    /// The path of a file that was named relative to the console's folder.
    func path(_ named: String) -> String {
        guard let folder, !named.hasPrefix("/") else { return named }
        return folder + "/" + named
    }

    private static func descriptor(of stream: Stream) -> Int32 {
        switch stream {
        case .output: STDOUT_FILENO
        case .errors: STDERR_FILENO
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}

/// A variable of the environment of the command that runs.
func environment(_ name: String) -> String? { Console.current.variable(name) }
