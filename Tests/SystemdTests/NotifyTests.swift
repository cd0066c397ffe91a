import Glibc
import Synchronization
import Testing

@testable import Systemd

/// A datagram socket under an abstract name, in the place of a service manager.
private struct Manager: ~Copyable {
    let name: String
    let descriptor: Int32

    /// Listens under a name that no other test uses.
    init(_ purpose: String) throws {
        name = "infusiond-test-\(getpid())-\(purpose)"
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path: [UInt8] = [0] + Array(name.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
    }

    deinit { close(descriptor) }

    /// The datagrams that have come, without waiting: the sender has ended before this is asked.
    func received() -> [String] {
        var texts: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return texts }
            texts.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }
}

/// Ends the process of an exit test in a way that its parent can tell.
private func end(_ right: Bool) -> Never {
    exit(right ? EXIT_SUCCESS : EXIT_FAILURE)
}

@Suite("Notices to the service manager")
struct NotifyTests {
    @Test("each notice is one datagram in the manager's words")
    func words() {
        let sent = Mutex<[String]>([])
        let notify = Notify { text in sent.withLock { $0.append(text) } }
        notify.ready(status: "12 courses")
        notify.ready()
        notify.stopping()
        notify.status("two\nlines\r\nand\0more")
        notify.watchdog()
        notify.extendTimeout(microseconds: 30_000_000)
        notify.failed(errorNumber: 28, status: "disk full")
        #expect(
            sent.withLock { $0 } == [
                "READY=1\nSTATUS=12 courses", "READY=1", "STOPPING=1", "STATUS=two lines and more", "WATCHDOG=1",
                "EXTEND_TIMEOUT_USEC=30000000", "ERRNO=28\nSTATUS=disk full",
            ])
    }

    @Test("a reload carries the monotonic clock, which does not go back")
    func reloading() throws {
        let sent = Mutex<[String]>([])
        let notify = Notify { text in sent.withLock { $0.append(text) } }
        notify.reloading()
        notify.reloading()
        let times = sent.withLock { $0 }.compactMap { text -> UInt64? in
            let lines = text.split(separator: "\n")
            guard lines.count == 2, lines[0] == "RELOADING=1", lines[1].hasPrefix("MONOTONIC_USEC=") else { return nil }
            return UInt64(lines[1].dropFirst("MONOTONIC_USEC=".count))
        }
        try #require(times.count == 2)
        #expect(times[0] > 0 && times[0] <= times[1])
    }

    @Test("a process that was started by a manager reaches it")
    func reachesManager() async throws {
        let manager = try Manager("reaches")
        let address = "@" + manager.name
        await #expect(processExitsWith: .success) { [address = address as String] in
            setenv("NOTIFY_SOCKET", address, 1)
            let notify = Notify.connected()
            notify.ready(status: "up")
            notify.watchdog()
            notify.stopping()
        }
        #expect(manager.received() == ["READY=1\nSTATUS=up", "WATCHDOG=1", "STOPPING=1"])
    }

    @Test("without a manager, or with one that is gone, notices do nothing")
    func nobody() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            Notify.connected().ready()
            setenv("NOTIFY_SOCKET", "@infusiond-test-nobody-listens", 1)
            Notify.connected().ready()
        }
    }

    @Test("the watchdog's interval is read only if it is meant for this process, and nonsense is an error")
    func watchdogInterval() async {
        await #expect(processExitsWith: .success) {
            unsetenv("WATCHDOG_USEC")
            guard try Notify.watchdogInterval() == nil else { end(false) }
            setenv("WATCHDOG_USEC", "30000000", 1)
            setenv("WATCHDOG_PID", "\(getpid())", 1)
            guard try Notify.watchdogInterval() == .seconds(30) else { end(false) }
            setenv("WATCHDOG_PID", "\(getppid())", 1)
            guard try Notify.watchdogInterval() == nil else { end(false) }
            unsetenv("WATCHDOG_PID")
            setenv("WATCHDOG_USEC", "soon", 1)
            do {
                _ = try Notify.watchdogInterval()
                end(false)
            } catch {
                end("\(error)" == "cannot read the watchdog's interval: Invalid argument")
            }
        }
    }
}

@Suite("Sockets from the service manager")
struct InheritedSocketTests {
    // The exit status alone speaks here: descriptors from 3 on belong to the test's own channel, which is overwritten.
    @Test("sockets come with their names, and a listener is told from another socket")
    func named() async {
        await #expect(processExitsWith: .exitCode(EXIT_SUCCESS)) {
            let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            // The family alone as the address: the kernel chooses an abstract name.
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, socklen_t(MemoryLayout<sa_family_t>.size))
                }
            }
            guard bound == 0, listen(listener, 1) == 0 else { end(false) }
            let datagrams = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            let spare = fcntl(listener, F_DUPFD, 100)
            let other = fcntl(datagrams, F_DUPFD, 100)
            guard dup2(spare, 3) == 3, dup2(other, 4) == 4 else { end(false) }
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "2", 1)
            setenv("LISTEN_FDNAMES", "varlink:other", 1)
            for _ in 1...2 {
                guard let sockets = try? inheritedSockets() else { end(false) }
                guard sockets.map(\.name) == ["varlink", "other"], sockets.map(\.descriptor) == [3, 4],
                    sockets.map(\.isUnixListener) == [true, false]
                else { end(false) }
            }
            end(fcntl(3, F_GETFD) & FD_CLOEXEC != 0)
        }
    }

    @Test("sockets that are meant for another process, or for none, are not taken")
    func notOurs() async {
        await #expect(processExitsWith: .exitCode(EXIT_SUCCESS)) {
            unsetenv("LISTEN_PID")
            guard (try? inheritedSockets()) == [] else { end(false) }
            setenv("LISTEN_PID", "\(getppid())", 1)
            setenv("LISTEN_FDS", "1", 1)
            end((try? inheritedSockets()) == [])
        }
    }

    @Test("a malformed environment is an error that says what was tried")
    func malformed() async {
        await #expect(processExitsWith: .exitCode(EXIT_SUCCESS)) {
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "many", 1)
            do {
                _ = try inheritedSockets()
                end(false)
            } catch {
                end("\(error)" == "cannot take the inherited sockets: Invalid argument")
            }
        }
    }
}
