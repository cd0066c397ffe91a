import Glibc
import StrictJSON
import Testing

@testable import Varlink

private func server() -> Server {
    Server(interfaces: [], info: testInfo)
}

struct SocketTests {
    @Test("A socket file left by a server that is gone is replaced, with the permissions asked for")
    func deadSocket() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        do {
            let dead = try UnixSocket()
            try dead.listen(at: path, backlog: 1)
        }
        #expect(access(path, F_OK) == 0)
        let server = server()
        try await server.start(on: ListeningSocket(path: path, mode: 0o660))
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o660)
        let info = try await blocking { try Client(path: path).call("org.varlink.service.GetInfo") }
        #expect(info["product"] == "test")
        await server.shutdown(within: .seconds(60))
        #expect(access(path, F_OK) != 0)
    }

    @Test("A path where a server answers is refused and left as it is")
    func liveSocket() async throws {
        let service = try await TestService()
        let path = service.path
        #expect(throws: ListeningFailure(path: path, cause: .answers)) { _ = try ListeningSocket(path: path) }
        let info = try await blocking { try Client(path: path).call("org.varlink.service.GetInfo") }
        #expect(info["product"] == "test")
        await service.stop()
    }

    @Test("A server whose queue is full is alive")
    func busySocket() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        let busy = try UnixSocket()
        try busy.listen(at: path, backlog: 0)
        let first = try UnixSocket()
        try first.connect(to: path, microseconds: 1000)
        let second = try UnixSocket()
        #expect(throws: UnixSocket.Failure(code: EAGAIN)) { try second.connect(to: path, microseconds: 1000) }
        #expect(throws: ListeningFailure(path: path, cause: .answers)) { _ = try ListeningSocket(path: path) }
    }

    @Test("A file that is no socket, a folder that is not there and a path too long are refused")
    func wrongPaths() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/file"
        close(open(file, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: ListeningFailure(path: file, cause: .notASocket)) { _ = try ListeningSocket(path: file) }
        #expect(access(file, F_OK) == 0)
        let lost = folder.path + "/none/socket"
        #expect(throws: ListeningFailure(path: lost, cause: .system(ENOENT))) { _ = try ListeningSocket(path: lost) }
        let rest = UnixSocket.pathBytesMaximum - folder.path.utf8.count - 1
        let longest = folder.path + "/" + String(repeating: "x", count: rest)
        let tooLong = longest + "x"
        #expect(throws: ListeningFailure(path: tooLong, cause: .system(ENAMETOOLONG))) {
            _ = try ListeningSocket(path: tooLong)
        }
        let server = server()
        try await server.start(on: ListeningSocket(path: longest))
        _ = try await blocking { try Client(path: longest).call("org.varlink.service.GetInfo") }
        await server.shutdown(within: .seconds(60))
    }

    @Test("An inherited socket is served and its file left when the server stops")
    func inherited() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        let socket = try UnixSocket()
        try socket.listen(at: path, backlog: 5)
        let server = server()
        try await server.start(on: ListeningSocket(inherited: socket.release()))
        let info = try await blocking { try Client(path: path).call("org.varlink.service.GetInfo") }
        #expect(info["product"] == "test")
        await server.shutdown(within: .seconds(60))
        #expect(access(path, F_OK) == 0)
    }

    @Test("A descriptor that is no socket is refused")
    func wrongDescriptor() async throws {
        let server = server()
        await #expect(throws: (any Error).self) {
            try await server.start(on: ListeningSocket(inherited: open("/dev/null", O_RDONLY)))
        }
        await server.shutdown(within: .seconds(60))
    }

    @Test("A server that cannot listen leaves no socket behind")
    func failedStart() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        let server = server()
        let socket = try ListeningSocket(path: path)
        let null = open("/dev/null", O_RDONLY)
        #expect(dup2(null, socket.descriptor) >= 0)
        close(null)
        await #expect(throws: (any Error).self) { try await server.start(on: socket) }
        #expect(access(path, F_OK) != 0)
        await server.shutdown(within: .seconds(60))
    }

    @Test("A server does not remove a socket that another has put in the place of its own")
    func foreignSocket() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        let server = server()
        try await server.start(on: ListeningSocket(path: path))
        unlink(path)
        let other = try UnixSocket()
        try other.listen(at: path, backlog: 1)
        await server.shutdown(within: .seconds(60))
        #expect(access(path, F_OK) == 0)
    }

    @Test("Of servers that start together on a dead socket one wins")
    func race() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
        do {
            let dead = try UnixSocket()
            try dead.listen(at: path, backlog: 1)
        }
        let sockets = await withTaskGroup(of: ListeningSocket?.self) { group in
            for _ in 0..<8 { group.addTask { try? await blocking { try ListeningSocket(path: path) } } }
            return await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
        }
        #expect(sockets.count == 1)
        for socket in sockets { close(socket.descriptor) }
    }
}
